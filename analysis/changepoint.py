"""When did a theme's rate change? Dates proposed by segmentation, kept only where the blogs agree.

1. A gate over all dates at once: the largest score of a step anywhere, held against its values with the blogs' signs turned
   at random. Nothing is claimed unless it stands out, so a flat series is called changed in 5 of 100 at most.
2. Proposals: the segmentation with the least quasi-Poisson cost (what PELT finds), exposure being the hits that each blog's
   own level and words make due, so that a newcomer is no change; blogs weigh by the inverse of their own dispersion. Levels
   and segments are found in turn.
3. Each proposal is tested again between its neighbours, and the weakest dropped, until all stand (Bonferroni). Those that
   stand get their date by likelihood (`analysis.step_dates`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.blog_effects import Scores, fitted, scores
from analysis.blog_tests import ALPHA, FEWEST_FOR_SIGNS, effect, informative, p_of_sum, p_of_sup, signs
from analysis.drift import season_waves, tested, too_little
from analysis.keeping import kept
from analysis.panel import Figure, Floats, Panel, panel_of
from analysis.records import ChangeTest, Grain, PostView
from analysis.segments import best_segments, penalty, quasi_poisson_cost
from analysis.step_dates import date_interval, dated, dispersion_by_blog, steps_at, without_months

SHORTEST = {"month": 6, "quarter": 3, "year": 2}  # periods: a shorter stay is a burst, not a new level
FEWEST_PERIODS = 8
LEAST_INFORMATION = 0.05  # of the best-placed date's: nearer the ends a step cannot be told from noise
ROUNDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Changepoint:
    """A period from which on the rate is another. ``earliest`` and ``latest`` bound its start at 95 %."""

    period: str
    start: date
    earliest: date
    latest: date
    p: float  # of the largest step anywhere between the neighbouring changepoints, over blogs
    step: ChangeTest
    q: float | None = None  # p corrected for the theme's steps and for the themes tested beside it (`claimed_changes`)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changepoints of a theme, by date. ``p`` is that of any change at all; None with a ``reason`` where not tested.

    ``drift_fits_as_well``: a steady drift describes the series no worse than these steps; then do not speak of a date.
    """

    theme: str
    grain: Grain
    points: tuple[Changepoint, ...]
    p: float | None
    dispersion: float | None
    drift_fits_as_well: bool = False
    reason: str | None = None
    q: float | None = None  # p corrected for the themes tested beside it


def changepoints(
    posts: Iterable[PostView],
    theme: str,
    *,
    period: Grain = "month",
    figure: Figure = "rate",
    seed: int = 0,
    level: float = ALPHA,
) -> Changes:
    """The changepoints of a theme's rate (or share of posts), each at ``level`` over their number. The same ``seed`` gives the
    same answer. By itself a theme is not corrected for others looked at: `claimed_changes` does that."""
    return panel_changes(panel_of(posts, theme, period, figure), theme, figure=figure, seed=seed, level=level)


@kept
def panel_changes(
    panel: Panel, theme: str = "", *, figure: Figure = "rate", seed: int = 0, level: float = ALPHA
) -> Changes:
    """The same of a panel of counts."""
    use = informative(panel, panel.years) if panel.periods else panel
    reason = too_little(panel)
    if reason is None and len(use.blogs) < FEWEST_FOR_SIGNS:
        reason = f"only {len(use.blogs)} blogs with hits: a date needs {FEWEST_FOR_SIGNS} or more that agree"
    if reason is None and len(use.periods) < max(FEWEST_PERIODS, 2 * SHORTEST[panel.grain]):
        reason = f"only {len(use.periods)} periods: too few to look for a date in"
    none = Changes(theme=theme, grain=panel.grain, points=(), p=None, dispersion=None, reason=reason)
    if reason is not None:
        return none
    name = f"{seed}|{theme}|{figure}"
    gate = _sup_p(use, f"gate|{name}")
    found, dispersion = proposals(use) if gate <= level else ([], None)
    kept = _standing(use, found, name, level)
    kept = _standing(use, dated(use, kept, SHORTEST[panel.grain]), name, level)
    points = tuple(_changepoint(use, kept, k, p, figure, name) for k, p in enumerate(_window_ps(use, kept, name)))
    return Changes(
        theme=theme, grain=panel.grain, points=points, p=gate, dispersion=dispersion,
        drift_fits_as_well=bool(points) and _drift_fits(use, kept, dispersion or 1.0, name),
    )  # fmt: skip


def _candidates(panel: Panel) -> list[int]:
    shortest = SHORTEST[panel.grain]
    return list(range(shortest, len(panel.periods) - shortest + 1))


def _step_scores(panel: Panel, starts: Sequence[int]) -> tuple[list[int], Scores, Floats]:
    """The dates that can be told, their scores, and the information of each."""
    null = fitted(panel.hits, panel.exposure, season_waves(panel))
    found = scores(null, steps_at(panel, starts))
    information = np.diag(found.information)
    told = information >= LEAST_INFORMATION * max(information.max(initial=0.0), 1e-9)
    places = [start for start, keep in zip(starts, told, strict=True) if keep]
    of_told = Scores(
        by_column=found.by_column[:, told], information=found.information[np.ix_(told, told)], by_blog=found.by_blog[:, told]
    )  # fmt: skip
    return places, of_told, information[told]


