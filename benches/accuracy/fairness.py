"""How often acceptable portraits are refused, asked about or advised on, by skin tone and by what is worn."""

import numpy as np

import rates
from cases import MILD, Case

# individual typology angle in degrees, measured on the cheeks: Chardon 1991, Del Bino and Bernerd 2013
TONES = [("very light", 55, 180), ("light", 41, 55), ("intermediate", 28, 41), ("tan", 10, 28), ("brown", -30, 10), ("dark", -180, -30)]


def tone(case: Case) -> str | None:
    if not case.tags.get("ita"):
        return None
    angle = float(case.tags["ita"])
    return next(name for name, low, high in TONES if low < angle <= high)


def rates_of(pairs: list[tuple[Case, dict]]) -> dict:
    """n, and for refused, asked and advised the count, its share and interval. Pictures of one person are no independent
    witnesses: where there are several of each, people are drawn anew."""
    people = [case.person for case, _ in pairs]
    counted = {"n": len(pairs), "people": len(set(people))}
    for name, hit in (("refused", refused), ("asked", asked), ("advised", advised)):
        hits = np.array([hit(report) for _, report in pairs], bool)
        single = len(pairs) <= 2 * len(set(people))
        interval = rates.wilson(int(hits.sum()), len(pairs)) if single else by_person(people, hits)
        counted[name] = {"hits": int(hits.sum()), "interval": interval}
    return counted


def by_person(people: list[str], hits: np.ndarray) -> tuple[float, float]:
    names, index = np.unique(people, return_inverse=True)
    if not hits.any() or hits.all() or len(names) < 5:
        # too little to draw from: what Wilson says of as many people
        return rates.wilson(round(hits.mean() * len(names)), len(names))
    of, yes = np.bincount(index), np.bincount(index[hits], minlength=len(names))
    drawn = np.random.default_rng(len(names)).integers(len(names), size=(rates.TIMES, len(names)))
    shares = yes[drawn].sum(1) / of[drawn].sum(1)
    return float(np.quantile(shares, 0.025)), float(np.quantile(shares, 0.975))


def refused(report: dict) -> bool:
    return report["verdict"] in ("refuse", "unreadable")


def asked(report: dict) -> bool:
    return report["verdict"] == "ask"


def advised(report: dict) -> bool:
    return report["verdict"] == "accept" and bool(report["findings"])


def groups(natural: list, changed: list, declared: list) -> list[tuple[str, dict]]:
    """Rows of the table. `natural` may hold all people; `changed` are the test people's; `declared` were judged with a
    declared head covering."""
    acceptable = [pair for pair in natural if pair[0].acceptable]
    mild = [pair for pair in changed if pair[0].word == MILD]
    rows = [("as taken, all", rates_of(acceptable)), ("mildly changed, all", rates_of(mild))]
    for kind, pairs in (("as taken", acceptable), ("mildly changed", mild)):
        for name, low, high in TONES:
            own = [pair for pair in pairs if tone(pair[0]) == name]
            if own:
                rows.append((f"{kind}, {name} skin", rates_of(own)))
    worn = [pair for pair in changed if pair[0].family == "spectacles"]
    glint = [pair for pair in changed if pair[0].family == "window aside"]
    headwear = [pair for pair in changed if pair[0].family == "headwear" and pair[0].strength >= 3]
    rows += [("clear glasses, drawn", rates_of(worn)), ("the same with a reflection beside the iris", rates_of(glint)),
             ("turban, scarf, hood, drawn, face free, not declared", rates_of(headwear)),
             ("the same, declared", rates_of(declared))]  # fmt: skip
    return [(name, row) for name, row in rows if row["n"]]
