"""What a program wrote and synced, as strace saw it, and the files as a disk could hold them if the power went."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALL = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
ON_FILE = re.compile(r"^\d+<(?P<path>[^>]*)>(?:, )?(?P<rest>.*)$", re.DOTALL)
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
# what a disk writes whole or not at all
SECTOR = 512


def plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def named(path: str) -> Path:
    return Path(plain(path).decode() if path.startswith("\\x") else path)


@dataclass
class File:
    """A file: what is on the disk for certain, and what was written since."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes]] = field(default_factory=list)
    length: int | None = None

    def write(self, at: int, data: bytes) -> None:
        self.since.append((at, data))

    def cut_to(self, length: int) -> None:
        self.since.append((length, b""))
        self.length = length

    def sync(self) -> None:
        self.synced = self.after(lambda _: True)
        self.since, self.length = [], None

    def after(self, reaches) -> bytearray:
        """The contents when the pieces that `reaches` says have arrived."""
        content = bytearray(self.synced)
        for at, data in self.since:
            if not data:
                if reaches(0):
                    del content[at:]
                continue
            for start in range(0, len(data), SECTOR):
                piece = data[start : start + SECTOR]
                if reaches(at + start):
                    end = at + start + len(piece)
                    if len(content) < end:
                        content.extend(bytes(end - len(content)))
                    content[at + start : end] = piece
        return content


@dataclass
class Cut:
    """The power goes here: the files of the folder, and how much had been said."""

    files: dict[str, File]
    said: int

    def images(self, dice: random.Random) -> Iterator[tuple[str, dict[str, bytes]]]:
        """Nothing of what was not synced, all of it, and two times some sectors of it."""
        yield "none of the rest", {name: bytes(file.synced) for name, file in self.files.items()}
        if any(file.since for file in self.files.values()):
            yield "all of the rest", {name: bytes(file.after(lambda _: True)) for name, file in self.files.items()}
            for share in (0.3, 0.8):
                some = {name: bytes(file.after(lambda _: dice.random() < share)) for name, file in self.files.items()}
                yield f"some of the rest ({share})", some


def cuts(trace: Path, folder: Path) -> Iterator[Cut]:
    """Every moment before a sync is over, and the end."""
    files = {path.name: File(bytearray(path.read_bytes())) for path in folder.iterdir() if path.is_file()}
    offsets: dict[tuple[str, str], int] = {}
    said = 0
    pending: dict[str, str] = {}
    for line in trace.read_text(errors="replace").splitlines():
        pid = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            pending[pid] = line.removesuffix("<unfinished ...>")
            continue
        if " resumed>" in line and pid in pending:
            line = pending.pop(pid) + line.split(" resumed>", 1)[1].removeprefix(",").lstrip()
        call = CALL.match(line)
        if call is None or int(call["result"]) < 0:
            continue
        name, rest = call["name"], call["rest"]
        if name == "unlink":
            gone = TEXT.search(rest)
            if gone and named(gone[1]).parent == folder:
                files.pop(named(gone[1]).name, None)
            continue
        if name == "write" and rest.startswith("1<"):
            said += plain(TEXT.search(rest)[1]).count(b"\n")
            continue
        on = ON_FILE.match(rest)
        if on is None or named(on["path"]).parent != folder:
            continue
        file = files.setdefault(named(on["path"]).name, File())
        if name == "pwrite64":
            data = plain(TEXT.search(on["rest"])[1])
            file.write(int(on["rest"].rsplit(", ", 1)[1]), data[: int(call["result"])])
        elif name == "ftruncate":
            file.cut_to(int(on["rest"].split(",")[0]))
        elif name in ("fsync", "fdatasync"):
            yield Cut(files, said)
            file.sync()
        elif name == "write":
            key = (pid, on["path"])
            data = plain(TEXT.search(on["rest"])[1])
            file.write(offsets.get(key, 0), data)
            offsets[key] = offsets.get(key, 0) + len(data)
    yield Cut(files, said)
