"""Batches become rows: the same rows, however often and in whatever order they come."""

import hashlib
import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.records import Person
from warehouse import Store, integrity, tables, write_shard
from warehouse.errors import RowsBroken
from warehouse.export import export

HOST = "https://harbour-voices.example"
CANONICAL = f"{HOST}/ten-years"


def fetchall(store: Store, sql: str):
    return store.connection.execute(sql).fetchall()


def later(page, days=1):
    return replace(page, fetched_at=page.fetched_at + timedelta(days=days))


def test_the_same_batch_three_times_gives_the_same_rows(store, page, everything):
    batch = tables([page(), page(f"{HOST}/other", "Other words."), page(f"{HOST}/broken", None)])
    store.load(batch)
    once = everything(store.connection)
    assert len(once["main.posts"]) == 2
    store.load(batch)
    store.load(batch)
    assert everything(store.connection) == once


def test_a_shard_loads_as_its_tables_do(store, page, tmp_path):
    store.load(write_shard(tmp_path / "shards", "0001", tables([page()])))
    assert fetchall(store, "SELECT canonical_url, published::VARCHAR FROM posts") == [(CANONICAL, "2019-10-02")]
    assert integrity(store.connection) == []


def test_a_changed_post_gives_way_with_all_its_parts(store, page, post, person):
    store.load(tables([page()]))
    new = post(CANONICAL, "Now it says something else, in Northwick.", people=(person("Bo Lind"), person("Ada Okafor")))
    store.load(tables([later(page(post=new))]))
    assert fetchall(store, "SELECT text FROM posts") == [("Now it says something else, in Northwick.",)]
    assert fetchall(store, "SELECT name FROM post_people ORDER BY position") == [("Bo Lind",), ("Ada Okafor",)]
    assert fetchall(store, "SELECT name FROM people ORDER BY name") == [("Ada Okafor",), ("Bo Lind",)]
    for table in ("bib_references", "citations", "links", "mentions", "entities"):
        assert fetchall(store, f"FROM {table}") == [], table
    assert fetchall(store, "SELECT is_current FROM pages ORDER BY fetched_at") == [(False,), (True,)]
    assert integrity(store.connection) == []


def test_an_older_capture_that_comes_late_changes_nothing_but_the_history(store, page):
    store.load(tables([later(page(post="The newer words."))]))
    store.load(tables([page(post="The older words.")]))
    assert fetchall(store, "SELECT text FROM posts") == [("The newer words.",)]
    assert fetchall(store, "SELECT count(*) FROM pages") == [(2,)]


def test_a_page_that_is_no_post_any_more_leaves_the_posts(store, page, post):
    store.load(tables([page()]))
    store.load(tables([later(page(post=post(CANONICAL, kind="listing")))]))
    assert fetchall(store, "FROM posts") == fetchall(store, "FROM people") == []
    assert integrity(store.connection) == []


def test_a_failed_reading_does_not_cost_the_good_one(store, page):
    store.load(tables([page()]))
    failed = replace(page(post=None), digest=page().digest)
    store.load(tables([failed]))
    store.load(tables([later(page(post=None))]))
    assert fetchall(store, "SELECT canonical_url FROM posts") == [(CANONICAL,)]
    assert fetchall(store, "SELECT count(*) FROM quarantine") == [(2,)]
    assert integrity(store.connection) == []


def test_the_page_at_the_canonical_url_speaks_for_the_post_in_either_order(working, page, post, tmp_path):
    own = page()
    print_twin = page(f"{HOST}/p", post(CANONICAL, "The print version."))
    for order in ([own, print_twin], [print_twin, own]):
        file = tmp_path / f"{order[0].url[-1]}.duckdb"
        shutil.copy(working, file)
        with Store(file) as store:
            for some in order:
                store.load(tables([some]))
            assert fetchall(store, "SELECT url, text LIKE 'Small charities%' FROM posts") == [(CANONICAL, True)]
            assert integrity(store.connection) == []


def test_without_a_page_at_the_canonical_url_the_shortest_then_the_first_by_alphabet(store, page, post):
    for name in ("b", "longer", "a", "c"):
        store.load(tables([page(f"{HOST}/{name}", post(CANONICAL, f"Says {name}."))]))
    assert fetchall(store, "SELECT url, text FROM posts") == [(f"{HOST}/a", "Says a.")]


def test_when_the_page_that_spoke_goes_another_steps_in_with_all_its_parts(store, page, post, person):
    store.load(tables([page(post=post(CANONICAL, people=(person("Bo Lind"),)))]))
    store.load(tables([page(f"{HOST}/p", post(CANONICAL))]))
    assert fetchall(store, "SELECT name FROM post_people") == [("Bo Lind",)]
    store.drop_pages("harbour", [CANONICAL])
    assert fetchall(store, "SELECT url FROM posts") == [(f"{HOST}/p",)]
    assert fetchall(store, "SELECT name FROM people") == [("Ada Okafor",)]
    assert fetchall(store, "SELECT count(*) FROM mentions") == [(3,)]
    assert integrity(store.connection) == []


