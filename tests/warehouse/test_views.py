"""The surface for ad hoc SQL, as a plain `duckdb.connect` of the published snapshot shows it."""

import re
from collections import Counter
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotation import annotated_tokens
from extract.records import Dated, Name, Reference
from warehouse import Store, tables
from warehouse.migrate import sql_files

HOST = "https://harbour-voices.example"
SQL = tuple(sql_files("views"))


def dated(value: date, precision: str) -> Dated:
    return Dated(value=value, precision=precision, source="meta", as_printed="as printed")


@pytest.fixture(scope="module")
def sector(tmp_path_factory, page, post, person, counted):
    """A published sector with a post for every case, opened as any DuckDB client does; theme hits are the word "cuts"."""
    cuts = "The cuts came early, {n} of them, and the cuts stayed. " + "More followed in time. " * 5
    bodies = {
        "day": post(f"{HOST}/day", cuts.format(n="one"), dated(date(2019, 10, 2), "day")),
        "other-day": post(
            f"{HOST}/other-day", "Nothing of the kind happened here at all.", dated(date(2019, 2, 2), "day")
        ),
        "month": post(f"{HOST}/month", cuts.format(n="two"), dated(date(2019, 10, 1), "month")),
        "year": post(f"{HOST}/year", cuts.format(n="three"), dated(date(2018, 1, 1), "year")),
        "copy": post(f"{HOST}/copy", cuts.format(n="one"), dated(date(2020, 1, 2), "day")),
        "teaser": post(f"{HOST}/teaser", "The cuts …", dated(date(2019, 3, 3), "day"), is_truncated=True),
        "undated": post(f"{HOST}/undated", "The cuts, undated.", None),
        "welsh": post(f"{HOST}/welsh", "Y toriadau, cuts.", dated(date(2019, 4, 4), "day"), language="cy"),
        "unknown": post(f"{HOST}/unknown", "Cuts!", dated(date(2020, 5, 5), "day"), language=None, people=()),
        "tomorrow": post(f"{HOST}/tomorrow", "The cuts to come.", dated(date(2031, 1, 1), "day")),
        "empty": post(f"{HOST}/empty", "", dated(date(2019, 6, 6), "day"), people=(person("B"), person("A"))),
    }
    folder = tmp_path_factory.mktemp("sector")
    with Store(folder / ".sectorscope" / "working.duckdb") as store:
        store.load(tables([page(body.canonical_url, body) for body in bodies.values()]))
        counted(store, cuts=["cuts"], hope=["hope"])
        store.publish(folder / "warehouse.duckdb")
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as con:
        yield con


def names(con, sql: str) -> set[str]:
    return {url.rsplit("/", 1)[1] for (url,) in con.execute(sql).fetchall()}


def test_countable_posts_are_dated_whole_english_and_no_copies(sector):
    assert names(sector, "SELECT canonical_url FROM posts_countable") == {
        "day",
        "other-day",
        "month",
        "year",
        "unknown",
    }


def test_every_other_post_says_why_it_is_left_out(sector):
    found = sector.execute("SELECT canonical_url, left_out FROM posts_judged WHERE left_out IS NOT NULL").fetchall()
    assert {url.rsplit("/", 1)[1]: why for url, why in found} == {
        "copy": "duplicate",
        "teaser": "truncated",
        "undated": "undated",
        "welsh": "not English",
        "tomorrow": "dated after it was fetched",
        "empty": "empty",
    }


def test_posts_flat_is_one_row_a_post_with_the_date_as_far_as_known(sector):
    flat = sector.execute("FROM posts_flat")
    assert [column[0] for column in flat.description] == ["url", "title", "date", "authors", "blog", "kind", "words"]
    rows = {url.rsplit("/", 1)[1]: row for url, *row in flat.fetchall()}
    assert len(rows) == 11
    assert [rows[name][1] for name in ("day", "month", "year", "undated")] == ["2019-10-02", "2019-10", "2018", None]
    assert (rows["empty"][2], rows["unknown"][2]) == (["B", "A"], [])
    assert rows["day"][3:5] == ["harbour", "post"]


