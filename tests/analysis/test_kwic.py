"""A concordance shows every hit with the words around it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from analysis import changepoints, concordance
from analysis.change_words import changes_said, drift_said, percent_change
from analysis.changepoint import Changepoint, Changes
from analysis.figures import NBSP
from analysis.records import ChangeTest
from analysis.terminal import kwic_lines, share_line, sparkline, trend_lines
from analysis.themes import ThemesBroken
from analysis.trends import trend

TEXT = "We lost two posts.\n\nThe  budget\ncuts, said Ada, were “fair”; austerity, she said, was not. Austerity!"


def test_a_term_with_its_context(post):
    lines = list(concordance([post("ash", date(2012, 3, 4), TEXT)], "budget cuts", width=3))
    assert [(line.left, line.keyword, line.right) for line in lines] == [
        ("two posts. The", "budget cuts", ", said Ada, were")
    ]
    assert (lines[0].blog, lines[0].published) == ("ash", date(2012, 3, 4))


def test_a_theme_gives_all_of_its_hits_in_the_order_of_the_posts(post, lexicon):
    posts = [post("birch", date(2013, 1, 1), "Austerity."), post("ash", date(2012, 3, 4), TEXT)]
    keywords = [line.keyword for line in concordance(posts, "cuts", lexicon)]
    assert keywords == ["Austerity", "budget cuts", "austerity", "Austerity"]


def test_term_in_front_means_the_word_not_the_theme(post, lexicon):
    posts = [post("ash", date(2012, 3, 4), TEXT)]
    assert [line.keyword for line in concordance(posts, "term:cuts", lexicon, width=1)] == ["cuts"]


def test_no_context_is_no_context(post):
    (line,) = concordance([post("ash", date(2012, 3, 4), TEXT)], "fair", width=0)
    assert (line.left, line.right) == ("", "")


def test_a_term_that_cannot_be_read_is_refused_at_once(post):
    with pytest.raises(ThemesBroken, match="not patterns"):
        concordance([], "cuts?|axes")
    with pytest.raises(ValueError, match="0 or more"):
        concordance([], "cuts", width=-1)


def test_keywords_stand_under_each_other(post, lexicon):
    posts = [post("ash", date(2012, 3, 4), TEXT), post("birch", date(2013, 1, 1), "Austerity begins.")]
    lines = kwic_lines(concordance(posts, "cuts", lexicon), columns=80)
    assert len({line.casefold().index(word) for line, word in zip(lines[1:], ["austerity"] * 3, strict=True)}) == 1
    assert lines[0].startswith("2012-03-04  ash  ")
    assert len(kwic_lines(concordance(posts, "cuts", lexicon), most=2)) == 2


def test_a_sparkline_tells_a_gap_from_a_zero():
    assert sparkline([0, 0.5, None, 1]) == "▁▅·█"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([]) == ""


def test_a_year_of_too_few_posts_is_no_bar(planted, post):
    """One post of two in the last year would stand above all others."""
    posts = planted({2010: 0.1, 2011: 0.2}) + [
        post("ash", date(2012, 1, 1), "Budget cuts.", number=1), post("ash", date(2012, 2, 1), "Tea.", number=2)
    ]  # fmt: skip
    found = trend(posts, "cuts")
    assert share_line(found.points) == "▅█·"
    heading, _, _, first, second, third, *_ = trend_lines(found, "Cuts")
    assert heading.startswith("Cuts  ▅█·  ")
    assert [line.count("█") for line in (first, second, third)] == [10, 20, 0]


def test_trend_lines_hold_the_figures_and_the_warnings(planted):
    lines = trend_lines(trend(planted({2010: 0.1, 2012: 0.5}), "cuts", resamples=100), "Cuts")
    assert lines[0].startswith("Cuts  ▂·█")
    row = next(line for line in lines if line.startswith("2012"))
    assert row.split()[:4] == ["2012", "60", "30", "50"]
    assert "38–62 %" in row
    assert any(line.startswith("! No posts at all in 2011") for line in lines)


def test_the_terminal_shows_other_lines_and_tests(planted):
    posts = planted({2010 + k: 0.1 + 0.1 * k for k in range(6)}, blogs=[f"b{k}" for k in range(7)])
    lines = trend_lines(trend(posts, "cuts", resamples=100), "Cuts", changepoints(posts, "cuts"))
    assert any(line.startswith("rate, blogs' levels taken out") and line.endswith("█") for line in lines)
    assert any(line.startswith("The rate drifts: +") and "p = 0.016; 7 blogs" in line for line in lines)
    assert any(line.startswith("By years (6, the adjusted line): Mann–Kendall τ = 1.00") for line in lines)
    still = trend_lines(trend(posts, "volunteers", resamples=100), "Volunteers", changepoints(posts, "volunteers"))
    assert "Drift of the rate: not tested (only 0 hits: fewer than 20 can show no change)." in still
    assert "Changepoints: not looked for (only 0 hits: fewer than 20 can show no change)." in still


def test_colour_does_not_move_the_columns_and_a_text_cannot_steer_the_terminal(post, lexicon):
    posts = [
        post("ash", date(2012, 3, 4), "The \x1b[2J budget cuts came."),
        post("birch", date(2013, 1, 1), "No austerity."),
    ]
    plain, coloured = (kwic_lines(concordance(posts, "cuts", lexicon), columns=80, colour=yes) for yes in (False, True))
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in coloured] == plain
    assert "\x1b[2J" not in coloured[0] and "\x1b[1;36mbudget cuts\x1b[0m" in coloured[0]


def test_changes_are_told_with_their_doubt():
    day = date(2012, 4, 1)
    step = ChangeTest(
        figure="rate", per="step", ratio=2.0, low=1.5, high=None, p=0.01, method="signs", blogs=9, hits=99
    )
    point = Changepoint(
        period="2012-04", start=day, earliest=date(2012, 2, 1), latest=date(2012, 6, 1), p=0.004, step=step
    )
    changes = Changes(theme="cuts", grain="month", points=(point,), p=0.01, dispersion=2.0, drift_fits_as_well=True)
    assert [said.replace(NBSP, " ") for said in changes_said(changes)] == [
        "From 2012-04 on (95 %: 2012-02 to 2012-06) it differs: +100 % (95 %: +50 % to any rise); p = 0.004.",
        "A steady drift describes the series as well as these steps: do not speak of dates.",
    ]
    assert changes_said(replace(changes, points=())) == ["No changepoint is shown (p = 0.01 for any)."]
    assert drift_said(replace(step, q=0.2)).startswith(f"No steady drift of the rate is shown: +100{NBSP}% a year")
    assert [percent_change(ratio).replace(NBSP, " ") for ratio in (12.0, 0.05, 0.95, 1.5, 2e5)] == [
        "×12", "÷20", "−5.0 %", "+50 %", "over ×1,000",
    ]  # fmt: skip
