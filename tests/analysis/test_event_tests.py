"""Tests at a theme's named days: told with effect, interval, p and q over all of them, and marked where they are shown."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from analysis import changepoints, write_report
from analysis.chart_events import placed_events
from analysis.charts import NARROW, trend_spec
from analysis.corpus import Corpus
from analysis.drift import untested
from analysis.event_tests import DOWN, UP, corrected_events, event_tests, marks_of
from analysis.findings import all_findings
from analysis.panel import panel_of
from analysis.theme_file import Event


@pytest.fixture
def stepping(planted):
    """Ten blogs that write of cuts from 2012 on."""
    return planted({2010: 0.1, 2011: 0.1, 2012: 0.9, 2013: 0.9, 2014: 0.9}, blogs=[f"b{k}" for k in range(10)])


def test_a_day_on_which_the_level_changed_is_shown_and_the_quiet_one_is_not(stepping, lexicon) -> None:
    theme = replace(
        lexicon["cuts"], events=(Event(day=date(2012, 1, 1), label="A budget"), Event(day=date(2013, 6, 1), label="Quiet"),
                                 Event(day=date(1990, 1, 1), label="Too early")),
    )  # fmt: skip
    ((budget, quiet),) = corrected_events([event_tests(Corpus(stepping), theme)])
    assert (budget.number, budget.event.label, budget.mark) == (1, "A budget", UP)
    assert budget.found.level.q >= budget.found.level.p and budget.found.level.low > 1.5
    assert quiet.mark == "" and quiet.found.level.q > 0.05
    assert marks_of((budget, quiet)) == {budget.event: UP}
    fallen = replace(budget, found=replace(budget.found, level=replace(budget.found.level, ratio=0.5)))
    assert fallen.mark == DOWN


def test_a_step_a_year_later_is_not_laid_at_the_days_door(stepping, lexicon) -> None:
    theme = replace(lexicon["cuts"], events=(Event(day=date(2011, 1, 15), label="A year too early"),))
    posts = Corpus(stepping)
    (blamed,) = corrected_events([event_tests(posts, theme)])[0]
    found = changepoints(posts, "cuts")
    (freed,) = corrected_events([event_tests(posts, theme, found.points)])[0]
    assert found.points and freed.mark == "" and freed.found.level.p > blamed.found.level.p
    on_time = replace(theme, events=(Event(day=found.points[0].start, label="That month"),))
    assert event_tests(posts, on_time, found.points) == event_tests(posts, on_time)


def test_q_is_over_all_days_of_all_themes_levels_and_drifts_together(stepping, lexicon) -> None:
    tests = event_tests(
        Corpus(stepping), replace(lexicon["cuts"], events=(Event(day=date(2012, 1, 1), label="A budget"),))
    )
    none = replace(
        tests[0].found,
        **{
            part: untested(panel_of(stepping, "cuts", "month"), "rate", "step", "too few")
            for part in ("level", "drift")
        },
    )
    ((alone,), (other, untold)) = corrected_events([tests, (tests[0], replace(tests[0], found=none))])
    ps = [tests[0].found.level.p, tests[0].found.drift.p] * 2
    assert alone.found.level.q == pytest.approx(min(4 * sorted(ps)[1] / 2, max(ps)))
    assert other.found == alone.found and untold.found.level.q is None and untold.mark == ""


def test_the_mark_stands_behind_the_name_or_the_number(stepping) -> None:
    event = Event(day=date(2012, 1, 1), label="A budget")
    for numbers, text in ((False, "1 A budget ▲"), (True, "1▲")):
        (placed,) = placed_events([(1, event)], (2010.0, 2015.0), 660, numbers=numbers, marks={event: UP})
        assert placed["text"] == text


def test_the_page_the_chart_and_the_files_have_them_with_the_caveat(stepping, report_input, tmp_path) -> None:
    report = report_input(stepping)
    cuts, volunteers = all_findings(report)
    assert [one.event.label for one in cuts.events] == ["A budget", "Another budget"] and volunteers.events == ()
    html = write_report(tmp_path, report).read_text(encoding="utf-8")
    assert html.count("Tests at its named days") == 1
    assert "an event chosen after looking at the data proves nothing" in html
    assert "over all 4 tests at named days" in html
    with (tmp_path / "files" / "csv" / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["day"], row["part"]) for row in rows] == [
        ("2012-04-01", "level"), ("2012-04-01", "drift"), ("2014-06-01", "level"), ("2014-06-01", "drift"),
    ]  # fmt: skip
    assert all(float(row["q"]) >= float(row["p"]) for row in rows if row["p"])
    spec = trend_spec(cuts.trend, "rate", cuts.theme.events, NARROW, marks={cuts.events[0].event: UP})
    assert any(layer.get("mark", {}).get("text") == "1▲" for layer in spec["layer"] if isinstance(layer["mark"], dict))
