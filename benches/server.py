"""The server: durable orders a second, how long a search takes among 100,000 cards, and how long their import took."""

import csv
import datetime
import hashlib
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "packaging" / "tour"))

from terminal import Terminal  # noqa: E402

PHOTO = Path(__file__).resolve().parents[1] / "assets" / "demo" / "photos" / "portrait.jpg"
CARDS = 100_000
SEARCHES = 1000
ORDERS = 400
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST = "Ingrid Øyvind Åse Lars Kari Jonas Nora Emil Sofie Mohammed Olena José Astrid Sigrid Håkon Æge Maja Iben".split()
LAST = "Haugen Ødegård Sæther Nilsen Tesfay Bakke Strand Vlasenko Solberg Lien Aasen Myhre Dahl Berg Moen".split()


def number(code: str) -> str:
    """An order number as a terminal makes it: code, six random, one check character."""
    body = code + "".join(random.choices(ALPHABET, k=6))
    return body + ALPHABET[sum(ALPHABET.index(c) * (at + 1) for at, c in enumerate(body)) % 31]


def card(serial: int) -> str:
    """A card's number with the check digit of ISO/IEC 7812-1."""
    total, double, rest = 0, True, serial
    while rest:
        digit = rest % 10 * (2 if double else 1)
        total += digit // 10 + digit % 10
        rest, double = rest // 10, not double
    return f"{serial:09}{(10 - total % 10) % 10}"


class Caller:
    """One connection of a terminal."""

    def __init__(self, address: str, terminal: Terminal):
        self.connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        self.terminal = terminal
        self.headers = {}

    def ask(self, method: str, path: str, body: bytes | dict | None = None):
        headers = dict(self.headers)
        if isinstance(body, dict):
            body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif body is not None:
            headers["Content-Type"] = "image/jpeg"
        headers["Authorization"] = self.terminal.signed(method, path, body)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:200]!r}")
        return json.loads(content) if content else None

    def order(self, user: str, photo: str) -> None:
        now = time.time_ns() // 1000
        self.ask("PUT", f"/v1/orders/{uuid.uuid4()}", {
            "number": number(self.terminal.code), "user_name": user, "identity": "unproven", "reason": "new",
            "place": "trondheim-gloshaugen", "promised": None, "submitted_at": now, "consents": ["card-photo:1"],
            "photo": {"sha256": photo, "verdict": "accept", "policy": "university", "findings": [], "insisted": False},
            "sealed_pin": random.randbytes(77).hex(), "pin_key_fingerprint": self.terminal.fingerprint,
        })  # fmt: skip


def people(folder: Path) -> tuple[Path, Path]:
    """A register of 100,000 students with a card each, as it is imported."""
    random.seed(20260101)
    students, cards = folder / "students.csv", folder / "cards.csv"
    with open(students, "w", newline="") as a, open(cards, "w", newline="") as b:
        register, registry = csv.writer(a), csv.writer(b)
        register.writerow(["user_name", "preferred_name", "legal_name", "student_number", "birth_date", "phone",
                           "registered", "fee_paid", "valid_to", "password"])  # fmt: skip
        registry.writerow(["number", "owner", "status", "valid_from", "valid_to"])
        day = datetime.date(2029, 8, 31)
        for at in range(CARDS):
            name = f"{random.choice(FIRST)} {random.choice(FIRST)} {random.choice(LAST)}"
            register.writerow([f"u{at:06}", "", name, 700_000 + at, "2003-05-17", "", "yes", "yes", day, ""])
            registry.writerow([card(300_000_000 + at * 7), f"u{at:06}", "active", "2025-08-01", day])
    return students, cards


def questions() -> list[tuple[str, str]]:
    """What is asked at a counter: kind and words, all kinds equally often."""
    asked = []
    for _ in range(SEARCHES):
        at = random.randrange(CARDS)
        asked.append(random.choice([
            ("user name", f"u{at:06}"),
            ("student number", str(700_000 + at)),
            ("card", card(300_000_000 + at * 7)),
            ("first and last name", f"{random.choice(FIRST)} {random.choice(LAST)}".lower()),
            ("four letters of a surname", random.choice(LAST)[:4].lower()),
            ("two letters of a surname", random.choice(LAST)[:2].lower()),
        ]))  # fmt: skip
    return asked


