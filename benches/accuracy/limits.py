"""The fitting table: how each rule's value is spread, and which limit parts best, on the fitting people."""

import numpy as np

import rates
from cases import RULES, Case


def table(judged: list[tuple[Case, dict]], only: set[str], details: bool) -> str:
    """For every rule: the value's spread where the rule is kept and broken, and the best limit."""
    lines = []
    rules = [rule for rule in RULES if not only or rule in only]
    for rule in rules:
        known = [(case, report) for case, report in judged if rule in case.truth]
        broken = [pair for pair in known if pair[0].truth[rule]]
        lines += ["", f"== {rule}: {len(broken)} broken, {len(known) - len(broken)} kept"]
        measured = [pair for pair in known if rule in pair[1]["measured"]]
        if not measured:
            lines.append("   not judged")
        else:
            lines += spread(rule, rule, known)
            lines += families(rule, judged)
        if details and broken:
            lines += ["   what parts best of all values:", *ranked(rule, known)]
    return "\n".join(lines[1:])


def values(name: str, pairs) -> np.ndarray:
    return np.array([report["measured"].get(name, np.nan) for _, report in pairs], float)


def percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def spread(rule: str, name: str, known) -> list[str]:
    truth = np.array([case.truth[rule] for case, _ in known])
    found = values(name, known)
    there = ~np.isnan(found)
    lines = []
    for word, chosen in (("kept", ~truth), ("broken", truth)):
        some = found[chosen & there]
        if len(some):
            quantiles = " ".join(f"{value:.4g}" for value in np.quantile(some, [0, 0.01, 0.05, 0.5, 0.95, 0.99, 1]))
            missing = int((chosen & ~there).sum())
            lines.append(f"   {word:7} n={len(some):5} missing={missing:4}  0 1 5 50 95 99 100 %: {quantiles}")
    if truth.any() and not truth.all() and there.any():
        for sense, limit, high, score in limits(found[there], truth[there]):
            lines.append(f"   best limit {'at most' if high else 'at least'} {limit:.4g}{sense}: balanced {percent(score)}")
        origins = sorted({case.origin for case, _ in known})
        for origin in origins if len(origins) > 1 else ():
            own = there & np.array([case.origin == origin for case, _ in known])
            if truth[own].any() and not truth[own].all():
                limit, high, score = rates.best_limit(found[own], truth[own])
                lines.append(f"     {origin} alone (n={truth[own].sum()} broken): {'at most' if high else 'at least'} {limit:.4g}, {percent(score)}")
    return lines


def limits(found: np.ndarray, truth: np.ndarray):
    """The best limit, and the best one on the distance from the middle where that is better (angles, places)."""
    limit, high, score = rates.best_limit(found, truth)
    yield "", limit, high, score
    middle = float(np.median(found[~truth]))
    other = rates.best_limit(np.abs(found - middle), truth)
    if other[2] > score + 0.005:
        yield f" from {middle:.4g}", other[0], other[1], other[2]


def families(rule: str, judged) -> list[str]:
    """The value at each strength, for whatever breaks the rule; and what else moves it most."""
    lines, groups = [], {}
    for case, report in judged:
        if case.origin != "natural":
            groups.setdefault((case.family, case.strength, case.word), []).append((case, report))
    own = {key for key, pairs in groups.items() if rule in pairs[0][0].also or any(c.truth.get(rule) for c, _ in pairs)}
    for key in sorted(own, key=lambda key: (key[0], key[1])):
        some = values(rule, groups[key])
        some = some[~np.isnan(some)]
        triggered = share_found(rule, groups[key])
        if len(some):
            low, middle, high = np.quantile(some, [0.05, 0.5, 0.95])
            lines.append(f"     {key[0]:14} {key[1]:<6g} {key[2]:8} n={len(some):3}  5 50 95 %: {low:.4g} {middle:.4g} {high:.4g}  found {triggered}")
        else:
            lines.append(f"     {key[0]:14} {key[1]:<6g} {key[2]:8} not measured  found {triggered}")
    false = []
    for key, pairs in groups.items():
        wrong = [pair for pair in pairs if pair[0].truth.get(rule) is False and finding(pair[1], rule)]
        if wrong:
            false.append((len(wrong), len(pairs), key))
    natural = [case for case, report in judged if case.origin == "natural" and case.truth.get(rule) is False and finding(report, rule)]
    if false or natural:
        worst = ", ".join(f"{key[0]} {key[1]:g} {hits}/{of}" for hits, of, key in sorted(false, reverse=True, key=lambda f: f[0])[:8])
        lines.append(f"     false findings now: natural {len(natural)}; {worst}")
    return lines


def finding(report: dict, rule: str) -> bool:
    return any(found["rule"] == rule for found in report["findings"])


def share_found(rule: str, pairs) -> str:
    return f"{sum(finding(report, rule) for _, report in pairs)}/{len(pairs)}"


def ranked(rule: str, known) -> list[str]:
    truth = np.array([case.truth[rule] for case, _ in known])
    scores = []
    for name in sorted({name for _, report in known for name in report["measured"]}):
        found = values(name, known)
        there = ~np.isnan(found)
        if truth[there].sum() > 0.5 * truth.sum() and (~truth[there]).any():
            limit, high, score = rates.best_limit(found[there], truth[there])
            scores.append((score, f"     {name}: {'at most' if high else 'at least'} {limit:.4g}, balanced {percent(score)}"))
    return [text for _, text in sorted(scores, reverse=True)[:6]]


