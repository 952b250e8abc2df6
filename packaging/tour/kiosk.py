"""What a student does at the kiosk."""

import shutil
import time
from pathlib import Path

from record import Record
from window import Window

# The first is one that everybody thinks of, and refused.
COMMON_PIN = "1234"
PIN = "8305"


class Kiosk:
    """A student at the kiosk's window."""

    def __init__(self, window: Window, record: Record, camera: Path, language: str):
        self.window, self.record, self.camera, self.language = window, record, camera, language

    def show_camera(self, photo: Path) -> None:
        """Who stands before the camera: the picture that the camera's file holds."""
        beside = self.camera.with_suffix(".new")
        shutil.copyfile(photo, beside)
        beside.replace(self.camera)

    def _step(self, name: str, still: bool = True) -> None:
        self.record.step(f"kiosk-{name}", self.window, still)

    def begin(self, prefix: str | None = None) -> None:
        """From the attract screen to the question who it is."""
        window = self.window
        window.wait("attract")
        if prefix is None:
            self._step("attract")
        window.press("begin")
        if window.wait("language", "sign-in") == "language":
            if prefix is None:
                self._step("language")
            window.press(f"language-{self.language}")
        window.wait("sign-in")

    def sign_in(self, user: str, password: str, by_pointer: bool = False, name: str = "") -> None:
        """Types user name and password; the user name on the screen's own keyboard, if asked to."""
        window = self.window
        if by_pointer:
            self._step("sign-in")
            window.press("user")
            for letter in user:
                window.press(f"key-{letter}")
            self._step("sign-in-keyboard")
            window.enter("password", password)
        else:
            window.enter("user", user)
            window.key("Tab")
            window.focused("password")
            window.type(password)
        window.key("Return")
        window.wait("overview", "reason", seconds=20)
        if name:
            self._step(name)

    def start_order(self, reason: str, name: str = "") -> None:
        """What it is about, and what one needs to know."""
        window = self.window
        if window.wait("overview", "reason") == "overview":
            window.press("order", "next", "new-order")
        window.wait("reason")
        window.press(f"reason-{reason}")
        if name:
            self._step(f"reason{name}")
        window.press("next")
        window.wait("terms")
        if name:
            self._step(f"terms{name}")
        window.press("agree")
        window.control("next")
        window.press("agree-app")
        if name:
            self._step(f"agreed{name}")
        window.press("next")

    def take_photo(self, name: str = "", insist: bool = False, choose: bool = False) -> None:
        """Takes the photo with the camera and keeps it, or another one of the burst; where the rules doubt it, asks for a
        person."""
        window = self.window
        window.wait("photo-choice")
        if name:
            self._step(f"photo-choice{name}")
        window.press("photo-here")
        window.wait("photo-capture", seconds=30)
        window.control("photo-shutter", seconds=30)
        if name:
            # the judge needs some frames to have an opinion
            time.sleep(2)
            self._step(f"camera{name}", still=False)
        window.press("photo-shutter")
        window.wait("photo-review", seconds=40)
        window.control("photo-again", seconds=30)
        if name:
            self._step(f"photo-review{name}")
        if choose:
            window.press("shot-5")
            # while the other one is judged nothing else can be pressed
            window.control("photo-again", seconds=30)
            self._step(f"photo-chosen{name}")
        window.press("photo-insist" if insist else "photo-use")

    def bring_photo(self, name: str) -> None:
        """A photo from a memory stick, cropped by hand."""
        window = self.window
        window.wait("photo-choice")
        window.press("photo-own")
        window.wait("photo-files")
        window.control("file-0", seconds=30)
        self._step(f"photo-files{name}")
        window.press("file-0")
        window.wait("photo-review", seconds=40)
        window.press("photo-crop")
        window.wait("photo-crop")
        for control in ("crop-smaller", "crop-up", "crop-lean-left", "crop-lean-right"):
            window.press(control)
        self._step(f"photo-crop{name}")
        window.press("crop-done")
        window.wait("photo-review", seconds=40)
        window.control("photo-use", seconds=30)
        self._step(f"photo-cropped{name}")
        window.press("photo-use")

    def choose_pin(self, show_refusal: bool = False, by_pointer: bool = False) -> None:
        window = self.window
        window.wait("pin")
        if show_refusal:
            self._step("pin")
            self._enter_pin(COMMON_PIN, by_pointer=True)
            window.wait("pin")
            self._step("pin-refused")
        self._enter_pin(PIN, by_pointer)
        window.wait("pin-again")
        if show_refusal:
            self._step("pin-again")
        self._enter_pin(PIN, by_pointer=False)

    def _enter_pin(self, pin: str, by_pointer: bool) -> None:
        if by_pointer:
            for figure in pin:
                self.window.press(f"key-{figure}")
            self.window.press("next")
        else:
            self.window.enter("pin", pin)
            self.window.key("Return")

    def finish(self, place: str, name: str = "") -> None:
        """Place, summary, receipt."""
        window = self.window
        window.wait("place")
        window.press(f"place-{place}")
        if name:
            self._step(f"place{name}")
        window.press("next")
        window.wait("summary")
        if name:
            self._step(f"summary{name}")
        window.press("submit", "order", "next")
        window.wait("receipt", "done*", seconds=30)
        if name:
            self._step(f"receipt{name}")

    def leave(self, name: str = "") -> None:
        """Done, and nothing of the person is left."""
        window = self.window
        if window.layout()["screen"] != "attract":
            window.press("done", "sign-out", "start-over")
        if window.wait("attract", "confirm*", "start-over*", seconds=20) != "attract":
            window.press("confirm", "yes")
            window.wait("attract")
        if name:
            self._step(name)
