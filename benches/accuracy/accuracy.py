"""How well each rule does: recall, precision, balanced accuracy with intervals, and what it is confused with."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import landmarks
import rates
from cases import RULES, Case
from environment import REPOSITORY

# balanced accuracy to reach, by weight; an advice may do worse
REACH = {"hard": 0.97, "soft": 0.90}


def weights(policy: str) -> dict[str, list[str]]:
    """The weights with which each rule is held by a policy, the lightest first; none for what is switched off."""
    path = Path(policy)
    if not path.is_file():
        path = REPOSITORY / "assets" / "policies" / f"{policy}.toml"
    held = tomllib.loads(path.read_text())["rules"]
    order = ["advice", "soft", "hard"]
    return {
        rule: sorted((step["weight"] for step in (steps if isinstance(steps, list) else [steps])), key=order.index)
        for rule, steps in held.items()
    }


@dataclass
class Row:
    """A rule at one of its weights, on one kind of pictures."""

    rule: str
    weight: str
    broken: int
    kept: int
    found: int
    false: int
    balanced: float | None
    interval: tuple[float, float] | None
    # changes that trigger it falsely, and how many of them
    confused: list[tuple[str, int, int]]
    # changes that it misses
    missed: list[tuple[str, int, int]]
    landmarks: float | None

    @property
    def recall(self) -> float | None:
        return self.found / self.broken if self.broken else None

    @property
    def precision(self) -> float | None:
        return self.found / (self.found + self.false) if self.found + self.false else None

    def as_json(self) -> dict:
        return self.__dict__ | {
            "recall": self.recall, "precision": self.precision,
            "recall_interval": rates.wilson(self.found, self.broken), "false_interval": rates.wilson(self.false, self.kept),
        }  # fmt: skip


def triggered(case: Case, report: dict, rule: str, weight: str, alone: bool) -> bool:
    """Whether the rule, or where the change breaks it one that tells the same, was found with at least this weight: a hard
    rule has to refuse."""
    names = {rule} if alone else {rule, *case.also.get(rule, ())}
    hard = weight == "hard"
    return any(found["rule"] in names and (not hard or found["weight"] == "hard") for found in report["findings"])


def row(rule: str, weight: str, steps: list[str], pairs: list, values: dict) -> Row:
    """`pairs`: (path, case, report)."""
    known = [(path, case, report) for path, case, report in pairs if rule in case.truth]
    if weight == "hard" and len(steps) > 1 and any(rule in case.gross for _, case, _ in known):
        # what is broken a little has only to be asked about
        known = [entry for entry in known if not entry[1].truth[rule] or rule in entry[1].gross or entry[1].origin == "natural"]
    broken = np.array([case.truth[rule] for _, case, _ in known], bool)
    found = np.array([triggered(case, report, rule, weight, not case.truth[rule]) for _, case, report in known], bool)
    balanced = interval = None
    if broken.any() and not broken.all():
        balanced = float((found[broken].mean() + (~found[~broken]).mean()) / 2)
        interval = rates.balanced_interval([case.person for _, case, _ in known], broken, found)
    plain = [(case, values[path]) for path, case, _ in known if path in values]
    return Row(
        rule, weight, int(broken.sum()), int((~broken).sum()), int((broken & found).sum()), int((~broken & found).sum()),
        balanced, interval, counted(known, ~broken, found), counted(known, broken, ~found),
        landmarks.balanced(rule, plain) if plain and broken.any() else None,
    )  # fmt: skip


def counted(known: list, chosen: np.ndarray, hit: np.ndarray) -> list[tuple[str, int, int]]:
    """The kinds of change, strength by strength, with their hits among the chosen, most first."""
    hits, of = Counter(), Counter()
    for (_, case, _), is_chosen, is_hit in zip(known, chosen, hit, strict=True):
        name = case.family if case.origin == "natural" else f"{case.family} {case.strength:g}"
        of[name] += bool(is_chosen)
        hits[name] += bool(is_chosen and is_hit)
    return [(name, count, of[name]) for name, count in hits.most_common() if count]


def rows(pairs: list, policy: str, values: dict) -> list[Row]:
    held = weights(policy)
    return [row(rule, weight, steps, pairs, values) for rule in RULES for steps in [held.get(rule, [])] for weight in dict.fromkeys(steps)]


def unjudged(pairs: list) -> set[str]:
    """Rules that no report has a value or a finding for."""
    seen = {name for _, _, report in pairs for name in report["measured"]}
    return {rule for rule in RULES if rule not in seen}
