"""Where a series falls into segments: costs, penalties, and the best segmentation.

The search is optimal partitioning (Jackson et al. 2005): it minimises what PELT (Killick, Fearnhead & Eckley 2012) minimises
and finds the same optimum; with numpy and some hundred points, its plain form is the quicker.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cost = Callable[[NDArray[np.int64], int], Floats]  # of the segments [start, stop), for many starts at once
Model = Literal["poisson", "exponential", "normal_mean", "normal_var", "normal_meanvar"]

PARAMETERS: dict[str, int] = {"poisson": 1, "exponential": 1, "normal_mean": 1, "normal_var": 1, "normal_meanvar": 2}
TINY = 1e-11  # variance of a segment whose values are all the same


def sums(values: Sequence[float] | Floats) -> Floats:
    """Running sums, so that ``sums[stop] − sums[start]`` is a segment's."""
    return np.concatenate([[0.0], np.cumsum(np.asarray(values, dtype=float))])


def cost_of(values: Sequence[float], model: Model, *, mbic: bool = False) -> Cost:
    """−2 log-likelihood of a segment under ``model`` at its best parameters, less what all segmentations share.

    ``mbic`` adds the log of the segment's length (Zhang & Siegmund 2007). Raises ValueError for an unknown model.
    """
    if model not in PARAMETERS:
        raise ValueError(f"no cost is known for {model!r}; choose {', '.join(PARAMETERS)}")
    x = np.asarray(values, dtype=float)
    total, squares, around = sums(x), sums(x**2), sums((x - x.mean()) ** 2)

    def cost(start: NDArray[np.int64], stop: int) -> Floats:
        n = (stop - start).astype(float)
        s = total[stop] - total[start]
        if model == "poisson":
            found = 2 * s * (np.log(n) - np.log(np.where(s > 0, s, 1)))
        elif model == "exponential":
            found = 2 * n * (np.log(np.maximum(s, TINY)) - np.log(n))
        elif model == "normal_mean":
            found = squares[stop] - squares[start] - s**2 / n
        elif model == "normal_var":
            found = n * (math.log(2 * math.pi) + np.log(np.maximum((around[stop] - around[start]) / n, TINY)) + 1)
        else:
            variance = np.maximum((squares[stop] - squares[start]) / n - (s / n) ** 2, TINY)
            found = n * (math.log(2 * math.pi) + np.log(variance) + 1)
        return np.asarray(found + np.log(n) if mbic else found, dtype=float)

    return cost


def quasi_poisson_cost(hits: Sequence[float] | Floats, exposure: Sequence[float] | Floats, dispersion: float) -> Cost:
    """The same for counts with an exposure, over the dispersion φ: what a burst adds to Poisson noise is not a change."""
    y, e = sums(hits), sums(exposure)

    def cost(start: NDArray[np.int64], stop: int) -> Floats:
        seen, due = y[stop] - y[start], e[stop] - e[start]
        usable = (seen > 0) & (due > 0)
        return (
            np.where(usable, -2 * seen * np.log(np.where(usable, seen, 1) / np.where(usable, due, 1)), 0) / dispersion
        )

    return cost


def penalty(name: str, points: int, model: Model) -> float:
    """What one more changepoint costs: AIC, BIC (SIC), MBIC, Hannan-Quinn or None. Raises ValueError for another name."""
    parameters = PARAMETERS[model] + 1  # its place is one too
    known = {
        "none": 0.0,
        "aic": 2.0 * parameters,
        "bic": parameters * math.log(points),
        "sic": parameters * math.log(points),
        "mbic": (parameters + 1) * math.log(points),
        "hannan-quinn": 2 * parameters * math.log(math.log(points)),
    }
    if name.lower() not in known:
        raise ValueError(f"the penalty {name!r} is not known; choose {', '.join(known)}")
    return known[name.lower()]


def best_segments(points: int, cost: Cost, penalty: float, shortest: int = 1) -> list[int]:
    """The ends (the next one's start, from 0) of all segments but the last, at the least cost plus penalties."""
    best = np.full(points + 1, np.inf)
    best[0] = -penalty
    before = np.zeros(points + 1, dtype=int)
    for stop in range(shortest, points + 1):
        starts = np.arange(0, stop - shortest + 1)
        starts = starts[np.isfinite(best[starts])]
        totals = best[starts] + cost(starts, stop) + penalty
        chosen = int(np.argmin(totals))
        best[stop], before[stop] = totals[chosen], starts[chosen]
    found = []
    stop = points
    while before[stop] > 0:
        stop = int(before[stop])
        found.append(stop)
    return found[::-1]


def binary_segments(points: int, cost: Cost, penalty: float, most: int, shortest: int = 1) -> list[int]:
    """The same, greedily (Scott & Knott 1974): split where it gains most, until no split gains the penalty.

    Each part must be longer than ``shortest``, as in the R package changepoint.
    """
    ends: list[int] = []
    while len(ends) < most:
        edges = [0, *ends, points]
        gains = []
        for start, stop in pairwise(edges):
            whole = float(cost(np.array([start]), stop)[0])
            for cut in range(start + shortest + 1, stop - shortest):
                parts = float(cost(np.array([start]), cut)[0] + cost(np.array([cut]), stop)[0])
                gains.append((whole - parts, -cut))
        if not gains or max(gains)[0] < penalty:
            break
        ends = sorted([*ends, -max(gains)[1]])
    return ends


def mean_breaks(values: Sequence[float], share: float = 0.15) -> dict[str, Any]:
    """Breaks in the mean by least squares, their number by BIC (Bai & Perron 2003).

    No segment is shorter than ``share`` of the points. ``breaks`` as in `best_segments`, with ``rss`` and ``bic`` of 0, 1, … breaks.
    """
    n = len(values)
    shortest = max(1, math.floor(n * share))
    most = max(0, math.ceil(n / shortest) - 2)
    cost = cost_of(values, "normal_mean")
    table = [np.array([np.inf, *(float(cost(np.array([0]), stop)[0]) for stop in range(1, n + 1))])]
    table[0][1:shortest] = np.inf
    before: list[NDArray[np.int64]] = []
    for _ in range(most):
        last, now, where = table[-1], np.full(n + 1, np.inf), np.zeros(n + 1, dtype=int)
        for stop in range(2 * shortest, n + 1):
            starts = np.arange(shortest, stop - shortest + 1)
            totals = last[starts] + cost(starts, stop)
            where[stop] = starts[int(np.argmin(totals))]
            now[stop] = totals.min()
        table.append(now)
        before.append(where)
    rss = [float(row[n]) for row in table if np.isfinite(row[n])]
    bic = [n * (math.log(max(value, TINY)) + 1 - math.log(n) + math.log(2 * math.pi)) + math.log(n) * 2 * (k + 1)
           for k, value in enumerate(rss)]  # fmt: skip
    breaks: list[int] = []
    stop = n
    for k in range(int(np.argmin(bic)), 0, -1):
        stop = int(before[k - 1][stop])
        breaks.append(stop)
    return {"breaks": breaks[::-1], "rss": rss, "bic": bic}