def test_what_only_a_waiting_page_names_is_kept_until_that_page_goes(store, page, post):
    store.load(tables([page(post="Nobody is named here.")]))
    store.load(tables([page(f"{HOST}/p", post(CANONICAL, "Eastmere, in print."))]))
    store.load(tables([page(f"{HOST}/other", "Eastmere, elsewhere.")]))
    store.drop_pages("harbour", [f"{HOST}/other"])
    assert fetchall(store, "SELECT name FROM entities") == [("Eastmere",)]
    store.drop_pages("harbour", [CANONICAL])
    assert fetchall(store, "SELECT e.name FROM mentions JOIN entities AS e USING (entity_id)") == [("Eastmere",)]
    store.drop_pages("harbour", [f"{HOST}/p"])
    assert fetchall(store, "FROM entities") == []


def test_dropped_pages_leave_nothing_behind(store, page, everything):
    store.load(tables([page(), page(f"{HOST}/p", None)]))
    store.drop_pages("another blog", [CANONICAL])
    assert fetchall(store, "SELECT count(*) FROM posts") == [(1,)]
    store.drop_pages("harbour", [CANONICAL, f"{HOST}/p", f"{HOST}/never-seen"])
    left = {name for name, rows in everything(store.connection).items() if rows}
    assert left == {"main.migrations"}


def test_two_urls_with_one_post_id_are_refused_and_nothing_is_loaded(store, page, everything):
    store.load(tables([page()]))
    before = everything(store.connection)
    batch = tables([page(f"{HOST}/other", "Other words.")])
    ids = pa.array([fetchall(store, "SELECT post_id FROM posts")[0][0]], pa.int64())
    batch["posts"] = batch["posts"].set_column(batch["posts"].schema.get_field_index("post_id"), "post_id", ids)
    with pytest.raises(RowsBroken, match="same post_id"):
        store.load(batch)
    assert everything(store.connection) == before


def test_hits_stay_while_the_text_does_and_go_when_it_changes(store, page, changed, counted):
    store.load(tables([page()]))
    counted(store, cuts=["the cuts"])
    before = fetchall(store, "FROM theme_counts")
    store.load(tables([replace(changed(page(), title="Retitled", extractor_version="2"))]))
    assert fetchall(store, "FROM theme_counts") == before
    assert fetchall(store, "SELECT title, term FROM theme_hits JOIN posts USING (post_id)") == [
        ("Retitled", "the cuts")
    ]
    store.load(tables([later(page(post="Other words."))]))
    assert fetchall(store, "FROM theme_hits") == []
    assert fetchall(store, "FROM theme_counts") == []


def test_a_name_is_spelt_as_most_posts_spell_it(store, page, post):
    for n, name in enumerate(("ADA OKAFOR", "Ada Okafor", "Ada  Okafor", "Ada Okafor")):
        signed = Person(name=name, as_printed=name, source="byline")
        store.load(tables([page(f"{HOST}/{n}", post(f"{HOST}/{n}", people=(signed,)))]))
    assert fetchall(store, "SELECT name FROM people") == [("Ada Okafor",)]


SCENE = st.permutations(range(6))


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(order=SCENE)
def test_batches_in_any_order_give_equal_exports(order, empty, page, post, scene_export):
    """Aliases, a moved page, a failed reading, copies and a page that stopped being a post, loaded in any order."""
    assert exported(empty, page, post, order) == scene_export


@pytest.fixture(scope="module")
def scene_export(empty, page, post):
    return exported(empty, page, post, range(6))


def exported(empty: Path, page, post, order) -> dict[str, str]:
    own = page()
    copied = post(f"{HOST}/copy", own.post.text.upper(), published=date(2018, 3, 1), title="Copied")
    batches = [
        [own, page(f"{HOST}/copy", copied)],
        [
            page(f"{HOST}/p", post(CANONICAL, "The print version.")),
            page(f"{HOST}/alias", post(CANONICAL, "The alias.")),
        ],
        [later(page(post=post(f"{HOST}/moved", "It moved away to Eastmere.")))],
        [page(f"{HOST}/gone")],
        [later(page(f"{HOST}/gone", post(f"{HOST}/gone", kind="other")), 2)],
        [later(page(f"{HOST}/copy", None), 3)],
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "working.duckdb"
        shutil.copy(empty, file)
        with Store(file) as store:
            for number in order:
                store.load(tables(batches[number]))
            store.mark_duplicates()
            assert integrity(store.connection) == []
            files = export(store.connection, Path(folder) / "out", ("jsonl",), with_text=True)
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
