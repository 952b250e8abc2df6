"""Shares with their 95 % intervals, and the best limit of a value."""

import math

import numpy as np

NORMAL = 1.959964
TIMES = 1000


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share; of nothing it says everything."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, NORMAL**2
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = NORMAL / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def balanced_interval(people: list[str], broken: np.ndarray, found: np.ndarray) -> tuple[float, float]:
    """The interval of the balanced accuracy: people, not pictures, are drawn anew. Where nothing or hardly anything went
    wrong drawing anew cannot tell, so that it is never narrower than Wilson's intervals of both shares put together."""
    names, index = np.unique(people, return_inverse=True)
    counts = np.zeros((len(names), 4))
    for column, chosen in enumerate((broken & found, broken & ~found, ~broken & ~found, ~broken & found)):
        counts[:, column] = np.bincount(index[chosen], minlength=len(names))
    hit, missed, right, wrong = (int(total) for total in counts.sum(0))
    centre = (hit / (hit + missed) + right / (right + wrong)) / 2
    shares = [(hit / (hit + missed), wilson(hit, hit + missed)), (right / (right + wrong), wilson(right, right + wrong))]
    low = centre - math.hypot(*(share - bounds[0] for share, bounds in shares)) / 2
    high = centre + math.hypot(*(bounds[1] - share for share, bounds in shares)) / 2
    random = np.random.default_rng(len(names))
    drawn = counts[random.integers(len(names), size=(TIMES, len(names)))].sum(1)
    positives, negatives = drawn[:, 0] + drawn[:, 1], drawn[:, 2] + drawn[:, 3]
    good = (positives > 0) & (negatives > 0)
    if good.any():
        balanced = (drawn[good, 0] / positives[good] + drawn[good, 2] / negatives[good]) / 2
        low, high = min(low, float(np.quantile(balanced, 0.025))), max(high, float(np.quantile(balanced, 0.975)))
    return max(low, 0.0), min(high, 1.0)


def best_limit(values: np.ndarray, broken: np.ndarray) -> tuple[float, bool, float]:
    """The limit with the highest balanced accuracy, whether what lies above it is broken, and that accuracy."""
    order = np.argsort(values, kind="stable")
    sorted_values, sorted_broken = values[order], broken[order]
    positives, negatives = sorted_broken.sum(), (~sorted_broken).sum()
    if not positives or not negatives:
        return math.nan, True, math.nan
    # cut after each position: what lies below is kept
    below_broken = np.append(0, np.cumsum(sorted_broken))
    below_kept = np.append(0, np.cumsum(~sorted_broken))
    above = ((positives - below_broken) / positives + below_kept / negatives) / 2
    # equal values cannot be parted
    allowed = np.append(True, np.append(sorted_values[1:] > sorted_values[:-1], True))
    upper = np.where(allowed, above, -1)
    lower = np.where(allowed, 1 - above, -1)
    high = upper.max() >= lower.max()
    scores = upper if high else lower
    # in the middle of the widest stretch of equally good cuts
    good = np.flatnonzero(scores > scores.max() - 1e-9)
    edges = np.append(np.append(sorted_values[0] - 1e-6, sorted_values), sorted_values[-1] + 1e-6)
    cut = max(good, key=lambda at: edges[at + 1] - edges[at])
    return float((edges[cut] + edges[cut + 1]) / 2), bool(high), float(scores.max())
