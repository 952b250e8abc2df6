"""What a running program holds in its memory, as the system shows it to whoever may look."""

from collections.abc import Iterable
from pathlib import Path

CHUNK = 16 << 20
# so many bytes on each side of what was found are told with it
AROUND = 16


def written(text: str) -> dict[str, bytes]:
    """A text in every form in which a program might hold it."""
    return {
        "bytes": text.encode(),
        "UTF-16": text.encode("utf-16-le"),
        "32-bit": text.encode("utf-32-le"),
    }


def figures(digits: str) -> dict[str, bytes]:
    """A PIN in every form: as text, and as the numbers of its digits. Four digits as numbers of a byte each are not told from a
    typeface's curves."""
    wide = b"".join(int(digit).to_bytes(4, "little") for digit in digits)
    return written(digits) | {"32-bit numbers": wide}


class Memory:
    """The memory of a process that can be written to: what it works with."""

    def __init__(self, pid: int):
        self.pid = pid

    def _parts(self) -> Iterable[tuple[int, int]]:
        for line in Path(f"/proc/{self.pid}/maps").read_text().splitlines():
            fields = line.split()
            if fields[1].startswith("rw"):
                start, end = (int(edge, 16) for edge in fields[0].split("-"))
                yield start, end

    def open(self) -> bool:
        """Whether the system shows it: the programs let nobody but root look."""
        try:
            Path(f"/proc/{self.pid}/mem").open("rb").close()
        except PermissionError:
            return False
        return True

    def find(self, needles: dict[str, bytes]) -> dict[str, list[bytes]]:
        """Each place where one of them is, with what stands around it."""
        found: dict[str, list[bytes]] = {name: [] for name in needles}
        reach = max(len(needle) for needle in needles.values()) - 1
        with Path(f"/proc/{self.pid}/mem").open("rb", buffering=0) as memory:
            for start, end in self._parts():
                tail = b""
                for at in range(start, end, CHUNK):
                    try:
                        memory.seek(at)
                        read = memory.read(min(CHUNK, end - at))
                    except OSError:
                        # a part that went, or that the system itself keeps
                        break
                    block = tail + read
                    for name, needle in needles.items():
                        # what ends within the tail was found with the block before
                        place = block.find(needle, max(len(tail) - len(needle) + 1, 0))
                        while place >= 0:
                            found[name].append(block[max(place - AROUND, 0) : place + len(needle) + AROUND])
                            place = block.find(needle, place + len(needle))
                    tail = block[-reach:]
        return found

    def count(self, needles: dict[str, bytes]) -> dict[str, int]:
        """How often each is there."""
        return {name: len(places) for name, places in self.find(needles).items()}
