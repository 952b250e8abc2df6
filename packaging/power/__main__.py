"""Records a terminal that keeps orders, and opens what a power cut could have left of its disk."""

import argparse
import contextlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from trace import cuts

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tour"))

from served import Served  # noqa: E402

PHOTO = Path(__file__).resolve().parents[2] / "assets" / "demo" / "photos" / "portrait.jpg"
CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,unlink"


class Terminal(Served):
    """A server and a terminal that is enrolled with it."""

    def __init__(self, programs: Path, folder: Path):
        super().__init__(programs, folder)
        self.kept = self.terminal("terminal")

    def keep(self, data: Path, first: int, orders: int, *before: object) -> list[dict]:
        """Has orders kept in a data folder, one question and one answer each."""
        questions = "".join(
            json.dumps({"what": "accept", "data": str(data), "photo": str(PHOTO), "first": at, "orders": 1}) + "\n"
            for at in range(first, first + orders)
        )
        done = subprocess.run(
            [*map(str, before), self.programs / "kortautomat", "measure"], input=questions, capture_output=True, text=True,
            env=self.environment, check=False,
        )  # fmt: skip
        return [json.loads(line) for line in done.stdout.splitlines()]


def held(image: Path) -> int:
    """How many orders a folder's database holds, when it is whole."""
    with contextlib.closing(sqlite3.connect(image / "terminal.sqlite")) as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return -1
        return db.execute("SELECT COUNT(*) FROM outbox").fetchone()[0]


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/power-cut")
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--orders", type=int, default=6, help="how many are kept while the disk is watched")
    parser.add_argument("--seed", type=int, default=0, help="of what reaches the disk unsynced")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    options = parser.parse_args()
    dice, began = random.Random(options.seed), time.monotonic()
    problems, tried, moments, opened = [], 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="kortautomat-power-") as name:
        folder = Path(name)
        terminal = Terminal(options.programs.resolve(), folder)
        try:
            terminal.keep(terminal.kept, 0, 1)
            before = folder / "before"
            shutil.copytree(terminal.kept, before)
            had = held(before)
            trace = folder / "trace"
            answers = terminal.keep(
                terminal.kept, 1, options.orders, "strace", "-f", "-y", "-xx", "-s", 1 << 24, "-e", f"trace={CALLS}", "-o", trace
            )
            if len(answers) != options.orders or any("error" in answer for answer in answers):
                raise RuntimeError(f"the orders were not kept: {answers}")
            # the paths in the trace are those of the folder that was written to
            terminal.kept.rename(folder / "moved")
            shutil.copytree(before, terminal.kept)
            for cut in cuts(trace, terminal.kept):
                moments += 1
                for what, files in cut.images(dice):
                    tried += 1
                    image = folder / "image"
                    shutil.rmtree(image, ignore_errors=True)
                    shutil.copytree(before, image)
                    for old in image.glob("terminal.sqlite*"):
                        old.unlink()
                    for path, content in files.items():
                        if not path.endswith("-shm"):
                            (image / path).write_bytes(content)
                    where = f"cut {moments}, {what}, after {cut.said} answers"
                    try:
                        orders = held(image)
                    except sqlite3.Error as error:
                        problems.append(f"{where}: {error}")
                        continue
                    if not had + cut.said <= orders <= had + cut.said + 1:
                        problems.append(f"{where}: {orders} orders, {had + cut.said} were accepted")
                    # the real program goes on from there
                    if dice.random() < 0.2:
                        opened += 1
                        answer = terminal.keep(image, 10_000 + tried, 1)
                        if len(answer) != 1 or "error" in answer[0] or held(image) != orders + 1:
                            problems.append(f"{where}: the program does not go on: {answer}")
        finally:
            terminal.close()
    figures = {
        "orders": options.orders, "moments": moments, "images": tried, "opened": opened, "seed": options.seed,
        "seconds": round(time.monotonic() - began), "ok": not problems,
    }  # fmt: skip
    text = json.dumps(figures)
    if options.json:
        options.json.write_text(text + "\n")
    print(text)
    for problem in problems:
        print(f"power-cut: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
