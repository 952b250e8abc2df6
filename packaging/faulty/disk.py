"""Disks that fail while programs use them. Mounting them takes an administrator, and a mount namespace of one's own."""

import contextlib
import errno
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

# enough for a database, its reserve and some orders with their photos
MEBIBYTES = 64


def call(*words: object) -> str:
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=30, check=False)
    # e2fsck says with 1 that it mended something
    if done.returncode not in ((0, 1) if words[0] == "e2fsck" else (0,)):
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


@contextlib.contextmanager
def between_calls(process: int) -> Iterator[None]:
    """A process that stands still and has no call of the system under way."""
    os.kill(process, signal.SIGSTOP)
    try:
        end = time.monotonic() + 30
        while not all(stat.read_text().rpartition(")")[2].split()[0] == "T" for stat in tasks(process)):
            if time.monotonic() > end:
                raise RuntimeError(f"process {process} does not stand still")
            time.sleep(0.005)
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def tasks(process: int) -> list[Path]:
    return list(Path(f"/proc/{process}/task").glob("*/stat"))


class Small:
    """A disk in memory that something else fills."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True)
        call("mount", "-t", "tmpfs", "-o", f"size={MEBIBYTES}m,mode=0755", "none", folder)

    def fill(self) -> None:
        """Takes every block that is left."""
        block = bytes(1 << 16)
        with (self.folder / "filler").open("ab", buffering=0) as filler:
            while True:
                try:
                    if filler.write(block) < len(block):
                        block = block[:4096]
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    if len(block) == 4096:
                        return
                    block = block[:4096]

    def free(self) -> None:
        (self.folder / "filler").unlink()

    def close(self) -> None:
        call("umount", "--lazy", self.folder)


class Strict:
    """A disk with ext4, which becomes read-only as it does when it finds itself damaged."""

    def __init__(self, folder: Path):
        self.folder, self.image = folder, folder.with_suffix(".image")
        folder.mkdir(parents=True)
        with self.image.open("wb") as image:
            image.truncate(MEBIBYTES << 20)
        call("mke2fs", "-q", "-t", "ext4", self.image)
        self._mount()

    def _mount(self) -> None:
        if not Path("/dev/loop-control").exists():
            # a small system has not all devices of its kernel; these are seen by nobody else
            call("mount", "-t", "devtmpfs", "none", "/dev")
        call("mount", "-o", "loop", self.image, self.folder)

    def forbid(self, process: int) -> None:
        """From now on nothing is written any more, whoever has what open. `process` is the one that writes: of an `fdatasync`
        that is under way while the file system gives up, ext4 says that it went well, and drops what it was to keep."""
        with between_calls(process):
            # what lies in memory is on the disk: also a page that a program has mapped is asked for anew when it is written to
            os.sync()
            call("mount", "-o", "remount,abort", self.folder)

    def mend(self) -> None:
        """As after a restart: repaired and mounted again. Nobody may have anything open."""
        call("umount", self.folder)
        call("e2fsck", "-p", self.image)
        self._mount()

    def close(self) -> None:
        call("umount", "--lazy", self.folder)
