"""What the webcam sends: noise, so that no frame resembles an earlier one; as JPEGs and as plain pixels."""

import random
import struct
from functools import cache

# ITU-T T.81, table K.3: how many codes each length has, and what they stand for
SIZES = (0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0), tuple(range(12))
# table K.5 as far as its fourth entry, the end of a block: nothing else is needed, and the codes are those of the whole table
RUNS = (0, 2, 1, 1) + (0,) * 12, (0x01, 0x02, 0x03, 0x00)


def codes(table: tuple) -> dict[int, str]:
    """The bits of each symbol."""
    found, code, symbols = {}, 0, iter(table[1])
    for length, count in enumerate(table[0], 1):
        for _ in range(count):
            found[next(symbols)] = f"{code:0{length}b}"
            code += 1
        code <<= 1
    return found


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


@cache
def difference(value: int) -> str:
    """A difference of two levels behind its size."""
    size = abs(value).bit_length()
    return SIZE_BITS[size] + (f"{value if value > 0 else value + (1 << size) - 1:0{size}b}" if size else "")


SIZE_BITS, END_OF_BLOCK = codes(SIZES), codes(RUNS)[0]


@cache
def jpeg(width: int, height: int, seed: int, tables: bool = True) -> bytes:
    """A baseline JPEG, 4:2:2 as webcams send it, of even blocks of 8 by 8; without its Huffman tables on request."""
    dice, bits, levels = random.Random(seed), [], [0, 0, 0]
    for _ in range(-(-width // 16) * -(-height // 8)):
        for part in (0, 0, 1, 2):
            level = dice.randrange(-100, 100) >> (2 if part else 0)
            bits += difference(level - levels[part]), END_OF_BLOCK
            levels[part] = level
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    scan = int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\0")
    parts = bytes((3, 1, 0x21, 0, 2, 0x11, 0, 3, 0x11, 0))
    huffman = segment(0xC4, b"".join(bytes((kind, *counts, *symbols)) for kind, (counts, symbols) in ((0, SIZES), (0x10, RUNS))))
    return b"".join((
        b"\xff\xd8", segment(0xDB, b"\0" + b"\x08" * 64), segment(0xC0, struct.pack(">BHH", 8, height, width) + parts),
        huffman if tables else b"", segment(0xDA, bytes((3, 1, 0, 2, 0, 3, 0, 0, 63, 0))), scan, b"\xff\xd9",
    ))  # fmt: skip


@cache
def plain(width: int, height: int, seed: int) -> bytes:
    """YUYV: two bytes a pixel."""
    return random.Random(seed).randbytes(width * height * 2)
