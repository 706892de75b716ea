"""What the working database keeps beside the posts, and who may open it."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from extract.records import Blog, Dated
from warehouse import Store, tables
from warehouse.errors import RowsBroken, WarehouseBroken, WarehouseBusy
from warehouse.store import discard

HOST = "https://harbour-voices.example"


def fetchall(store: Store, sql: str):
    return store.connection.execute(sql).fetchall()


def test_blogs_are_added_and_updated_and_the_others_stay(store):
    harbour = Blog(key="harbour", name="Harbour voices", url=f"{HOST}/", scope=f"{HOST}/", group="local")
    fen = Blog(key="fen", name="Fen notes", url="https://fen.example/", scope="https://fen.example/")
    store.save_blogs([harbour, fen])
    store.save_blogs([replace(harbour, name="Harbour", enabled=False)])
    assert fetchall(store, "SELECT blog, name, blog_group, enabled FROM blogs ORDER BY blog") == [
        ("fen", "Fen notes", None, True),
        ("harbour", "Harbour", "local", False),
    ]


def test_a_ledger_saved_twice_is_there_once(store, fetch):
    lines = [fetch(), fetch(f"{HOST}/x", outcome="failed", reason="timeout", status=None, digest=None)]
    store.save_fetches("harbour", lines)
    store.save_fetches("harbour", [*lines, fetch(f"{HOST}/y", outcome="excluded", reason="robots")])
    assert fetchall(store, "SELECT outcome, count(*) FROM fetches GROUP BY ALL ORDER BY ALL") == [
        ("excluded", 1),
        ("failed", 1),
        ("fetched", 1),
    ]


def test_a_ledger_of_another_blog_is_refused(store, fetch):
    with pytest.raises(RowsBroken, match="lines of fen"):
        store.save_fetches("harbour", [fetch(blog="fen")])


def test_fetch_health_counts_how_each_url_ended_last(store, fetch):
    failed = fetch(outcome="failed", reason="timeout", status=None)
    store.save_fetches("harbour", [failed, replace(fetch(), fetched_at=failed.fetched_at + timedelta(days=1))])
    assert fetchall(store, "SELECT blog, outcome, reason, urls FROM fetch_health") == [("harbour", "fetched", None, 1)]


def test_known_pages_tell_the_newest_capture_and_what_read_it(store, page, changed):
    first = page()
    second = replace(
        changed(page(post="Newer."), extractor_version="2"), fetched_at=first.fetched_at + timedelta(days=1)
    )
    broken = page(f"{HOST}/broken", None)
    store.load(tables([second]))
    store.load(tables([first, broken]))
    assert store.known_pages("harbour") == {
        first.url: (second.digest, "2", "f00d"),
        broken.url: (broken.digest, None, "f00d"),
    }
    assert store.known_pages("fen") == {}


def test_the_profile_last_learnt_is_kept(store):
    assert store.profile("harbour") is None
    store.save_profile("harbour", '{"pages": 5}', "aa")
    store.save_profile("harbour", '{"pages": 9}', "bb")
    assert store.profile("harbour") == ('{"pages": 9}', "bb")


def test_runs_are_noted_and_one_that_was_cut_short_is_called_so(store):
    began = datetime(2026, 1, 5, tzinfo=UTC)
    first = store.start_run("crawl", {"sectorscope": "0.1.0"}, began)
    second = store.start_run("process", {}, began)
    store.finish_run(second, "partial", {"posts": 12}, began + timedelta(minutes=5))
    assert fetchall(store, "SELECT run_id, outcome, versions, counts FROM runs ORDER BY run_id") == [
        (first, "cut short", {"sectorscope": "0.1.0"}, {}),
        (second, "partial", {}, {"posts": 12}),
    ]


# --- duplicates -------------------------------------------------------------------------------------------------------


def duplicates(store: Store) -> dict[str, str]:
    """name of a copy → name of what it is a copy of"""
    found = fetchall(
        store,
        "SELECT d.canonical_url, p.canonical_url FROM posts AS d JOIN posts AS p ON p.post_id = d.duplicate_of",
    )
    return {copy.rsplit("/", 1)[1]: first.rsplit("/", 1)[1] for copy, first in found}


def load_posts(store: Store, page, post, **published):
    store.load(
        tables([page(f"{HOST}/{name}", post(f"{HOST}/{name}", published=day)) for name, day in published.items()])
    )


def test_all_but_the_earliest_with_the_same_wording_are_duplicates(store, page, post):
    load_posts(store, page, post, b=date(2019, 5, 2), a=date(2019, 5, 3), c=None, d=date(2019, 5, 2))
    store.load(
        tables([page(f"{HOST}/own", "Words of its own, and more than twenty of them, so that " + "really " * 20)])
    )
    assert store.mark_duplicates() == 3
    assert duplicates(store) == {"a": "b", "c": "b", "d": "b"}


def test_a_date_known_only_to_the_year_does_not_come_first_within_that_year(store, page, post):
    year = Dated(value=date(2019, 1, 1), precision="year", source="footer", as_printed="2019")
    load_posts(store, page, post, year=year, day=date(2019, 5, 2))
    store.mark_duplicates()
    assert duplicates(store) == {"year": "day"}


def test_marks_follow_when_the_first_one_goes(store, page, post):
    load_posts(store, page, post, a=date(2019, 5, 2), b=date(2019, 5, 3))
    assert store.mark_duplicates() == 1
    store.drop_pages("harbour", [f"{HOST}/a"])
    assert store.mark_duplicates() == 0


def test_short_posts_with_the_same_words_are_no_duplicates(store, page):
    store.load(tables([page(f"{HOST}/{n}", "Watch the video below.") for n in range(3)]))
    assert store.mark_duplicates() == 0


# --- theme counts -----------------------------------------------------------------------------------------------------


def test_counting_again_with_the_same_lexicon_changes_nothing(store, page, counted, everything):
    store.load(tables([page(), page(f"{HOST}/other", "Other words.")]))
    counted(store, cuts=["cuts"])
    once = everything(store.connection)
    counted(store, cuts=["cuts"])
    assert everything(store.connection) == once


def test_hits_of_another_lexicon_replace_all_older_ones(store, page, counted):
    store.load(tables([page(), page(f"{HOST}/other", "Other words.")]))
    counted(store, cuts=["cuts"])
    digest = counted(store, money=["words"])
    assert fetchall(store, "SELECT canonical_url, theme FROM theme_hits JOIN posts USING (post_id)") == [
        (f"{HOST}/other", "money")
    ]
    assert fetchall(store, "SELECT theme, label, lexicon FROM themes") == [("money", "Money", digest)]
    assert fetchall(store, "SELECT DISTINCT lexicon FROM theme_counts") == [(digest,)]


# --- who may open it --------------------------------------------------------------------------------------------------


def test_a_second_writer_is_told_who_holds_the_file_even_after_a_publish(store, working, snapshot, page):
    """Also after a publish: copying the file must not cost us its lock."""
    store.load(tables([page()]))
    store.publish(snapshot)
    code = (
        "import sys; from pathlib import Path; from warehouse import Store; from warehouse.errors import WarehouseBusy\n"
        "try: Store(Path(sys.argv[1]))\nexcept WarehouseBusy as busy: print(busy)"
    )
    said = subprocess.run([sys.executable, "-c", code, str(working)], capture_output=True, text=True, check=True).stdout
    assert "another run (process " in said
    assert "wait for it or stop it" in said


def test_a_writer_elsewhere_is_refused_here(working):
    code = (
        "import sys; from pathlib import Path; from warehouse import Store\n"
        "with Store(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(working)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy) as refused:
            Store(working)
        assert refused.value.holder == other.pid
        other.stdin.close()
    Store(working).close()


CUT_SHORT = """
import os, signal, sys
from pathlib import Path
from warehouse import Store
store = Store(Path(sys.argv[1]))
store.connection.execute("PRAGMA disable_checkpoint_on_shutdown")
store.save_profile("harbour", "{}", "aa")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_discarded_database_leaves_nothing_for_the_next(working):
    subprocess.run([sys.executable, "-c", CUT_SHORT, str(working)], check=False)
    assert working.with_name("working.duckdb.wal").exists()
    discard(working)
    assert list(working.parent.iterdir()) == []
    with Store(working) as store:
        assert store.profile("harbour") is None


