"""Counting a lexicon over the stored tokens: which posts and themes are to be counted, their tokens as columns, the hits.

Each form of the dictionary is asked once. The tokens stream out of the database as columns of numbers, in which the lexicon
finds its terms (`analysis.coded_lexicon`); no text is read again but to print a term of several words. A theme whose terms are as they
were keeps its hits: where one term was changed, one theme is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from warehouse.connection import registered

if TYPE_CHECKING:
    import duckdb

Form = tuple[str, tuple[str, str] | None]  # as printed; lemma and part of speech, where a language model has read it


class Found(Protocol):
    """Hits: the rows of their first and last token, and the place of their term in `Counts.terms`."""

    @property
    def first(self) -> Any: ...
    @property
    def last(self) -> Any: ...
    @property
    def term(self) -> Any: ...


class Reader(Protocol):
    """Finds hits in columns of numbers."""

    def hits(self, posts: Any, forms: Any, gaps: Any) -> Found: ...


class Counts(Protocol):
    """A lexicon made ready for coded tokens: `analysis.coded_lexicon.CodedLexicon`, whose docstrings say what is meant."""

    digest: str

    @property
    def themes(self) -> Mapping[str, str]: ...
    @property
    def terms(self) -> Sequence[tuple[str, str]]: ...
    @property
    def gaps(self) -> Sequence[str]: ...

    def only(self, themes: Iterable[str]) -> Counts: ...
    def reader(self, forms: Mapping[int, Form]) -> Reader: ...


# A post whose tokens are not there yet (it was read by an older version) is not counted, rather than counted as nothing.
WAITING = """
CREATE OR REPLACE TEMP TABLE waiting AS
SELECT p.post_id, p.text_digest FROM posts AS p ANTI JOIN theme_counts AS c USING (post_id, text_digest)
WHERE p.words = 0 OR p.post_id IN (SELECT DISTINCT post_id FROM tokens)
"""

COUNTED = """
CREATE OR REPLACE TEMP TABLE known AS SELECT post_id FROM posts SEMI JOIN theme_counts USING (post_id, text_digest)
"""

# Of few posts their tokens are picked out and sorted. Of many all tokens are read as they lie, which is in order: picking
# some of them, in several threads, mixes them up, and to sort a hundred million takes longer than all the rest.
FEW = 0.05
USED = "SELECT form_id, form, lemma, pos FROM forms"
USED_IN_FEW = f"{USED} SEMI JOIN (FROM tokens SEMI JOIN <asked> USING (post_id)) USING (form_id)"
TOKENS = """
SELECT post_id, position, char_start, form_id, coalesce(list_position(?::VARCHAR[], gap) - 1, -1)::SMALLINT AS gap
FROM tokens
"""
TOKENS_OF_FEW = TOKENS + "SEMI JOIN <asked> USING (post_id) ORDER BY post_id, position"
TOKENS_SORTED = TOKENS + "ORDER BY post_id, position"

HITS = """
INSERT INTO theme_hits BY NAME
WITH asked_for AS (FROM found SEMI JOIN <asked> USING (post_id))
SELECT post_id, theme, term, form AS text, char_start, char_end
FROM asked_for JOIN met USING (term_id) JOIN forms USING (form_id)
UNION ALL BY NAME
SELECT post_id, theme, term, substring(p.text, char_start + 1, char_end - char_start) AS text, char_start, char_end
FROM (FROM asked_for WHERE form_id IS NULL) JOIN met USING (term_id) JOIN posts AS p USING (post_id)
ORDER BY post_id, char_start, char_end, theme, term
"""


def count(con: duckdb.DuckDBPyConnection, lexicon: Counts, labels: Mapping[str, str]) -> int:
    """Bring the hits to what ``lexicon`` counts in every post; in how many posts something was counted for that.

    Call it within a transaction.
    """
    stored = dict(con.execute("SELECT theme, digest FROM themes").fetchall())
    changed = [theme for theme, digest in lexicon.themes.items() if stored.get(theme) != digest]
    if len(changed) == len(lexicon.themes):
        con.execute("DELETE FROM theme_hits; DELETE FROM theme_counts")
    con.execute(COUNTED)
    con.execute(WAITING)
    kept = [theme for theme in lexicon.themes if theme not in changed]
    con.execute("DELETE FROM theme_hits WHERE NOT list_contains(?::VARCHAR[], theme)", [kept])
    con.execute("DELETE FROM theme_hits WHERE post_id IN (SELECT post_id FROM waiting)")
    con.execute("DELETE FROM theme_counts WHERE post_id IN (SELECT post_id FROM waiting)")
    if changed:
        _add_hits(con, lexicon.only(changed), "known")
    _add_hits(con, lexicon, "waiting")
    con.execute(
        "INSERT INTO theme_counts BY NAME SELECT post_id, text_digest, ? AS lexicon FROM waiting", [lexicon.digest]
    )
    con.execute("UPDATE theme_counts SET lexicon = ? WHERE lexicon <> ?", [lexicon.digest, lexicon.digest])
    con.execute("DELETE FROM themes")
    for theme, digest in sorted(lexicon.themes.items()):
        con.execute("INSERT INTO themes VALUES (?, ?, ?, ?)", [theme, labels.get(theme, theme), lexicon.digest, digest])
    counted = _size(con, "waiting") + (_size(con, "known") if changed else 0)
    con.execute("DROP TABLE known; DROP TABLE waiting")
    return counted


def _add_hits(con: duckdb.DuckDBPyConnection, lexicon: Counts, asked: str) -> None:
    """Add the hits of ``lexicon`` in the posts of the table ``asked``, which has none of its themes yet."""
    import pyarrow as pa

    from warehouse.token_columns import OutOfOrder, hits

    if not (size := _size(con, asked)):
        return
    are_few = size < FEW * _size(con, "posts")
    used, tokens = (USED_IN_FEW, TOKENS_OF_FEW) if are_few else (USED, TOKENS)
    forms: dict[int, Form] = {
        number: (form, None if lemma is None else (lemma, pos))
        for number, form, lemma, pos in con.execute(used.replace("<asked>", asked)).fetchall()
    }
    reader, sizes, gaps = lexicon.reader(forms), {n: len(form) for n, (form, _) in forms.items()}, list(lexicon.gaps)
    try:
        found = hits(con.execute(tokens.replace("<asked>", asked), [gaps]), reader, sizes)
    except OutOfOrder:
        found = hits(con.execute(TOKENS_SORTED, [gaps]), reader, sizes)
    rows = [{"term_id": number, "theme": theme, "term": term} for number, (theme, term) in enumerate(lexicon.terms)]
    with registered(con, found=found, met=pa.Table.from_pylist(rows)):
        con.execute(HITS.replace("<asked>", asked))


def _size(con: duckdb.DuckDBPyConnection, table: str) -> int:
    counted = con.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of this module
    return int(counted[0]) if counted else 0
