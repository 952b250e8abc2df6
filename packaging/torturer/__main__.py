"""Students order one after the other; kiosk and server are killed at random instants; then the orders are counted."""

import argparse
import json
import random
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

from plant import PASSWORD, PLACE, Plant, student

from display import Display
from kiosk import Kiosk
from office import Office
from record import Record
from window import Failed

# so long an order that was shown may take to arrive once everything runs again, seconds
ARRIVES = 60
# an order from the touch to the receipt, at first; learned from those that were not disturbed
WHOLE = 12.0
# a terminal's code, six characters and one to check, as the receipt shows them
NUMBER = re.compile(r"[0-9A-Z]{2} [0-9A-Z]{3} [0-9A-Z]{4}")


class Killer:
    """Kills processes at instants of their own, each on a thread of its own; a killed server is started again at once."""

    def __init__(self, plant: Plant):
        self.plant = plant
        self.timers: list[threading.Timer] = []
        self.turn = threading.Lock()
        self.kills = {"kiosk": 0, "server": 0}

    def arm(self, name: str, after: float) -> None:
        def strike() -> None:
            with self.turn:
                self.plant.kill(name)
                self.kills[name] += 1
                if name == "server":
                    self.plant.processes[name].wait()
                    self.plant.start_server()

        timer = threading.Timer(after, strike)
        self.timers.append(timer)
        timer.start()

    def rest(self) -> int:
        """Waits until all that is armed is over; how much it was."""
        for timer in self.timers:
            timer.join()
        count, self.timers = len(self.timers), []
        return count

    def all(self) -> int:
        return sum(self.kills.values())


class Hall:
    """One student after the other at the kiosk."""

    def __init__(self, plant: Plant, dice: random.Random, record: Record):
        self.plant, self.dice, self.record = plant, dice, record
        self.killer = Killer(plant)
        self.whole = WHOLE

    def order(self, user: str) -> str | None:
        """One order, disturbed a few times. The number on its receipt, if that was seen."""
        late = self.dice.random() < 0.6
        kiosk = Kiosk(self.plant.window, self.record, Path(), "nb")
        began = time.monotonic()
        for _ in range(self.dice.randint(0 if late else 1, 2)):
            self.killer.arm("server", self.dice.uniform(0, self.whole))
        if not late:
            self.killer.arm("kiosk", self.dice.uniform(0, self.whole))
        seen = False
        window = self.plant.window
        try:
            kiosk.begin("order")
            kiosk.sign_in(user, PASSWORD)
            kiosk.start_order("new")
            kiosk.take_photo()
            kiosk.choose_pin()
            window.wait("place")
            window.press(f"place-{PLACE}")
            window.press("next")
            window.wait("summary")
            window.control("submit", "order", "next")
            if late:
                # around the commit, the receipt and the sending
                self.killer.arm(self.dice.choice(["kiosk", "server"]), self.dice.uniform(0, 1.5))
            window.press("submit", "order", "next")
            window.wait("receipt", seconds=15)
            self.whole = 0.8 * self.whole + 0.2 * (time.monotonic() - began)
        except (Failed, OSError, ValueError) as error:
            # a window that died while it was looked at, a sign-in that found no server
            if not self.killer.timers:
                raise Failed(f"an undisturbed order fails: {error}") from error
        layout = window.layout()
        seen = layout["screen"] == "receipt"
        self.killer.rest()
        found = next((text for text in layout["texts"] if NUMBER.fullmatch(text)), "") if seen else ""
        number = found.replace(" ", "") or None
        if seen and number is None:
            raise Failed(f"a receipt with no number: {layout['texts']}")
        time.sleep(0.05)
        return number

    def ready(self) -> None:
        """Everything runs again and the kiosk waits for the next one."""
        self.plant.revive()
        window = self.plant.window
        for _ in range(3):
            screen = window.wait("*", seconds=20)
            if screen == "attract":
                return
            # nobody is there any more: as a student would leave
            for control in ("done", "sign-out", "start-over", "cancel", "close"):
                if window.has(control):
                    window.press(control)
                    break
            try:
                screen = window.wait("attract", "confirm*", "start-over*", seconds=6)
                if screen != "attract":
                    window.press("confirm", "yes")
                    window.wait("attract", seconds=6)
            except Failed:
                continue
        if window.layout()["screen"] != "attract":
            # what no student left, a restart ends
            self.plant.kill("kiosk")
            self.plant.processes["kiosk"].wait()
            self.plant.revive()
            self.plant.window.wait("attract")


def counted(office: Office, users: list[str], shown: dict[str, str]) -> dict[str, list[str]]:
    """The numbers of each user's orders, as soon as all that were shown have arrived."""
    until = time.monotonic() + ARRIVES
    while True:
        orders = {user: [order["number"] for order in office.orders_of(user)] for user in users}
        if all(number in orders[user] for user, number in shown.items()) or time.monotonic() > until:
            return orders
        time.sleep(0.5)


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/torture")
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--kills", type=int, default=25, help="how often a process is killed")
    parser.add_argument("--seed", type=int, default=0, help="of the instants; they fall differently on each machine")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    began = time.monotonic()
    display, plant, problems = Display(), None, []
    with tempfile.TemporaryDirectory(prefix="kortautomat-torture-") as folder:
        try:
            plant = Plant(options.programs.resolve(), display, Path(folder), options.kills)
            hall = Hall(plant, dice, Record(Path(folder) / "pictures"))
            users, shown = [], {}
            while hall.killer.all() < options.kills:
                hall.ready()
                users.append(student(len(users)))
                number = hall.order(users[-1])
                if number:
                    shown[users[-1]] = number
                print(f"torture: {hall.killer.all()} kills, {len(shown)} receipts", file=sys.stderr, flush=True)
            hall.ready()
            office = Office(f"http://{plant.address}", plant.programs / "kortserver", plant.server_data, "staff", PASSWORD)
            orders = counted(office, users, shown)
            lost = sorted(user for user, number in shown.items() if number not in orders[user])
            doubled = sorted(user for user in users if len(orders[user]) > 1)
            problems = [f"{user}: {shown[user]} was shown, and there is {orders[user]}" for user in lost]
            problems += [f"{user}: {orders[user]}" for user in doubled]
            if not plant.verified():
                problems.append("the record's chain is broken")
            figures = {
                "kills": hall.killer.kills | {"all": hall.killer.all()}, "students": len(users), "receipts": len(shown),
                "orders": sum(map(len, orders.values())), "lost": len(lost), "doubled": len(doubled),
                "seconds": round(time.monotonic() - began), "seed": options.seed, "ok": not problems,
            }  # fmt: skip
        except Failed as error:
            problems.append(str(error))
            figures = {"ok": False, "problems": problems}
        finally:
            if plant:
                plant.close()
            display.close()
    text = json.dumps(figures)
    if options.json:
        options.json.write_text(text + "\n")
    print(text)
    for problem in problems:
        print(f"torture: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
