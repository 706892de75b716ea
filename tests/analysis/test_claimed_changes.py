"""Steps over many themes: a p that one theme would pass is not enough where twenty were looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.change_words import changes_said, plainest
from analysis.changepoint import Changepoint, Changes
from analysis.claimed_changes import claimed_changes
from analysis.findings import all_findings
from analysis.records import ChangeTest
from analysis.terminal import glance_lines

STEP = ChangeTest(
    figure="rate", per="step", ratio=2.0, low=1.5, high=2.6, p=0.001, method="signs", blogs=9, hits=900
)  # fmt: skip


def changed(theme: str, p: float | None, *steps: float) -> Changes:
    """A theme with steps at these p."""
    points = tuple(
        Changepoint(period=f"201{k}-01", start=date(2010 + k, 1, 1), earliest=date(2010 + k, 1, 1),
                    latest=date(2010 + k, 3, 1), p=step, step=STEP)
        for k, step in enumerate(steps)
    )  # fmt: skip
    return Changes(theme=theme, grain="month", points=points, p=p, dispersion=1.0, reason=None if p else "few blogs")


def never(theme: str, level: float) -> Changes:
    raise AssertionError(f"{theme} was looked through again")


def test_of_many_themes_the_one_by_chance_is_not_claimed() -> None:
    found = claimed_changes(
        [changed("a", 0.03, 0.03), *(changed(f"t{k}", 0.5) for k in range(9)), changed("few", None)], never
    )
    assert found[0].points == () and found[0].p == 0.03 and found[0].q == pytest.approx(0.3)
    assert changes_said(found[0]) == ["No changepoint is shown (p = 0.03 for any, q = 0.3 over the themes)."]
    assert found[-1].q is None and "few blogs" in changes_said(found[-1])[0]


def test_a_step_that_stands_over_all_themes_is_claimed_with_both_p_and_q() -> None:
    found = claimed_changes([changed("a", 0.002, 0.002), *(changed(f"t{k}", 0.5) for k in range(9))], never)
    (point,) = found[0].points
    assert (point.p, point.q) == (0.002, pytest.approx(0.02)) and found[0].q == pytest.approx(0.02)
    assert "p = 0.002, q = 0.02 over the themes." in changes_said(found[0])[0]
    assert plainest(found[0]) == point
    assert plainest(replace(found[0], drift_fits_as_well=True)) is None


def test_one_theme_alone_is_not_corrected_for_others() -> None:
    (found,) = claimed_changes([changed("a", 0.04, 0.04)], never)
    assert found.points[0].q == found.q == 0.04


def test_several_steps_of_a_theme_are_looked_at_again_at_the_level_that_is_left() -> None:
    asked: list[tuple[str, float]] = []

    def again(theme: str, level: float) -> Changes:
        asked.append((theme, level))
        return changed(theme, 0.0002, 0.0002)

    themes = [changed("a", 0.0002, 0.0002, 0.02), *(changed(f"t{k}", 0.5) for k in range(9))]
    found = claimed_changes(themes, again)
    assert asked == [("a", pytest.approx(0.005))]
    assert [point.q for point in found[0].points] == [pytest.approx(0.002)]


def test_a_report_claims_steps_by_q_and_says_it_in_page_and_terminal(planted, report_input) -> None:
    shares = {2010: 0.1, 2011: 0.1, 2012: 0.9, 2013: 0.9}
    posts = planted(shares, blogs=[f"b{k}" for k in range(9)])
    cuts, volunteers = all_findings(report_input(posts))
    (point,) = cuts.changes.points
    assert point.period.startswith(("2011-1", "2012-0")) and point.q == cuts.changes.q == cuts.changes.p <= 0.05
    assert volunteers.changes.q is None
    told = {"themes": {"cuts": {"label": "Cuts", "newest_against_oldest": "more", "trend": {"points": []},
            "changes": {"p": 0.01, "drift_fits_as_well": False, "points": [
                {"p": 0.01, "start": "2012-01-01", "earliest": "2011-12-01", "latest": "2012-02-01", "period": "2012-01",
                 "step": {"ratio": 2.5}}]}}}}  # fmt: skip
    assert glance_lines(told)[1].endswith("+150 % from 2012-01")
