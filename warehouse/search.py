"""Full-text search: an index of its own beside the snapshot, kept up to date post by post.

SQLite's FTS5 ranks by BM25 (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75), finds phrases and beginnings of words, cuts
snippets, and takes single posts in and out. Why not DuckDB's own extension: docs/decisions/0003.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.connection import cursor
from warehouse.errors import SearchRefused
from warehouse.query import open

LAYOUT = 1  # of the index; another number means: made anew

# Word stems as Porter (1980) cuts them, accents folded; digits are words.
SCHEMA = """
CREATE TABLE state (layout INTEGER NOT NULL, snapshot TEXT NOT NULL);
CREATE TABLE posts (
    post_id INTEGER PRIMARY KEY, stamp TEXT NOT NULL, url TEXT NOT NULL, blog TEXT NOT NULL, authors TEXT NOT NULL,
    published TEXT, published_until TEXT, shown TEXT
);
CREATE VIRTUAL TABLE texts USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");
"""

# Copies are left out: the post that they point at is found. Anything that is shown is part of the stamp.
SEARCHABLE = """
SELECT p.post_id, p.canonical_url, p.blog, coalesce(string_agg(a.name, chr(10) ORDER BY a.position), '') AS authors,
    p.published, p.published_until, f.date AS shown, p.text_digest, p.title,
    md5(concat_ws(chr(31), p.canonical_url, p.blog, authors, f.date, p.title, p.text_digest)) AS stamp
FROM posts_judged AS p JOIN posts_flat AS f ON f.url = p.canonical_url LEFT JOIN post_people AS a USING (post_id)
WHERE p.duplicate_of IS NULL
GROUP BY ALL
"""

TEXTS_AT_ONCE = 500
TITLE_WEIGHT, TEXT_WEIGHT = 4.0, 1.0  # a word in the title says more about a post than one in its text
SNIPPET_WORDS = 28
MARK, UNMARK = "\x02", "\x03"  # around what was found, in a snippet

# One part of what a user types: -exclude, "a phrase", word, begin*
PART = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A post that was found; ``snippet`` is cut from its text, what matched between `MARK` and `UNMARK`.

    ``published`` is as far as the date is known: 2019-10-02, 2019-10 or 2019. A higher ``score`` is a better match.
    """

    url: str
    title: str
    blog: str
    authors: tuple[str, ...]
    published: str | None
    snippet: str
    score: float


def stamp_of(snapshot: Path) -> str:
    """Changes whenever a snapshot is published or restored."""
    known = snapshot.stat()
    return f"{known.st_mtime_ns}-{known.st_size}"


def is_current(index: Path, snapshot: Path) -> bool:
    """Whether the index at ``index`` was made of just this snapshot."""
    if not index.exists():
        return False
    with _opened(index) as db:
        return _state(db) == (LAYOUT, stamp_of(snapshot))


def refresh(index: Path, snapshot: Path) -> int:
    """Bring the index at ``index`` to what ``snapshot`` holds; how many posts that took.

    Only posts that came, went or changed are touched. Searches go on meanwhile and see the state before; a refresh that
    was cut short is gone on with by the next. `SearchRefused` where this Python's SQLite has no FTS5.
    """
    stamp = stamp_of(snapshot)  # before it is opened: one that is published meanwhile must not pass for this one
    with open(snapshot) as con, _opened(index) as db:
        if (_state(db) or (0, ""))[0] != LAYOUT:
            _made_anew(db)
        held = dict(db.execute("SELECT post_id, stamp FROM posts"))
        found = {row[0]: row for row in cursor(con).execute(SEARCHABLE).fetchall()}
        gone = {post_id for post_id, old in held.items() if post_id not in found or found[post_id][-1] != old}
        new = sorted(post_id for post_id, row in found.items() if held.get(post_id) != row[-1])
        with db:
            db.executemany("DELETE FROM texts WHERE rowid = ?", ((post_id,) for post_id in gone))
            db.executemany("DELETE FROM posts WHERE post_id = ?", ((post_id,) for post_id in gone))
        for start in range(0, len(new), TEXTS_AT_ONCE):
            some = new[start : start + TEXTS_AT_ONCE]
            texts = "SELECT post_id, text FROM posts WHERE post_id IN (SELECT unnest(?::BIGINT[]))"
            with db:
                _take_in(db, (found[post_id] for post_id in some), dict(con.execute(texts, [some]).fetchall()))
        with db:
            db.execute("UPDATE state SET snapshot = ?", (stamp,))
        return len(gone.union(new))


