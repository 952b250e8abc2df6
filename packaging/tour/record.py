"""What the tour did, step by step, and what it leaves: one picture a screen and tour.json."""

import json
import time
from pathlib import Path

from window import Window


class Record:
    """Numbers the steps and keeps their pictures."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("*.png"), folder / "tour.json"]:
            old.unlink(missing_ok=True)
        self.steps: list[dict] = []
        self.order: dict | None = None
        self.since = time.monotonic()

    def step(self, name: str, window: Window, still: bool = True) -> None:
        """The step is done: takes the picture of the screen that it led to."""
        milliseconds = round((time.monotonic() - self.since) * 1000)
        screen = window.layout()["screen"]
        png = f"{len(self.steps) + 1:02}-{name}.png"
        window.picture(self.folder / png, still)
        self.steps.append({"name": name, "screen": screen, "png": png, "ms": milliseconds})
        print(f"tour: {png[:-4]:<44} {screen:<28} {milliseconds:>6} ms", flush=True)
        self.since = time.monotonic()

    def write(self, ok: bool, reason: str | None = None) -> None:
        report = {"steps": self.steps, "order": self.order, "ok": ok}
        if reason:
            report["reason"] = reason
        (self.folder / "tour.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
