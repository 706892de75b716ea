"""`status` and `doctor`: what there is, and whether it agrees with itself."""

import shutil
from datetime import UTC, date, datetime

import pytest

from extract.records import Blog
from warehouse import Store, integrity, status, tables
from warehouse.errors import QueryFailed
from warehouse.health import fates, newest_capture, oversized

HOST = "https://harbour-voices.example"


@pytest.fixture(scope="module")
def sound(empty, tmp_path_factory, page, post, counted):
    """A database in which nothing is wrong, with a row in every table that is checked."""
    path = tmp_path_factory.mktemp("sound") / "working.duckdb"
    shutil.copy(empty, path)
    with Store(path) as store:
        store.load(
            tables([page(), page(f"{HOST}/p", post(f"{HOST}/ten-years", "Print.")), page(f"{HOST}/broken", None)])
        )
        counted(store, cuts=["cuts"])
        yield store


@pytest.fixture
def con(sound):
    """A connection whose changes are taken back."""
    sound.connection.execute("BEGIN")
    yield sound.connection
    sound.connection.execute("ROLLBACK")


def test_a_sound_warehouse_has_no_problems(con):
    assert integrity(con) == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("INSERT INTO links VALUES (7, 0, 'https://x.example', 'x', 0, 1)", "rows of links belong to no post"),
        ("INSERT INTO citations FROM citations", "rows of citations stand twice"),
        ("INSERT INTO entities FROM entities LIMIT 1", "entities stand twice"),
        ("DELETE FROM entities", "mentions name no entity"),
        ("DELETE FROM people", "authors are missing in people"),
        ("DELETE FROM posts", "posts are claimed by pages but missing"),
        ("UPDATE pages SET is_current = false", "posts have no current page"),
        ("UPDATE mentions SET char_start = char_start + 1", "mentions point at other words than they hold"),
        ("UPDATE links SET char_end = 100000", "links point at other words than they hold"),
        ("UPDATE theme_hits SET char_start = 5000, char_end = 5004", "theme_hits point at other words than they hold"),
        ("UPDATE citations SET para = 9", "citations point at other words than they hold"),
        ("UPDATE citations SET reference_positions = [4]", "citations point at references that the post has not"),
        ("UPDATE posts SET duplicate_of = 9", "posts are duplicates of nothing"),
        ("UPDATE posts SET published = '2031-01-01'", "posts give a date later than their capture"),
        ("DELETE FROM themes", "hits are of no theme"),
        ("UPDATE posts SET published_precision = 'week'", "rows of posts have another published_precision than"),
        ("UPDATE posts SET published_source = NULL", "posts have a date without its precision or source"),
        ("UPDATE pages SET kind = 'poem'", "rows of pages have another kind than post, listing, other"),
        ("UPDATE mentions SET char_end = char_start - 1", "spans of mentions end before they begin"),
        ("UPDATE posts SET duplicate_of = post_id", "posts are duplicates without likeness, or of a duplicate"),
        ("INSERT INTO tokens VALUES (7, 0, 0, 0, 0, NULL)", "rows of tokens belong to no post"),
        ("INSERT INTO tokens FROM tokens LIMIT 1", "posts have tokens missing or twice"),
        ("DELETE FROM tokens WHERE position = 3", "posts have tokens missing or twice"),
        ("DELETE FROM tokens", "posts have no tokens"),
        ("DELETE FROM forms", "tokens have no form"),
        ("UPDATE tokens SET char_start = char_start + 1", "tokens point at other words than they hold"),
        ("INSERT INTO theme_counts SELECT post_id, text_digest, 'lex2' FROM theme_counts", "lexicons stand side by side"),
    ],
)  # fmt: skip
def test_damage_is_found_and_named(con, damage, problem):
    con.execute(damage)
    found = integrity(con)
    assert any(problem in line for line in found), found


def test_status_has_a_row_for_each_blog_known_by_any_means(store, fetch, page, post):
    store.load(tables([page(), page(f"{HOST}/p", post(f"{HOST}/ten-years", "Print.")), page(f"{HOST}/broken", None)]))
    store.save_blogs([Blog(key="fen", name="Fen notes", url="https://fen.example/", scope="https://fen.example/")])
    store.save_fetches("harbour", [fetch(f"{HOST}/late", outcome="failed", reason="timeout", status=None)])
    store.load(
        tables(
            [
                page(
                    f"{HOST}/teaser",
                    post(f"{HOST}/teaser", "The …", date(2020, 2, 2), is_truncated=True, limit="20,000 blocks"),
                )
            ]
        )
    )
    fen, harbour = status(store.connection)
    assert (fen.blog, fen.name, fen.enabled, fen.posts, fen.last_fetched_at) == ("fen", "Fen notes", True, 0, None)
    assert (harbour.pages, harbour.posts, harbour.countable, harbour.truncated) == (4, 2, 1, 1)
    assert oversized(store.connection) == {harbour.blog: 1}
    assert (harbour.quarantined, harbour.failed) == (1, 1)
    assert (harbour.first_published, harbour.last_published) == (date(2019, 10, 2), date(2020, 2, 2))
    assert harbour.last_fetched_at == "2026-01-05T12:00:00Z"


def test_the_fate_of_every_post_is_told_once(store, page, post):
    store.save_blogs([
        Blog(key="harbour", name="Harbour voices", url=HOST, scope=HOST),
        Blog(key="fen", name="Fen notes", url="https://fen.example/", scope="https://fen.example/"),
    ])  # fmt: skip
    store.load(tables([
        page(),
        page(f"{HOST}/copy", post(f"{HOST}/copy", published=None)),
        page(f"{HOST}/undated", post(f"{HOST}/undated", "No day is given.", None)),
        page(f"{HOST}/teaser", post(f"{HOST}/teaser", "The …", is_truncated=True)),
        page(f"{HOST}/cy", post(f"{HOST}/cy", "Y toriadau.", language="cy")),
        page(f"{HOST}/archive", post(f"{HOST}/archive", kind="listing")),
        page(f"{HOST}/broken", None),
    ]))  # fmt: skip
    store.mark_duplicates()
    fen, harbour = fates(store.connection)
    assert harbour == {
        "blog": "harbour", "name": "Harbour voices", "pages": 7, "counted": 1, "undated": 1, "duplicates": 1,
        "truncated": 1, "not_posts": 2, "other": 1,
    }  # fmt: skip
    assert fen == dict.fromkeys(harbour, 0) | {"blog": "fen", "name": "Fen notes"}


def test_the_date_of_the_data_is_that_of_the_newest_capture(store, page):
    with pytest.raises(QueryFailed, match="sectorscope run"):
        newest_capture(store.connection)
    store.load(tables([page(), page(f"{HOST}/b", fetched_at=datetime(2026, 2, 1, 23, 30, tzinfo=UTC))]))
    assert newest_capture(store.connection) == date(2026, 2, 1)
