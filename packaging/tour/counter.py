"""What staff do at the counter: with the keyboard and a scanner, which is a keyboard that types fast."""

import time

from office import Office
from record import Record
from window import Failed, Window

SCANNER_MS = 12


class Counter:
    """A clerk at the counter's window."""

    def __init__(self, window: Window, record: Record, office: Office):
        self.window, self.record, self.office = window, record, office

    def _step(self, name: str) -> None:
        self.record.step(f"counter-{name}", self.window)

    def _scan(self, text: str) -> None:
        self.window.type(text, SCANNER_MS)
        self.window.key("Return")

    def sign_in(self, user: str, password: str) -> None:
        self.window.wait("sign-in")
        self._step("sign-in")
        self.window.enter("user-name", user)
        self.window.key("Tab")
        self.window.focused("password")
        self.window.type(password)
        self.window.key("Return")
        self.window.wait("handover", "review", "production", seconds=20)
        self._step("signed-in")

    def desk(self, key: str, screen: str) -> None:
        """F1 handover, F2 review, F3 production."""
        self.window.key(key)
        self.window.wait(screen)
        self.window.key("F5" if screen != "handover" else "Escape")

    def accept_photo(self, user: str) -> None:
        """The review desk looks at the doubtful photo and accepts it."""
        self.desk("F2", "review")
        self.window.control("accept", seconds=20)
        self._step("review")
        self.window.key("a")
        self.office.wait(user, "approved")
        self._step("review-accepted")

    def refuse_photo(self, user: str) -> None:
        """The review desk refuses, by a rule and in words."""
        self.desk("F2", "review")
        self.window.control("refuse", seconds=20)
        self.window.key("r")
        self.window.wait("review-rule")
        self._step("review-rule")
        self.window.key("Return")
        self.window.wait("review-words")
        self._step("review-words")
        self.window.key("Return")
        self.office.wait(user, "photo_refused")
        self.window.wait("review")
        self._step("review-refused")

    def print(self, users: list[str], name: str = "") -> None:
        """One batch of all that is approved; each card is scanned as it comes out and put into a slot."""
        self.desk("F3", "production")
        self.window.control("make-batch", seconds=20)
        if name:
            self._step(f"to-print{name}")
        self.window.key("F4")
        cards = [self.office.wait(user, "in_production")["id"] for user in users]
        if name:
            self._step(f"batch{name}")
        for at, (user, order) in enumerate(zip(users, cards, strict=True)):
            self._scan(f"M {self.office.printed_number(order)}")
            self.office.wait(user, "printed")
            if name and at == 0:
                self._step(f"printed{name}")
            self.window.key("Return")
            self.office.wait(user, "ready")
        if name:
            self._step(f"shelved{name}")

    def hand_out(self, user: str, number: str, name: str = "") -> None:
        """Scans the receipt's code, sees the ID, scans the card."""
        self.desk("F1", "handover")
        self._scan(number)
        self.window.control("document-1", seconds=20)
        if name:
            self._step(f"found{name}")
        self.window.key("1")
        if name:
            self._step(f"document-seen{name}")
        card = self.office.wait(user, "ready")["card"]
        self._scan(f"M {card}")
        self.office.wait(user, "handed_out")
        if name:
            self._step(f"handed-out{name}")

    def report_lost(self, user: str, typed: str) -> None:
        """Finds the person by a name without its own letters, and blocks the card."""
        self.desk("F1", "handover")
        self.window.type(typed)
        self.window.key("Return")
        self.window.control("lost", seconds=20)
        self._step("found-by-name")
        self.window.key("F5")
        self._step("report-lost")
        self.window.key("Return")
        self._until_blocked(user)
        self._step("card-blocked")

    def _until_blocked(self, user: str) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            cards = self.office.cards_of(user)
            if cards and all(card["status"] != "active" for card in cards):
                return
            time.sleep(0.1)
        raise Failed(f"the card of {user} is not blocked")

    def take_payment(self, user: str, number: str, slip: str) -> None:
        """Types the number of the card terminal's slip."""
        self.desk("F1", "handover")
        self._scan(number)
        self.window.control("pay", seconds=20)
        self._step("unpaid")
        self.window.key("F7")
        self.window.type(slip)
        self._step("slip")
        self.window.key("Return")
        self.office.wait(user, "approved", holds=lambda order: order["payment"]["state"] == "paid")
        self._step("paid")

    def search(self, text: str, name: str) -> None:
        self.desk("F1", "handover")
        self.window.type(text)
        self.window.key("Return")
        self._step(name)
