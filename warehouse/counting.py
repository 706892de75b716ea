"""Counting a lexicon over the stored tokens: SQL where numbers are looked up, the lexicon itself where it must decide.

Each form of the dictionary is asked once (`Counts`). Terms of one token are then a join; where a term of several tokens
may begin, the tokens from there on are fetched and the lexicon walks through them. What it means that terms overlap, are
excluded or must be near others is decided by the lexicon alone, post by post and theme by theme, for those posts in
which a theme has more to it than single terms side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from warehouse.connection import registered

if TYPE_CHECKING:
    import duckdb

ROWS_AT_ONCE = 100_000

Gap = str | None
Form = tuple[str, tuple[str, str] | None]  # as printed; lemma and part of speech, where a language model has read it


class Term(Protocol):
    """A term: the place of its theme in `Counts.themes`, what the theme has it for, its text."""

    @property
    def theme(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def term(self) -> str: ...


class Counts(Protocol):
    """A lexicon made ready for coded tokens: `analysis.coded_lexicon.CodedLexicon`, whose docstrings say what is meant."""

    digest: str
    themes: tuple[str, ...]
    longest: int

    def terms(self, form: Form) -> Sequence[Any]: ...
    def begins(self, forms: Sequence[Form], gaps: Sequence[Gap]) -> bool: ...
    def goes_on(self, form: Form) -> bool: ...
    def several(self, forms: Sequence[Form], gaps: Sequence[Gap]) -> Sequence[tuple[int, Any]]: ...
    def counted(self, found: Sequence[tuple[int, int, Any]]) -> Sequence[tuple[int, int, Any]]: ...


# A post whose tokens are not there yet (it was read by an older version) is not counted, rather than counted as nothing.
WAITING = """
CREATE OR REPLACE TEMP TABLE found (
    post_id BIGINT, term_id INTEGER, first INTEGER, last INTEGER, char_start INTEGER, char_end INTEGER, form_id INTEGER
);

CREATE OR REPLACE TEMP TABLE waiting AS
SELECT p.post_id, p.text_digest FROM posts AS p
ANTI JOIN (FROM theme_counts WHERE lexicon = ?) AS c ON c.post_id = p.post_id AND c.text_digest = p.text_digest
WHERE p.words = 0 OR p.post_id IN (SELECT DISTINCT post_id FROM tokens)
"""

# Of many posts all forms are asked: finding out which of them are used would take longer.
USED = """
SELECT form_id, form, lemma, pos FROM forms
WHERE (SELECT count(*) FROM waiting) > 1000
    OR form_id IN (SELECT form_id FROM tokens SEMI JOIN waiting USING (post_id))
"""

SINGLE = """
INSERT INTO found
SELECT t.post_id, s.term_id, t.position, t.position, t.char_start, t.char_start + length(f.form), t.form_id
FROM tokens AS t SEMI JOIN waiting USING (post_id) JOIN singles AS s USING (form_id) JOIN forms AS f USING (form_id)
"""

# Where two tokens stand in a row that may be the beginning of a term.
PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT
    a.post_id, a.position, a.char_start, a.form_id AS first_form, b.form_id AS second_form, b.gap,
    b.char_start AS second_start
FROM (FROM tokens SEMI JOIN waiting USING (post_id) SEMI JOIN begins USING (form_id)) AS a
JOIN (FROM tokens SEMI JOIN goes_on USING (form_id) WHERE gap IS NOT NULL) AS b
    ON b.post_id = a.post_id AND b.position = a.position + 1
"""

DOUBLE = """
INSERT INTO found
SELECT p.post_id, d.term_id, p.position, p.position + 1, p.char_start, p.second_start + length(f.form), NULL
FROM pairs AS p JOIN doubles AS d USING (first_form, second_form, gap) JOIN forms AS f ON f.form_id = p.second_form
"""

WINDOWS = """
SELECT
    post_id, beginning, list(form_id ORDER BY position) AS forms, list(gap ORDER BY position) AS gaps,
    list(char_start ORDER BY position) AS starts
FROM tokens JOIN (
    SELECT post_id, position AS beginning, unnest(range(position, position + ?))::INTEGER AS position
    FROM pairs SEMI JOIN onward USING (first_form, second_form, gap)
) USING (post_id, position)
GROUP BY post_id, beginning
"""

# Where a theme has more than single terms side by side: exclusions, contexts, terms that overlap.
TANGLED = """
CREATE OR REPLACE TEMP TABLE tangled AS
SELECT DISTINCT post_id, theme FROM (
    SELECT post_id, theme, role <> 'terms' OR first <= max(last) OVER (
        PARTITION BY post_id, theme ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS is_tangled
    FROM found JOIN terms USING (term_id)
)
WHERE is_tangled
"""

DECIDE = """
SELECT post_id, theme, f.rowid, first, last, term_id
FROM found AS f JOIN terms USING (term_id) SEMI JOIN tangled USING (post_id, theme)
ORDER BY post_id, theme, first, last, term_id
"""

HITS = """
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT f.post_id, t.theme, t.term, char_start, char_end, form_id FROM found AS f JOIN terms AS t USING (term_id)
WHERE (f.post_id, t.theme) NOT IN (FROM tangled) OR f.rowid IN (SELECT row FROM decided);

INSERT INTO theme_hits BY NAME
SELECT post_id, theme, term, form AS text, char_start, char_end FROM chosen JOIN forms USING (form_id)
UNION ALL BY NAME
SELECT post_id, theme, term, substring(p.text, char_start + 1, char_end - char_start) AS text, char_start, char_end
FROM (FROM chosen WHERE form_id IS NULL) JOIN posts AS p USING (post_id)
ORDER BY post_id, char_start, char_end, theme, term;

INSERT INTO theme_counts BY NAME SELECT post_id, text_digest, ? AS lexicon FROM waiting;
"""


