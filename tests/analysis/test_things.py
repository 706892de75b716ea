"""Which authors, names, works or sites most posts have: as a walk through the posts counts them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus import Corpus
from analysis.things import Things

POSTS = st.lists(
    st.tuples(st.sampled_from(["ash", "birch", "cedar"]), st.lists(st.sampled_from("pqrstuv"), max_size=4)), max_size=12
)


@pytest.fixture(scope="session")
def signed(post):
    """Posts by rows of blog and authors."""
    return lambda rows: [post(blog, date(2010, 1, 1 + n), authors=tuple(names)) for n, (blog, names) in enumerate(rows)]


@settings(max_examples=60)
@given(POSTS, st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), st.data())
def test_what_most_posts_have_is_that_of_a_walk_through_them(signed, rows, n, fewest_posts, fewest_blogs, data):
    corpus = Corpus(signed(rows))
    asked = sorted(data.draw(st.sets(st.sampled_from(range(len(corpus)))))) if len(corpus) else []
    having: dict[str, list[int]] = {}
    for at in asked:
        for name in set(corpus[at].authors):
            having.setdefault(name, []).append(at)
    blogs = {name: {corpus[at].blog for at in posts} for name, posts in having.items()}
    kept = [name for name, posts in having.items() if len(posts) >= fewest_posts and len(blogs[name]) >= fewest_blogs]
    kept.sort(key=lambda name: (-len(having[name]), -len(blogs[name]), name))
    things = Things(corpus, lambda post: post.authors)
    found = things.most(np.array(asked, dtype=np.int64), n, fewest_posts=fewest_posts, fewest_blogs=fewest_blogs)
    assert [(name, posts.tolist()) for name, posts in found] == [(name, having[name]) for name in kept[:n]]
    assert things.having(np.array(asked, dtype=np.int64)) == sum(bool(corpus[at].authors) for at in asked)


def test_in_all_posts(signed):
    things = Things(
        Corpus(signed([("ash", ["p", "p"]), ("ash", ["p", "q"]), ("birch", ["p"])])), lambda post: post.authors
    )
    assert [(things.posts(name), things.blogs(name)) for name in "pq"] == [(3, 2), (1, 1)]
