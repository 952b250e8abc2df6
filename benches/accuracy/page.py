"""The tables in words: for the screen, and between the marks of docs/photo-rules.md."""

import accuracy
from accuracy import REACH, Row
from cases import RULES
from environment import REPOSITORY

PAGE = REPOSITORY / "docs" / "photo-rules.md"
BEGIN, END = "<!-- accuracy -->\n", "<!-- end -->\n"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %".replace(".0 %", " %") if share in (0, 1) else f"{100 * share:.1f} %"


def interval(bounds) -> str:
    return "" if bounds is None else f" ({100 * bounds[0]:.0f}–{100 * bounds[1]:.0f})"


def rules(natural: list[Row], changed: list[Row], unjudged: set[str], passport: dict[str, list[str]]) -> list[str]:
    lines = [
        "| rule | university | passport | as taken: broken, kept | found, false | balanced | changed: broken, kept | found | precision | balanced | landmarks alone | |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    taken = {(row.rule, row.weight): row for row in natural}
    held = {row.rule for row in changed}
    for row in changed:
        first, strict = taken[row.rule, row.weight], ", ".join(passport.get(row.rule, ["off"]))
        balanced = percent(row.balanced) + interval(row.interval)
        plain = percent(row.landmarks)
        cells = [
            row.rule, row.weight, strict, f"{first.broken}, {first.kept}", f"{first.found}, {first.false}",
            percent(first.balanced) + interval(first.interval) if first.broken else "not measurable",
            f"{row.broken}, {row.kept}", f"{row.found}", percent(row.precision), balanced, plain, remark(row, unjudged),
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    off = [rule for rule in RULES if rule not in held]
    if off:
        lines += ["", "Switched off, so not measured: " + ", ".join(off) + "."]
    return lines


def remark(row: Row, unjudged: set[str]) -> str:
    if row.rule in unjudged:
        return "not judged"
    reach = REACH.get(row.weight)
    if reach is None or row.balanced is None:
        return ""
    return "reached" if row.balanced >= reach else f"below {100 * reach:.0f} %"


def confusions(changed: list[Row]) -> list[str]:
    lines = ["| rule | misses most | falsely found most on |", "|---|---|---|"]
    for row in changed:
        missed, confused = some(row.missed), some(row.confused)
        if missed or confused:
            lines.append(f"| {row.rule}, {row.weight} | {missed} | {confused} |")
    return lines


def some(counts) -> str:
    return ", ".join(f"{name} {hits}/{of}" for name, hits, of in counts[:4])


def fairness(groups) -> list[str]:
    lines = ["| acceptable portraits | n (people) | refused | asked about | advised on |", "|---|---|---|---|---|"]
    for name, row in groups:
        cells = [f"{row[kind]['hits']}{interval(row[kind]['interval'])}" for kind in ("refused", "asked", "advised")]
        lines.append(f"| {name} | {row['n']} ({row['people']}) | " + " | ".join(cells) + " |")
    return lines


def copies(found: dict) -> list[str]:
    lines = ["| copy | n | same verdict | accept against refuse | rules that differ |", "|---|---|---|---|---|"]
    for way, row in found.items():
        rules = sorted({rule for entry in row["differing"] for rule in entry["rules"]})
        share = percent(row["same"] / row["n"]) + interval(row["interval"])
        lines.append(f"| {way} | {row['n']} | {share} | {row['accept_against_refuse']} | {', '.join(rules)} |")
    return lines


def whole(figures: dict, natural: list[Row], changed: list[Row], groups, policy: str) -> str:
    """Everything, as it stands in the page."""
    made = figures["pictures"]
    portraits = made["portraits"]
    lines = [
        f"Measured {figures['day']} on {made['photos']}: {made['natural']} portraits of {made['people']} people as taken and "
        f"{made['changed']} changes of portraits of {portraits} of them; none had a part in fitting. Policy: {policy}.",
        "",
        *rules(natural, changed, set(figures["unjudged"]), accuracy.weights("passport")),
        "",
        "Which changes are missed, and which found where they should not be (strength, hits of so many):",
        "",
        *confusions(changed),
        "",
        "Fairness. Portraits as taken are of all people, changed ones of the testing people:",
        "",
        *fairness(groups),
        "",
        "The same picture another way round:",
        "",
        *copies(figures["copies"]),
        "",
        f"Speed: {figures['processor_ms']:.0f} ms of processor time a picture as taken, from file to verdict, on {figures['machine']}; "
        "benches/README.md has it by stage, and beside other engines.",
    ]
    return "\n".join(lines) + "\n"


def write(text: str) -> None:
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(before + BEGIN + "\n" + text + "\n" + END + after)
