"""`status` and `doctor`: what there is, and whether it agrees with itself."""

import shutil
from datetime import date

import pytest

from analysis.records import ThemeHit
from extract.records import Blog
from warehouse import Store, integrity, status, tables

HOST = "https://harbour-voices.example"


@pytest.fixture(scope="module")
def sound_file(empty, tmp_path_factory, page, post):
    """A database in which nothing is wrong, with a row in every table that is checked."""
    path = tmp_path_factory.mktemp("sound") / "working.duckdb"
    shutil.copy(empty, path)
    with Store(path) as store:
        store.load(
            tables([page(), page(f"{HOST}/p", post(f"{HOST}/ten-years", "Print.")), page(f"{HOST}/broken", None)])
        )
        ((post_id, text),) = store.uncounted_posts("lex1")
        at = text.index("cuts")
        hit = ThemeHit(theme="cuts", term="cuts", start=at, end=at + 4, text="cuts")
        store.save_hits("lex1", {post_id: [hit]}, {"cuts": "Cuts"})
    return path


@pytest.fixture
def sound(sound_file, tmp_path):
    shutil.copy(sound_file, tmp_path / "working.duckdb")
    with Store(tmp_path / "working.duckdb") as store:
        yield store


def test_a_sound_warehouse_has_no_problems(sound):
    assert integrity(sound.connection) == []


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
        ("INSERT INTO theme_counts SELECT post_id, text_digest, 'lex2' FROM theme_counts", "lexicons stand side by side"),
    ],
)  # fmt: skip
def test_damage_is_found_and_named(sound, damage, problem):
    sound.connection.execute(damage)
    assert any(problem in line for line in integrity(sound.connection)), integrity(sound.connection)


def test_status_has_a_row_for_each_blog_known_by_any_means(sound, fetch, page, post):
    sound.save_blogs([Blog(key="fen", name="Fen notes", url="https://fen.example/", scope="https://fen.example/")])
    sound.save_fetches("harbour", [fetch(f"{HOST}/late", outcome="failed", reason="timeout", status=None)])
    sound.load(tables([page(f"{HOST}/teaser", post(f"{HOST}/teaser", "The …", date(2020, 2, 2), is_truncated=True))]))
    fen, harbour = status(sound.connection)
    assert (fen.blog, fen.name, fen.enabled, fen.posts, fen.last_fetched_at) == ("fen", "Fen notes", True, 0, None)
    assert (harbour.pages, harbour.posts, harbour.countable, harbour.truncated) == (4, 2, 1, 1)
    assert (harbour.quarantined, harbour.failed) == (1, 1)
    assert (harbour.first_published, harbour.last_published) == (date(2019, 10, 2), date(2020, 2, 2))
    assert harbour.last_fetched_at == "2026-01-05T12:00:00Z"