def test_coverage_counts_what_is_left_out(sector):
    found = sector.execute(
        "SELECT year, posts, countable, undated, truncated, duplicates, empty, not_english, dated_after_fetch "
        "FROM coverage ORDER BY year NULLS LAST"
    ).fetchall()
    assert found == [
        (2018, 1, 1, 0, 0, 0, 0, 0, 0),
        (2019, 6, 3, 0, 1, 0, 1, 1, 0),
        (2020, 2, 1, 0, 0, 1, 0, 0, 0),
        (2031, 1, 0, 0, 0, 0, 0, 0, 1),
        (None, 1, 0, 1, 0, 0, 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("year", {"2018": (1, 1, 2), "2019": (3, 2, 4), "2020": (1, 1, 1)}),
        ("quarter", {"2019-Q1": (1, 0, 0), "2019-Q4": (2, 2, 4), "2020-Q2": (1, 1, 1)}),
        ("month", {"2019-02": (1, 0, 0), "2019-10": (2, 2, 4), "2020-05": (1, 1, 1)}),
    ],
)
def test_theme_trend_counts_posts_whose_date_is_fine_enough(sector, grain, expected):
    rows = sector.execute(
        "SELECT period, posts, posts_with_hit, hits, words, share, rate FROM theme_trend('cuts', ?)", [grain]
    ).fetchall()
    assert {row[0]: row[1:4] for row in rows} == expected
    for _, posts, with_hit, hits, words, share, rate in rows:
        assert share == pytest.approx(with_hit / posts)
        assert rate == pytest.approx(10_000 * hits / words)


def test_theme_trend_gives_zeros_for_a_theme_without_hits(sector):
    assert sector.execute("SELECT sum(hits), sum(posts) FROM theme_trend('hope', 'year')").fetchone() == (0, 5)


@pytest.mark.parametrize(
    ("theme", "grain", "said"),
    [("cutz", "year", "no theme 'cutz'"), ("cuts", "week", "year, quarter or month, not 'week'")],
)
def test_theme_trend_refuses_what_it_does_not_know(sector, theme, grain, said):
    with pytest.raises(duckdb.InvalidInputException, match=said):
        sector.execute("FROM theme_trend(?, ?)", [theme, grain]).fetchall()


def test_kwic_finds_what_a_regular_expression_finds(sector):
    texts = dict(sector.execute("SELECT canonical_url, text FROM posts WHERE duplicate_of IS NULL").fetchall())
    expected = {
        (
            url,
            found.start(),
            text[max(found.start() - 9, 0) : found.start()],
            found[0],
            text[found.end() : found.end() + 9],
        )
        for url, text in texts.items()
        for found in re.finditer(r"\bcuts\b", text, re.IGNORECASE)
    }
    found = sector.execute(
        "SELECT url, char_start, left_context, keyword, right_context FROM kwic('cuts', 9)"
    ).fetchall()
    assert len(found) == len(expected) == 11
    assert set(found) == expected


def test_the_words_of_kwic_are_no_regular_expression(sector):
    assert sector.execute("FROM kwic('c.ts', 9)").fetchall() == []
    assert sector.execute("FROM kwic('…', 9)").fetchall() == []


def test_kwic_finds_phrases_beginnings_and_possessives_with_link_and_date(store, page):
    text = "Mutual aid is old. “Mutual” aid's friends say: mutual. Aid, mutual-aid groups.\n\nMutual\n\naid"
    store.load(tables([page(f"{HOST}/a", text)]))
    ask = "SELECT keyword, url, published::VARCHAR, title, published_precision FROM kwic(?, 5)"
    found = store.connection.execute(ask, ["mutual aid"]).fetchall()
    assert [row[0] for row in found] == ["Mutual aid", "Mutual” aid's", "mutual-aid"]
    assert {row[1:] for row in found} == {(f"{HOST}/a", "2019-10-02", "Ten years on", "day")}
    assert [row[0] for row in store.connection.execute(ask, ["mut* AID"]).fetchall()] == [row[0] for row in found]
    assert len(store.connection.execute(ask, ["Mutual"]).fetchall()) == 5


