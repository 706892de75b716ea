"""Tests of change over blogs: what is planted is found, and what only looks like a change is not claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import changepoints, trend
from analysis.adjusted import adjusted_line, equal_blogs_line, is_linked, yearly_ranks
from analysis.blog_effects import fitted
from analysis.blog_tests import p_of_sum, signs
from analysis.change_words import changes_said, event_said
from analysis.changepoint import panel_changes, proposals
from analysis.count_models import poisson
from analysis.drift import corrected, drift, interrupted, season
from analysis.findings import all_findings
from analysis.panel import Panel, panel_of
from analysis.periods import periods_between
from analysis.records import Grain
from analysis.trends import side_by_side

MONTHS = np.arange(96)


def made(rates: np.ndarray, words: np.ndarray | float = 3000.0, *, seed: int = 0, grain: Grain = "month") -> Panel:
    """Poisson hits at ``rates`` per 10,000 words, blogs × periods, from 2010 on."""
    words = np.broadcast_to(np.asarray(words, dtype=float), rates.shape).copy()
    hits = np.random.default_rng(seed).poisson(words * rates / 10_000).astype(float)
    periods = tuple(periods_between(date(2010, 1, 1), date(2060, 1, 1), grain))[: rates.shape[1]]
    return Panel(blogs=tuple(f"b{k}" for k in range(len(rates))), periods=periods, hits=hits, exposure=words)


def level(blogs: int = 8, rate: float = 12.0) -> np.ndarray:
    """Flat series of blogs that differ in level."""
    return np.outer(np.linspace(0.5, 1.5, blogs) * rate, np.ones(len(MONTHS)))


def test_levels_need_not_be_estimated() -> None:
    """The same slope as a Poisson regression with a dummy for each blog."""
    panel = made(level() * np.exp(0.1 * MONTHS / 12))
    found = fitted(panel.hits, panel.exposure, panel.years[:, None])
    dummies = np.kron(np.eye(8), np.ones((96, 1)))
    design = np.column_stack([dummies, np.tile(panel.years, 8)])
    reference = poisson(panel.hits.ravel(), design, panel.exposure.ravel())
    assert found.theta[0] == pytest.approx(reference.coef[-1], rel=1e-8)


def test_a_planted_drift_is_found_and_its_ratio_covered() -> None:
    found = drift(made(level() * np.exp(0.15 * MONTHS / 12)))
    assert found.p < 0.02 and found.method == "signs" and found.blogs == 8
    assert found.low < np.exp(0.15) < found.high
    assert found.low < found.ratio < found.high


def test_a_late_loud_blog_is_no_drift_but_the_same_blogs_drifting_is() -> None:
    rates, words = level(), np.full((8, 96), 3000.0)
    rates[7], words[7, :60], words[7, 60:] = 90.0, 0.0, 30_000.0
    panel = made(rates, words)
    raw = panel.hits.sum(axis=0) / panel.exposure.sum(axis=0)
    assert raw[60:].mean() > 3 * raw[:60].mean()
    assert drift(panel).p > 0.05
    assert panel_changes(panel).points == ()
    line = adjusted_line(panel)
    assert max(point.rate for point in line) / min(point.rate for point in line) < 3


def test_one_blog_that_changes_is_not_the_sector() -> None:
    rates = level()
    rates[0] *= np.where(MONTHS < 48, 1, 6)
    assert drift(made(rates)).p > 0.05
    assert panel_changes(made(rates)).points == ()


def test_a_planted_step_is_dated_and_measured() -> None:
    found = panel_changes(made(level() * np.where(MONTHS < 40, 1.0, 2.0)), "cuts")
    (change,) = found.points
    assert change.period == "2013-05"
    assert change.earliest <= date(2013, 5, 1) <= change.latest
    assert change.step.low < 2 < change.step.high
    assert found.p < 0.05 and not found.drift_fits_as_well


def test_a_theme_that_begins_has_a_date_and_a_least_ratio() -> None:
    found = panel_changes(made(level() * np.where(MONTHS < 60, 0.0, 1.0)))
    (change,) = found.points
    assert change.period == "2015-01" and change.step.ratio is None and change.step.high is None
    assert change.step.low > 20 and change.step.p < 0.02
    assert (
        changes_said(found)[0]
        .split(") it ")[1]
        .startswith("differs: from no hit at all (95\u00a0%: over ×1,000 to any rise)")
    )


def test_two_steps_are_both_dated() -> None:
    shape = np.select([MONTHS < 30, MONTHS < 66], [1.0, 2.5], 1.2)
    starts = [change.start for change in panel_changes(made(level(10) * shape)).points]
    assert starts == [date(2012, 7, 1), date(2015, 7, 1)]


def test_a_drift_is_not_sold_as_a_step() -> None:
    assert panel_changes(made(level() * np.exp(0.25 * MONTHS / 12))).drift_fits_as_well


def test_a_season_is_neither_drift_nor_step_and_is_found_as_what_it_is() -> None:
    panel = made(level() * np.exp(0.7 * np.cos(2 * np.pi * (MONTHS - 11) / 12)))
    assert drift(panel).p > 0.05
    assert panel_changes(panel).points == ()
    wave = season(panel)
    assert wave.p < 0.02 and wave.peak_month in {11, 12, 1} and wave.ratio > 2.5
    assert season(made(level())).p > 0.05
    assert season(panel.part(0, 20)) is None


def test_an_event_changes_the_level_and_a_drift_before_it_is_not_the_event() -> None:
    drifting = level(12) * np.exp(0.2 * MONTHS / 12)
    found = interrupted(made(drifting * np.where(MONTHS < 48, 1, 1.8)), date(2014, 1, 10))
    assert found.level.p < 0.05 and found.level.low < 1.8 < found.level.high
    assert interrupted(made(drifting), date(2014, 1, 1)).level.p > 0.05
    said = event_said(found)
    assert said[0].startswith("From 2014-01-10 on, beside the drift before it: the level +") and "a year" in said[1]
    assert event_said(interrupted(made(level(2)), date(2014, 1, 1)))[0].startswith(
        "2014-01-01: not tested (fewer than three"
    )
    assert "before or after" in interrupted(made(drifting), date(2010, 2, 1)).level.reason


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        (made(level(8, 0.02)), "fewer than 20"),
        (made(level(2)), "fewer than three blogs"),
        (made(level()).part(0, 3), "only 3 periods"),
    ],
)
def test_too_little_says_so(panel: Panel, said: str) -> None:
    found = drift(panel)
    assert said in found.reason and found.ratio is found.p is None and found.method == "none"


def test_a_date_needs_enough_blogs() -> None:
    few = panel_changes(made(level(5) * np.where(MONTHS < 40, 1, 3)))
    assert few.points == () and few.p is None and "only 5 blogs" in few.reason
    assert drift(made(level(5) * np.exp(0.3 * MONTHS / 12))).method == "t"


def test_lines_that_a_changing_panel_cannot_move() -> None:
    yearly = np.outer([10.0, 20.0, 80.0], np.linspace(1, 2, 8))
    words = np.full((3, 8), 1e7)
    words[2, :5] = 0
    panel = made(yearly, words, grain="year")
    line = adjusted_line(panel)
    rates = [point.rate for point in line]
    assert rates[-1] / rates[0] == pytest.approx(2, rel=0.02)
    assert [point.rate for point in equal_blogs_line(panel)][:2] == pytest.approx([15, 15 * 8 / 7], rel=0.02)
    assert all(point.low < point.rate < point.high for point in line[5:])
    assert all(point.low is None for point in line[:5])  # two blogs are too few
    ranks = yearly_ranks(panel)
    assert (ranks.line, ranks.tau) == ("adjusted", 1) and ranks.low <= ranks.slope <= ranks.high


def test_the_only_hit_of_a_blog_makes_no_line_explode() -> None:
    """One blog alone in the first year, and its only hit there."""
    words = np.full((4, 6), 1e5)
    words[1:, 0] = 0
    panel = made(np.full((4, 6), 5.0), words, grain="year")
    panel.hits[0] = [1, 0, 0, 0, 0, 0]
    rates = [point.rate for point in adjusted_line(panel)]
    assert rates[0] / np.median(rates[1:]) < 40
    assert all(2 < rate < 10 for rate in rates[1:])


def test_a_year_with_hardly_a_word_is_no_point_for_ranks() -> None:
    words = np.full((4, 7), 1e5)
    words[:, 6] = 1e3
    assert yearly_ranks(made(np.full((4, 7), 50.0), words, grain="year")).years == 6


def test_periods_that_no_blog_ties_together_get_no_adjusted_line() -> None:
    words = np.full((4, 6), 1e5)
    words[:2, 3:] = 0
    words[2:, :3] = 0
    panel = made(np.full((4, 6), 50.0), words, grain="year")
    assert not is_linked(panel) and adjusted_line(panel) == () and yearly_ranks(panel).line == "raw"


def test_a_trend_carries_its_tests(planted) -> None:
    rising = {2010 + k: 0.1 + 0.1 * k for k in range(6)}
    posts = planted(rising, blogs=[f"b{k}" for k in range(7)])
    line = trend(posts, "cuts", resamples=100)
    assert line.drift.ratio > 1.2 and line.drift.p == 1 / 64 and line.share_drift.p == 1 / 64
    assert line.ranks.tau == 1
    assert [point.rate for point in line.adjusted] == pytest.approx([point.rate for point in line.points], rel=0.1)
    still = trend(posts, "volunteers", resamples=100)
    assert still.drift.p is None and still.adjusted == ()
    both = side_by_side([line, still])
    assert both[0].drift.q == line.drift.p and both[1].drift.q is None
    assert changepoints(posts, "cuts", period="quarter") == changepoints(posts[::-1], "cuts", period="quarter")


def test_the_panel_counts_what_the_trend_counts(planted) -> None:
    posts = planted({2010: 0.5, 2012: 0.5})
    panel = panel_of(posts, "cuts", "year", "share")
    assert panel.exposure.tolist() == [[20, 0, 20]] * 3 and panel.hits.tolist() == [[10, 0, 10]] * 3
    assert panel_of([], "cuts", "year").blogs == ()


@given(st.lists(st.floats(-50, 50), min_size=6, max_size=9))
@settings(max_examples=50, deadline=None)
def test_signs_give_a_p_that_turning_the_data_round_does_not_change(values: Sequence[float]) -> None:
    scores = np.array(values)
    turned = signs(len(scores), "x")
    p = p_of_sum(scores, turned)
    assert 2.0 ** (1 - len(scores)) <= p <= 1
    assert p == p_of_sum(-scores, turned)


def test_drawn_signs_are_the_same_for_the_same_name() -> None:
    assert (signs(20, "a") == signs(20, "a")).all() and (signs(20, "a") != signs(20, "b")).any()
    assert (signs(20, "a")[0] == 1).all()


def test_segments_do_not_follow_a_newcomer() -> None:
    rates, words = level(), np.full((8, 96), 3000.0)
    rates[7], words[7, :60] = 90.0, 0.0
    starts, dispersion = proposals(made(rates * np.where(MONTHS < 30, 1, 2.2), words))
    assert starts == [30] and 1 <= dispersion < 1.7


def test_a_correction_over_themes_leaves_out_what_was_not_tested() -> None:
    one, none = drift(made(level())), drift(made(level(2)))
    assert [test.q for test in corrected([none, one, none])] == [None, one.p, None]


def test_a_reports_findings_carry_changes_and_corrected_tests(planted, report_input) -> None:
    posts = planted({2010 + k: 0.1 + 0.1 * k for k in range(6)}, blogs=[f"b{k}" for k in range(7)])
    cuts, volunteers = all_findings(report_input(posts))
    assert cuts.trend.drift.q == cuts.trend.drift.p and volunteers.trend.drift.q is None
    assert cuts.changes.p is not None and "only 0 hits" in volunteers.changes.reason


@pytest.mark.parametrize("seed", [517, 2211])
def test_p_and_interval_never_contradict_each_other(seed):
    """A loud blog with a burst: no drift is rejected, but faster ones are not, so that the interval holds it. Then p says so too."""
    rng = np.random.default_rng(seed)
    blogs, years = int(rng.integers(3, 6)), tuple(periods_between(date(2003, 1, 1), date(2014, 1, 1), "year"))
    words = rng.integers(0, 3, (blogs, 12)) * rng.integers(50, 3000, (blogs, 12)) * 10.0
    rates = np.exp(rng.normal(-7.5, 1, (blogs, 1)) + rng.normal(0, 1.0, (blogs, 12)))
    rates[0] *= 30 * np.exp(-((np.arange(12) - rng.uniform(3, 10)) ** 2) / rng.uniform(2, 20))
    words[0, : int(rng.integers(0, 6))] = 0
    words[1, int(rng.integers(6, 12)) :] = 0
    hits = rng.poisson(words * rates).astype(float)
    found = drift(Panel(blogs=tuple("abcde"[:blogs]), periods=years, hits=hits, exposure=words))
    holds_none = (found.low is None or found.low < 1) and (found.high is None or found.high > 1)
    assert holds_none
    assert found.p > 0.05
