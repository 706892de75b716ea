"""One thing counts once: short forms across posts, and persons who also write."""

import duckdb
import pytest

from extract.records import EntityMention
from warehouse import Store, tables

HOST = "https://harbour-voices.example"


def mention(text: str, name: str, label: str = "ORG") -> EntityMention:
    return EntityMention(start=0, end=len(text), text=text, label=label, name=name)


@pytest.fixture(scope="module")
def sector(tmp_path_factory, page, post, person):
    """Two posts explain ETF alike and MVB not, a third uses both; one names an author."""
    folder = tmp_path_factory.mktemp("links")
    named = {
        "first": (
            mention("Eastmere Trust Fund", "Eastmere Trust Fund"),
            mention("ETF", "Eastmere Trust Fund"),
            mention("MVB", "Moor Village Board"),
        ),
        "second": (mention("ETF", "Eastmere Trust Fund"), mention("MVB", "Marsh Volunteer Bureau")),
        "third": (mention("ETF", "ETF"), mention("MVB", "MVB"), mention("U.K.", "UK", "GPE")),
        "fourth": (mention("Ada Okafor", "Ada Okafor", "PERSON"), mention("Ida Marsh", "Ida Marsh", "PERSON")),
    }
    with Store(folder / "store") as store:
        store.load(
            tables(
                [
                    page(f"{HOST}/{name}", post(f"{HOST}/{name}", f"The {name} post."), mentions=found)
                    for name, found in named.items()
                ]
            )
        )
        store.publish(folder / "warehouse.duckdb")
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as con:
        yield con


def test_what_posts_explain_holds_for_the_others(sector: duckdb.DuckDBPyConnection) -> None:
    links = dict(sector.execute("SELECT name, means FROM entity_links").fetchall())
    assert links["ETF"] == links["Eastmere Trust Fund"] == "Eastmere Trust Fund"


def test_a_short_form_of_two_things_stands_for_itself(sector: duckdb.DuckDBPyConnection) -> None:
    links = dict(sector.execute("SELECT name, means FROM entity_links").fetchall())
    assert links["MVB"] == "MVB"
    assert links["UK"] == "UK"
    shares = sector.execute("SELECT name, share FROM short_forms WHERE short_form = 'MVB' ORDER BY name").fetchall()
    assert shares == [("Marsh Volunteer Bureau", 0.5), ("Moor Village Board", 0.5)]


def test_a_bare_short_form_counts_with_what_it_stands_for(sector: duckdb.DuckDBPyConnection) -> None:
    counts = sector.execute("SELECT name, mentions, posts FROM top_entities('ORG')").fetchall()
    assert counts[0] == ("Eastmere Trust Fund", 4, 3)
    assert ("MVB", 1, 1) in counts and "ETF" not in {name for name, _, _ in counts}
    assert sector.execute("SELECT name FROM top_entities('GPE')").fetchall() == [("UK",)]
    trends = [
        sector.execute("SELECT sum(mentions), sum(posts_naming) FROM entity_trend(?, 'year')", [name]).fetchall()
        for name in ("etf", "Eastmere Trust Fund", "MVB")
    ]
    assert trends == [[(4, 3)], [(4, 3)], [(1, 1)]]


def test_a_person_who_writes_is_linked_to_what_they_wrote(sector: duckdb.DuckDBPyConnection) -> None:
    writers = sector.execute(
        "SELECT l.name, p.name FROM entity_links AS l LEFT JOIN people AS p USING (person_id) WHERE label = 'PERSON' ORDER BY 1"
    ).fetchall()
    assert writers == [("Ada Okafor", "Ada Okafor"), ("Ida Marsh", None)]
