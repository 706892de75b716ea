"""A planted series is found again, and what would mislead a reader is said."""

from __future__ import annotations

import itertools
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import trend
from analysis.periods import period_of, periods_between
from analysis.records import Trend

PLANTED = {2010: 0.1, 2011: 0.3, 2012: 0.5, 2013: 0.2}


def warned(line: Trend, words: str) -> bool:
    return any(words in warning.replace("\u00a0", " ") for warning in line.warnings)


def test_the_planted_shares_are_found(planted):
    line = trend(planted(PLANTED), "cuts", resamples=200)
    assert {int(point.period): point.share for point in line.points} == pytest.approx(PLANTED)
    for point in line.points:
        assert (point.posts, point.blogs, point.hits) == (60, 3, point.posts_with_hit)
        assert point.share_low < point.share < point.share_high
        assert point.rate_low <= point.rate <= point.rate_high
        assert point.rate == pytest.approx(point.hits / point.words * 10_000)


def test_the_order_of_posts_does_not_matter_and_the_seed_fixes_the_rest(planted):
    posts = planted(PLANTED)
    line = trend(posts, "cuts", resamples=100, seed=3)
    random.Random(1).shuffle(posts)
    assert trend(iter(posts), "cuts", resamples=100, seed=3) == line
    assert trend(posts, "cuts", resamples=100, seed=4) != line


def test_another_period_does_not_move_a_figure(planted):
    posts = planted(PLANTED)
    early = trend([one for one in posts if one.published.year < 2013], "cuts", resamples=100)
    assert trend(posts, "cuts", resamples=100).points[:3] == early.points


def test_a_period_without_posts_is_a_gap_not_a_zero(planted):
    line = trend(planted({2010: 0.2, 2013: 0.2}), "cuts", resamples=100)
    assert [point.period for point in line.points] == ["2010", "2011", "2012", "2013"]
    gap = line.points[1]
    assert (gap.posts, gap.share, gap.rate, gap.rate_low) == (0, None, None, None)
    assert warned(line, "No posts at all in 2011, 2012: a gap in the sources, not a zero.")


def test_too_few_posts_give_a_figure_but_no_interval(post):
    posts = [post("ash", date(2010, 3, n), "budget cuts again", number=n) for n in range(1, 5)]
    (point,) = trend(posts, "cuts", resamples=100).points
    assert (point.share, point.share_low, point.rate_low) == (1.0, None, None)
    assert warned(trend(posts, "cuts", resamples=100), "Fewer than 5 posts in 2010")


def test_a_date_too_coarse_for_the_grain_is_left_out_and_counted(post):
    posts = [post("ash", date(2010, 1, 1), "budget cuts", number=n, precision=how)
             for n, how in enumerate(["day", "month", "year", "year"])]  # fmt: skip
    by_month = trend(posts, "cuts", period="month", resamples=100)
    assert (by_month.left_out, by_month.points[0].posts) == (2, 2)
    assert warned(by_month, "2 posts are left out: the date is too coarse to tell the month.")
    assert trend(posts, "cuts", resamples=100).left_out == 0


def test_a_changing_panel_gets_a_line_of_the_same_blogs(planted):
    """Two blogs never change; a loud newcomer makes the raw line rise although nobody writes differently."""
    quiet = planted(dict.fromkeys(range(2010, 2016), 0.1), blogs=("ash", "birch"))
    loud = planted(dict.fromkeys(range(2013, 2016), 0.9), blogs=("cedar",), each=40)
    line = trend(quiet + loud, "cuts", resamples=100)
    assert line.points[-1].share > line.points[0].share + 0.3
    assert line.steady_blogs == ("ash", "birch")
    assert {point.share for point in line.same_blogs} == {0.1}
    assert warned(line, "The panel of 3 blogs changes (no post yet in 2010: cedar)")


def test_no_line_of_the_same_blogs_where_it_would_be_the_same_line(planted):
    assert trend(planted(PLANTED), "cuts", resamples=100).same_blogs == ()
    one_steady = planted({2010: 0.1, 2011: 0.1}, blogs=("ash",)) + planted({2011: 0.1}, blogs=("birch",))
    assert trend(one_steady, "cuts", resamples=100).same_blogs == ()


def test_one_blog_or_one_post_that_carries_the_figure_is_named(planted, post):
    heavy = planted({2010: 0.5}, blogs=("ash",), each=40) + planted({2010: 0.1}, blogs=("birch", "cedar"), each=10)
    line = trend(heavy, "cuts", resamples=100)
    assert warned(line, "One blog carries the figure: ash has 91 % of all hits.")
    assert warned(line, "In 2010 one blog wrote more than 60 % of the words.")
    flood = post("birch", date(2010, 5, 5), "austerity " * 50, number=99)
    assert warned(trend([*heavy, flood], "cuts", resamples=100), f"One post has 69 % of all hits: {flood.url}")


def test_few_hits_few_blogs_and_unfinished_years_are_said(post):
    posts = [post("ash", date(2019, 9 + n % 2, 1 + n), "a quiet autumn", number=n) for n in range(10)]
    line = trend(posts, "cuts", resamples=100)
    assert warned(line, "Only 0 hits in all")
    assert warned(line, "One blog only")
    assert warned(line, "2019 begins late: its first post is of 2019-09-01.")


def test_nothing_gives_no_points_and_says_so():
    line = trend([], "cuts")
    assert (line.points, line.warnings) == ((), ("No posts: there is nothing to count.",))


def test_wrong_settings_are_refused(post):
    with pytest.raises(ValueError, match="choose year, quarter, month"):
        trend([post("ash", date(2010, 1, 1))], "cuts", period="decade")
    with pytest.raises(ValueError, match="too few"):
        trend([], "cuts", resamples=10)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["ash", "birch"]), st.dates(date(2009, 1, 1), date(2012, 12, 31)), st.integers(0, 2)),
        max_size=25,
    ),
    st.sampled_from(["year", "quarter", "month"]),
)
def test_every_post_is_in_one_period(post, rows, grain):
    posts = [
        post(blog, day, "budget cuts and tea " * hits or "tea", number=n) for n, (blog, day, hits) in enumerate(rows)
    ]
    line = trend(posts, "cuts", period=grain, resamples=100)
    assert sum(point.posts for point in line.points) == len(posts)
    assert sum(point.hits for point in line.points) == sum(hits for _, _, hits in rows)
    assert [point.start for point in line.points] == sorted({point.start for point in line.points})


@given(st.dates(date(1980, 1, 1), date(2060, 1, 1)), st.dates(date(1980, 1, 1), date(2060, 1, 1)))
def test_periods_leave_no_day_out(one, other):
    first, last = sorted((one, other))
    for grain in ("year", "quarter", "month"):
        periods = list(periods_between(first, last, grain))
        assert periods[0].start <= first <= periods[0].last_day
        assert period_of(last, grain) == periods[-1]
        assert all(before.following == after for before, after in itertools.pairwise(periods))


@pytest.mark.parametrize(("grain", "name"), [("year", "2019"), ("quarter", "2019-Q2"), ("month", "2019-06")])
def test_periods_are_named_as_readers_write_them(grain, name):
    assert period_of(date(2019, 6, 30), grain).name == name
