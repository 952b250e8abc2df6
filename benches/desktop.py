"""The kiosk: from process start to the first drawn window, memory, and frames in live preview."""

import mmap
import os
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging" / "tour"))

from machine import resident  # noqa: E402
from window import Window  # noqa: E402

SIZE = "1080x1920"
STARTS = 10
COUNTS = re.compile(r"shown=(\d+).*drawn=(\d+).*judged=(\d+)")


class Framebuffer:
    """A virtual display whose pixels can be looked at without asking it."""

    def __init__(self, folder: Path):
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "3000x1920x24", "-nolisten", "tcp", "-noreset",
             "-fbdir", folder],
            pass_fds=[writer], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as numbers:
            self.name = f":{numbers.readline().strip()}"
        with open(folder / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        fields = struct.unpack(">25I", self.memory[:100])
        self.pixels, self.stride = fields[0] + fields[19] * 12, fields[12]

    def drawn(self, x: int, y: int) -> bool:
        at = self.pixels + y * self.stride + x * 4
        return any(self.memory[at : at + 3])

    def close(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=10)


def first_window(programs: Path, screen: Framebuffer, folder: Path) -> dict:
    """Seconds from starting the process until its first pixels are on the screen."""
    times = []
    for _ in range(STARTS):
        data = folder / "first"
        shutil.rmtree(data, ignore_errors=True)
        started = time.perf_counter()
        kiosk = subprocess.Popen(
            [programs / "kortautomat", "kiosk", "--data", data, "--windowed", SIZE, "--camera", "synthetic"],
            env=os.environ | {"DISPLAY": screen.name}, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not screen.drawn(540, 960) and time.perf_counter() - started < 20:
            time.sleep(0.001)
        times.append(time.perf_counter() - started)
        kiosk.kill()
        kiosk.wait()
        until = time.perf_counter() + 5
        while screen.drawn(540, 960) and time.perf_counter() < until:
            time.sleep(0.01)
    return {"median_s": round(statistics.median(times), 3), "slowest_s": round(max(times), 3), "starts": STARTS}


def preview(programs: Path, screen: Framebuffer, folder: Path, minutes: float) -> dict:
    """Memory at the attract screen, then memory and frames while somebody stands before the camera."""
    import json

    picture = ROOT / "assets" / "demo" / "photos" / "portrait-720.jpg"
    data, reports = folder / "data", folder / "reports"
    reports.mkdir()
    demo = subprocess.Popen(
        [programs / "kortautomat", "demo", "--data", data, "--camera", f"file:{picture}", "--kiosk", SIZE,
         "--report-layout", reports],
        env=os.environ | {"DISPLAY": screen.name, "KORTAUTOMAT_LOG": "warn,kortautomat=debug"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 30
        running: dict = {}
        while not {"kiosk", "counter"} <= running.get("processes", {}).keys() and time.monotonic() < until:
            time.sleep(0.1)
            if (data / "running.json").exists():
                running = json.loads((data / "running.json").read_text())
        pid = running["processes"]["kiosk"]
        # beside the kiosk, or it lies over it and takes its presses
        Window("counter", screen.name, running["processes"]["counter"], reports / "counter.json", (1080, 0))
        kiosk = Window("kiosk", screen.name, pid, reports / "kiosk.json", (0, 0))
        kiosk.wait("attract")
        time.sleep(20)
        attract = resident(pid)
        kiosk.press("begin")
        if kiosk.wait("language", "sign-in") == "language":
            kiosk.press("language-nb")
        kiosk.wait("sign-in")
        kiosk.enter("user", "ingridh")
        kiosk.key("Tab")
        kiosk.focused("password")
        kiosk.type("demo")
        kiosk.key("Return")
        kiosk.wait("overview")
        kiosk.press("order")
        kiosk.wait("reason")
        kiosk.press("reason-new")
        kiosk.press("next")
        kiosk.wait("terms")
        kiosk.press("agree")
        kiosk.press("next")
        kiosk.wait("photo-choice")
        kiosk.press("photo-here")
        kiosk.wait("photo-capture", seconds=30)
        time.sleep(5)
        begun, memory = time.monotonic(), []
        while time.monotonic() - begun < minutes * 60:
            memory.append(resident(pid))
            # somebody is there: a key that means nothing
            kiosk.key("Shift_L")
            time.sleep(min(10, minutes * 60 / 6))
        lasted = time.monotonic() - begun + 5
        memory.append(resident(pid))
        kiosk.press("back")
        kiosk.wait("photo-choice")
        time.sleep(1)
        counts = None
        for log in (data / "kiosk" / "log").glob("*"):
            for found in COUNTS.finditer(log.read_text(errors="replace")):
                counts = tuple(map(int, found.groups()))
        shown, drawn, judged = counts or (0, 0, 0)
        return {
            "attract_mb": round(attract, 1),
            "preview_minutes": minutes,
            "preview_first_mb": round(memory[0], 1),
            "preview_last_mb": round(memory[-1], 1),
            "preview_most_mb": round(max(memory), 1),
            "frames_received_per_s": round(shown / lasted, 1),
            "frames_drawn_per_s": round(drawn / lasted, 1),
            "frames_judged_per_s": round(judged / lasted, 1),
        }
    finally:
        demo.terminate()
        demo.wait(timeout=30)


def measured(programs: Path, minutes: float) -> dict:
    with tempfile.TemporaryDirectory(prefix="kortautomat-bench-") as folder:
        screen = Framebuffer(Path(folder))
        try:
            start = first_window(programs, screen, Path(folder))
            return {"first_window": start, "kiosk": preview(programs, screen, Path(folder), minutes)}
        finally:
            screen.close()
