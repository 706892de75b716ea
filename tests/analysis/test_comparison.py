"""Periods and blogs against each other; who cites what; names counted as themes are."""

from __future__ import annotations

from datetime import date

import pytest

from analysis import trend
from analysis.comparison import compared
from analysis.networks import citation_network, counted_as_themes

SAYS = {
    2010: "the library kept its old roof and the tea was strong",
    2015: "the library sold its old roof and the coffee was weak",
}


def test_words_of_a_period_are_those_of_several_blogs(post):
    posts = {
        year: [
            post(blog, date(year, 5, day), says + (" and moss moss" if (blog, year) == ("ash", 2015) else ""), number=day)
            for blog in ("ash", "birch", "cedar")
            for day in range(1, 11)
        ]
        for year, says in SAYS.items()
    }  # fmt: skip
    later, earlier = compared(posts[2015], posts[2010])
    assert {one.keyness.term for one in later} == {"sold", "coffee", "weak"}  # not moss, which is ash's alone
    assert {one.keyness.term for one in earlier} == {"kept", "tea", "strong"}
    assert all(one.q < 0.01 and one.keyness.groups == 3 and one.keyness.dp < 0.1 for one in later)
    ash = [one for one in posts[2015] if one.blog == "ash"]
    assert "moss" in {one.keyness.term for one in compared(ash, posts[2010])[0]}  # one blog is asked for
    assert compared([], posts[2010]) == ((), ())


def test_who_cites_what_and_what_is_cited_together():
    cited = [
        ("ash", "p1", "X"), ("ash", "p1", "X"), ("ash", "p1", "Y"), ("ash", "p2", "X"),
        ("birch", "q1", "X"), ("birch", "q1", "Y"), ("birch", "q2", "Z"), ("cedar", "r1", "Z"),
    ]  # fmt: skip
    found = citation_network(cited)
    assert [(edge.blog, edge.work, edge.posts) for edge in found.edges][:1] == [("ash", "X", 2)]
    (pair,) = found.cited_together
    assert (pair.one, pair.other, pair.shared, pair.blogs, pair.jaccard) == ("X", "Y", 2, 2, pytest.approx(2 / 3))
    (alike,) = found.alike_blogs
    assert (alike.one, alike.other, alike.shared, alike.jaccard) == ("ash", "birch", 2, pytest.approx(2 / 3))
    assert citation_network([]) == citation_network(iter(()))


def test_a_name_has_a_trend_as_a_theme_has(planted):
    posts = planted({2010: 0.5, 2011: 0.5})
    named = {post.url: ["Quay Trust"] for post in posts if post.published.year == 2011}
    line = trend(counted_as_themes(posts, named), "Quay Trust", resamples=100)
    assert [point.share for point in line.points] == [0, 1]