def quantiles(times: list[float]) -> dict:
    times = sorted(times)
    return {"p50_ms": round(statistics.median(times), 2), "p99_ms": round(times[int(len(times) * 0.99)], 2)}


def searches(caller: Caller) -> dict:
    times = defaultdict(list)
    for kind, words in questions():
        path = "/v1/orders?" + urlencode({"query": words})
        started = time.perf_counter()
        found = caller.ask("GET", path)
        times[kind].append((time.perf_counter() - started) * 1000)
        if kind != "first and last name" and not found["orders"] + found["persons"]:
            raise RuntimeError(f"nothing found by {kind}: {words}")
    return {
        "cards": CARDS,
        "searches": SEARCHES,
        **quantiles([one for kind in times.values() for one in kind]),
        "kinds": {kind: quantiles(measured) for kind, measured in sorted(times.items())},
    }


def synced(folder: Path) -> float:
    """How often a second the disk takes 4 KiB for good: no server with one commit an order can be faster."""
    block, times, blocks = bytes(4096), 200, 1024
    with open(folder / "synced", "w+b") as file:
        file.write(block * blocks)
        os.fdatasync(file.fileno())
        started = time.perf_counter()
        for at in range(times):
            os.pwrite(file.fileno(), block, at % blocks * len(block))
            os.fdatasync(file.fileno())
        return round(times / (time.perf_counter() - started), 1)


def orders(address: str, terminals: list[Terminal], photo: str, offset: int) -> float:
    """Orders a second, each answered only when it is on the disk."""
    per = ORDERS // len(terminals)
    callers = [Caller(address, terminal) for terminal in terminals]

    def work(caller: Caller, first: int) -> None:
        for at in range(first, first + per):
            caller.order(f"u{at:06}", photo)

    threads = [
        threading.Thread(target=work, args=(caller, offset + at * per)) for at, caller in enumerate(callers)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(per * len(terminals) / (time.perf_counter() - started), 1)


def measured(programs: Path) -> dict:
    server = programs / "kortserver"
    with tempfile.TemporaryDirectory(prefix="kortautomat-bench-") as folder:
        data = Path(folder) / "data"

        def run(*words: object) -> str:
            done = subprocess.run([server, *map(str, words)], capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"kortserver {words[0]}: {done.stderr.strip()}")
            return done.stdout.strip()

        key = run("simulate", "access-system", "--dir", Path(folder) / "access")
        run("demo-data", "--data", data, "--pin-key", key)
        students, cards = people(Path(folder))
        started = time.perf_counter()
        run("import", "students", students, "--data", data)
        run("import", "cards", cards, "--data", data)
        imported = time.perf_counter() - started
        lines = [
            run("terminal", "add", "--data", data, "--place", "trondheim-gloshaugen", "--role", role)
            for role in ["counter", *["kiosk"] * 8]
        ]
        service = subprocess.Popen(
            [server, "serve", "--data", data, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            address = service.stdout.readline().strip()
            terminals = [Terminal(address, line) for line in lines]
            counter = Caller(address, terminals[0])
            session = counter.ask("POST", "/v1/sessions", {"user_name": "staff", "password": "demo"})
            counter.headers["X-Session"] = session["token"]
            jpeg = PHOTO.read_bytes()
            photo = hashlib.sha256(jpeg).hexdigest()
            Caller(address, terminals[1]).ask("PUT", f"/v1/photos/{photo}", jpeg)
            return {
                "import_200000_rows_s": round(imported, 1),
                "search": searches(counter),
                "synced_per_s": synced(Path(folder)),
                "orders_per_s": {
                    "one_terminal": orders(address, terminals[1:2], photo, 0),
                    "eight_terminals": orders(address, terminals[1:], photo, ORDERS),
                    "orders": ORDERS,
                },
            }
        finally:
            service.terminate()
            service.wait(timeout=30)
