"""Charts are valid, keep their gaps and their text, and hide nothing under each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import charts, trend
from analysis.chart_events import GAP, LETTER, placed_events, shown_events
from analysis.palette import PALETTE, dark_rules
from analysis.theme_file import Event


@pytest.fixture(scope="module")
def line(planted):
    posts = planted({2010: 0.1, 2011: 0.3, 2013: 0.5, 2014: 0.4}) + planted({2014: 0.9}, blogs=("dogwood",))
    return trend(posts, "cuts", resamples=100)


@pytest.fixture(scope="module")
def svg(line, lexicon):
    return charts.trend_chart(line, "share", name="cuts", label='Share & "more" <b>', events=lexicon["cuts"].events)


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
@pytest.mark.parametrize("figure", ["share", "rate"])
def test_the_descriptions_are_valid_vega_lite(line, lexicon, planted, figure, width):
    altair.LayerChart.from_dict(charts.trend_spec(line, figure, lexicon["cuts"].events, width), validate=True)
    altair.LayerChart.from_dict(charts.coverage_spec(planted({2010: 0.1}), {}, width), validate=True)


def test_a_chart_is_well_formed_has_real_text_and_needs_nothing_from_outside(svg):
    tree = ElementTree.fromstring(svg)
    words = ["".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"2010", "2013", "40%", "all blogs", "same blogs", "1 A budget", "2 Another budget"} <= set(words)
    assert tree.attrib["aria-label"] == 'Share & "more" <b>'
    assert not re.search(r"https?://(?!www\.w3\.org)", svg)
    assert not re.search(r"""(?:href|url\()[="'(]*(?!#)[a-z]""", svg.replace("xmlns:xlink", ""))


def test_colours_are_the_palette_and_turn_with_the_page(svg):
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', svg))
    assert used <= {day for day, _ in PALETTE.values()}
    assert all(colour in dark_rules() for colour in used)


def test_a_gap_breaks_the_line(line):
    spec = charts.trend_spec(line, "share")
    rows = next(layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "line")
    runs = {round(row["x"], 1): row["run"] for row in rows}
    assert runs[2010.5] == runs[2011.5]
    assert runs[2011.5] != runs[2013.5]
    assert 2012.5 not in runs


def test_too_few_posts_are_hollow_and_off_the_line(post, planted):
    posts = planted({2010: 0.3, 2012: 0.3}) + [post("ash", date(2011, 1, 1), "austerity")]
    layers = charts.trend_spec(trend(posts, "cuts", resamples=100), "share")["layer"]
    (hollow,) = [layer for layer in layers if layer["mark"].get("filled") is False and len(layer["data"]["values"])][:1]
    assert [row["x"] for row in hollow["data"]["values"]] == [2011.5]
    drawn = [row["x"] for row in layers[2]["data"]["values"]]
    assert drawn == [2010.5, 2012.5]


def test_a_trend_without_points_cannot_be_drawn():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.trend_spec(trend([], "cuts"), "share")


def test_names_on_the_coverage_strip_are_told_apart_and_escaped(post):
    posts = [post(blog, date(2010, 1, 1), "x") for blog in ("ash", "birch", "cedar")]
    strip = charts.coverage(
        posts, {"ash": "Notes", "birch": "Notes", "cedar": "<script>x</script>"}, name="c", label="c"
    )
    words = [
        "".join(text.itertext()) for text in ElementTree.fromstring(strip).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"Notes (ash)", "Notes (birch)", "<script>x</script>"} <= set(words)
    assert "<script" not in strip


@pytest.mark.parametrize("period", ["quarter", "month"])
def test_finer_grains_draw_too(planted, period):
    drawn = charts.trend_chart(
        trend(planted({2010: 0.3}), "cuts", period=period, resamples=100), "rate", name="n", label="l"
    )
    assert ElementTree.fromstring(drawn).attrib["role"] == "img"


EVENTS = st.lists(
    st.builds(
        Event, day=st.dates(date(2010, 1, 1), date(2019, 12, 31)), label=st.text("abcd ", min_size=3, max_size=25)
    ),
    max_size=9,
)


@given(EVENTS)
def test_labels_of_events_never_lie_upon_each_other(events):
    shown = shown_events(events, date(2010, 1, 1), date(2019, 12, 31))
    placed = placed_events(shown, (2010.0, 2020.0), 660, numbers=False)
    assert len(placed) == len(events)
    boxes = []
    for one in placed:
        at, size = (one["x"] - 2010) / 10 * 660, len(one["text"]) * LETTER + GAP
        boxes.append(
            (one["top"], at - size if one["align"] == "right" else at, at if one["align"] == "right" else at + size)
        )
    for n, (top, left, right) in enumerate(boxes):
        for other_top, other_left, other_right in boxes[n + 1 :]:
            assert top != other_top or right <= other_left or other_right <= left


def test_events_outside_the_period_are_not_shown():
    events = [Event(day=date(2010, 1, 1) + timedelta(days=n), label=str(n)) for n in (-1, 0, 364, 365)]
    assert [event.label for _, event in shown_events(events, date(2010, 1, 1), date(2010, 12, 31))] == ["0", "364"]
