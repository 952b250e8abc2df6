"""Measures, writes the figures as JSON and, if asked to, into the table of benches/README.md.

usage: packaging/bench [--minutes N] [--json FILE] [--readme] [desktop|photos|server …]
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import desktop
import machine
import photos
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
    ("`check` on a 1280×960 JPEG, one thread", "photos.ms.total", "ms", 60, True),
    ("search among 100,000 cards, p50", "server.search.p50_ms", "ms", None, True),
    ("search among 100,000 cards, p99", "server.search.p99_ms", "ms", 10, True),
    ("durable orders, one terminal after the other", "server.orders_per_s.one_terminal", "a second", None, False),
    ("durable orders, eight terminals at once", "server.orders_per_s.eight_terminals", "a second", None, False),
]


def at(figures: dict, path: str):
    for name in path.split("."):
        if not isinstance(figures, dict) or name not in figures:
            return None
        figures = figures[name]
    return figures


def table(figures: dict) -> str:
    where = figures["machine"]
    lines = [
        f"{figures['day']}, {where['processor']}, {where['cores']} cores, no GPU, {where['memory_gib']} GiB, "
        f"{where['system']}; load before: {where['load_before']}. Preview: {at(figures, 'desktop.kiosk.preview_minutes')} minutes.",
        "",
        "| what | measured | to reach | |",
        "|---|---|---|---|",
    ]
    for what, path, unit, reach, less in ROWS:
        found = at(figures, path)
        if found is None:
            continue
        held = "" if reach is None else "yes" if (found <= reach if less else found >= reach * 0.98) else "no"
        lines.append(f"| {what} | {found} {unit} | {'' if reach is None else f'{reach} {unit}'} | {held} |")
    stages = at(figures, "photos.ms")
    if stages:
        said = ", ".join(f"{stage} {ms}" for stage, ms in stages.items() if stage != "total")
        lines += ["", f"`check` by stage, ms: {said}."]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="packaging/bench")
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=float, default=5, help="how long the live preview is watched")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    parser.add_argument("--readme", action="store_true", help="put the table into benches/README.md")
    parser.add_argument("parts", nargs="*", help="desktop, photos, server; without one all")
    options = parser.parse_args()
    unknown = set(options.parts) - {"desktop", "photos", "server"}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    parts = options.parts or ["photos", "server", "desktop"]
    programs = options.programs.resolve()
    figures = {"day": datetime.date.today().isoformat(), "machine": machine.described()}
    measures = {
        "photos": lambda: photos.measured(programs),
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
        _, after = rest.split(END)
        README.write_text(before + BEGIN + "\n" + table(figures) + "\n" + END + after)
    return 0


if __name__ == "__main__":
    sys.exit(main())
