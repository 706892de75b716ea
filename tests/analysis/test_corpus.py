"""Columns say what the posts say."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus import Corpus, corpus_of
from analysis.periods import FINE_ENOUGH, period_of

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["ash", "birch", "cedar"]),
        st.dates(date(2009, 11, 1), date(2011, 2, 28)),
        st.sampled_from(["day", "month", "year"]),
        st.lists(st.sampled_from(["budget cuts", "austerity", "volunteers", "tea"]), max_size=4),
    ),
    max_size=15,
)


@pytest.fixture(scope="module")
def posts_of(post):
    def made(rows):
        return [
            post(blog, day, " and ".join(words), number=n, precision=precision)
            for n, (blog, day, precision, words) in enumerate(rows)
        ]

    return made


@settings(max_examples=60)
@given(ROWS, st.sampled_from(["year", "quarter", "month"]))
def test_every_count_is_that_of_a_walk_through_the_posts(posts_of, rows, grain):
    posts = posts_of(rows)
    corpus = Corpus(posts)
    for theme in ("cuts", "volunteers", "nothing"):
        hits = {post.url: [hit for hit in post.hits if hit.theme == theme] for post in posts}
        assert [int(count) for count in corpus.counts_of(theme)] == [len(hits[post.url]) for post in corpus]
        assert corpus.posts_by_term(theme) == Counter(
            term for some in hits.values() for term in {hit.term for hit in some}
        )
    cells = corpus.cells(grain, corpus.words)
    periods = corpus.placed(grain).periods
    found = {
        (blog, period.name): cells[row, column]
        for row, blog in enumerate(corpus.blogs)
        for column, period in enumerate(periods)
    }
    walked: Counter[tuple[str, str]] = Counter()
    for post in posts:
        if post.precision in FINE_ENOUGH[grain]:
            walked[post.blog, period_of(post.published, grain).name] += post.words
    assert {key: words for key, words in found.items() if words} == {
        key: words for key, words in walked.items() if words
    }


@given(ROWS, st.integers())
def test_the_order_given_does_not_matter(posts_of, rows, seed):
    posts = posts_of(rows)
    shuffled = random.Random(seed).sample(posts, len(posts))
    assert (
        list(Corpus(shuffled))
        == list(Corpus(posts))
        == sorted(posts, key=lambda post: (post.published, post.blog, post.url))
    )


def test_a_corpus_is_taken_as_it_is_and_is_a_sequence(planted):
    corpus = Corpus(planted({2010: 0.5}))
    assert corpus_of(corpus) is corpus
    assert (corpus[0], corpus[-2:], len(corpus)) == (corpus.posts[0], corpus.posts[-2:], 60)


def test_what_is_drawn_for_a_post_does_not_depend_on_the_others(posts_of):
    corpus = Corpus(posts_of([(blog, date(2010, 1, 1), "day", ["tea"]) for blog in ("ash", "birch", "cedar")]))
    every = corpus.drawn("0|cuts", np.arange(3)).tolist()
    assert Corpus(corpus.posts[1:]).drawn("0|cuts", np.arange(2)).tolist() == every[1:]
    assert len(set(every)) == 3
    assert not set(every) & set(corpus.drawn("1|cuts", np.arange(3)).tolist())


def test_what_is_drawn_is_even(posts_of):
    """Of numbers drawn for neighbouring places each tenth of the range has its share."""
    corpus = Corpus(posts_of([("ash", date(2010, 1, 1), "day", ["tea"])]))
    drawn = corpus.drawn("0|cuts", np.zeros(10_000, dtype=np.int64), np.arange(10_000))
    tenths = np.bincount((drawn / 2**64 * 10).astype(int), minlength=10)
    assert len(set(drawn.tolist())) == 10_000
    assert tenths.min() > 850
    assert tenths.max() < 1150
