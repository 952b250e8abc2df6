"""Measures, writes the figures as JSON and, if asked to, into the table of benches/README.md.

usage: packaging/bench [--minutes N] [--pictures N] [--json FILE] [--readme] [desktop|photo|server …]
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import desktop
import machine
import outbox
import photo
import server

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->\n", "<!-- end -->\n"

# what, where in the figures, unit, to reach, whether less is better
ROWS = [
    ("process start to first drawn window, median", "desktop.first_window.median_s", "s", 0.25, True),
    ("memory at the attract screen", "desktop.kiosk.attract_mb", "MB", 60, True),
    ("memory in live preview, at first", "desktop.kiosk.preview_first_mb", "MB", 130, True),
    ("memory in live preview, at the end", "desktop.kiosk.preview_last_mb", "MB", 130, True),
    ("frames drawn, 1080×1920 window, 1280×720 source", "desktop.kiosk.frames_drawn_per_s", "a second", 30, False),
    ("frames judged meanwhile", "desktop.kiosk.frames_judged_per_s", "a second", 30, False),
    ("all rules on a 1280×960 JPEG, from file to verdict, one thread", "photo.ms.total", "ms", 110, True),
    ("all rules on a 12-megapixel JPEG, one thread", "photo.ms_12_megapixels.total", "ms", 250, True),
    ("the same on two threads, 1280×960", "photo.two_threads_check_ms.1280x960", "ms", 110, True),
    ("the same on two threads, 12 megapixels", "photo.two_threads_check_ms.12_megapixels", "ms", 250, True),
    ("live networks with their crops, by mediapipe's", "photo.ratio.live_networks_to_mediapipe", "×", 0.6, True),
    ("multiclass network, by LiteRT's", "photo.ratio.multiclass_to_litert", "×", photo.multiclass_goal(), True),
    ("burst of 8 frames to the chosen one", "photo.burst_8_frames_ms", "ms", 400, True),
    ("networks loaded, one core", "photo.load_ms.all", "ms", 60, True),
    ("networks loaded, two cores", "photo.load_ms.all_two_threads", "ms", 60, True),
    ("memory of `check`, 12 megapixels", "photo.memory.check_12_megapixels_mb", "MB", 150, True),
    ("memory of `check`, 49.9 megapixels", "photo.memory.check_50_megapixels_mb", "MB", 400, True),
    ("memory after many pictures, more than after 100", "photo.memory.many.grown_mb", "MB", 1, True),
    ("import of 100,000 students and 100,000 cards", "server.import_200000_rows_s", "s", 60, True),
    ("search among 100,000 cards, p50", "server.search.p50_ms", "ms", None, True),
    ("search among 100,000 cards, p99", "server.search.p99_ms", "ms", 10, True),
    ("4 KiB written and synced to this disk", "server.synced_per_s", "a second", None, False),
    ("durable orders, one terminal after the other", "server.orders_per_s.one_terminal", "a second", None, False),
    ("order kept on the terminal's disk, p99", "outbox.accepted.p99_ms", "ms", 50, True),
    ("1,000 orders with photos from twenty terminals at once", "outbox.drained_per_s", "a second", None, False),
    ("the same by a plain upload loop's", "outbox.ratio_to_upload", "×", 0.7, False),
    ("durable orders, eight terminals at once", "server.orders_per_s.eight_terminals", "a second", None, False),
]


def at(figures: dict, path: str):
    for name in path.split("."):
        if not isinstance(figures, dict) or name not in figures:
            return None
        figures = figures[name]
    return figures


def said(figures: dict) -> dict[str, str]:
    """The lines below the table, by how they begin."""
    stages, kinds = at(figures, "photo.ms"), at(figures, "server.search.kinds")
    lines = {}
    if stages:
        lines["`check` by stage, ms: "] = ", ".join(f"{name} {ms}" for name, ms in stages.items() if name != "total")
        for begin, path in ENGINES.items():
            lines[begin] = "; ".join(
                f"{name} " + ", ".join(f"{engine} {ms}" for engine, ms in times.items() if ms)
                for name, times in at(figures, path).items()
            )
    if kinds:
        lines["Search by kind of question, p50 and p99, ms: "] = ", ".join(
            f"{kind} {took['p50_ms']} and {took['p99_ms']}" for kind, took in kinds.items()
        )
    return lines


ENGINES = {
    "One thread, ms of the processor: ": "photo.one_thread_cpu_ms",
    "Two threads, ms of the clock: ": "photo.two_threads_wall_ms",
}
BELOW = ["`check` by stage, ms: ", *ENGINES, "Search by kind of question, p50 and p99, ms: "]


def table(figures: dict, before: str = "") -> str:
    """The table; what was not measured this time keeps its line of the table before, with its day."""
    where, day = figures["machine"], figures["day"]
    kept = before.splitlines()
    minutes = at(figures, "desktop.kiosk.preview_minutes")
    preview = f"Preview: {minutes} minutes."
    if minutes is None:
        preview = next((preview + rest for line in kept for _, preview, rest in [line.partition("Preview: ")] if rest), "")
    lines = [
        f"{where['processor']}, {where['cores']} cores, no GPU, {where['memory_gib']} GiB, {where['system']}; "
        f"load before the last measurement: {where['load_before']}. {preview}".rstrip(),
        "",
        "| what | measured | to reach | | on |",
        "|---|---|---|---|---|",
    ]
    for what, path, unit, reach, less in ROWS:
        found = at(figures, path)
        if found is None:
            lines += [line for line in kept if line.startswith(f"| {what} |")]
            continue
        held = "" if reach is None else "yes" if (found <= reach if less else found >= reach * 0.98) else "no"
        lines.append(f"| {what} | {found} {unit} | {'' if reach is None else f'{reach} {unit}'} | {held} | {day} |")
    now = said(figures)
    for begin in BELOW:
        below = [begin + now[begin] + "."] if begin in now else [line for line in kept if line.startswith(begin)]
        lines += [text for line in below for text in ("", line)]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/bench")
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=float, default=5, help="how long the live preview is watched")
    parser.add_argument("--pictures", type=int, default=400, help="how many are checked while memory is watched")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    parser.add_argument("--readme", action="store_true", help="put the table into benches/README.md")
    parser.add_argument("parts", nargs="*", help="desktop, outbox, photo, server; without one all")
    options = parser.parse_args()
    unknown = set(options.parts) - {"desktop", "outbox", "photo", "server"}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    parts = options.parts or ["photo", "outbox", "server", "desktop"]
    programs = options.programs.resolve()
    figures = {"day": datetime.date.today().isoformat(), "machine": machine.described()}
    measures = {
        "photo": lambda: photo.measured(programs, options.pictures),
        "outbox": lambda: outbox.measured(programs),
        "server": lambda: server.measured(programs),
        "desktop": lambda: desktop.measured(programs, options.minutes),
    }
    for part in parts:
        print(f"bench: {part}", file=sys.stderr, flush=True)
        figures[part] = measures[part]()
    text = json.dumps(figures, indent=1)
    if options.json:
        options.json.write_text(text + "\n")
    print(text)
    print(table(figures), file=sys.stderr)
    if options.readme:
        page = README.read_text()
        before, rest = page.split(BEGIN)
        old, after = rest.split(END)
        README.write_text(before + BEGIN + "\n" + table(figures, old) + "\n" + END + after)
    return 0


if __name__ == "__main__":
    sys.exit(main())