@settings(max_examples=25, deadline=None)
@given(
    text=st.text("ab é🌊.- ’s", max_size=40),
    term=st.sampled_from(["ab", "ab ab", "a*", "a* ab é"]),
    width=st.integers(0, 12),
)
def test_kwic_gives_every_hit_its_place(text, term, width):
    tokens = annotated_tokens(text, [])
    with duckdb.connect() as con:
        con.execute("CREATE TABLE posts (post_id INT, canonical_url VARCHAR, title VARCHAR, blog VARCHAR, published DATE, "
                    "published_precision VARCHAR, text VARCHAR, duplicate_of INT)")  # fmt: skip
        con.execute("CREATE TABLE forms (form_id INT, form VARCHAR, folded VARCHAR)")
        con.execute("CREATE TABLE tokens (post_id INT, position INT, char_start INT, form_id INT, gap VARCHAR)")
        con.execute(dict(SQL)["41_kwic.sql"])
        con.execute("INSERT INTO posts VALUES (1, 'u', 't', 'b', NULL, NULL, ?, NULL)", [text])
        for position, token in enumerate(tokens):
            con.execute("INSERT INTO forms VALUES (?, ?, ?)", [position, token.form, token.folded])
            con.execute("INSERT INTO tokens VALUES (1, ?, ?, ?, ?)", [position, token.start, position, token.gap])
        found = con.execute(
            "SELECT char_start, left_context, keyword, right_context FROM kwic(?, ?)", [term, width]
        ).fetchall()
    parts = term.split()

    def fits(word: str, part: str) -> bool:
        return word.startswith(part[:-1]) if part.endswith("*") else word in (part, f"{part}'s")

    expected = [
        (token.start, tokens[at + len(parts) - 1].start + len(tokens[at + len(parts) - 1].form))
        for at, token in enumerate(tokens[: len(tokens) - len(parts) + 1])
        if all(fits(tokens[at + n].folded, part) for n, part in enumerate(parts))
        and all(tokens[at + n].gap == "" for n in range(1, len(parts)))
    ]
    assert [(start, start + len(keyword)) for start, _, keyword, _ in found] == expected
    for start, left, keyword, right in found:
        assert (left, right) == (text[max(start - width, 0) : start], text[start + len(keyword) :][:width])


def asked(con, sql: str, *values: object) -> list[dict[str, object]]:
    done = con.execute(sql, list(values))
    names = [column[0] for column in done.description]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def test_dates_coarser_than_the_grain_are_counted_as_left_out(sector):
    for grain, left_out in (("year", 0), ("quarter", 1), ("month", 1)):
        for sql in (
            "FROM theme_trend('cuts', ?)",
            "FROM cooccurrence('cuts', 'hope', ?)",
            "FROM entity_trend('Eastmere', ?)",
        ):
            rows = asked(sector, sql, grain)
            assert {row["left_out"] for row in rows} == {left_out}
            assert sum(row["posts"] for row in rows) + left_out == 5


def test_theme_by_blog_adds_up_to_the_trend(sector):
    (row,) = asked(sector, "FROM theme_by_blog('cuts')")
    trend = asked(sector, "FROM theme_trend('cuts', 'year')")
    for name in ("posts", "posts_with_hit", "hits", "words"):
        assert row[name] == sum(year[name] for year in trend)
    assert (row["blog"], str(row["first_hit"]), str(row["last_hit"])) == ("harbour", "2018-01-01", "2020-05-05")
    with pytest.raises(duckdb.InvalidInputException, match="no theme 'cutz'"):
        sector.execute("FROM theme_by_blog('cutz')").fetchall()


def test_cooccurrence_tells_both_from_chance(store, page, post, counted):
    texts = ["cuts and hope", "cuts and cuts", "hope", "cuts, hope", "nothing", "none"]
    store.load(tables([
        page(f"{HOST}/{n}", post(f"{HOST}/{n}", text, date(2019, 3, n + 1))) for n, text in enumerate(texts)
    ]))  # fmt: skip
    counted(store, cuts=["cuts"], hope=["hope"])
    (row,) = asked(store.connection, "FROM cooccurrence('cuts', 'hope', 'quarter')")
    assert (row["period"], row["posts"], row["posts_a"], row["posts_b"], row["posts_both"]) == ("2019-Q1", 6, 3, 3, 2)
    assert (row["expected"], row["lift"]) == (1.5, pytest.approx(4 / 3))


