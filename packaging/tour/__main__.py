"""Leads through the whole product with nobody there: the real windows, real pointer and keys, the real server.

usage: python3 packaging/tour --programs TARGET/release DIR [--language nb|nn|en]
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from counter import Counter
from display import Display
from kiosk import PIN, Kiosk
from memory import Memory, figures, written
from office import Office
from record import Record
from window import Failed, Window

PHOTOS = Path(__file__).resolve().parents[2] / "assets" / "demo" / "photos"
PLACE = "trondheim-gloshaugen"
STAFF, PASSWORD = "staff", "demo"
PERSON = {"the name": "Ingrid Haugen", "the user name": "ingridh"}
FIRST, DOUBTFUL, REFUSED, LOST = "ingridh", "asesae", "oyvindo", "jonasb"


class Demo:
    """The running demo and its two windows."""

    def __init__(self, programs: Path, display: Display, language: str):
        self.folder = Path(tempfile.mkdtemp(prefix="kortautomat-tour-"))
        self.data = self.folder / "data"
        self.reports = self.folder / "reports"
        self.reports.mkdir()
        self.camera = self.folder / "camera.jpg"
        shutil.copyfile(PHOTOS / "ingrid.jpg", self.camera)
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        shutil.copyfile(PHOTOS / "portrait.jpg", self.stick / "portrait.jpg")
        self.programs = programs
        self.process = subprocess.Popen(
            [
                programs / "kortautomat", "demo", "--data", self.data, "--language", language,
                "--camera", f"file:{self.camera}", "--pictures", self.stick, "--kiosk", "1080x1920",
                "--report-layout", self.reports,
            ],
            env=display.environment(),
            start_new_session=True,
        )  # fmt: skip
        self.running = self._wait()

    def _wait(self) -> dict:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise Failed(f"the demo ended with {self.process.returncode}")
            try:
                running = json.loads((self.data / "running.json").read_text())
                if "counter" in running["processes"] and "kiosk" in running["processes"]:
                    return running
            except (OSError, ValueError):
                pass
            time.sleep(0.05)
        raise Failed("the demo does not start")

    def window(self, name: str, display: Display, at: tuple[int, int]) -> Window:
        return Window(name, display.name, self.running["processes"][name], self.reports / f"{name}.json", at)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def logs(self) -> str:
        """The end of every log, for whoever looks for the reason."""
        return "\n".join(
            f"--- {path.name}\n" + path.read_text(errors="replace")[-2000:]
            for path in sorted((self.data / "logs").glob("*.log"))
        )


def personal() -> dict[str, bytes]:
    """What the first student is called and types, in every form."""
    known = {f"{what} as {form}": needle for what, text in PERSON.items() for form, needle in written(text).items()}
    return known | {f"the PIN as {form}": needle for form, needle in figures(PIN).items()}


def wiped(memory: Memory, before: dict[str, int], demo: Demo) -> None:
    """Nothing of the first student is left in the kiosk's memory. Four digits are found in any memory, and the demo itself names
    its students: no more often than before."""
    stored = max((demo.data / "server" / "photos").rglob("*"), key=lambda path: path.stat().st_size * path.is_file())
    photo = stored.read_bytes()
    now = memory.find(personal() | {"the card's photo": photo[len(photo) // 2 :][:32]})
    left = {what: places for what, places in now.items() if len(places) > before.get(what, 0)}
    if left:
        raise Failed(f"the kiosk's memory still holds {left}")


def lead(demo: Demo, kiosk: Kiosk, counter: Counter, record: Record) -> None:
    """The whole way."""
    office = counter.office

    # a first card, with everything that can be seen on the way
    memory = Memory(demo.running["processes"]["kiosk"])
    look = memory.open()
    if not look:
        print("tour: what is left in the kiosk's memory is not looked at: only root may", file=sys.stderr)
    before = memory.count(personal()) if look else {}
    kiosk.begin()
    kiosk.sign_in(FIRST, PASSWORD, by_pointer=True, name="overview")
    if look and memory.count(personal()) == before:
        raise Failed("the person is on the screen and nowhere in the memory: the look is blind")
    kiosk.start_order("new", name="-new")
    kiosk.take_photo(name="-good", choose=True)
    kiosk.choose_pin(show_refusal=True)
    kiosk.finish(PLACE, name="-new")
    order = office.wait(FIRST, "approved")
    record.order = {"number": order["number"], "states": office.states(order["id"])}
    kiosk.leave("wiped")
    if look:
        wiped(memory, before, demo)

    # ordering a second time: shown what is there
    kiosk.begin("again")
    kiosk.sign_in(FIRST, PASSWORD, name="ordered-already")
    kiosk.leave()

    # a photo that the rules doubt: a person looks, and accepts
    kiosk.show_camera(PHOTOS / "doubtful.jpg")
    kiosk.begin("doubtful")
    kiosk.sign_in(DOUBTFUL, PASSWORD)
    kiosk.start_order("new")
    kiosk.take_photo(name="-doubtful", insist=True)
    kiosk.choose_pin()
    kiosk.finish(PLACE, name="-doubtful")
    office.wait(DOUBTFUL, "review")
    kiosk.leave()
    counter.sign_in(STAFF, PASSWORD)
    counter.accept_photo(DOUBTFUL)

    # another one is refused: the student sees why and brings a new photo, cropped by hand; the order stays
    kiosk.begin("refused")
    kiosk.sign_in(REFUSED, PASSWORD)
    kiosk.start_order("new")
    kiosk.take_photo(insist=True)
    kiosk.choose_pin()
    kiosk.finish(PLACE)
    kept = office.wait(REFUSED, "review")
    kiosk.leave()
    counter.refuse_photo(REFUSED)
    kiosk.begin("refused")
    kiosk.sign_in(REFUSED, PASSWORD, name="photo-refused")
    kiosk.window.press("replace-photo")
    kiosk.bring_photo(name="-new-photo")
    kiosk.window.wait("photo-replaced", seconds=30)
    record.step("kiosk-photo-replaced", kiosk.window)
    if office.wait(REFUSED, "approved")["number"] != kept["number"]:
        raise Failed("the order lost its number")
    kiosk.leave()

    # printing, and the handover of the first
    counter.print([FIRST, DOUBTFUL, REFUSED], name="-cards")
    counter.hand_out(FIRST, record.order["number"], name="-card")
    record.order["states"] = office.states(order["id"])

    # a lost card: blocked at once, ordered anew, paid by slip, printed, handed out
    counter.report_lost(LOST, "jonas bak")
    kiosk.show_camera(PHOTOS / "jonas.jpg")
    kiosk.begin("lost")
    kiosk.sign_in(LOST, PASSWORD, name="overview-lost")
    kiosk.start_order("lost", name="-lost")
    kiosk.take_photo()
    kiosk.choose_pin()
    kiosk.finish(PLACE, name="-lost")
    lost = office.wait(LOST, "approved")
    kiosk.leave()
    counter.take_payment(LOST, lost["number"], "2026-884213")
    counter.print([LOST])
    counter.hand_out(LOST, lost["number"], name="-new-card")

    if record.order["states"][-1] != "handed_out":
        raise Failed(f"the first order went {' → '.join(record.order['states'])}")
    counter.window.key("ctrl+l")
    counter.window.wait("sign-in")
    record.step("counter-locked", counter.window)


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/demo --tour")
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--language", choices=["nb", "nn", "en"], default="nb")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    record = Record(options.folder)
    display = demo = None
    windows: list[Window] = []
    try:
        display = Display()
        os.environ["DISPLAY"] = display.name
        demo = Demo(options.programs.resolve(), display, options.language)
        kiosk_window = demo.window("kiosk", display, (0, 0))
        windows.append(kiosk_window)
        counter_window = demo.window("counter", display, (1080, 0))
        windows.append(counter_window)
        office = Office(demo.running["server"], demo.programs / "kortserver", demo.data / "server", STAFF, PASSWORD)
        kiosk = Kiosk(kiosk_window, record, demo.camera, options.language)
        lead(demo, kiosk, Counter(counter_window, record, office), record)
        record.write(ok=True)
        print(f"tour: {len(record.steps)} pictures in {options.folder}", flush=True)
        return 0
    except (Failed, OSError, subprocess.SubprocessError, KeyError, ValueError, RuntimeError) as error:
        for window in windows:
            try:
                window.picture(record.folder / f"failed-{window.name}.png", still=False)
            except (Failed, OSError, subprocess.SubprocessError, ValueError):
                continue
        record.write(ok=False, reason=f"{type(error).__name__}: {error}")
        print(f"tour: failed: {error}", file=sys.stderr)
        if demo:
            print(demo.logs(), file=sys.stderr)
        return 1
    finally:
        if demo:
            demo.close()
            shutil.rmtree(demo.folder, ignore_errors=True)
        if display:
            display.close()


if __name__ == "__main__":
    sys.exit(main())
