"""Measures how well the photo rules do.

usage: packaging/bench accuracy [--photos DIR] [--json FILE] [--readme] [--quick]
       packaging/bench fit [--photos DIR] [--quick] [--details] [RULE or change …]
"""

import argparse
import sys
from pathlib import Path

import environment

environment.enter()

# from here on in the environment, where numpy, OpenCV and mediapipe are
import generated  # noqa: E402
import judged  # noqa: E402
import limits  # noqa: E402
import sheet  # noqa: E402
import sources  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/bench")
    commands = parser.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="how the values are spread and which limits part best, on the fitting people")
    fit.add_argument("only", nargs="*", help="rules, or kinds of change; without one all")
    fit.add_argument("--details", action="store_true", help="also which of all values parts best")
    for command in (fit,):
        command.add_argument("--program", type=Path, required=True, help="the kortautomat to be measured")
        command.add_argument("--photos", type=Path, help="a folder with labels.csv; without it the repository's own pictures")
        command.add_argument("--policy", default="university", help="a policy's name or file")
        command.add_argument("--quick", action="store_true", help="the changes of every fourth portrait only")
        command.add_argument("--processes", type=int, default=2)
        command.add_argument("--sheet", type=Path, help="a folder for sheets of the changed pictures, to look at")
    return parser.parse_args()


def pictures(options: argparse.Namespace, side: str, only: set[str]):
    """The natural pictures of one side of the split and the changed ones."""
    known = [source for source in sources.load(options.photos) if sources.side(source.case.person) == side]
    made = generated.make(known, side, options.quick, options.processes, only)
    if options.sheet:
        for family in sorted({case.family for _, case in made}):
            own = [(path, f"{case.strength:g} {case.word}") for path, case in made if case.family == family]
            sheet.write(own[:40], options.sheet / f"{side}-{family.replace(' ', '-')}.jpg")
    return [(source.path, source.case) for source in known] + made


def fit(options: argparse.Namespace) -> None:
    only = set(options.only)
    found = pictures(options, "fit", only)
    program = judged.Program(options.program.resolve(), options.policy)
    reports = program.judge([path for path, _ in found], options.processes)
    rules = {rule for rule in only if any(rule in case.truth for _, case in found)}
    rules |= {rule for _, case in found if case.family in only for rule in case.also}
    print(limits.table([(case, reports[path]) for path, case in found], rules, options.details))


def main() -> int:
    options = arguments()
    {"fit": fit}[options.command](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
