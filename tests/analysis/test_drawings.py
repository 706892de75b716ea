"""The charts of changepoints, composition and single blogs; and what the page says beside them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import charts, trend
from analysis.change_words import changes_said
from analysis.changepoint import Changepoint, Changes
from analysis.chart_changes import change_layers, shown_changes
from analysis.chart_composition import LANE, composition_chart, composition_spec, spread
from analysis.findings import theme_findings
from analysis.multiples import MOST_BLOGS, multiples
from analysis.palette import PALETTE, dark_rules
from analysis.records import ChangeTest
from analysis.theme_drawings import drawn_theme

STEP = ChangeTest(figure="rate", per="step", ratio=2.0, low=1.5, high=2.7, p=0.001, method="signs", blogs=9, hits=300)
CHANGED = Changes(
    theme="cuts", grain="month", p=0.001, dispersion=1.4,
    points=(Changepoint(period="2012-04", start=date(2012, 4, 1), earliest=date(2012, 1, 1), latest=date(2012, 9, 1), p=0.001, step=STEP),),
)  # fmt: skip
NOT_DATED = replace(CHANGED, drift_fits_as_well=True)


@pytest.fixture(scope="module")
def line(planted):
    years = {2010: 0.2, 2011: 0.2, 2012: 0.5, 2014: 0.5}
    posts = planted(years, blogs=("ash", "birch", "cedar")) + planted({2014: 0.9}, blogs=("dogwood",))
    return trend(posts, "cuts", resamples=100)


def test_a_changepoint_is_a_rule_on_a_band_as_wide_as_its_date_is_uncertain(line):
    spec = charts.trend_spec(line, "rate", changes=CHANGED)
    altair.LayerChart.from_dict(spec, validate=True)
    band, rule, words = spec["layer"][:3]
    (ends,) = band["data"]["values"]
    assert ends == {"x": 2012.0, "end": pytest.approx(2012 + 244 / 366)}
    assert rule["data"]["values"] == [{"x": pytest.approx(2012 + 91 / 366)}]
    assert words["mark"]["text"] == "from 2012-04"
    assert len(charts.trend_spec(line, "rate")["layer"]) == len(spec["layer"]) - 3


def test_no_date_is_drawn_or_marked_where_a_drift_describes_it_as_well(line):
    assert list(change_layers(NOT_DATED, {}, (2010, 2015), 100)) == []
    assert shown_changes(NOT_DATED) == ()
    assert "do not speak of dates" in changes_said(NOT_DATED)[-1]


def test_a_date_that_is_uncertain_by_years_is_neither_drawn_nor_named(line):
    (point,) = CHANGED.points
    vague = replace(CHANGED, points=(replace(point, earliest=date(2010, 1, 1)),))
    assert [layer["mark"]["type"] for layer in change_layers(vague, {}, (2010, 2015), 100)] == ["rect"]
    assert "The date of 2012-04 is uncertain by years: do not name it." in changes_said(vague)
    assert not any("do not name" in said for said in changes_said(CHANGED))


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_the_composition_chart_names_every_line_at_its_end(line, width):
    altair.LayerChart.from_dict(composition_spec(line, width), validate=True)
    svg = composition_chart(line, name="c", label="C", width=width)
    words = ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert {"all posts", "levels taken out", "equal weight", "same blogs"} <= set(words)
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', svg))
    assert used <= {day for day, _ in PALETTE.values()}
    assert all(colour in dark_rules() for colour in used)


def test_a_single_line_is_no_comparison(planted):
    assert (
        composition_chart(trend(planted({2010: 0.5}, blogs=("ash",)), "cuts", resamples=100), name="c", label="C") == ""
    )


@given(st.lists(st.floats(0, 170), max_size=4))
def test_names_of_lines_never_lie_upon_each_other(heights):
    placed = spread([(str(n), at) for n, at in enumerate(heights)], 170)
    assert sorted(name for name, _ in placed) == sorted(str(n) for n in range(len(heights)))
    assert all(after - before >= LANE - 1e-9 for (_, before), (_, after) in itertools.pairwise(placed))
    assert all(at <= 170 + 1e-9 for _, at in placed)


def test_small_multiples_tell_no_posts_from_no_hits_and_few_from_many(post, planted):
    posts = [*planted({2010: 0.5, 2012: 0.0}, blogs=("ash", "birch")), post("birch", date(2013, 1, 1), "austerity")]
    found = multiples(posts, "cuts", {"ash": "Ash Notes"})
    assert [(one.blog, one.name) for one in found.charts] == [("birch", "birch"), ("ash", "Ash Notes")]
    assert (found.top, found.first, found.last) == (0.5, 2010, 2013)
    birch, ash = (ElementTree.fromstring(one.svg) for one in found.charts)
    label = ash.attrib["aria-label"].replace("\u00a0", " ")
    assert label == "Share of posts: 2010 50 % of 20, 2012 0 % of 20"
    bars = list(birch)[1:]
    assert [bar.attrib["fill"] for bar in bars].count(PALETTE["quiet"][0]) == 3, "a foot for every year with posts"
    assert [bar.attrib["fill"] for bar in bars].count("none") == 1, "one post is hollow"


def test_small_multiples_are_those_of_the_blogs_with_most_posts(planted):
    posts = planted({2010: 0.5}, blogs=[f"b{n:02}" for n in range(15)], each=2) + planted({2010: 0.5}, blogs=("loud",))
    found = multiples(posts, "cuts", {})
    assert len(found.charts) == MOST_BLOGS
    assert (found.charts[0].blog, found.blogs) == ("loud", 16)
    assert multiples(planted({2010: 0.5}, blogs=("ash",)), "cuts", {}) is None
    assert multiples([], "cuts", {}) is None


def test_the_page_says_every_test_in_words(planted, report_input):
    report = report_input(planted(dict.fromkeys(range(2010, 2016), 0.3), blogs=("ash", "birch", "cedar", "dogwood")))
    drawn = drawn_theme(theme_findings(report, "cuts"), report.posts, {})
    said = " ".join(drawn.tests).replace("\u00a0", " ")
    for words in ("drift of the rate", "drift of the share of posts", "Mann–Kendall", "Changepoints: not looked for"):
        assert words in said
    assert drawn.changes == ()
    assert drawn.composition_said