def search(
    index: Path,
    words: str,
    *,
    blogs: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
    author: str | None = None,
    limit: int = 20,
) -> tuple[list[SearchHit], int]:
    """The ``limit`` best matches for ``words`` in the index at ``index``, best first, and how many there are in all.

    All words must stand in the post, in any form of the word ("charities" finds "charity"); ``"a phrase"``, ``begin*``,
    ``-without`` and ``this OR that`` are understood. ``author`` is any part of a name. Both ends of the range are included; a
    post dated to a month or year is in it only if that whole period is. `SearchRefused` where nothing is asked.
    """
    wanted = [
        ("p.blog IN (SELECT value FROM json_each(?))", json.dumps(list(blogs)) if blogs else None),
        ("p.published >= ?", first and first.isoformat()),
        ("p.published_until <= ?", last and last.isoformat()),
        ("instr(casefolded(p.authors), ?)", author and author.casefold()),
    ]
    asked = [(condition, value) for condition, value in wanted if value is not None]
    where = " AND ".join(["texts MATCH ?", *(condition for condition, _ in asked)])
    source = f"FROM texts JOIN posts AS p ON p.post_id = texts.rowid WHERE {where}"
    best = (
        f"SELECT p.url, texts.title, p.blog, p.authors, p.shown, snippet(texts, 1, ?, ?, '…', {SNIPPET_WORDS}), rank {source} "
        f"AND rank MATCH 'bm25({TITLE_WEIGHT}, {TEXT_WEIGHT})' ORDER BY rank, p.url LIMIT ?"
    )
    values = [expression(words), *(value for _, value in asked)]
    with _opened(index) as db:
        db.create_function("casefolded", 1, str.casefold, deterministic=True)
        total = int(db.execute(f"SELECT count(*) {source}", values).fetchone()[0])
        rows = db.execute(best, [MARK, UNMARK, *values, limit]).fetchall()
    return [_hit(row) for row in rows], total


def expression(words: str) -> str:
    """What a user typed, as an FTS5 query in which every word is quoted: nothing typed can be an error or an operator
    by accident. Raises SearchRefused where nothing is left to look for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    joins = False  # whether the next part is an alternative to the last one
    for part in PART.finditer(words):
        text = part["phrase"] if part["phrase"] is not None else part["word"]
        if part["word"] == "OR" and wanted:
            joins = True
            continue
        if not re.search(r"\w", text):
            continue
        quoted = '"' + re.sub(r'["\0]', " ", text).rstrip("*") + '"' + ("*" if text.endswith("*") else "")
        if part["no"]:
            unwanted.append(quoted)
        elif joins:
            wanted[-1] += f" OR {quoted}"
        else:
            wanted.append(quoted)
        joins = False
    if not wanted:
        raise SearchRefused(
            f'nothing to look for in {words!r}: give at least one word, such as `search "community trust"`'
        )
    asked = " AND ".join(f"({part})" for part in wanted)
    return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked


def _take_in(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], texts: dict[int, str]) -> None:
    for post_id, url, blog, authors, published, until, shown, _, title, stamp in rows:
        days = (published and published.isoformat(), until and until.isoformat())
        db.execute(
            "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (post_id, stamp, url, blog, authors, *days, shown)
        )
        db.execute("INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)", (post_id, title, texts[post_id]))


def _hit(row: tuple[Any, ...]) -> SearchHit:
    url, title, blog, authors, shown, snippet, rank = row
    return SearchHit(
        url=url,
        title=title or "[untitled]",
        blog=blog,
        authors=tuple(authors.split("\n")) if authors else (),
        published=shown,
        snippet=" ".join(snippet.split()),
        score=-rank,
    )


@contextmanager
def _opened(index: Path) -> Iterator[sqlite3.Connection]:
    index.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(index, timeout=60)) as db:
        try:
            db.execute("PRAGMA journal_mode = WAL")  # who searches and who refreshes do not wait for each other
            yield db
        except sqlite3.DatabaseError as error:
            if "fts5" in str(error):
                raise SearchRefused("this Python's SQLite was built without FTS5: use one that has it") from error
            raise SearchRefused(
                f"{index} cannot be used ({error}): delete it, the next search makes it again"
            ) from error


def _state(db: sqlite3.Connection) -> tuple[int, str] | None:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone():
        return None
    found = db.execute("SELECT layout, snapshot FROM state").fetchone()
    return (int(found[0]), str(found[1])) if found else None


def _made_anew(db: sqlite3.Connection) -> None:
    with db:
        for name in ("state", "posts", "texts"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        db.executescript(SCHEMA)
        db.execute("INSERT INTO state VALUES (?, '')", (LAYOUT,))
