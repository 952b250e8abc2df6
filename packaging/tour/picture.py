"""Pictures of a window: from xwd's dump to PNG, with the standard library only."""

import struct
import subprocess
import zlib


class Picture:
    """RGB rows, eight bits a channel."""

    def __init__(self, width: int, height: int, rows: list[bytes]):
        self.width, self.height, self.rows = width, height, rows

    def save(self, path: str) -> None:
        """Writes it as PNG, each row as the difference to the one above: flat surfaces become small."""
        packer = zlib.compressobj(6)
        packed = []
        above = bytes(self.width * 3)
        for row in self.rows:
            if row == above:
                packed.append(packer.compress(b"\x02" + bytes(len(row))))
            else:
                packed.append(packer.compress(b"\x00" + row))
            above = row
        packed.append(packer.flush())
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            for kind, content in ((b"IHDR", header), (b"IDAT", b"".join(packed)), (b"IEND", b"")):
                file.write(struct.pack(">I", len(content)) + kind + content)
                file.write(struct.pack(">I", zlib.crc32(kind + content)))


def dump(display: str, window: int) -> bytes:
    """The window as xwd writes it."""
    return subprocess.run(
        ["xwd", "-silent", "-display", display, "-id", str(window)], check=True, capture_output=True, timeout=20
    ).stdout


def read(data: bytes) -> Picture:
    """Reads an X window dump of 32 bits a pixel, as X servers of today make it."""
    fields = struct.unpack(">25I", data[:100])
    header, width, height, order = fields[0], fields[4], fields[5], fields[7]
    bits, stride, colours = fields[11], fields[12], fields[19]
    if bits != 32 or fields[1] != 7:
        raise ValueError(f"a dump of version {fields[1]} with {bits} bits a pixel")
    start = header + colours * 12
    red, green, blue = (2, 1, 0) if order == 0 else (1, 2, 3)
    rows = []
    for y in range(height):
        line = data[start + y * stride : start + y * stride + width * 4]
        row = bytearray(width * 3)
        row[0::3], row[1::3], row[2::3] = line[red::4], line[green::4], line[blue::4]
        rows.append(bytes(row))
    return Picture(width, height, rows)
