"""Lines that a changing panel of blogs cannot move: each blog's level taken out, and each blog weighing the same."""

from __future__ import annotations

import numpy as np

from analysis.intervals import LEVEL, PER_WORDS
from analysis.keeping import kept
from analysis.panel import Floats, Panel
from analysis.ranks import mann_kendall
from analysis.records import LinePoint, YearlyRanks

FEWEST_BLOGS = 3  # in a period, for an interval over blogs
FEWEST_FOR_A_POINT = 2  # one blog's year is no year of the sector's
FEWEST_YEARS = 5  # below, no order of years is rare enough
ROUNDS = 2_000
HALF_A_HIT = 0.5  # for each blog, spread over its words: a blog whose only hit is in one period would make that period's factor infinite
LEAST_WORDS = 0.1  # of the median year's: a year with less is no point for ranks


def is_linked(panel: Panel) -> bool:
    """Whether every period is tied to every other by blogs that write in several: else their levels cannot be compared."""
    there = (panel.exposure > 0) & (panel.hits.sum(axis=1, keepdims=True) > 0)
    filled = panel.exposure.sum(axis=0) > 0
    reached = np.zeros(len(panel.periods), dtype=bool)
    if not filled.any():
        return False
    reached[int(np.argmax(filled))] = True
    while True:
        blogs = there[:, reached].any(axis=1)
        now = reached | there[blogs].any(axis=0)
        if (now == reached).all():
            return bool(reached[filled].all())
        reached = now


@kept
def adjusted_line(panel: Panel) -> tuple[LinePoint, ...]:
    """The rate of each period had every blog written its usual part of the words; empty where periods are not linked.

    A period with one blog only is left out.

    Quasi-Poisson with a level per blog and per period (by iterative proportional fitting, Deming & Stephan 1940), each blog given half a hit
    more, spread over its words, which draws the line of a theme with few hits towards flat; scaled to the rate over the whole time. The interval is of a period against the mean over periods, errors clustered by blog, t
    with G−1 degrees; where those are narrower than counts of this dispersion allow, the latter.
    """
    if not panel.hits.sum() or not is_linked(panel):
        return ()
    use = panel.hits.sum(axis=1) > 0
    hits, words = panel.hits[use], panel.exposure[use]
    levels, factors = _two_way(hits + HALF_A_HIT * words / words.sum(axis=1, keepdims=True), words)
    means = levels[:, None] * words * factors
    filled = (words.sum(axis=0) > 0) & (factors > 0)
    errors = _errors(hits, means, filled)
    weight = words.sum(axis=0) * (factors > 0)
    scale = hits.sum() / panel.exposure.sum() / (factors @ words.sum(axis=0) / words.sum()) * PER_WORDS
    points = []
    for k, period in enumerate(panel.periods):
        rate, blogs = float(factors[k] * scale), int((words[:, k] > 0).sum())
        if blogs < FEWEST_FOR_A_POINT:
            continue
        ends: tuple[float | None, float | None] = (None, None)
        error = errors[k]
        if weight[k] and blogs >= FEWEST_BLOGS and error is not None:
            reach = np.exp(_t95(int(use.sum()) - 1) * error)
            ends = (rate / float(reach), rate * float(reach))
        points.append(
            LinePoint(period=period.name, start=period.start, rate=rate, low=ends[0], high=ends[1], blogs=blogs)
        )
    return tuple(points)


def _two_way(hits: Floats, words: Floats) -> tuple[Floats, Floats]:
    """Blogs' levels and periods' factors whose products with the words have the margins of ``hits``."""
    factors = np.ones(hits.shape[1])
    levels = hits.sum(axis=1) / np.maximum(words.sum(axis=1), 1e-300)
    columns = hits.sum(axis=0)
    for _ in range(ROUNDS):
        due = levels @ words
        new = np.where(due > 0, columns / np.where(due > 0, due, 1), 0.0)
        levels = hits.sum(axis=1) / np.maximum(words @ new, 1e-300)
        moved = float(np.abs(new - factors).max() / new.max())
        factors = new
        if moved < 1e-9:
            break
    return levels, factors


def _errors(hits: Floats, means: Floats, filled: Floats) -> list[float | None]:
    """Standard errors of each period's log factor against the mean of all, None where a period has none."""
    y, m = hits[:, filled], means[:, filled]
    groups, totals = len(y), m.sum(axis=1)
    information = np.diag(m.sum(axis=0)) - (m / totals[:, None]).T @ m
    inverse = np.linalg.pinv(information, hermitian=True)
    apart = inverse @ (y - m).T
    share = m.sum(axis=0) / m.sum()
    contrast = np.eye(len(share)) - share
    clustered = ((contrast @ apart) ** 2).sum(axis=1) * groups / max(groups - 1, 1)
    cells = (m > 0).sum() - len(share) - groups + 1
    dispersion = max(1.0, float(((y - m) ** 2 / np.where(m > 0, m, 1)).sum() / max(cells, 1)))
    plain = np.einsum("ij,jk,ik->i", contrast, inverse, contrast) * dispersion
    found = iter(np.sqrt(np.maximum(clustered, plain)))
    return [float(next(found)) if there else None for there in filled]


def equal_blogs_line(panel: Panel) -> tuple[LinePoint, ...]:
    """The mean of the blogs' rates in each period, a small blog weighing as much as a large one; t over blogs."""
    points = []
    for k, period in enumerate(panel.periods):
        there = panel.exposure[:, k] > 0
        rates = panel.hits[there, k] / panel.exposure[there, k] * PER_WORDS
        n = len(rates)
        if not n:
            continue
        mean, ends = float(rates.mean()), (None, None)
        if n >= FEWEST_BLOGS and rates.std() > 0:
            reach = _t95(n - 1) * float(rates.std(ddof=1)) / n**0.5
            ends = (max(0.0, mean - reach), mean + reach)
        points.append(LinePoint(period=period.name, start=period.start, rate=mean, low=ends[0], high=ends[1], blogs=n))
    return tuple(points)


def _t95(degrees: int) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + LEVEL) / 2, max(degrees, 1)))


def yearly_ranks(yearly: Panel) -> YearlyRanks | None:
    """Mann–Kendall and Sen's slope over the years of ``yearly``, a panel by year: on the adjusted line where there is one.

    Years with less than a tenth of the median year's words are left out.
    """
    words = yearly.exposure.sum(axis=0)
    if not words.any():
        return None
    enough = {p.name for k, p in enumerate(yearly.periods) if words[k] >= LEAST_WORDS * np.median(words[words > 0])}
    line = [(point.start.year, point.rate) for point in adjusted_line(yearly) if point.period in enough]
    is_adjusted = bool(line)
    if not is_adjusted:
        rates = yearly.hits.sum(axis=0) / np.where(words > 0, words, 1) * PER_WORDS
        line = [(p.start.year, float(rates[k])) for k, p in enumerate(yearly.periods) if p.name in enough]
    if len(line) < FEWEST_YEARS or not yearly.hits.sum():
        return None
    found = mann_kendall([rate for _, rate in line], [year for year, _ in line])
    return YearlyRanks(
        years=len(line), tau=found.tau, p=found.p, slope=found.slope, low=found.slope_low, high=found.slope_high,
        line="adjusted" if is_adjusted else "raw",
    )  # fmt: skip
