"""The server's own word on orders, asked by a terminal of the tour's own as a member of staff."""

import json
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

from terminal import Terminal
from window import Failed


class Office:
    """The server's API."""

    def __init__(self, address: str, program: Path, data: Path, user: str, password: str):
        added = subprocess.run(
            [program, "terminal", "add", "--data", data, "--place", "trondheim-gloshaugen", "--role", "counter"],
            check=True, capture_output=True, text=True, timeout=30,
        )  # fmt: skip
        self.address = address
        self.terminal = Terminal(address, added.stdout)
        self.headers = {"Content-Type": "application/json"}
        session = self._ask("POST", "/v1/sessions", {"user_name": user, "password": password})
        self.headers["X-Session"] = session["token"]

    def _ask(self, method: str, path: str, body: dict | None = None) -> dict:
        content = None if body is None else json.dumps(body).encode()
        headers = {**self.headers, "Authorization": self.terminal.signed(method, path, content)}
        request = urllib.request.Request(self.address + path, content, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def orders_of(self, user: str) -> list[dict]:
        """A student's orders, newest first."""
        found = self._ask("GET", "/v1/orders?" + urllib.parse.urlencode({"query": user, "limit": 30}))
        orders = [order for order in found["orders"] if order["user_name"] == user]
        return sorted(orders, key=lambda order: -order["received_at"])

    def order(self, identity: str) -> dict:
        """An order with its history and its owner's cards."""
        return self._ask("GET", f"/v1/orders/{identity}")

    def wait(self, user: str, *states: str, seconds: float = 20, holds=lambda order: True) -> dict:
        """Waits until the student's newest order stands where it should."""
        until = time.monotonic() + seconds
        seen = "no order"
        while time.monotonic() < until:
            orders = self.orders_of(user)
            if orders:
                if orders[0]["status"] in states and holds(orders[0]):
                    return orders[0]
                seen = orders[0]["status"]
            time.sleep(0.1)
        raise Failed(f"the order of {user} stands at {seen}, not at {' or '.join(states)}")

    def cards_of(self, user: str) -> list[dict]:
        return self._ask("GET", f"/v1/persons/{urllib.parse.quote(user)}")["cards"]

    def printed_number(self, identity: str) -> str:
        """The number on the card that the newest batch prints for an order."""
        for batch in self._ask("GET", "/v1/batches")["batches"]:
            for item in batch["items"]:
                if item["order"]["id"] == identity and not item["dead"]:
                    return item["card"]
        raise Failed(f"no batch prints a card for {identity}")

    def states(self, identity: str) -> list[str]:
        """Every state that an order went through, by the server's history."""
        states: list[str] = []
        for event in self.order(identity)["history"]:
            if not states or states[-1] != event["status"]:
                states.append(event["status"])
        return states
