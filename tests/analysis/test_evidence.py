"""Quoted sentences are in the posts, and no hand chooses them."""

from __future__ import annotations

import random
from datetime import date

from analysis.evidence import CUT, LONGEST, evidence


def test_every_sentence_is_in_its_post_and_holds_its_hit(planted, sentences):
    for one in evidence(planted({2010: 0.3, 2011: 0.3}), "cuts", sentences=sentences):
        assert one.post.text[one.start : one.end] == one.sentence
        assert [piece.text for piece in one.pieces if piece.is_hit] == ["budget cuts"]


def test_sentences_are_spread_over_periods_and_blogs(planted, sentences):
    chosen = evidence(planted(dict.fromkeys(range(2009, 2015), 0.5)), "cuts", sentences=sentences, n=12)
    years, blogs = [one.post.published.year for one in chosen], [one.post.blog for one in chosen]
    assert sorted(years) == years
    assert {years.count(year) for year in range(2009, 2015)} == {2}
    assert {blogs.count(blog) for blog in ("ash", "birch", "cedar")} == {4}
    assert len({one.post.url for one in chosen}) == 12


def test_with_more_periods_than_sentences_the_ends_are_kept(planted, sentences):
    chosen = evidence(planted(dict.fromkeys(range(2001, 2021), 0.5)), "cuts", sentences=sentences, n=5)
    years = [one.post.published.year for one in chosen]
    assert (len(years), years[0], years[-1]) == (5, 2001, 2020)


def test_the_choice_depends_on_the_seed_and_nothing_else(planted, sentences):
    posts = planted({2010: 0.5, 2011: 0.5})
    chosen = evidence(posts, "cuts", sentences=sentences, n=6)
    random.Random(5).shuffle(posts)
    assert evidence(posts, "cuts", sentences=sentences, n=6) == chosen
    assert any(evidence(posts, "cuts", sentences=sentences, n=6, seed=seed) != chosen for seed in (1, 2, 3))


def test_the_same_sentence_is_shown_once(post, sentences):
    posts = [post("ash", date(2010, 1, n), "After years of austerity nothing is left for us to share.", number=n)
             for n in range(1, 9)]  # fmt: skip
    assert len(evidence(posts, "cuts", sentences=sentences)) == 1


def test_a_very_long_sentence_is_cut_around_its_hit_and_says_so(post, sentences):
    text = "word " * 300 + "austerity " + "word " * 300
    (one,) = evidence([post("ash", date(2010, 1, 1), text)], "cuts", sentences=sentences)
    assert one.sentence.startswith(f"{CUT} word")
    assert one.sentence.endswith(f"word {CUT}")
    assert one.end - one.start <= LONGEST
    assert [piece.text for piece in one.pieces if piece.is_hit] == ["austerity"]


def test_a_heading_is_quoted_only_where_there_is_nothing_else(post, sentences):
    both = "Austerity. The council spoke of budget cuts to every hall and library in town."
    (one,) = evidence([post("ash", date(2010, 1, 1), both)], "cuts", sentences=sentences)
    assert "council" in one.sentence
    (one,) = evidence([post("ash", date(2010, 1, 1), "Austerity.")], "cuts", sentences=sentences)
    assert one.sentence == "Austerity."


def test_without_hits_there_is_nothing_to_quote(planted, sentences):
    assert evidence(planted({2010: 0.5}), "volunteers", sentences=sentences) == ()
