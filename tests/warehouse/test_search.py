"""Full-text search: what is found, in which order, and how the index keeps up with the snapshots."""

from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Dated
from warehouse import tables
from warehouse.errors import SearchRefused
from warehouse.search import MARK, UNMARK, expression, is_current, refresh, search, stamp_of

HOST = "https://harbour-voices.example"


@pytest.fixture
def index(tmp_path):
    return tmp_path / "search.sqlite"


@pytest.fixture
def published(store, snapshot, index, page, post, person):
    """Publishes posts given as path → (text, fields), and refreshes the index; how many posts that touched."""

    days = count(1)

    def publish(**texts):
        captured = datetime(2026, 1, next(days), tzinfo=UTC)
        for name, (text, fields) in texts.items():
            url = f"{HOST}/{name}"
            said = post(url, text, **{"title": name.title()} | fields)
            store.load(tables([page(url, said, fetched_at=captured)]))
        store.publish(snapshot)
        return refresh(index, snapshot)

    return publish


@pytest.fixture
def found(index):
    def paths(words, **filters):
        hits, total = search(index, words, **filters)
        assert total >= len(hits)
        return [hit.url.removeprefix(f"{HOST}/") for hit in hits]

    return paths


def test_posts_are_found_by_any_form_of_a_word_and_the_title_counts_more(published, found):
    published(
        boats=("A charity keeps boats. " + "Nothing else is said of anything here. " * 3, {}),
        charities=("Many words about harbours, and one of charity.", {}),
        tides=("The tide comes in.", {}),
    )
    assert found("charities") == ["charities", "boats"]
    assert found("harbour") == ["charities"]
    assert found("money") == []


def test_phrases_beginnings_alternatives_and_what_is_to_be_missing(published, found):
    published(
        a=("The community trust met in 2019.", {}),
        b=("They trust the community.", {}),
        c=("Commuters, and a café.", {}),
    )
    assert found('"community trust"') == ["a"]
    assert sorted(found("commu*")) == ["a", "b", "c"]
    assert found("community -2019") == ["b"]
    assert sorted(found("2019 OR cafe")) == ["a", "c"]
    assert found("community trust 2019") == ["a"]


def test_filters_by_blog_year_and_author(published, found, person):
    by = (person("Ada Okafor", given="Ada", family="Okafor"), person("Béla Lind"))
    month = Dated(value=date(2020, 3, 1), precision="month", source="meta", as_printed="March 2020")
    published(
        old=("Partnership is work.", {"published": date(2012, 5, 1), "people": by}),
        new=("Partnership, again.", {"published": month}),
        none=("Partnership without a date.", {"published": None, "people": ()}),
    )
    assert sorted(found("partnership")) == ["new", "none", "old"]
    assert found("partnership", first=date(2012, 1, 1), last=date(2012, 12, 31)) == ["old"]
    assert found("partnership", first=date(2020, 3, 1), last=date(2020, 3, 31)) == ["new"]
    assert found("partnership", first=date(2020, 3, 2)) == []  # known to the month only: it may lie before
    assert found("partnership", author="béla") == ["old"]
    assert found("partnership", blogs=["harbour"], limit=1, author="okafor", last=date(2015, 1, 1)) == ["old"]
    assert found("partnership", blogs=["another"]) == []


def test_a_hit_says_what_a_reader_wants_to_see(published, index):
    published(ten=("Slow trust takes time. " * 30 + "Then partnership came.", {}))
    (hit,), total = search(index, "partnerships")
    assert (total, hit.title, hit.blog, hit.authors, hit.published) == (
        1,
        "Ten",
        "harbour",
        ("Ada Okafor",),
        "2019-10-02",
    )
    assert f"Then {MARK}partnership{UNMARK} came." in hit.snippet
    assert hit.snippet.startswith("…")


def test_only_what_changed_is_touched(published, found, index, snapshot, store):
    assert published(a=("One word.", {}), b=("Two words.", {})) == 2
    assert is_current(index, snapshot)
    assert published(b=("Two new words.", {})) == 1
    assert found("new") == ["b"]
    store.drop_pages("harbour", [f"{HOST}/a"])
    assert published() == 1
    assert found("word") == ["b"]
    assert published() == 0


def test_copies_are_found_once(published, found):
    words = "A long enough post that another blog has taken over word for word, as they sometimes do here. " * 4
    published(first=(words, {"published": date(2010, 1, 1)}), second=(words, {"published": date(2011, 1, 1)}))
    assert found("sometimes") == ["first"]


def test_a_new_snapshot_is_noticed_and_a_lost_index_made_again(published, found, index, snapshot, store):
    published(a=("One word.", {}))
    before = stamp_of(snapshot)
    store.publish(snapshot)
    assert stamp_of(snapshot) != before
    assert not is_current(index, snapshot)
    index.unlink()
    assert published() == 1
    assert found("one") == ["a"]


def test_an_index_that_is_no_database_is_said_so(index):
    index.write_text("not a database " * 100)
    with pytest.raises(SearchRefused, match="delete it, the next search makes it again"):
        search(index, "word")


@pytest.mark.parametrize("words", ["", "  ", "-gone", '"', "***", '-"a b"'])
def test_a_search_for_nothing_is_refused(words):
    with pytest.raises(SearchRefused, match="give at least one word"):
        expression(words)


@pytest.fixture(scope="module")
def any_index(tmp_path_factory, empty):
    """The index of a snapshot without posts."""
    path = tmp_path_factory.mktemp("any") / "search.sqlite"
    refresh(path, empty)
    return path


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_search_or_refused(any_index, typed):
    try:
        asked = expression(typed)
    except SearchRefused:
        return
    assert search(any_index, typed) == ([], 0), asked
