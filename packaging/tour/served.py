"""A server with terminals of its own, and no windows: for whoever measures or looks at what terminals keep."""

import os
import subprocess
from pathlib import Path

PLACE = "trondheim-gloshaugen"


class Served:
    """A running server with the demo's people, in a folder."""

    def __init__(self, programs: Path, folder: Path, before: tuple[object, ...] = ()):
        self.programs, self.folder = programs, folder
        # in front of each call: as whom it is made
        self.before = tuple(map(str, before))
        # no keyring of whoever calls: its prompts would wait for a person
        self.environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
        self.data = folder / "server"
        key = self.run("kortserver", "simulate", "access-system", "--dir", folder / "access")
        self.run("kortserver", "demo-data", "--data", self.data, "--pin-key", key)
        self.listen = "127.0.0.1:0"
        self.start()

    def start(self) -> None:
        """Starts the server; after its end, at the same address."""
        self.process = subprocess.Popen(
            [*self.before, self.programs / "kortserver", "serve", "--data", self.data, "--listen", self.listen],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.environment,
        )  # fmt: skip
        self.address = self.process.stdout.readline().strip()
        self.listen = self.address.removeprefix("http://")

    def run(self, program: str, *words: object) -> str:
        """Calls one of the programs; what it answers."""
        done = subprocess.run(
            [*self.before, self.programs / program, *map(str, words)], capture_output=True, text=True,
            env=self.environment, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} {words[0]}: {done.stderr.strip()}")
        return done.stdout.strip()

    def terminal(self, name: str) -> Path:
        """The data folder of a new kiosk that is enrolled."""
        data = self.folder / name
        added = self.run("kortserver", "terminal", "add", "--data", self.data, "--place", PLACE, "--role", "kiosk")
        line = added.splitlines()[-1]
        self.run("kortautomat", "enrol", "--server", self.address, "--data", data, "--program", "kiosk", line)
        return data

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)
