"""What analyses and strangers may ask of a published snapshot."""

import shutil
import subprocess
import sys
from datetime import date

import pytest

import warehouse
from analysis.records import Named, Site
from analysis.themes import compile_themes
from extract.records import Blog, Dated, Link
from warehouse import Store, post_views, tables
from warehouse.connection import cursor
from warehouse.errors import LexiconNotCounted, QueryFailed, WarehouseBroken, WarehouseMissing
from warehouse.query import counted_lexicon, rows

HOST = "https://harbour-voices.example"
LEXICON = compile_themes({"themes": {"cuts": {"label": "Cuts", "terms": ["cuts"]}}}).digest


@pytest.fixture(scope="module")
def published(empty, tmp_path_factory, page, post, person, counted):
    """Three posts of two blogs; the word "cuts" is counted."""
    folder = tmp_path_factory.mktemp("published")
    working, snapshot = folder / "working.duckdb", folder / "warehouse.duckdb"
    shutil.copy(empty, working)
    month = Dated(value=date(2019, 6, 1), precision="month", source="footer", as_printed="June 2019")
    with Store(working) as store:
        store.load(tables([
            page(f"{HOST}/a", post(f"{HOST}/a", "Cuts and more cuts 🌊 then cuts.", date(2018, 5, 1))),
            page(f"{HOST}/b", post(f"{HOST}/b", "A month of cuts.", month, title=None, people=(person("B"), person("A")))),
            page(f"{HOST}/c", post(f"{HOST}/c", "Nothing.", date(2020, 1, 1)), blog="fen"),
        ]))  # fmt: skip
        counted(store, cuts=["cuts"])
        store.publish(snapshot)
    return snapshot


@pytest.fixture
def con(published):
    with warehouse.open(published) as con:
        yield con


def test_a_missing_snapshot_says_what_to_run(tmp_path):
    with pytest.raises(WarehouseMissing, match="sectorscope run"):
        warehouse.open(tmp_path / "warehouse.duckdb")


def test_a_file_that_is_no_database_is_named(tmp_path):
    broken = tmp_path / "warehouse.duckdb"
    broken.write_bytes(b"nothing of the kind" * 1000)
    with pytest.raises(WarehouseBroken, match=r"warehouse\.duckdb cannot be used"):
        warehouse.open(broken)


def test_importing_the_room_loads_no_database():
    code = "import sys, warehouse; sys.exit('duckdb' in sys.modules or 'pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM posts",
        "CREATE TABLE mine (i INTEGER)",
        "COPY posts TO 'stolen.csv'",
        "FROM read_text('/etc/hostname')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "INSTALL httpfs",
        "FROM secret",
        "SELECT no_such_column FROM posts",
        "SELEC 1",
    ],
)
def test_ad_hoc_sql_can_read_and_nothing_else(con, sql):
    secret = [1]  # a local of the caller, which DuckDB could otherwise see
    with pytest.raises(QueryFailed):
        rows(con, sql)
    assert secret


def test_no_progress_bar_gets_between_the_rows(con, store):
    """DuckDB draws it into standard output, whatever that is, when a query takes two seconds."""
    for one in (con, cursor(con), store.connection, cursor(store.connection)):
        assert one.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_rows_come_with_their_columns(con):
    assert rows(con, "SELECT title, words FROM posts WHERE blog = 'fen'") == (["title", "words"], [("Ten years on", 1)])
    moment = rows(con, "SELECT fetched_at FROM posts LIMIT 1")[1][0][0]
    assert moment.isoformat() == "2026-01-05T12:00:00+00:00"


def test_a_second_connection_to_the_same_snapshot_is_as_safe(con, published):
    with warehouse.open(published) as second, pytest.raises(QueryFailed):
        rows(second, "FROM read_text('/etc/hostname')")


def test_post_views_carry_what_a_figure_is_checked_with(con):
    first, second, third = post_views(con, LEXICON)
    assert (first.url, first.blog, first.published, first.precision) == (
        f"{HOST}/a",
        "harbour",
        date(2018, 5, 1),
        "day",
    )
    assert (first.fetched_at, first.warc) == ("2026-01-05T12:00:00Z", "harbour-0001.warc.gz@512")
    assert [hit.text for hit in first.hits] == ["Cuts", "cuts", "cuts"]
    assert all(first.text[hit.start : hit.end] == hit.text for hit in first.hits)
    assert (second.title, second.authors, second.precision) == ("[untitled]", ("B", "A"), "month")
    assert (third.blog, third.hits) == ("fen", ())


