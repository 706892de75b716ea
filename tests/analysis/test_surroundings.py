"""Who, whom, what and which other themes: counts that add up, and words that no blog carries alone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analysis.composition import composition_lines, composition_said
from analysis.findings import all_findings
from analysis.records import Named, Work
from analysis.surroundings import all_surroundings
from analysis.trends import trend
from analysis.word_changes import word_change

LARK = Named("Larkfield Council", "ORG")
WORK = Work(1, ("Marrow",), "2016", "Long winters", None, None)


@pytest.fixture
def around(post, report_input):
    """The surroundings of both themes on five posts, three of them on cuts."""
    posts = [
        post("ash", date(2010, 1, 1), "Austerity and volunteers.", number=1, authors=("Ada Quill", "Bo Lind"), named=(LARK,), cited=(WORK,)),
        post("ash", date(2011, 1, 1), "Austerity.", number=2, authors=("Ada Quill",), named=(LARK, Named("Ash", "GPE"))),
        post("birch", date(2012, 1, 1), "Austerity again.", number=3, authors=(), named=(LARK, Named("Ash", "PERSON")), cited=(WORK,)),
        post("birch", date(2012, 2, 1), "Volunteers only.", number=4, authors=("Ada Quill",), named=(LARK,)),
        post("cedar", date(2012, 3, 1), "Nothing at all.", number=5, authors=("Cy Marsh",)),
    ]  # fmt: skip
    return all_surroundings(report_input(posts))


def test_authors_are_counted_beside_all_that_they_sign(around):
    rows = [(row.name, row.posts_with_hit, row.posts, row.blogs) for row in around["cuts"].authors]
    assert rows == [("Ada Quill", 2, 3, ("ash",)), ("Bo Lind", 1, 1, ("ash",))]
    assert around["cuts"].unsigned == 1


def test_names_are_those_of_several_posts_and_blogs_beside_their_share_elsewhere(around):
    (row,) = around["cuts"].names
    assert (row.name, row.posts, row.blogs, row.share, row.elsewhere) == ("Larkfield Council", 3, 2, 1.0, 0.5)


def test_works_are_counted_by_post_and_blog(around):
    (row,) = around["cuts"].works
    assert (row.work, row.posts, row.blogs, around["cuts"].citing) == (WORK, 2, 2, 2)
    assert around["volunteers"].works[0].posts == 1


def test_themes_in_the_same_posts_stand_beside_what_chance_gives(around):
    (row,) = around["cuts"].shared
    assert (row.theme, row.both, row.expected) == ("volunteers", 1, pytest.approx(3 * 2 / 5))
    assert around["volunteers"].shared[0].theme == "cuts"


def test_findings_carry_the_surroundings(planted, report_input):
    assert all(one.surroundings is not None for one in all_findings(report_input(planted({2010: 0.5, 2011: 0.5}))))


# --- words ---------------------------------------------------------------------------------------------------------------


def speaking(post, blog, year, words, numbers=range(12)):
    return [post(blog, date(year, 1 + n, 1), f"{words} austerity {words}.", number=n) for n in numbers]


def test_a_word_that_several_blogs_come_to_use_is_news(post):
    posts = [one for blog in ("ash", "birch") for one in speaking(post, blog, 2010, "closing libraries")]
    posts += [one for blog in ("ash", "birch") for one in speaking(post, blog, 2014, "closing clinics")]
    found = word_change(posts, "cuts", "year")
    assert (found.early, found.late, found.early_posts, found.late_posts, found.blogs) == ("2010", "2014", 24, 24, 2)
    assert [row.keyness.term for row in found.more] == ["clinics"]
    assert [row.keyness.term for row in found.less] == ["libraries"]


def test_what_one_blog_comes_to_say_or_a_newcomer_says_is_no_news(post):
    posts = [one for blog in ("ash", "birch", "cedar") for one in speaking(post, blog, 2010, "closing libraries")]
    posts += speaking(post, "ash", 2014, "closing clinics")
    posts += [one for blog in ("birch", "cedar") for one in speaking(post, blog, 2014, "closing libraries")]
    posts += speaking(post, "dogwood", 2014, "schools schools schools")
    found = word_change(posts, "cuts", "year")
    assert (found.blogs, found.late_posts) == (3, 36)
    assert found.more == ()


@pytest.mark.parametrize(
    ("years", "blogs", "reason"),
    [
        ((2010,), ("ash", "birch"), "its hits lie in one period"),
        ((2010, 2011), ("ash",), "fewer than 2 blogs write on it both early and late"),
    ],
)
def test_what_cannot_be_compared_says_why(post, years, blogs, reason):
    posts = [one for blog in blogs for year in years for one in speaking(post, blog, year, "closing")]
    assert word_change(posts, "cuts", "year").reason == reason
    assert word_change([], "cuts", "year").reason == "its hits lie in one period"


# --- composition ---------------------------------------------------------------------------------------------------------


def test_lines_agree_where_every_blog_moves(planted):
    years = {2010: 0.2, 2011: 0.2, 2012: 0.2, 2013: 0.4, 2014: 0.4, 2015: 0.4}
    line = trend(planted(years, blogs=("ash", "birch", "cedar", "dogwood")), "cuts", resamples=100)
    assert set(composition_lines(line)) >= {"all posts", "levels taken out", "equal weight"}
    said = composition_said(line)
    assert said.startswith("From 2010–2012 to 2013–2015: all posts +")
    assert "The lines agree" in said


def test_lines_do_not_agree_where_a_newcomer_makes_the_rise(planted):
    years = dict.fromkeys(range(2010, 2016), 0.2)
    loud = planted({year: 1.0 for year in years if year > 2012}, blogs=("elder",), each=120)
    line = trend(planted(years, blogs=("ash", "birch", "cedar")) + loud, "cuts", resamples=100)
    said = composition_said(line)
    assert "They do not agree" in said
    assert re.search(r"only the same blogs [+−]0\.\d\s%", said)


def test_lines_of_a_few_hits_are_held_against_nothing(planted):
    years = dict.fromkeys(range(2010, 2016), 0.05)
    line = trend(planted(years, blogs=("ash", "birch", "cedar")), "cuts", resamples=100)
    assert 0 < sum(point.hits for point in line.points) < 20
    assert "too few to hold them against each other" in composition_said(line)


def test_one_line_alone_is_held_against_nothing(planted):
    line = trend(planted({2010: 0.5, 2011: 0.5}, blogs=("ash",)), "cuts", resamples=100)
    assert composition_lines(line) == {}
    assert "no other line" in composition_said(line)
