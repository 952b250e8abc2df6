"""Students order one after the other; kiosk and server are killed at random instants; then the orders are counted."""

import argparse
import json
import random
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


class Killer:
    """Kills one process at an instant of its own, on a thread of its own."""

    def __init__(self, plant: Plant):
        self.plant = plant
        self.timer: threading.Timer | None = None
        self.kills = 0

    def arm(self, name: str, after: float) -> None:
        def strike() -> None:
            self.plant.kill(name)
            self.kills += 1

        self.timer = threading.Timer(after, strike)
        self.timer.start()

    def rest(self) -> None:
        """Waits until an armed kill is over."""
        if self.timer:
            self.timer.join()
            self.timer = None


class Hall:
    """One student after the other at the kiosk."""

    def __init__(self, plant: Plant, dice: random.Random, record: Record):
        self.plant, self.dice, self.record = plant, dice, record
        self.killer = Killer(plant)
        self.whole = WHOLE

    def order(self, user: str) -> bool:
        """One order, disturbed once. Whether its receipt was seen."""
        target = self.dice.choice(["kiosk", "server"])
        late = self.dice.random() < 0.6
        kiosk = Kiosk(self.plant.window, self.record, Path(), "nb")
        began = time.monotonic()
        if not late:
            self.killer.arm(target, self.dice.uniform(0, self.whole))
        seen = False
        try:
            kiosk.begin("order")
            kiosk.sign_in(user, PASSWORD)
            kiosk.start_order("new")
            kiosk.take_photo()
            kiosk.choose_pin()
            window = self.plant.window
            window.wait("place")
            window.press(f"place-{PLACE}")
            window.press("next")
            window.wait("summary")
            window.control("submit", "order", "next")
            if late:
                # around the commit, the receipt and the sending
                self.killer.arm(target, self.dice.uniform(0, 1.5))
            window.press("submit", "order", "next")
            window.wait("receipt", seconds=15)
            seen = True
            if not late and target not in self.plant.dead():
                self.whole = 0.8 * self.whole + 0.2 * (time.monotonic() - began)
        except (Failed, OSError) as error:
            seen = self.plant.window.layout()["screen"] == "receipt"
            if not self.killer.timer and not self.plant.dead():
                raise Failed(f"an undisturbed order fails: {error}") from error
        except ValueError:
            # a window that died while it was looked at
            seen = self.plant.window.layout()["screen"] == "receipt"
        self.killer.rest()
        time.sleep(0.05)
        return seen

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


def counted(office: Office, users: list[str], shown: set[str]) -> dict[str, int]:
    """Orders by user, as soon as all that were shown have arrived."""
    until = time.monotonic() + ARRIVES
    while True:
        orders = {user: len(office.orders_of(user)) for user in users}
        if all(orders[user] for user in shown) or time.monotonic() > until:
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
            users, shown = [], set()
            for at in range(options.kills):
                hall.ready()
                users.append(student(at))
                if hall.order(users[-1]):
                    shown.add(users[-1])
                print(f"torture: {hall.killer.kills} kills, {len(shown)} receipts", file=sys.stderr, flush=True)
            hall.ready()
            office = Office(f"http://{plant.address}", plant.programs / "kortserver", plant.server_data, "staff", PASSWORD)
            orders = counted(office, users, shown)
            lost = sorted(user for user in shown if orders[user] == 0)
            doubled = sorted(user for user in users if orders[user] > 1)
            problems = [f"{user}: shown, and never arrived" for user in lost]
            problems += [f"{user}: {orders[user]} orders" for user in doubled]
            if not plant.verified():
                problems.append("the record's chain is broken")
            figures = {
                "kills": hall.killer.kills, "students": len(users), "receipts": len(shown),
                "orders": sum(orders.values()), "lost": len(lost), "doubled": len(doubled),
                "restarts": {name: count - 1 for name, count in plant.starts.items()},
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
