"""Marks and suggestions: precision from a random order, agreement of two people, terms with evidence from several blogs."""

from __future__ import annotations

from datetime import date

import pytest

from analysis import compile_themes
from analysis.marking import agreed, agreements, in_marking_order, precision
from analysis.suggestion import suggestions


@pytest.fixture
def order(planted):
    return in_marking_order(planted({2010: 0.5, 2011: 0.5}), "cuts")


def test_the_order_is_random_and_everybodys(order, planted):
    posts = planted({2010: 0.5, 2011: 0.5})
    assert in_marking_order(posts[::-1], "cuts") == order
    days = [hit.published for hit in order]
    assert days != sorted(days) and len(order) == 60
    assert all(hit.keyword == "budget cuts" and "told group" in hit.left for hit in order)


def test_precision_comes_with_wilsons_interval(order):
    marks = {hit.key: "wrong" if place % 4 == 0 else "right" for place, hit in enumerate(order[:20])}
    whole, term = precision(order, marks)
    assert (whole.term, whole.hits, whole.marked, whole.right, whole.share) == (None, 60, 20, 15, 0.75)
    assert (round(whole.low, 3), round(whole.high, 3)) == (0.531, 0.888)  # Wilson, 15 of 20
    assert (term.term, term.share, term.low) == ("budget cut*", 0.75, whole.low)


def test_marks_with_holes_between_are_no_random_sample(order):
    whole, _ = precision(order, {order[0].key: "right", order[5].key: "right"})
    assert (whole.share, whole.unmarked, whole.low) == (1.0, 4, None)
    gone = precision(order, {("https://gone.example/", 0, 3): "wrong"})[0]
    assert (gone.marked, gone.share) == (0, None)


def test_two_people_and_one_verdict(order):
    keys = [hit.key for hit in order[:4]]
    ada = dict(zip(keys, ["right", "right", "wrong", "wrong"], strict=True))
    ben = dict(zip(keys, ["right", "wrong", "wrong", "wrong"], strict=True))
    ((one, other, both, found),) = agreements({"ben": ben, "ada": ada})
    assert (one, other, both, found.share, found.kappa) == ("ada", "ben", 4, 0.75, 0.5)
    assert list(agreed({"ada": ada, "ben": ben}).values()) == ["right", "wrong", "wrong", "wrong"]
    assert agreements({"ada": ada}) == []


def test_a_word_beside_the_themes_own_in_several_blogs_is_suggested(post):
    lexicon = compile_themes({"themes": {"cuts": {"label": "Cuts", "terms": ["budget cut*"]}}})
    posts = [
        post(blog, date(2010 + n % 5, 3, 1 + n), f"Number {n} of us met. {said} And so we went home to our own street.", number=n)
        for blog in ("ash", "birch", "cedar")
        for n in range(12)
        for said in [
            f"The budget cuts closed the reading room; {'moss grew' if blog == 'ash' else 'nobody came'}."
            if n % 4 == 0
            else "The choir sang and the band played."
        ]
    ]  # fmt: skip
    found = {one.term: one for one in suggestions(posts, lexicon, "cuts")}
    room = found["reading room"]
    assert (room.keyness.target, room.keyness.reference, room.keyness.groups, room.near) == (9, 0, 3, 9)
    assert "[reading room]" in room.example and room.url.startswith("https://")
    assert "room" not in found  # left to the pair
    assert (
        not {"moss", "moss grew", "budget", "cuts", "street"} & found.keys()
    )  # one blog's, the theme's own, everybody's
    assert suggestions([one for one in posts if "budget" in one.text], lexicon, "cuts") == ()
    with pytest.raises(KeyError, match="no theme"):
        suggestions(posts, lexicon, "nothing")
