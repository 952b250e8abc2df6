"""Measures how well the photo rules do.

usage: packaging/bench accuracy [--photos DIR] [--json FILE] [--readme] [--portraits N]
       packaging/bench examples
       packaging/bench fit [--photos DIR] [--portraits N] [--details] [RULE or change …]
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import environment

environment.enter()

# from here on in the environment, where numpy, OpenCV and mediapipe are
import accuracy  # noqa: E402
import copies  # noqa: E402
import examples  # noqa: E402
import fairness  # noqa: E402
import generated  # noqa: E402
import judged  # noqa: E402
import landmarks  # noqa: E402
import limits  # noqa: E402
import page  # noqa: E402
import sheet  # noqa: E402
import sources  # noqa: E402

sys.path.append(str(Path(__file__).resolve().parents[1]))
import machine  # noqa: E402

# every so many-th changed picture is turned and mirrored too, and every second one as taken
COPIED = 50


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/bench")
    commands = parser.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="how the values are spread and which limits part best, on the fitting people")
    fit.add_argument("only", nargs="*", help="rules, or kinds of change; without one all")
    fit.add_argument("--details", action="store_true", help="also which of all values parts best")
    measure = commands.add_parser("accuracy", help="how well the rules do, on the testing people")
    measure.add_argument("--json", type=Path, help="where the figures are written")
    measure.add_argument("--readme", action="store_true", help="put the tables into docs/photo-rules.md")
    draw = commands.add_parser("examples", help="draw the pictures of docs/photo-rules.md anew")
    for command in (fit, measure, draw):
        command.add_argument("--program", type=Path, required=True, help="the kortautomat to be measured")
        command.add_argument("--policy", default="university", help="a policy's name or file")
    for command in (fit, measure):
        command.add_argument("--photos", type=Path, help="a folder with labels.csv; without it the repository's own pictures")
        command.add_argument("--portraits", type=int, help="change so many portraits only, spread over all skin tones")
        command.add_argument("--processes", type=int, default=2)
        command.add_argument("--sheet", type=Path, help="a folder for sheets of the changed pictures, to look at")
    return parser.parse_args()


def pictures(options: argparse.Namespace, side: str, only: set[str]):
    """The natural pictures of one side of the split and the changed ones."""
    known = [source for source in sources.load(options.photos) if sources.side(source.case.person) == side]
    made = generated.make(known, side, options.portraits, options.processes, only)
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


def measure(options: argparse.Namespace) -> None:
    program = judged.Program(options.program.resolve(), options.policy)
    found = pictures(options, "test", set())
    paths = [path for path, _ in found]
    reports = program.judge(paths, options.processes)
    plain = landmarks.of(paths, options.processes)
    everybody = sources.load(options.photos)
    natural_reports = program.judge([source.path for source in everybody], options.processes)
    coverings = [(path, case) for path, case in found if case.family == "headwear" and case.strength >= 3]
    told = judged.Program(options.program.resolve(), options.policy, declared="head_covering")
    told_reports = told.judge([path for path, _ in coverings], options.processes)

    natural = [(path, case, reports[path]) for path, case in found if case.origin == "natural"]
    changed = [(path, case, reports[path]) for path, case in found if case.origin != "natural"]
    natural_rows = accuracy.rows(natural, options.policy, plain)
    changed_rows = accuracy.rows(changed, options.policy, plain)
    groups = fairness.groups(
        [(source.case, natural_reports[source.path]) for source in everybody],
        [(case, report) for _, case, report in changed],
        [(case, told_reports[path]) for path, case in coverings],
    )
    here = machine.described()
    figures = {
        "day": datetime.date.today().isoformat(),
        "machine": f"{here['processor']}, {here['cores']} cores",
        "pictures": {
            "photos": "the pictures of a folder with labels" if options.photos else "the repository's own pictures",
            "natural": len(natural), "changed": len(changed), "people": len({case.person for _, case, _ in natural}),
            "portraits": len({case.person for _, case, _ in changed}),
        },
        "unjudged": sorted(accuracy.unjudged(natural + changed)),
        "natural": [row.as_json() for row in natural_rows],
        "changed": [row.as_json() for row in changed_rows],
        "fairness": dict(groups),
        "copies": copies.measured(program, [path for path, _, _ in natural[::2] + changed[::COPIED]], options.processes),
        "processor_ms": program.cost([path for path, _, _ in natural]),
    }  # fmt: skip
    text = page.whole(figures, natural_rows, changed_rows, groups, options.policy)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")
    print(text)
    if options.readme:
        page.write(text)


def draw(options: argparse.Namespace) -> None:
    examples.write(judged.Program(options.program.resolve(), options.policy))


def main() -> int:
    options = arguments()
    {"fit": fit, "accuracy": measure, "examples": draw}[options.command](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
