"""Trends by rank: Mann–Kendall, Sen's slope, and the seasonal form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054
EXACT_UNTIL = 150  # points, without ties: beyond, the normal approximation is as good


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTrend:
    """``s`` pairs that rise less pairs that fall; ``tau`` from −1 to 1; ``p`` two-sided; ``slope`` per unit of time (Sen)."""

    s: int
    variance: float
    tau: float
    p: float
    slope: float
    slope_low: float
    slope_high: float
    intercept: float


def mann_kendall(values: Sequence[float], times: Sequence[float] | None = None) -> RankTrend:
    """Mann 1945, Kendall 1975; variance corrected for ties, normal with continuity correction, exact without ties.

    Slope: the median of all pairwise slopes (Sen 1968), its 95 % interval by Gilbert 1987 §16.4; intercept by Conover.
    Raises ValueError below three values or for values and times of different lengths.
    """
    x = np.asarray(values, dtype=float)
    t = np.arange(1, len(x) + 1, dtype=float) if times is None else np.asarray(times, dtype=float)
    if len(x) < 3 or len(x) != len(t):
        raise ValueError(f"{len(x)} values at {len(t)} times: give three or more of each")
    i, j = np.triu_indices(len(x), 1)
    s, variance, most = _score(x)
    slopes = np.sort((x[j] - x[i]) / (t[j] - t[i]))
    reach = Z95 * math.sqrt(variance)
    ends = np.clip([(len(slopes) - reach) / 2 - 1, (len(slopes) + reach) / 2], 0, len(slopes) - 1)
    low, high = np.interp(ends, np.arange(len(slopes)), slopes)
    slope = float(np.median(slopes))
    tied = len(set(x.tolist())) < len(x)
    p = _normal_p(max(0, abs(s) - 1), variance) if tied or len(x) > EXACT_UNTIL else _exact_p(s, len(x))
    return RankTrend(
        s=s, variance=variance, tau=s / most if most else 0.0, p=p, slope=slope, slope_low=float(low),
        slope_high=float(high), intercept=float(np.median(x) - slope * np.median(t)),
    )  # fmt: skip


def seasonal_mann_kendall(values: Sequence[float], period: int) -> tuple[int, float, float, float]:
    """S, its variance, τ and p over the seasons' own trends (Hirsch, Slack & Smith 1982). ``values`` begin a season."""
    x = np.asarray(values, dtype=float)
    parts = [_score(x[k::period]) for k in range(period)]
    s, variance = sum(part[0] for part in parts), math.fsum(part[1] for part in parts)
    most = math.fsum(part[2] for part in parts)
    return s, variance, s / most if most else 0.0, _normal_p(abs(s), variance)


def _score(x: np.ndarray) -> tuple[int, float, float]:
    """S, its variance under no trend, and the most that |S| could be (τ-b)."""
    n = len(x)
    i, j = np.triu_indices(n, 1)
    s = int(np.sign(x[j] - x[i]).sum())
    ties = [count for count in Counter(x.tolist()).values() if count > 1]
    variance = (n * (n - 1) * (2 * n + 5) - sum(k * (k - 1) * (2 * k + 5) for k in ties)) / 18
    pairs = n * (n - 1) / 2
    return s, variance, math.sqrt(pairs * (pairs - sum(k * (k - 1) / 2 for k in ties)))


def _normal_p(distance: float, variance: float) -> float:
    return min(1.0, math.erfc(distance / math.sqrt(2 * variance))) if variance else 1.0


def _exact_p(s: int, n: int) -> float:
    """The chance of so far an S or farther among all orders of ``n`` different values (Kendall 1975, by recursion)."""
    chances = np.ones(1)  # of each number of inversions
    for k in range(2, n + 1):
        chances = np.convolve(chances, np.full(k, 1 / k))
    fewer = (n * (n - 1) // 2 - abs(s)) // 2
    return min(1.0, 2 * float(chances[: fewer + 1].sum()))