def test_entities_by_range_and_over_time(store, page, post):
    month = dated(date(2019, 5, 1), "month")
    store.load(tables([
        page(f"{HOST}/a", post(f"{HOST}/a", "Eastmere. Eastmere.", date(2018, 1, 1))),
        page(f"{HOST}/b", post(f"{HOST}/b", "Eastmere Trust here.", month)),
        page(f"{HOST}/c", post(f"{HOST}/c", "Nobody.", date(2019, 6, 1))),
    ]))  # fmt: skip
    con = store.connection
    assert con.execute("SELECT name, mentions, posts FROM top_entities('GPE')").fetchall() == [("Eastmere", 3, 2)]
    ranged = "SELECT name FROM top_entities('ORG', '2019-05-01', '2019-05-{day}')"
    assert con.execute(ranged.format(day=31)).fetchall() == [("Eastmere Trust",)]
    assert con.execute(ranged.format(day=30)).fetchall() == []
    trend = [
        (r["period"], r["posts"], r["posts_naming"], r["mentions"])
        for r in asked(con, "FROM entity_trend('eastmere', 'year')")
    ]
    assert trend == [("2018", 1, 1, 2), ("2019", 2, 1, 1)]


def test_works_are_told_apart_and_their_citers_found(store, page, post, changed):
    def work(**fields):
        said = {"as_printed": "Moss, C. (2018). Local trust. Tidewater.", "kind": "book", "authors": (Name(family="Moss", given="C."),),
                "year": "2018", "title": "Local trust"}  # fmt: skip
        return Reference(**{**said, **fields})

    other_style = work(as_printed="C. Moss, “Local Trust”, Tidewater, 2018", title="Local Trust")
    store.load(tables([
        page(f"{HOST}/a"),
        changed(page(f"{HOST}/b", "One. Two words here."), references=(work(),)),
        changed(page(f"{HOST}/c", "Three. Four words here."), references=(other_style, work(position=1, doi="10.1234/X", title="Else"))),
    ]))  # fmt: skip
    store.link_works()
    con = store.connection
    cited = asked(con, "FROM most_cited(2)")
    assert [(row["title"].lower(), row["posts"]) for row in cited] == [("local trust", 2), ("else", 1)]
    assert [row["url"] for row in asked(con, "FROM who_cites('local trust')")] == [f"{HOST}/b", f"{HOST}/c"]
    assert [row["url"] for row in asked(con, "FROM who_cites('10.1234/x')")] == [f"{HOST}/c"]
    assert [(row["url"], row["times_in_text"]) for row in asked(con, "FROM who_cites('slow trust')")] == [
        (f"{HOST}/a", 1)
    ]


def test_the_posts_of_an_author_say_what_the_page_prints(store, page, post, person):
    store.load(tables([
        page(f"{HOST}/a", post(f"{HOST}/a", "One.", date(2019, 1, 1), people=(person("Bo  Lind", role="Chair"),))),
        page(f"{HOST}/b", post(f"{HOST}/b", "Two.", None, people=(person("Ada Okafor"), person("BO LIND")))),
    ]))  # fmt: skip
    found = asked(store.connection, "FROM author_posts(' bo lind')")
    assert [(row["url"], row["role"], row["as_printed"], row["left_out"]) for row in found] == [
        (f"{HOST}/a", "Chair", "By Bo  Lind", None), (f"{HOST}/b", None, "By BO LIND", "undated"),
    ]  # fmt: skip


def test_top_entities_rank_by_posts(store, page):
    store.load(tables([page(), page(f"{HOST}/b", "Eastmere. Eastmere. Eastmere.")]))
    found = store.connection.execute("FROM top_entities('GPE') LIMIT 1").fetchall()
    assert found == [("Eastmere", "GPE", 5, 2, 1)]


def test_everything_has_a_comment(sector):
    """Tables, views, macros and all their columns: the names alone do not tell units and odd cases."""
    mute = sector.execute("""
        SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns()
            WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT function_name FROM duckdb_functions()
            WHERE NOT internal AND function_type IN ('macro', 'table_macro') AND comment IS NULL
    """).fetchall()
    assert mute == []
    kinds = Counter(kind for (kind,) in sector.execute(
        "SELECT function_type FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'"
    ).fetchall())  # fmt: skip
    assert set(kinds) == {"table_macro", "macro"}
