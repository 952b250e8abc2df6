"""Disks fail under terminals and servers that work, and are well again; then the orders are counted."""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tour"))

from disk import Small, Strict, call  # noqa: E402
from display import Display  # noqa: E402
from hall import kiosk_full, kiosk_read_only  # noqa: E402
from orders import HANGS, PHOTO, Broken, Orders  # noqa: E402
from served import PLACE, Served  # noqa: E402
from terminal import Terminal  # noqa: E402
from window import Failed  # noqa: E402

NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
# the words that a terminal has for what a disk does
FULL, FORBIDDEN = "the disk is full", ("the data folder is read-only", "the disk failed")


def expect(said: str | None, *words: str) -> str:
    """What was refused has to be refused with one of these words."""
    if said is None or not any(word in said for word in words):
        raise Broken(f"expected {' or '.join(words)}, and it says {said!r}")
    return said


def well(said: str | None) -> None:
    if said is not None:
        raise Broken(f"refused: {said}")


class Site:
    """A server, and the terminals whose orders it gets; its end is also that of the disk that is part of it."""

    def __init__(self, programs: Path, folder: Path, disk: Small | Strict | None = None, before: tuple[str, ...] = ()):
        self.disk, self.terminals = disk, []
        self.served = Served(programs, folder, before)

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        for terminal in self.terminals:
            terminal.close()
        self.served.close()
        if self.disk:
            self.disk.close()

    def terminal(self, orders: int = 0) -> Orders:
        """A terminal that is enrolled and has taken some orders."""
        at = len(self.terminals) + 1
        terminal = Orders(self.served, self.served.terminal(f"terminal-{at}"), 1_000 * at)
        self.terminals.append(terminal)
        if orders:
            well(terminal.order(orders))
        return terminal

    def asked(self) -> Terminal:
        """A terminal that only asks."""
        add = ("terminal", "add", "--data", self.served.data, "--place", PLACE, "--role", "counter")
        return Terminal(self.served.address, self.served.run("kortserver", *add).splitlines()[-1])

    def takes_a_photo(self, asked: Terminal) -> tuple[int, str]:
        """Status and code of the answer to a photo that the server does not have."""
        photo = PHOTO.read_bytes() + os.urandom(8)
        path = f"/v1/photos/{hashlib.sha256(photo).hexdigest()}"
        headers = {"Authorization": asked.signed("PUT", path, photo), "Content-Type": "image/jpeg"}
        request = urllib.request.Request(self.served.address + path, photo, headers, method="PUT")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)["code"]

    def refuses(self, asked: Terminal) -> str:
        """The server cannot write: it says so, and lives."""
        answer = self.takes_a_photo(asked)
        if answer != (507, "storage"):
            raise Broken(f"the server answers {answer} to a photo that it cannot keep")
        if self.served.process.poll() is not None:
            raise Broken(f"the server ended with {self.served.process.returncode}")
        return f"{answer[0]} {answer[1]}"

    def whole(self) -> int:
        """All is delivered; how many orders that are."""
        for terminal in self.terminals:
            well(terminal.deliver())
            terminal.settled()
        self.served.run("kortserver", "audit", "verify", "--data", self.served.data)
        return sum(len(terminal.held()) for terminal in self.terminals)


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + HANGS
    while not what():
        if time.monotonic() > end:
            raise Broken("what the fault is to disturb does not begin")
        time.sleep(0.02)


def terminal_full(programs: Path, folder: Path) -> dict:
    """A terminal's disk becomes full while orders are accepted."""
    disk = Small(folder / "terminal-1")
    with Site(programs, folder, disk) as site:
        terminal = site.terminal(2)
        terminal.begin(200)
        until(lambda: len(terminal.held()) > 5)
        disk.fill()
        refused = expect(terminal.end(), FULL)
        # started anew on the full disk, to order and to deliver
        expect(terminal.order(), FULL)
        terminal.begin_delivery()
        time.sleep(1)
        disk.free()
        well(terminal.end_delivery())
        well(terminal.order(3))
        return {"orders": site.whole(), "refused": refused}


def terminal_read_only(programs: Path, folder: Path) -> dict:
    """Its file system becomes read-only while orders are accepted; mended after a restart."""
    disk = Strict(folder / "terminal-1")
    with Site(programs, folder, disk) as site:
        terminal = site.terminal(2)
        terminal.begin(200)
        until(lambda: len(terminal.held()) > 5)
        disk.forbid(terminal.running.pid)
        refused = expect(terminal.end(), *FORBIDDEN)
        expect(terminal.order(), *FORBIDDEN)
        disk.mend()
        well(terminal.order(3))
        return {"orders": site.whole(), "refused": refused}


