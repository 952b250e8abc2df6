"""What a webcam says of itself: the descriptors and requests of USB 2.0 and of the video class 1.0 (bulk streaming)."""

import struct
from dataclasses import dataclass

NAME = "Kortautomat test webcam"
# the bytes of one bulk transfer, header included
PAYLOAD = 16384
CONTROL, STREAMING = 0, 1
MJPEG, YUYV = "MJPEG", "YUYV"
# format, width, height, frames a second
MODES = (MJPEG, 640, 480, (30, 15)), (YUYV, 320, 240, (30, 7.5))
YUY2 = b"YUY2\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"


def block(fields: str, *values: object) -> bytes:
    """A descriptor: its length, and its fields."""
    body = struct.pack("<" + fields, *values)
    return bytes((len(body) + 1,)) + body


def text(index: int) -> bytes:
    """A string descriptor; the first says that they are in English."""
    if index == 0:
        return block("BH", 3, 0x0409)
    words = ("Kortautomat", NAME, "1")[index - 1].encode("utf-16-le")
    return block(f"B{len(words)}s", 3, words)


DEVICE = block("BHBBBBHHHBBBB", 1, 0x0200, 0xEF, 2, 1, 64, 0x1209, 0x0001, 0x0100, 1, 2, 3, 1)


def frame(kind: str, width: int, height: int, rates: tuple) -> bytes:
    intervals = [round(10_000_000 / rate) for rate in rates]
    size = width * height * 2
    return block(
        f"BBBBHHIIIIB{len(rates)}I", 0x24, 7 if kind == MJPEG else 5, 1, 0, width, height,
        round(size * 8 * min(rates)), round(size * 8 * max(rates)), size, intervals[0], len(rates), *intervals,
    )  # fmt: skip


def configuration(modes: tuple) -> bytes:
    """Camera → output terminal on one interface, these modes on the other."""
    terminals = block("BBBHBBHHHB3s", 0x24, 2, 1, 0x0201, 0, 0, 0, 0, 0, 3, bytes(3)) + block("BBBHBBB", 0x24, 3, 2, 0x0101, 0, 1, 0)
    formats = b""
    for index, mode in enumerate(modes, 1):
        if mode[0] == MJPEG:
            formats += block("BBBBBBBBBB", 0x24, 6, index, 1, 1, 1, 0, 0, 0, 0)
        else:
            formats += block("BBBB16sBBBBBB", 0x24, 4, index, 1, YUY2, 16, 1, 0, 0, 0, 0)
        formats += frame(*mode) + block("BBBBB", 0x24, 13, 1, 1, 4)
    body = b"".join((
        block("7B", 11, CONTROL, 2, 0x0E, 3, 0, 0),
        block("8B", 4, CONTROL, 0, 0, 0x0E, 1, 0, 0),
        block("BBHHIBB", 0x24, 1, 0x0100, 13 + len(terminals), 48_000_000, 1, STREAMING), terminals,
        block("8B", 4, STREAMING, 0, 1, 0x0E, 2, 0, 0),
        block(f"BBBHBBBBBBB{len(modes)}s", 0x24, 1, len(modes), 13 + len(modes) + len(formats), 0x81, 0, 2, 0, 0, 0, 1, bytes(len(modes))),
        formats, block("BBBHB", 5, 0x81, 2, 512, 0),
    ))  # fmt: skip
    return block("BHBBBBB", 2, 9 + len(body), 2, 1, 0, 0x80, 250) + body


@dataclass
class Agreed:
    """What driver and camera agree on before a stream."""

    index: int = 1
    interval: int = 333_333

    @classmethod
    def read(cls, asked: bytes, modes: tuple) -> "Agreed":
        _, index, _, interval = struct.unpack_from("<HBBI", asked)
        return cls(min(max(index, 1), len(modes)), interval)

    def written(self, modes: tuple) -> bytes:
        _, width, height, _ = modes[self.index - 1]
        return struct.pack("<HBBI10xII", 1, self.index, 1, self.interval, width * height * 2, PAYLOAD)


class Refused(Exception):
    """A request that this camera does not know."""


class Requests:
    """Answers what the driver asks on the control endpoint."""

    def __init__(self, modes: tuple):
        self.modes, self.descriptors = modes, configuration(modes)
        self.asked, self.agreed, self.streams = Agreed(), Agreed(), 0

    @property
    def mode(self) -> tuple:
        return self.modes[self.agreed.index - 1]

    def answer(self, setup: bytes, data: bytes) -> bytes:
        kind, request, value, index, length = struct.unpack("<BBHHH", setup)
        match kind, request:
            case 0x80, 6:
                return self.descriptor(value >> 8, value & 0xFF)[:length]
            case (0x80 | 0x81 | 0x82), 0:
                return bytes(2)
            # a configuration, an interface, the end of a halt: there is one of each
            case (0x00, 9) | (0x01, 11) | (0x02, 1):
                return b""
            case 0x21, 1 if index == STREAMING:
                self.asked = Agreed.read(data, self.modes)
                if value >> 8 == 2:
                    self.agreed = self.asked
                    self.streams += 1
                return b""
            case 0xA1, (0x81 | 0x82 | 0x83 | 0x87) if index == STREAMING:
                return self.asked.written(self.modes)[:length]
        raise Refused(setup.hex())

    def descriptor(self, kind: int, index: int) -> bytes:
        match kind:
            case 1:
                return DEVICE
            case 2:
                return self.descriptors
            case 3 if index < 4:
                return text(index)
        raise Refused(f"descriptor {kind}")
