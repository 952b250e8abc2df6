"""The running product, each process of which can be killed alone and started again."""

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tour"))

from window import Failed, Window  # noqa: E402

PLACE = "trondheim-gloshaugen"
PASSWORD = "demo"
CAMERA = Path(__file__).resolve().parents[2] / "assets" / "demo" / "photos" / "ingrid.jpg"
HEADER = "user_name,preferred_name,legal_name,student_number,birth_date,phone,registered,fee_paid,valid_to,password\n"


def student(at: int) -> str:
    """The user name of the student who comes as number `at`."""
    return f"kill{at:05}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Plant:
    """A server, the doors that it tells, and a kiosk in a window."""

    def __init__(self, programs: Path, display, folder: Path, students: int):
        self.programs, self.display, self.folder = programs, display, folder
        self.server_data, self.kiosk_data = folder / "server", folder / "kiosk"
        self.report = folder / "kiosk.json"
        self.address = f"127.0.0.1:{free_port()}"
        self.processes: dict[str, subprocess.Popen] = {}
        self.starts = {"server": 0, "kiosk": 0}
        doors = folder / "doors"
        self._start("doors", "kortserver", "simulate", "access-system", "--dir", doors, "--listen", "127.0.0.1:0")
        key = self.until(lambda: self._key(doors), "the doors have no key")
        self._answer("kortserver", "demo-data", "--data", self.server_data, "--pin-key", key)
        self._import(students)
        self.start_server()
        added = self._answer("kortserver", "terminal", "add", "--data", self.server_data, "--place", PLACE, "--role", "kiosk")
        self._answer(
            "kortautomat", "enrol", "--server", f"http://{self.address}", "--data", self.kiosk_data,
            "--program", "kiosk", added.strip().splitlines()[-1],
        )  # fmt: skip
        self.window = self.start_kiosk()

    def _key(self, doors: Path) -> str:
        done = subprocess.run(
            [self.programs / "kortserver", "simulate", "access-system", "--dir", doors], capture_output=True, text=True
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def _import(self, students: int) -> None:
        people = self.folder / "students.csv"
        rows = (
            f"{student(at)},,Kari Nummer {at},7{at:05},2004-0{at % 9 + 1}-1{at % 10},,yes,yes,2029-08-31,{PASSWORD}\n"
            for at in range(students)
        )
        people.write_text(HEADER + "".join(rows))
        self._answer("kortserver", "import", "--data", self.server_data, "students", people, seconds=600)

    def _start(self, name: str, program: str, *words) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [self.programs / program, *map(str, words)], stdout=log, stderr=log, env=self.display.environment()
        )

    def _answer(self, program: str, *words, seconds: float = 60) -> str:
        done = subprocess.run(
            [self.programs / program, *map(str, words)], capture_output=True, text=True, timeout=seconds,
            env=self.display.environment(),
        )  # fmt: skip
        if done.returncode != 0:
            raise Failed(f"{program} {words[0]}: {done.stderr[-500:]}")
        return done.stdout

    def until(self, look, complaint: str, seconds: float = 30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = look()
            if found:
                return found
            time.sleep(0.05)
        raise Failed(complaint)

    def start_server(self) -> None:
        doors = re.search(r"http://\S+", (self.folder / "doors.log").read_text())
        if doors is None:
            raise Failed("the doors say no address")
        self._start(
            "server", "kortserver", "serve", "--data", self.server_data, "--listen", self.address,
            "--access-system", doors.group(),
        )  # fmt: skip
        self.starts["server"] += 1
        host, port = self.address.split(":")

        def answers() -> bool:
            try:
                socket.create_connection((host, int(port)), timeout=1).close()
            except OSError:
                return False
            return True

        self.until(answers, "the server does not come back")

    def start_kiosk(self) -> Window:
        self.report.unlink(missing_ok=True)
        self._start(
            "kiosk", "kortautomat", "kiosk", "--data", self.kiosk_data, "--language", "nb",
            "--camera", f"file:{CAMERA}", "--windowed", "540x960", "--report-layout", self.report,
        )  # fmt: skip
        self.starts["kiosk"] += 1
        self.window = Window("kiosk", self.display.name, self.processes["kiosk"].pid, self.report, (0, 0))
        return self.window

    def kill(self, name: str) -> None:
        """Without a chance to say good-bye, as a power cut."""
        self.processes[name].send_signal(signal.SIGKILL)

    def dead(self) -> list[str]:
        return [name for name in ("server", "kiosk") if self.processes[name].poll() is not None]

    def revive(self) -> None:
        """Starts what is dead."""
        for name in self.dead():
            if name == "server":
                self.start_server()
            else:
                self.start_kiosk()

    def verified(self) -> bool:
        """Whether the record's chain is whole."""
        done = subprocess.run(
            [self.programs / "kortserver", "audit", "verify", "--data", self.server_data], capture_output=True, text=True
        )
        return done.returncode == 0

    def close(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
