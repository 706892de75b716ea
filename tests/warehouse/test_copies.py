"""Copies, word for word or nearly: they point at the earliest post that they are like, and are left out of counts."""

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import tables
from warehouse.copies import settled
from warehouse.likeness import FEWEST, LEAST, likeness, shingles, sketch, words

PINNED = [
    7773065580021147735,
    5251201676730804014,
    1348657563974397120,
    5276711460611318040,
    2267750778972390850,
    1377227965100362928,
    3543094071549017482,
    8359036759466016544,
    4231704102012053481,
    7385198816869541811,
    2286202046834081301,
    8863689814173104734,
    8493071148498059614,
    4772674493843357621,
    8586711117166305716,
    5614741838328656976,
]
HOST = "https://harbour-voices.example"


def prose(seed: int, size: int = 200) -> list[str]:
    return [f"w{random.Random(seed * 1000 + n).randrange(5000)}" for n in range(size)]


def changed(said: list[str], places: int) -> list[str]:
    return [f"{word}x" if n % (len(said) // places) == 0 else word for n, word in enumerate(said)]


def marked(store) -> dict[str, tuple[str, float]]:
    rows = store.connection.execute("SELECT url, original_url, likeness FROM copies").fetchall()
    return {url.rsplit("/", 1)[1]: (original.rsplit("/", 1)[1], round(how, 2)) for url, original, how in rows}


def load(store, page, post, **texts: list[str]) -> None:
    store.load(tables([
        page(f"{HOST}/{name}", post(f"{HOST}/{name}", " ".join(said), date(2018, 1, day)), blog=f"blog-{name}")
        for day, (name, said) in enumerate(texts.items(), 1)
    ]))  # fmt: skip


def test_a_cross_post_with_a_sentence_more_points_at_the_earliest(store, page, post):
    said = prose(1)
    load(store, page, post, first=said, repost=["This", "first", "appeared", "elsewhere", *said], other=prose(2))
    assert store.mark_duplicates() == 1
    assert marked(store) == {"repost": ("first", 0.98)}
    countable = store.connection.execute("SELECT blog FROM posts_countable ORDER BY blog").fetchall()
    assert countable == [("blog-first",), ("blog-other",)]


def test_a_copy_of_a_copy_points_at_the_original(store, page, post):
    said = prose(1)
    near = [*said, "and", "a", "note"]
    load(store, page, post, first=said, near=near, same_as_near=[w.upper() for w in near])
    store.mark_duplicates()
    assert marked(store) == {"near": ("first", 0.98), "same_as_near": ("first", 0.98)}


def test_a_series_that_drifts_is_no_chain_of_copies(store, page, post):
    """Each resembles the one before; those that do not resemble the first count for themselves."""
    said = prose(1, 400)
    drift = [said[n * 20 : n * 20 + 300] for n in range(5)]
    load(store, page, post, **{f"m{n}": text for n, text in enumerate(drift)})
    alike = [[likeness(" ".join(a), " ".join(b)) >= LEAST for b in drift] for a in drift]
    assert alike[0][1] and not alike[0][2] and alike[1][2]
    store.mark_duplicates()
    assert marked(store)["m1"][0] == "m0"
    assert "m2" not in marked(store)


def test_posts_on_the_same_subject_are_no_copies(store, page, post):
    load(store, page, post, a=prose(1), b=[*prose(1)[:100], *prose(2)[:100]])
    assert store.mark_duplicates() == 0


def test_a_pair_is_compared_once_and_forgotten_with_its_post(store, page, post, monkeypatch):
    said = prose(1)
    load(store, page, post, first=said, repost=[*said, "more"])
    store.mark_duplicates()
    rows = store.connection.execute("FROM likenesses").fetchall()
    assert len(rows) == 1
    monkeypatch.setattr("warehouse.copies.likeness", None)
    assert store.mark_duplicates() == 1
    store.drop_pages("blog-first", [f"{HOST}/first"])
    assert store.mark_duplicates() == 0
    assert store.connection.execute("FROM likenesses").fetchall() == []


def test_sketches_find_nearly_every_pair_that_is_alike():
    found = total = 0
    for seed in range(150):
        said = prose(seed)
        other = changed(said, 4)
        assert likeness(" ".join(said), " ".join(other)) >= LEAST
        total += 1
        found += bool(set(sketch(said)) & set(sketch(other)))
    assert found == total


def test_a_sketch_never_changes():
    """They are stored: other hash functions would make the old ones worthless."""
    said = words("Small charities have carried the weight of the cuts. " * 12)
    assert sketch(said) == PINNED
    assert sketch(said[: FEWEST - 1]) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_has_no_sides(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) == bool(shingles(words(one)))


@settings(max_examples=60)
@given(st.data())
def test_every_copy_points_at_a_post_that_is_none_and_is_like_it(data):
    count = data.draw(st.integers(1, 9))
    wordings = data.draw(st.lists(st.sampled_from("abcd"), min_size=count, max_size=count))
    pairs = data.draw(
        st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda p: p[0] < p[1]))
    )
    alike: dict[str, list[tuple[str, float]]] = {}
    for one, other in pairs:
        alike.setdefault(one, []).append((other, 0.9))
        alike.setdefault(other, []).append((one, 0.9))
    posts = list(enumerate(wordings))
    copies = {copy: (first, how) for copy, first, how in settled(posts, alike)}
    for post, wording in posts:
        earlier = [
            p
            for p in range(post)
            if p not in copies and (wordings[p] == wording or wordings[p] in dict(alike.get(wording, ())))
        ]
        assert (copies[post][0] if post in copies else None) == (min(earlier) if earlier else None)
