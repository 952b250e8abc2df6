"""Students at the real kiosk, whose disk fails while its window is open."""

import contextlib
import re
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "torturer"))

from disk import Small, Strict
from display import Display
from kiosk import Kiosk
from orders import Broken
from plant import PASSWORD, PLACE, Plant, student
from record import Record

STRINGS = Path(__file__).resolve().parents[2] / "i18n" / "nb"
# a terminal's code, six characters and one to check, as the receipt shows them
NUMBER = re.compile(r"[0-9A-Z]{2} [0-9A-Z]{3} [0-9A-Z]{4}")


def words(key: str) -> str:
    """What the kiosk calls it in bokmål."""
    for file in STRINGS.glob("*.ftl"):
        for line in file.read_text().splitlines():
            if line.startswith(f"{key} = "):
                return line.split(" = ", 1)[1]
    raise Broken(f"no text {key}")


class Hall:
    """A kiosk with a disk, a server, and students one after the other."""

    def __init__(self, programs: Path, display: Display, folder: Path):
        self.plant = Plant(programs, display, folder, 3)
        self.record = Record(folder / "pictures")
        self.students = 0
        self.shown: dict[str, str] = {}

    def next(self) -> Kiosk:
        """The next student, signed in."""
        self.plant.window.wait("attract")
        kiosk = Kiosk(self.plant.window, self.record, Path(), "nb")
        kiosk.begin("order")
        kiosk.sign_in(student(self.students), PASSWORD)
        self.students += 1
        return kiosk

    def to_summary(self, kiosk: Kiosk) -> None:
        """Everything but the last step."""
        kiosk.start_order("new")
        kiosk.take_photo()
        kiosk.choose_pin()
        kiosk.window.wait("place")
        kiosk.window.press(f"place-{PLACE}")
        kiosk.window.press("next")
        kiosk.window.wait("summary")

    def submit(self, kiosk: Kiosk) -> None:
        """The last step, to the number on the receipt."""
        kiosk.window.press("submit")
        kiosk.window.wait("receipt", seconds=20)
        found = [text for text in kiosk.window.layout()["texts"] if NUMBER.fullmatch(text)]
        if not found:
            raise Broken("a receipt with no number")
        self.shown[student(self.students - 1)] = found[0].replace(" ", "")
        kiosk.leave()

    def told(self, kiosk: Kiosk, key: str) -> str:
        """The screen says this, and the kiosk lives."""
        wanted = words(key)
        kiosk.window.until(
            lambda: wanted in kiosk.window.layout()["texts"], 15,
            lambda: f"the kiosk does not say {wanted!r}; it says {kiosk.window.layout()['texts']}",
        )  # fmt: skip
        if self.plant.dead():
            raise Broken(f"ended: {self.plant.dead()}")
        return wanted

    def killed(self, name: str) -> None:
        self.plant.kill(name)
        self.plant.processes[name].wait()

    def settled(self) -> int:
        """Every number that was shown is at the server, and no other; how many there are."""

        def arrived() -> dict[str, list[str]]:
            orders: dict[str, list[str]] = {}
            file = f"file:{self.plant.server_data}/kortserver.sqlite?mode=ro"
            with contextlib.closing(sqlite3.connect(file, uri=True)) as db:
                for user, number in db.execute("SELECT user_name, number FROM orders WHERE user_name LIKE 'kill%'"):
                    orders.setdefault(user, []).append(number)
            return orders

        wanted = {user: [number] for user, number in self.shown.items()}
        self.plant.until(lambda: set(wanted) <= set(arrived()), f"shown {self.shown}, and {arrived()} have arrived")
        if arrived() != wanted:
            raise Broken(f"shown {self.shown}, and at the server is {arrived()}")
        if not self.plant.verified():
            raise Broken("the record's chain is broken")
        return len(wanted)


def kiosk_full(programs: Path, folder: Path, display: Display) -> dict:
    """The disk is full before an order begins: that one has its reserve, the next one does not begin. With room again, what
    is shown is on the disk: the server is away, and the kiosk is killed before it sends. Started on a full disk, it sends."""
    disk = Small(folder / "kiosk")
    hall = Hall(programs, display, folder)
    try:
        hall.plant.window.wait("attract")
        disk.fill()
        kiosk = hall.next()
        hall.to_summary(kiosk)
        hall.submit(kiosk)
        disk.fill()
        kiosk = hall.next()
        kiosk.window.press("order")
        said = hall.told(kiosk, "kiosk-full")
        kiosk.leave()
        disk.free()
        kiosk = hall.next()
        hall.to_summary(kiosk)
        hall.killed("server")
        hall.submit(kiosk)
        hall.killed("kiosk")
        disk.fill()
        hall.plant.revive()
        return {"orders": hall.settled(), "refused": said}
    finally:
        hall.plant.close()
        disk.close()


def kiosk_read_only(programs: Path, folder: Path, display: Display) -> dict:
    """The disk becomes read-only before the last step; the next order does not begin; mended, the kiosk goes on."""
    disk = Strict(folder / "kiosk")
    hall = Hall(programs, display, folder)
    try:
        kiosk = hall.next()
        hall.to_summary(kiosk)
        disk.forbid(hall.plant.processes["kiosk"].pid)
        kiosk.window.press("submit")
        said = hall.told(kiosk, "kiosk-summary-disk")
        kiosk.leave()
        kiosk = hall.next()
        kiosk.window.press("order")
        hall.told(kiosk, "kiosk-full")
        hall.killed("kiosk")
        disk.mend()
        hall.plant.revive()
        kiosk = hall.next()
        hall.to_summary(kiosk)
        hall.submit(kiosk)
        return {"orders": hall.settled(), "refused": said}
    finally:
        hall.plant.close()
        disk.close()