def _sup_p(panel: Panel, name: str) -> float:
    use = informative(panel, panel.years)
    starts = _candidates(panel)
    if len(use.blogs) < FEWEST_FOR_SIGNS or not starts:
        return 1.0
    places, found, information = _step_scores(use, starts)
    return p_of_sup(found.by_column, information, signs(len(use.blogs), name)) if places else 1.0


def proposals(panel: Panel) -> tuple[list[int], float]:
    """Where the segments of least cost begin, and the dispersion φ of the sector's counts from period to period."""
    waves = season_waves(panel)
    starts: list[int] = []
    dispersion = 1.0
    seen: set[tuple[int, ...]] = set()
    for _ in range(ROUNDS):
        fit = fitted(panel.hits, panel.exposure, np.column_stack([steps_at(panel, starts), waves]))
        lift = np.exp(fit.features[:, : len(starts)] @ fit.theta[: len(starts)])
        dispersion = _dispersion(panel.hits.sum(axis=0), fit.means.sum(axis=0) / lift)
        weight = 1 / dispersion_by_blog(panel, fit.means)
        y, due = weight @ panel.hits, weight @ fit.means / lift  # what levels, words and season alone make due
        cost = quasi_poisson_cost(y, due, _dispersion(y, due))
        new = best_segments(len(y), cost, penalty("bic", len(y), "poisson"), SHORTEST[panel.grain])
        if new == starts or tuple(new) in seen:
            break
        seen.add(tuple(new))
        starts = new
    return starts, dispersion


def _dispersion(hits: Floats, due: Floats) -> float:
    """φ from neighbouring periods, so that a change of level does not count as noise (Rice 1984)."""
    there = due > 0
    y, e = hits[there], due[there]
    if len(y) < 3:
        return 1.0
    apart = np.diff(y / e) ** 2
    level = (y[1:] + y[:-1]) / (e[1:] + e[:-1])
    noise = level * (1 / e[1:] + 1 / e[:-1])
    usable = noise > 0
    return max(1.0, float(apart[usable].sum() / noise[usable].sum())) if usable.any() else 1.0


def _window_ps(panel: Panel, starts: Sequence[int], name: str) -> list[float]:
    edges = [0, *starts, len(panel.periods)]
    return [
        _sup_p(panel.part(before, after), f"window|{before}|{after}|{name}")
        for before, after in zip(edges, edges[2:], strict=False)
    ]


def _standing(panel: Panel, starts: Sequence[int], name: str, level: float) -> list[int]:
    kept = list(starts)
    while kept:
        ps = _window_ps(panel, kept, name)
        if max(ps) <= level / len(kept):
            break
        kept.pop(int(np.argmax(ps)))
    return kept


def _changepoint(panel: Panel, starts: Sequence[int], k: int, p: float, figure: Figure, name: str) -> Changepoint:
    edges = [0, *starts, len(panel.periods)]
    others = [start for start in starts if start != starts[k]]
    features = np.column_stack([steps_at(panel, others), season_waves(panel)])
    apart = without_months(panel, starts[k])
    found = effect(apart, steps_at(panel, [starts[k]])[:, 0], features, f"step|{starts[k]}|{name}")
    earliest, latest = _date_interval(panel.part(edges[k], edges[k + 2]), starts[k] - edges[k], name)
    period = panel.periods[starts[k]]
    return Changepoint(
        period=period.name, start=period.start, earliest=panel.periods[edges[k] + earliest].start,
        latest=panel.periods[edges[k] + latest].start, p=p,
        step=tested(found, panel, figure, "step", "blogs with posts before and after"),
    )  # fmt: skip


def _date_interval(panel: Panel, start: int, name: str) -> tuple[int, int]:
    """First and last place that its date may have, at 95 %."""
    use = informative(panel, panel.years)
    starts = _candidates(panel)
    if not starts or not use.blogs:
        return start, start
    places, found, _ = _step_scores(use, starts)
    return date_interval(found, places, start, name)


def _drift_fits(panel: Panel, starts: Sequence[int], dispersion: float, name: str) -> bool:
    """Whether a drift is no worse by quasi-BIC (it costs one number, a step two), or explains a step to the blogs' satisfaction."""
    waves = season_waves(panel)
    steps = fitted(panel.hits, panel.exposure, np.column_stack([steps_at(panel, starts), waves]))
    line = fitted(panel.hits, panel.exposure, np.column_stack([panel.years, waves]))
    price = np.log(len(panel.periods))
    if line.deviance / dispersion + price <= steps.deviance / dispersion + 2 * len(starts) * price:
        return True
    turned = signs(len(panel.blogs), f"beside a drift|{name}")
    for start in starts:
        others = steps_at(panel, [other for other in starts if other != start])
        beside = fitted(panel.hits, panel.exposure, np.column_stack([panel.years, others, waves]))
        if p_of_sum(scores(beside, steps_at(panel, [start])).by_column[:, 0], turned) > ALPHA:
            return True
    return False