def test_names_and_works_come_where_they_are_asked_for(store, page):
    store.load(tables([page(), page(f"{HOST}/later", "Eastmere again.")]))
    store.link_works()
    first, second = sorted(post_views(store.connection, names=True), key=lambda view: view.url, reverse=True)
    assert first.named == (Named("Eastmere", "GPE"), Named("Eastmere Trust", "ORG"))
    (work,) = first.cited
    assert (work.authors, work.year, work.title) == (("Okafor", "Lind"), "2016", "Slow trust")
    assert (second.named, second.cited) == ((Named("Eastmere", "GPE"),), ())
    assert (first.linked, second.linked) == ((Site("eastmere-trust.example"),), ())
    assert all(view.named == view.cited == view.linked == () for view in post_views(store.connection))


def test_sites_linked_to_come_once_a_post_without_its_own_and_listed_blogs_are_known(store, page, post):
    links = tuple(
        Link(url=url, text="here", start=0, end=4)
        for url in (
            f"{HOST}/other", "https://www.press.example/one", "http://press.example:8080/two?x", "https://fen.example/a",
            "mailto:ada@press.example", "https://localhost/x",
        )
    )  # fmt: skip
    store.load(tables([
        page(f"{HOST}/links", post(f"{HOST}/links", "here", links=links)),
        page("https://fen.example/a", post("https://fen.example/a", "Reeds.", links=()), blog="fen"),
    ]))  # fmt: skip
    (view,) = (view for view in post_views(store.connection, names=True) if view.url == f"{HOST}/links")
    assert view.linked == (Site("fen.example", "fen"), Site("press.example"))


def test_of_a_host_that_blogs_share_each_has_what_lies_in_its_scope(store, page, post):
    home = "https://www.fen.example"
    links = tuple(
        Link(url=url, text="here", start=0, end=4)
        for url in (
            f"{home}/reeds/old",
            f"{home}/reed",
            "http://fen.example/BIRDS?p=1",
            f"{home}/about",
            f"{home}/reeds/new",
        )
    )
    store.save_blogs(
        Blog(key=key, name=key, url=f"{home}/{key}/", scope=f"{home}/{key}/") for key in ("reeds", "birds")
    )
    store.load(tables([
        page(f"{HOST}/links", post(f"{HOST}/links", "here", links=links)),
        page(f"{home}/reeds/a", post(f"{home}/reeds/a", "here", links=links), blog="reeds"),
        page(f"{home}/birds/a", post(f"{home}/birds/a", "Terns.", links=()), blog="birds"),
    ]))  # fmt: skip
    linked = {view.blog: view.linked for view in post_views(store.connection, names=True)}
    birds, reeds, rest = (Site("fen.example", blog) for blog in ("birds", "reeds", None))
    assert linked == {"harbour": (birds, reeds, rest), "reeds": (birds,), "birds": ()}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "abc"),
        ({"earliest": date(2018, 5, 1), "latest": date(2018, 5, 1)}, "a"),
        ({"earliest": date(2019, 6, 1), "latest": date(2019, 6, 30)}, "b"),
        ({"earliest": date(2019, 6, 1), "latest": date(2019, 6, 29)}, ""),
        ({"earliest": date(2019, 6, 2)}, "c"),
        ({"blogs": ["fen"]}, "c"),
        ({"blogs": []}, ""),
    ],
)
def test_a_post_is_in_range_if_all_of_its_date_is(con, asked, found):
    assert "".join(view.url[-1] for view in post_views(con, **asked)) == found
    assert all(view.hits == () for view in post_views(con, **asked))


def test_counts_of_another_lexicon_are_refused(con):
    assert counted_lexicon(con) == LEXICON
    with pytest.raises(LexiconNotCounted, match=f"lexicon {LEXICON}, not with lexicon lex2: run `sectorscope process`"):
        list(post_views(con, "lex2"))


def test_a_post_that_was_not_searched_is_left_out_rather_than_taken_for_a_zero(store, page, counted):
    store.load(tables([page(f"{HOST}/a", "The cuts.")]))
    counted(store, cuts=["cuts"])
    store.load(tables([page(f"{HOST}/b", "More cuts.")]))
    assert [view.text for view in post_views(store.connection, LEXICON)] == ["The cuts."]
    assert store.connection.execute("SELECT posts FROM theme_trend('cuts', 'year')").fetchall() == [(1,)]


def test_an_empty_warehouse_has_no_posts_and_no_complaint(store):
    assert list(post_views(store.connection, LEXICON)) == list(post_views(store.connection)) == []


def test_two_readings_at_once_do_not_disturb_each_other(con):
    pairs = list(zip(post_views(con, LEXICON), post_views(con, LEXICON), strict=True))
    assert len(pairs) == 3
    assert all(one == other for one, other in pairs)
