"""Which posts are copies of which: SQL finds who may be alike, `likeness` says how alike they are, here it is settled.

The rule (docs/sql.md): in order of date (the last day a post can be from; undated ones last; ties by URL), a post is a copy
of the earliest post that is no copy itself and has the same wording, or a text alike by `likeness.LEAST` or more. So a copy
always points at a post that it is like itself: a series whose posts each resemble only the one before is no chain of copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from warehouse.likeness import LEAST, likeness

if TYPE_CHECKING:
    import duckdb

PAIRS_AT_ONCE = 500

STALE = """
DELETE FROM likenesses WHERE (first_id, first_digest) NOT IN (SELECT post_id, text_digest FROM posts)
    OR (second_id, second_digest) NOT IN (SELECT post_id, text_digest FROM posts)
"""

# Of posts with the same wording only one is compared.
PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
WITH speakers AS (
    SELECT min(post_id) AS post_id, arg_min(sketch, post_id) AS sketch FROM posts WHERE sketch IS NOT NULL GROUP BY wording_digest
),
bands AS (SELECT post_id, unnest(sketch) AS band FROM speakers)
SELECT DISTINCT a.post_id AS first_id, b.post_id AS second_id
FROM bands AS a JOIN bands AS b USING (band) WHERE a.post_id < b.post_id
"""

TEXTS = """
SELECT first_id, second_id, a.text_digest, b.text_digest, a.text, b.text
FROM (FROM pairs ANTI JOIN likenesses USING (first_id, second_id) ORDER BY ALL LIMIT ?) AS p
JOIN posts AS a ON a.post_id = first_id JOIN posts AS b ON b.post_id = second_id
ORDER BY first_id, second_id
"""

# A group is a wording; a post too short to have one is a group of its own.
GROUPS = """
SELECT post_id, coalesce(wording_digest, post_id::VARCHAR) AS wording
FROM posts
WHERE wording_digest IN (SELECT wording_digest FROM posts GROUP BY wording_digest HAVING count(*) > 1)
    OR post_id IN (SELECT unnest([first_id, second_id]) FROM pairs JOIN likenesses USING (first_id, second_id) WHERE likeness >= ?)
ORDER BY last_day_of(published, published_precision) NULLS LAST, canonical_url
"""

ALIKE = """
SELECT coalesce(a.wording_digest, a.post_id::VARCHAR), coalesce(b.wording_digest, b.post_id::VARCHAR), likeness
FROM pairs JOIN likenesses USING (first_id, second_id)
JOIN posts AS a ON a.post_id = first_id JOIN posts AS b ON b.post_id = second_id
WHERE likeness >= ?
"""

MARK = """
UPDATE posts SET duplicate_of = m.first_id, duplicate_likeness = m.likeness
FROM (SELECT p.post_id, c.first_id, c.likeness FROM posts AS p LEFT JOIN copies AS c USING (post_id)) AS m
WHERE posts.post_id = m.post_id
    AND (posts.duplicate_of IS DISTINCT FROM m.first_id OR posts.duplicate_likeness IS DISTINCT FROM m.likeness)
"""


def mark(con: duckdb.DuckDBPyConnection) -> int:
    """Point every copy at the post that it is a copy of; how many there are. Call it within a transaction."""
    import pyarrow as pa

    con.execute(STALE)
    con.execute(PAIRS)
    _compare(con)
    alike: dict[str, list[tuple[str, float]]] = {}
    for one, other, how in con.execute(ALIKE, [LEAST]).fetchall():
        alike.setdefault(one, []).append((other, how))
        alike.setdefault(other, []).append((one, how))
    copies = settled(con.execute(GROUPS, [LEAST]).fetchall(), alike)
    columns = list(zip(*copies, strict=True)) or [(), (), ()]
    kinds = {"post_id": pa.int64(), "first_id": pa.int64(), "likeness": pa.float64()}
    table = pa.table({name: pa.array(column, kinds[name]) for name, column in zip(kinds, columns, strict=True)})
    con.register("copies", table)
    try:
        con.execute(MARK)
    finally:
        con.unregister("copies")
        con.execute("DROP TABLE pairs")
    return len(copies)


def settled(
    posts: Iterable[tuple[int, str]], alike: Mapping[str, Sequence[tuple[str, float]]]
) -> list[tuple[int, int, float]]:
    """(copy, post it is a copy of, likeness) by the module's rule; ``posts`` are (post, wording), earliest first."""
    order: dict[int, int] = {}
    stands_for: dict[str, tuple[int, float]] = {}  # wording → the post that it is, or is a copy of, and how alike
    firsts: dict[str, int] = {}  # wording → its first post, where that is no copy
    copies: list[tuple[int, int, float]] = []
    for place, (post, wording) in enumerate(posts):
        order[post] = place
        if wording not in stands_for:
            found = [
                (order[firsts[other]], firsts[other], how) for other, how in alike.get(wording, ()) if other in firsts
            ]
            if found:
                _, first, how = min(found)
                stands_for[wording] = (first, how)
            else:
                firsts[wording] = post
                stands_for[wording] = (post, 1.0)
                continue
        copies.append((post, *stands_for[wording]))
    return copies


def _compare(con: duckdb.DuckDBPyConnection) -> None:
    """Compare the pairs that were not compared yet, some at a time: their texts may be many."""
    while rows := con.execute(TEXTS, [PAIRS_AT_ONCE]).fetchall():
        found = [
            (first, second, one, other, likeness(text, other_text))
            for first, second, one, other, text, other_text in rows
        ]
        con.executemany("INSERT INTO likenesses VALUES (?, ?, ?, ?, ?)", found)
