"""Orders at a terminal without its window, and what is known of them: accepted, refused, arrived."""

import contextlib
import hashlib
import json
import sqlite3
import subprocess
from pathlib import Path

from served import Served

PHOTO = Path(__file__).resolve().parents[2] / "assets" / "demo" / "photos" / "portrait.jpg"
# nothing takes so long on a faulty disk; what does hangs, seconds
HANGS = 60


class Broken(Exception):
    """Something that must hold does not."""


class Orders:
    """The orders of one terminal."""

    def __init__(self, served: Served, data: Path, first: int):
        self.served, self.data, self.next = served, data, first
        self.running: subprocess.Popen | None = None
        self.tried: set[int] = set()
        self.accepted: set[int] = set()
        self.refused: dict[int, str] = {}

    def _program(self) -> subprocess.Popen:
        return subprocess.Popen(
            [*self.served.before, self.served.programs / "kortautomat", "measure"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.served.environment,
        )  # fmt: skip

    def close(self) -> None:
        """Ends what still runs."""
        if self.running and self.running.poll() is None:
            self.running.kill()

    def _answer(self, process: subprocess.Popen, what: str, question: dict | None = None) -> dict:
        """The one answer of a program that was asked one thing."""
        asked = None if question is None else json.dumps({"what": what, **question}) + "\n"
        try:
            said, _ = process.communicate(asked, timeout=HANGS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise Broken(f"{what} hangs") from error
        if process.returncode or not said.strip():
            raise Broken(f"{what}: the program ended with {process.returncode} and without an answer")
        return json.loads(said)

    def _many(self, orders: int) -> dict:
        first, self.next = self.next, self.next + orders
        return {"data": str(self.data), "photo": str(PHOTO), "first": first, "orders": orders}

    def _note(self, question: dict, answer: dict) -> str | None:
        done = len(answer["wall_ms"]) if "wall_ms" in answer else 0
        numbers = range(question["first"], question["first"] + question["orders"])
        self.tried |= set(numbers)
        self.accepted |= set(numbers[:done])
        if "error" in answer:
            self.refused[numbers[done]] = answer["error"]
        return answer.get("error")

    def order(self, orders: int = 1) -> str | None:
        """Orders one after the other at a terminal that has just started. What it says when it refuses one."""
        question = self._many(orders)
        return self._note(question, self._answer(self._program(), "accept", question))

    def begin(self, orders: int) -> None:
        """The same in the background, for `end`: the terminal runs while something happens to it."""
        self.question, self.running = self._many(orders), self._program()
        self.running.stdin.write(json.dumps({"what": "accept", **self.question}) + "\n")
        self.running.stdin.flush()

    def end(self) -> str | None:
        return self._note(self.question, self._answer(self.running, "accept"))

    def deliver(self) -> str | None:
        """Sends until nothing is left. What keeps it from that."""
        return self._answer(self._program(), "drain", {"data": [str(self.data)]}).get("error")

    def begin_delivery(self) -> None:
        self.running = self._program()
        self.running.stdin.write(json.dumps({"what": "drain", "data": [str(self.data)]}) + "\n")
        self.running.stdin.flush()

    def end_delivery(self) -> str | None:
        return self._answer(self.running, "drain").get("error")

    def held(self) -> dict[str, str]:
        """The numbers that the terminal has given, and how their orders stand."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/terminal.sqlite?mode=ro", uri=True)) as db:
            return dict(db.execute(
                "SELECT number, CASE WHEN place IN (SELECT place FROM sent) THEN 'sent' ELSE state END FROM outbox"
            ))  # fmt: skip

    def settled(self) -> None:
        """Everything has been delivered: each order that was accepted is at the server, once, with its photo."""
        tried = {f"u{at:06}" for at in self.tried}
        mine = {user: numbers for user, numbers in arrived(self.served.data).items() if user in tried}
        for at in self.accepted:
            if len(mine.get(f"u{at:06}", [])) != 1:
                raise Broken(f"order {at} was accepted, and at the server is {mine.get(f'u{at:06}')}")
        doubled = {user: numbers for user, numbers in mine.items() if len(numbers) > 1}
        if doubled:
            raise Broken(f"more than once at the server: {doubled}")
        held = self.held()
        if set(held) != {number for numbers in mine.values() for number in numbers}:
            raise Broken(f"the terminal has given {len(held)} numbers, the server has {len(mine)} of its orders")
        left = [number for number, state in held.items() if state not in ("sent", "delivered")]
        if left:
            raise Broken(f"not delivered: {left}")


def arrived(server: Path) -> dict[str, list[str]]:
    """The numbers at the server by user name; each order's photo is there with the bytes that its hash says."""
    orders: dict[str, list[str]] = {}
    with contextlib.closing(sqlite3.connect(f"file:{server}/kortserver.sqlite?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Broken("the server's database is damaged")
        rows = db.execute("SELECT user_name, number, photo_sha256 FROM orders WHERE user_name LIKE 'u______'")
        for user, number, sha256 in rows:
            photo = server / "photos" / sha256[:2] / f"{sha256}.jpg"
            if not photo.exists() or hashlib.sha256(photo.read_bytes()).hexdigest() != sha256:
                raise Broken(f"the photo of {number} is not at the server as it was sent")
            orders.setdefault(user, []).append(number)
    return orders
