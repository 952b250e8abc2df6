"""A display that is large enough for both windows: the one that is there, else a virtual one."""

import os
import subprocess
import tempfile

WIDTH, HEIGHT = 1080 + 1920, 1920


class Display:
    """An X display; a virtual one ends with `close`."""

    def __init__(self) -> None:
        self.server = None
        self.name = os.environ.get("DISPLAY", "")
        if self.name and self._large_enough():
            return
        if self.name:
            print(f"tour: the display {self.name} is smaller than {WIDTH}x{HEIGHT}: using a virtual one", flush=True)
        self._start()

    def _large_enough(self) -> bool:
        try:
            answer = subprocess.run(
                ["xdotool", "getdisplaygeometry"], check=True, capture_output=True, text=True, timeout=10
            )
            width, height = map(int, answer.stdout.split())
        except (OSError, ValueError, subprocess.SubprocessError):
            return False
        return width >= WIDTH and height >= HEIGHT

    def _start(self) -> None:
        reader, writer = os.pipe()
        self.log = tempfile.TemporaryFile()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer],
            stdout=self.log,
            stderr=self.log,
        )
        os.close(writer)
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()
        if not number:
            self.log.seek(0)
            raise RuntimeError("Xvfb does not start: " + self.log.read().decode(errors="replace").strip())
        self.name = f":{number}"

    def environment(self) -> dict[str, str]:
        """What a program needs to open its window here."""
        kept = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET")}
        return kept | {"DISPLAY": self.name}

    def close(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=10)
