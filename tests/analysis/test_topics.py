"""Planted topics are found again, and what makes one doubtful is said."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.topics import SAID, stability, topics

GROUPS = (
    ["harvest", "orchard", "compost", "seedling", "tomato", "pruning", "trellis", "rainwater", "greenhouse", "mulch"],
    ["ledger", "audit", "invoice", "reserve", "treasurer", "budgetary", "deficit", "payroll", "accrual", "receipts"],
    ["choir", "rehearsal", "tenor", "melody", "chorus", "conductor", "soprano", "hymn", "concert", "harmony"],
)


@pytest.fixture(scope="module")
def sector(post):
    """Posts of three blogs, each of one group of words; the third group comes up only from 2012 on."""
    rng, posts = random.Random(4), []
    for number in range(180):
        year = 2010 + number % 6
        group = GROUPS[number // 6 % (3 if year >= 2012 else 2)]
        words = [rng.choice(group) for _ in range(40)] + [
            rng.choice(["meeting", "village", "people"]) for _ in range(10)
        ]
        posts.append(
            post(
                ("ash", "birch", "cedar")[rng.randrange(3)],
                date(year, 3, 1 + number % 28),
                " ".join(words),
                number=number,
            )
        )
    return posts  # fmt: skip


def test_the_planted_groups_are_the_topics_and_stable(sector):
    found = topics(sector, n=3, runs=3)
    assert {frozenset(topic.terms) for topic in found.topics} == {frozenset(group) for group in GROUPS}
    assert min(topic.stability for topic in found.topics) >= 0.5
    assert all(topic.caution == "" for topic in found.topics)
    assert sum(topic.share for topic in found.topics) == pytest.approx(1)


def test_a_topic_that_comes_up_late_has_no_share_before(sector):
    (choir,) = [topic for topic in topics(sector, n=3, runs=2).topics if "choir" in topic.terms]
    shares = dict(choir.by_period)
    assert list(shares) == ["2010", "2011", "2012", "2013", "2014", "2015"]
    assert shares["2010"] == pytest.approx(0, abs=0.02) and (shares["2014"] or 0) > 0.2


def test_examples_are_posts_of_the_topic_and_of_different_blogs(sector):
    texts = {post.url: post.text for post in sector}
    for topic in topics(sector, n=3, runs=2).topics:
        assert len({example.blog for example in topic.examples}) == 3
        assert all(set(topic.terms) & set(texts[example.url].split()) for example in topic.examples)


def test_the_order_of_posts_does_not_matter(sector):
    shuffled = random.Random(1).sample(sector, len(sector))
    assert topics(shuffled, n=3, runs=2) == topics(sector, n=3, runs=2)


def test_too_many_topics_are_unstable_and_one_blogs_topic_is_called_so(sector, post):
    assert any("unstable" in topic.caution for topic in topics(sector, n=8, runs=4).topics)
    own = [post("dogwood", date(2012, 1, 1), "kestrel plumage talon nestling " * 9, number=n) for n in range(30)]
    own += [post("ash", date(2012, 1, 2), "kestrel plumage talon nestling", number=n) for n in range(900, 902)]
    (birds,) = [topic for topic in topics([*sector, *own], n=4, runs=2).topics if "kestrel" in topic.terms]
    assert birds.caution.endswith("one blog’s: dogwood")


def test_words_of_one_blog_alone_make_no_topic(sector, post):
    own = [post("dogwood", date(2012, 1, 1), "kestrel plumage talon nestling " * 9, number=n) for n in range(30)]
    assert not [topic for topic in topics([*sector, *own], n=4, runs=2).topics if "kestrel" in topic.terms]


def test_too_little_gives_no_topics_and_says_why(sector, post):
    assert topics(sector[:20], n=3).reason == "only 20 posts: fewer than 50 give no topics"
    same = [post("ash", date(2012, 1, 1), "meeting village", number=n) for n in range(60)]
    assert "too few for 3 topics" in (topics(same, n=3).reason or "")
    with pytest.raises(ValueError, match="two or more"):
        topics(sector, n=1)


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1).map(sorted), min_size=2, max_size=5), st.randoms())
def test_a_run_that_is_the_same_but_for_the_order_is_fully_stable(named, order):
    other = list(named)
    order.shuffle(other)
    assert stability(named, [other, named]) == pytest.approx([1.0] * len(named))


def test_the_words_say_that_it_is_exploratory():
    assert SAID.startswith("Exploratory")