def count(con: duckdb.DuckDBPyConnection, lexicon: Counts) -> int:
    """Count ``lexicon`` in every post that was not yet counted with it; how many those were. Call it within a transaction."""
    con.execute(WAITING, [lexicon.digest])
    known: dict[Any, int] = {}  # term → its number
    forms: dict[int, Form] = {
        number: (form, None if lemma is None else (lemma, pos))
        for number, form, lemma, pos in con.execute(USED).fetchall()
    }
    _save_single(con, lexicon, forms, known)
    if lexicon.longest > 1:
        _save_several(con, lexicon, forms, known)
    rows = [(number, lexicon.themes[term.theme], term.role, term.term) for term, number in known.items()]
    with registered(con, terms=_table(("term_id", "theme", "role", "term"), rows, "isss")):
        con.execute(TANGLED)
        decided = _decided(con, lexicon, {number: term for term, number in known.items()})
        with registered(con, decided=_table(("row",), [(row,) for row in decided], "l")):
            con.execute("DELETE FROM theme_counts WHERE post_id IN (SELECT post_id FROM waiting)")
            con.execute("DELETE FROM theme_hits WHERE post_id IN (SELECT post_id FROM waiting)")
            con.execute(HITS, [lexicon.digest])
    counted = con.execute("SELECT count(*) FROM waiting").fetchone()
    con.execute(
        "DROP TABLE found; DROP TABLE chosen; DROP TABLE waiting; DROP TABLE tangled; DROP TABLE IF EXISTS pairs"
    )
    return int(counted[0]) if counted else 0


def _save_single(
    con: duckdb.DuckDBPyConnection, lexicon: Counts, forms: Mapping[int, Form], known: dict[Any, int]
) -> None:
    rows = [(form_id, _number(known, term)) for form_id, form in forms.items() for term in lexicon.terms(form)]
    with registered(con, singles=_table(("form_id", "term_id"), rows, "ii")):
        con.execute(SINGLE)


def _save_several(
    con: duckdb.DuckDBPyConnection, lexicon: Counts, forms: Mapping[int, Form], known: dict[Any, int]
) -> None:
    begins = [(form_id,) for form_id, form in forms.items() if lexicon.begins((form,), (None,))]
    goes_on = [(form_id,) for form_id, form in forms.items() if lexicon.goes_on(form)]
    with registered(con, begins=_table(("form_id",), begins, "i"), goes_on=_table(("form_id",), goes_on, "i")):
        con.execute(PAIRS)
    doubles: list[tuple[int, int, Gap, int]] = []
    onward: list[tuple[int, int, Gap]] = []
    for first, second, gap in con.execute("SELECT DISTINCT first_form, second_form, gap FROM pairs").fetchall():
        pair, parted = (forms[first], forms[second]), (None, gap)
        doubles += ((first, second, gap, _number(known, term)) for _, term in lexicon.several(pair, parted))
        if lexicon.begins(pair, parted):
            onward.append((first, second, gap))
    names = ("first_form", "second_form", "gap")
    with registered(con, doubles=_table((*names, "term_id"), doubles, "iisi"), onward=_table(names, onward, "iis")):
        con.execute(DOUBLE)
        windows = con.execute(WINDOWS, [lexicon.longest]).to_arrow_table()
    longer: list[tuple[int, int, int, int, int, int]] = []
    for post_id, at, ids, gaps, starts in zip(*(column.to_pylist() for column in windows.columns), strict=True):
        words = [forms[form_id] for form_id in ids]
        longer += (
            (post_id, _number(known, term), at, at + last, starts[0], starts[last] + len(words[last][0]))
            for last, term in lexicon.several(words, gaps)
            if last > 1
        )
    columns = ("post_id", "term_id", "first", "last", "char_start", "char_end")
    with registered(con, longer=_table(columns, longer, "liiiii")):
        con.execute("INSERT INTO found BY NAME FROM longer")


def _decided(con: duckdb.DuckDBPyConnection, lexicon: Counts, terms: Mapping[int, Any]) -> list[int]:
    """The rows of `found` that count where the lexicon has to decide."""
    rows: list[int] = []
    for _, group in groupby(_fetched(con.execute(DECIDE)), key=lambda row: row[:2]):
        found = {(first, last, terms[term_id]): row for _, _, row, first, last, term_id in group}
        rows += (found[one] for one in lexicon.counted(list(found)))
    return rows


def _fetched(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    for batch in result.to_arrow_reader(ROWS_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _number(known: dict[Any, int], term: Any) -> int:
    return known.setdefault(term, len(known))


def _table(names: Sequence[str], rows: Sequence[tuple[Any, ...]], kinds: str) -> Any:
    """``rows`` as a `pyarrow.Table`; ``kinds`` has a letter for each column: i and l for integers, s for text."""
    import pyarrow as pa

    types = {"i": pa.int32(), "l": pa.int64(), "s": pa.string()}
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    arrays = [pa.array(column, types[kind]) for column, kind in zip(columns, kinds, strict=True)]
    return pa.table(dict(zip(names, arrays, strict=True)))
