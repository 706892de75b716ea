"""Does a theme move? Steady drift, season, and a level that changes at a named day: tests over blogs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from analysis.blog_effects import fitted, scores
from analysis.blog_tests import FEWEST_FOR_SIGNS, Effect, effect, informative, signs
from analysis.keeping import kept
from analysis.multiplicity import adjusted
from analysis.panel import Figure, Floats, Panel
from analysis.periods import MONTHS
from analysis.records import ChangeTest
from analysis.trend_warnings import FEW_HITS

FEWEST_PERIODS = 4
SEASON_YEARS = 2  # a yearly wave cannot be told from a drift in less
WAVES = {"month": 2, "quarter": 1, "year": 0}  # yearly and half-yearly: a winter's peak is no sine
AROUND_EVENT = 6  # months that an event needs on either side


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The yearly wave: its highest over its lowest rate, the month of the year that is highest, and p over blogs."""

    ratio: float
    peak_month: int
    p: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """What changed at an event, beside the drift before it (Bernal et al. 2017): at once, and in the drift per year."""

    day: date
    level: ChangeTest
    drift: ChangeTest


def season_waves(panel: Panel) -> Floats:
    """Sine and cosine columns of the year; none where the grain is a year or the time too short to tell them."""
    months = MONTHS[panel.grain]
    waves = WAVES[panel.grain] if len(panel.periods) * months >= SEASON_YEARS * 12 else 0
    at = np.array([period.start.month - 1 + months / 2 for period in panel.periods]) / 12 * 2 * np.pi
    columns = [wave(k * at) for k in range(1, waves + 1) for wave in (np.sin, np.cos)]
    return np.column_stack(columns) if columns else np.zeros((len(panel.periods), 0))


@kept
def drift(panel: Panel, *, figure: Figure = "rate", name: str = "") -> ChangeTest:
    """The ratio per year of a steady drift, season aside. ``name`` fixes what is drawn, with the seed in it."""
    reason = too_little(panel)
    if reason is None:
        found = effect(panel, panel.years, season_waves(panel), f"drift|{name}")
        return tested(found, panel, figure, "year", "blogs with hits and two periods or more")
    return untested(panel, figure, "year", reason)


def too_little(panel: Panel) -> str | None:
    """Why nothing may be tested on ``panel``, if so."""
    hits = int(panel.hits.sum())
    if hits < FEW_HITS:
        return f"only {hits} hits: fewer than {FEW_HITS} can show no change"
    filled = int((panel.exposure.sum(axis=0) > 0).sum())
    if filled < FEWEST_PERIODS:
        return f"only {filled} periods with posts: a test needs {FEWEST_PERIODS}"
    return None


def tested(found: Effect | None, panel: Panel, figure: Figure, per: Literal["year", "step"], need: str) -> ChangeTest:
    """``found`` as a record, or why there is none."""
    if found is None:
        return untested(panel, figure, per, f"fewer than three {need}: this is about them, not about a sector")
    return ChangeTest(
        figure=figure, per=per, ratio=_finite(found.log_ratio), low=_finite(found.low), high=_finite(found.high), p=found.p,
        method=found.method, blogs=found.blogs, hits=int(panel.hits.sum()), wald_p=found.wald_p,
    )  # fmt: skip


def _finite(log: float) -> float | None:
    return math.exp(log) if math.isfinite(log) else None


def untested(panel: Panel, figure: Figure, per: Literal["year", "step"], reason: str) -> ChangeTest:
    """A record that says why there is no test."""
    blogs = int((panel.hits.sum(axis=1) > 0).sum())
    return ChangeTest(
        figure=figure, per=per, ratio=None, low=None, high=None, p=None, method="none", blogs=blogs,
        hits=int(panel.hits.sum()), reason=reason,
    )  # fmt: skip


def corrected(tests: Sequence[ChangeTest]) -> list[ChangeTest]:
    """The tests with q set over those that have a p: one for each theme, say."""
    q = iter(adjusted([test.p for test in tests if test.p is not None]))
    return [test if test.p is None else replace(test, q=next(q)) for test in tests]


def season(panel: Panel, *, name: str = "") -> Season | None:
    """The yearly wave beside a steady drift. None where the time is too short or hits too few."""
    columns = season_waves(panel)
    if not columns.shape[1] or too_little(panel):
        return None
    use = informative(panel, panel.years)
    if not use.blogs:
        return None
    straight = panel.years[:, None]
    full = fitted(use.hits, use.exposure, np.column_stack([straight, columns]))
    wave = columns @ full.theta[1:]
    by_month: dict[int, float] = {period.start.month: float(wave[k]) for k, period in enumerate(panel.periods)}
    peak = max(by_month, key=lambda month: (by_month[month], -month))
    ratio = math.exp(max(by_month.values()) - min(by_month.values()))
    if len(use.blogs) < FEWEST_FOR_SIGNS:
        return Season(ratio=ratio, peak_month=peak, p=None, reason=f"only {len(use.blogs)} blogs: no test")
    found = scores(fitted(use.hits, use.exposure, straight), columns)
    sums = signs(len(use.blogs), f"season|{name}") @ found.by_column
    apart = np.einsum("dk,kl,dl->d", sums, np.linalg.pinv(found.information), sums)
    return Season(ratio=ratio, peak_month=peak, p=float(np.mean(apart >= apart[0] * (1 - 1e-9))))


def interrupted(
    panel: Panel, day: date, *, others: Sequence[date] = (), figure: Figure = "rate", name: str = ""
) -> Interrupted:
    """The level and the drift from ``day`` on against those before it, season aside, and beside steps at the ``others`` that are
    far enough from it and from the ends. All must be chosen before looking."""
    after = _from(panel, day)
    least = max(2, AROUND_EVENT // MONTHS[panel.grain])
    reason = too_little(panel)
    if reason is None and min(after.sum(), (1 - after).sum()) < least:
        reason = f"fewer than {least} periods before or after {day.isoformat()}"
    if reason is not None:
        return Interrupted(
            day=day, level=untested(panel, figure, "step", reason), drift=untested(panel, figure, "year", reason)
        )
    begin = panel.years[int(np.argmax(after))]
    bend = np.maximum(0.0, panel.years - begin)
    steps = [_from(panel, other) for other in sorted(set(others) - {day})]
    steps = [step for step in steps if _apart(step, after) >= least and least <= step.sum() <= len(step) - least]
    rest = [panel.years[:, None], season_waves(panel), *steps]
    level = effect(panel, after, np.column_stack([*rest, bend]), f"level|{day}|{name}")
    change = effect(panel, bend, np.column_stack([*rest, after]), f"bend|{day}|{name}")
    need = "blogs with posts before and after"
    return Interrupted(
        day=day, level=tested(level, panel, figure, "step", need), drift=tested(change, panel, figure, "year", need)
    )


def _from(panel: Panel, day: date) -> Floats:
    """0 in the periods before ``day``, 1 from the one that holds it on."""
    return np.array([float(period.last_day >= day) for period in panel.periods])


def _apart(one: Floats, other: Floats) -> float:
    return float(np.abs(one - other).sum())
