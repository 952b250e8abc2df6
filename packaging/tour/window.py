"""One of the programs' real windows: where its controls are, by the program's own report, and real events into it."""

import json
import subprocess
import time
from pathlib import Path

import picture


class Failed(Exception):
    """A step that did not come about."""


class Window:
    """A window of the running product."""

    def __init__(self, name: str, display: str, pid: int, report: Path, at: tuple[int, int]):
        self.name, self.display, self.report, self.at = name, display, report, at
        self.id = self._find(pid)
        self._xdotool("windowmove", self.id, *at)
        self.focus()

    def _xdotool(self, *words: object) -> str:
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, env=self._environment(), check=False
        )
        if done.returncode:
            raise Failed(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        import os

        return os.environ | {"DISPLAY": self.display}

    def _find(self, pid: int) -> int:
        """The largest window of the process: toolkits make small helpers beside the real one."""

        def area(window: str) -> int:
            try:
                words = dict(
                    line.split("=", 1)
                    for line in self._xdotool("getwindowgeometry", "--shell", window).splitlines()
                    if "=" in line
                )
            except Failed:
                return 0
            return int(words["WIDTH"]) * int(words["HEIGHT"])

        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                windows = self._xdotool("search", "--onlyvisible", "--pid", pid).split()
            except Failed:
                windows = []
            windows = [window for window in windows if area(window) > 100 * 100]
            if windows:
                return int(max(windows, key=area))
            time.sleep(0.1)
        raise Failed(f"no window of the {self.name} appears")

    def focus(self) -> None:
        """Lets the keys go here. Without a window manager the pointer must be in the window too."""
        self._xdotool("windowraise", self.id)
        self._xdotool("windowfocus", self.id)

    def layout(self) -> dict:
        """The program's newest report."""
        try:
            return json.loads(self.report.read_text())
        except (OSError, ValueError):
            return {"screen": "", "size": [0, 0], "controls": [], "texts": []}

    def wait(self, *screens: str, seconds: float = 30) -> str:
        """Waits for one of the screens; a name that ends with `*` stands for all that begin so."""

        def shown() -> str | None:
            screen = self.layout()["screen"]
            fits = any(screen == name or (name.endswith("*") and screen.startswith(name[:-1])) for name in screens)
            return screen if fits else None

        return self.until(shown, seconds, lambda: f"the {self.name} shows {self.layout()['screen']!r}, not {screens}")

    def control(self, *ids: str, seconds: float = 15, enabled: bool = True) -> dict:
        """Waits for the first of the controls that is there and can be used."""

        def there() -> dict | None:
            controls = self.layout()["controls"]
            for wanted in ids:
                for control in controls:
                    fits = control["id"] == wanted or (wanted.endswith("*") and control["id"].startswith(wanted[:-1]))
                    if fits and (control["enabled"] or not enabled) and min(control["bounds"][2:]) > 0:
                        return control
            return None

        def what() -> str:
            layout = self.layout()
            known = ", ".join(c["id"] + ("" if c["enabled"] else " (off)") for c in layout["controls"])
            return f"{layout['screen']!r} of the {self.name} has no {' or '.join(ids)}; it has {known}"

        return self.until(there, seconds, what)

    def has(self, control: str) -> bool:
        return any(c["id"] == control and c["enabled"] for c in self.layout()["controls"])

    def until(self, look, seconds: float, complaint):
        until = time.monotonic() + seconds
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > until:
                raise Failed(f"after {seconds:.0f} s: {complaint()}")
            time.sleep(0.03)

    def press(self, *ids: str, seconds: float = 15) -> None:
        """Moves the pointer to a control and presses it."""
        control = self.control(*ids, seconds=seconds)
        # a list that is still moving must come to rest first
        while True:
            time.sleep(0.08)
            again = self.control(control["id"], seconds=seconds)
            if again["bounds"] == control["bounds"]:
                break
            control = again
        x, y, width, height = control["bounds"]
        self._xdotool(
            "mousemove", round(self.at[0] + x + width / 2), round(self.at[1] + y + height / 2),
            "sleep", 0.04, "mousedown", 1, "sleep", 0.05, "mouseup", 1,
        )  # fmt: skip

    def enter(self, field: str, text: str) -> None:
        """Presses a field, and types into it when it has the focus."""
        self.press(field)
        self.focused(field)
        self.type(text)

    def focused(self, field: str) -> None:
        """Waits until a field has the focus."""

        def has_it() -> bool:
            return any(c["id"] == field and c["focused"] for c in self.layout()["controls"])

        self.until(has_it, 10, lambda: f"the field {field} of the {self.name} does not get the focus")

    def type(self, text: str, each_ms: int = 30) -> None:
        """Presses the keys of a text; few milliseconds each make it a scanner's burst."""
        self._pointer_here()
        self._xdotool("type", "--clearmodifiers", "--delay", each_ms, "--", text)

    def key(self, *names: str) -> None:
        """Presses keys by their names: Return, Tab, F2, ctrl+f."""
        self._pointer_here()
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)

    def _pointer_here(self) -> None:
        """Keeps the focus in this window without touching anything in it."""
        self._xdotool("windowfocus", self.id)

    def picture(self, path: Path, still: bool = True) -> None:
        """Takes a picture when the screen has come to rest, or as it is where it never does."""
        # the report is written before the frame is drawn
        time.sleep(0.3)
        last = picture.dump(self.display, self.id)
        equal, until = 0, time.monotonic() + 4
        while still and equal < 2 and time.monotonic() < until:
            time.sleep(0.2)
            now = picture.dump(self.display, self.id)
            equal = equal + 1 if now == last else 0
            last = now
        picture.read(last).save(str(path))