def terminal_forbidden(programs: Path, folder: Path) -> dict:
    """It loses the right to write to its folder."""
    with Site(programs, folder, before=AS_NOBODY) as site:
        terminal = site.terminal(2)
        terminal.begin(25)
        until(lambda: len(terminal.held()) > 5)
        forbid(terminal.data)
        # what is open stays open: no order is cut in its middle
        well(terminal.end())
        refused = expect(terminal.order(), *FORBIDDEN)
        allow(terminal.data)
        well(terminal.order(3))
        return {"orders": site.whole(), "refused": refused}


def forbid(folder: Path) -> None:
    """From now on nobody but an administrator may write there."""
    call("chown", "-R", "root", folder)
    call("chmod", "-R", "a=rX", folder)


def allow(folder: Path) -> None:
    call("chmod", "-R", "u=rwX,go=", folder)
    call("chown", "-R", f"{NOBODY}:{NOBODY}", folder)


def delivering(site: Site, fault: Callable[[], None], end: Callable[[], None]) -> dict:
    """Something happens to the server's disk while two terminals deliver, and then comes to an end."""
    terminals, asked = [site.terminal(12), site.terminal(12)], site.asked()
    for terminal in terminals:
        terminal.begin_delivery()
    until(lambda: any("sent" in terminal.held().values() for terminal in terminals))
    fault()
    site.refuses(asked)
    time.sleep(1)
    refused = site.refuses(asked)
    end()
    for terminal in terminals:
        well(terminal.end_delivery())
    if site.takes_a_photo(asked) != (204, ""):
        raise Broken("the server still refuses")
    return {"orders": site.whole(), "refused": refused}


def server_full(programs: Path, folder: Path) -> dict:
    """The server's disk becomes full."""
    disk = Small(folder / "server")
    with Site(programs, folder, disk) as site:
        return delivering(site, disk.fill, disk.free)


def server_read_only(programs: Path, folder: Path) -> dict:
    """The server's file system becomes read-only; mended after a restart."""
    disk = Strict(folder / "server")
    with Site(programs, folder, disk) as site:

        def restart() -> None:
            site.served.close()
            disk.mend()
            site.served.start()

        return delivering(site, lambda: disk.forbid(site.served.process.pid), restart)


def server_forbidden(programs: Path, folder: Path) -> dict:
    """The server loses the right to write to its folder."""
    with Site(programs, folder, before=AS_NOBODY) as site:
        return delivering(site, lambda: forbid(site.served.data), lambda: allow(site.served.data))


WITHOUT_WINDOW = (terminal_full, terminal_read_only, terminal_forbidden, server_full, server_read_only, server_forbidden)
AT_THE_WINDOW = (kiosk_full, kiosk_read_only)


def name_of(fault: Callable[..., dict]) -> str:
    return fault.__name__.replace("_", "-")


class Trial:
    """Faults, one after the other on each of two threads, and what came of them."""

    def __init__(self, programs: Path, base: Path, only: list[str]):
        self.programs, self.base, self.only = programs, base, only
        self.found: dict[str, dict] = {}

    def folder(self, name: str) -> Path:
        made = self.base / name
        made.mkdir()
        os.chown(made, NOBODY, NOBODY)
        return made

    def step(self, what: Callable[..., dict], *more: object) -> None:
        name = name_of(what)
        if self.only and name not in self.only:
            return
        began = time.monotonic()
        try:
            found = {**what(self.programs, self.folder(name), *more), "ok": True}
        except (Broken, Failed, RuntimeError, OSError) as error:
            found = {"ok": False, "problem": str(error)}
        found["seconds"] = round(time.monotonic() - began, 1)
        self.found[name] = found
        print(f"disk-faults: {name}: {json.dumps(found, ensure_ascii=False)}", file=sys.stderr, flush=True)

    def at_the_window(self) -> None:
        display = Display()
        try:
            for what in AT_THE_WINDOW:
                self.step(what, display)
        finally:
            display.close()

    def all(self) -> dict[str, dict]:
        window = threading.Thread(target=self.at_the_window)
        window.start()
        for what in WITHOUT_WINDOW:
            self.step(what)
        window.join()
        return self.found


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/disk-faults")
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help="where the figures are written")
    names = [name_of(what) for what in (*WITHOUT_WINDOW, *AT_THE_WINDOW)]
    parser.add_argument("fault", nargs="*", choices=[*names, []], help="these alone")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kortautomat-faults-") as name:
        base = Path(name)
        call("mount", "-t", "tmpfs", "-o", "mode=0755", "none", base)
        # whoever may not read where they were built
        programs = base / "programs"
        programs.mkdir()
        call("mount", "--bind", options.programs.resolve(), programs)
        try:
            found = Trial(programs, base, options.fault).all()
        finally:
            call("umount", "--recursive", "--lazy", base)
    failed = [name for name in options.fault or names if not found.get(name, {}).get("ok")]
    text = json.dumps({"faults": found, "seconds": round(time.monotonic() - began, 1), "ok": not failed})
    if options.json:
        options.json.write_text(text + "\n")
    print(text)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