def test_a_broken_database_can_be_discarded(working):
    working.write_bytes(b"this is no database" * 1000)
    discard(working)
    discard(working)
    Store(working).close()


def test_a_database_that_is_being_written_is_not_discarded(working):
    code = "import sys; from pathlib import Path; from warehouse.store import discard; discard(Path(sys.argv[1]))"
    with Store(working):
        refused = subprocess.run(
            [sys.executable, "-c", code, str(working)], capture_output=True, text=True, check=False
        )
        assert "another run (process " in refused.stderr
    assert working.exists()


def test_a_file_that_is_no_database_is_named_and_kept(working):
    working.write_bytes(b"this is no database" * 1000)
    with pytest.raises(WarehouseBroken, match="sectorscope rebuild"):
        Store(working)
    assert working.read_bytes().startswith(b"this is no database")


def test_page_history_tells_when_a_page_was_found_changed_gone_and_back(store, fetch):
    first = fetch()
    days = [
        replace(first),
        replace(first, outcome="unchanged"),
        replace(first, digest="OTHER"),
        replace(first, outcome="failed", reason="timeout", status=None, digest=None),
        replace(first, outcome="failed", reason="http 410", status=410, digest=None),
        replace(first, outcome="failed", reason="http 404", status=404, digest=None),
        replace(first, digest="OTHER"),
    ]
    days = [replace(day, crawl=f"c{n}", fetched_at=first.fetched_at + timedelta(days=n)) for n, day in enumerate(days)]
    never = fetch(f"{HOST}/never", outcome="failed", reason="http 404", status=404, digest=None)
    store.save_fetches("harbour", [*days, never])
    told = fetchall(store, "SELECT event, seen_at, digest_held FROM page_history ORDER BY seen_at")
    assert [(event, (at - first.fetched_at).days, held) for event, at, held in told] == [
        ("found", 0, None),
        ("changed", 2, first.digest),
        ("gone", 4, "OTHER"),
        ("back", 6, "OTHER"),
    ]
