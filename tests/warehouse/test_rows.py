"""Pages that were read → Arrow tables."""

from datetime import datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import EntityMention
from warehouse.rows import FEWEST_WORDS, post_id, tables, text_digest, wording_digest
from warehouse.schemas import BATCH, COLUMNS, schema
from warehouse.store import Store

HOST = "https://harbour-voices.example"


@settings(deadline=None)
@given(st.text())
def test_a_post_id_is_a_positive_bigint_whatever_the_url(url):
    assert 0 <= post_id(url) < 2**63


def test_a_post_id_never_changes_from_version_to_version():
    assert post_id("https://harbour-voices.example/ten-years") == 521459680676849695


def test_a_post_becomes_one_row_and_its_parts_rows_of_their_own(page):
    made = tables([page()])
    assert {name: made[name].num_rows for name in BATCH} == {
        "pages": 1, "posts": 1, "post_people": 1, "bib_references": 1, "citations": 1, "links": 1,
        "mentions": 3, "entities": 2, "forms": 41, "tokens": 51, "quarantine": 0,
    }  # fmt: skip
    row = made["posts"].to_pylist()[0]
    assert (row["title"], row["published"].isoformat(), row["published_source"]) == (
        "Ten years on",
        "2019-10-02",
        "meta",
    )
    assert row["fetched_at"].isoformat() == "2026-01-05T12:00:00+00:00"
    assert made["post_people"].to_pylist()[0]["honorific"] == "Dr"
    assert made["citations"].to_pylist()[0]["reference_positions"] == [0]


def test_a_listing_is_a_page_but_no_post(page, post):
    made = tables([page(post=post(f"{HOST}/archive", kind="listing", kind_reason="many links"))])
    assert made["pages"].to_pylist()[0]["kind_reason"] == "many links"
    assert made["pages"].to_pylist()[0]["post_id"] is None
    assert made["posts"].num_rows == made["mentions"].num_rows == 0


def test_a_page_that_could_not_be_read_is_a_page_in_quarantine(page):
    made = tables([page(post=None)])
    assert made["pages"].to_pylist()[0]["kind"] is None
    assert made["quarantine"].to_pylist()[0]["reason"] == "no text could be decoded"


def test_the_order_of_a_batch_does_not_matter(page):
    pages = [page(f"{HOST}/{n}") for n in range(5)]
    assert tables(pages) == tables(reversed(pages))


def test_a_naive_time_is_refused(page):
    with pytest.raises(ValueError, match="naive"):
        tables([page(fetched_at=datetime(2026, 1, 5))])  # noqa: DTZ001 - the point of the test


def test_half_a_surrogate_pair_is_replaced_and_offsets_hold(page, post):
    broken = post(f"{HOST}/broken", "Eastmere \ud83d and the Eastmere council")
    made = tables(
        [page(post=broken, mentions=(EntityMention(start=19, end=27, text="Eastmere", label="GPE", name="Eastmere"),))]
    )
    text, mention = made["posts"].to_pylist()[0]["text"], made["mentions"].to_pylist()[0]
    assert text == "Eastmere ? and the Eastmere council"
    assert text[mention["char_start"] : mention["char_end"]] == "Eastmere"


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=FEWEST_WORDS, max_size=40))
def test_wording_ignores_case_spacing_and_punctuation_only(words):
    plain = wording_digest(" ".join(words))
    assert plain == wording_digest("\n\n".join(word.title() for word in words) + "!")
    assert plain != wording_digest(" ".join([*words, "more"]))


def test_a_few_words_have_no_wording():
    assert wording_digest("Watch the video below.") is None
    assert text_digest("Watch the video below.")


@pytest.mark.parametrize("table", COLUMNS)
def test_the_batch_has_the_columns_and_types_of_the_table(table, store: Store):
    ours = duckdb.from_arrow(schema(table).empty_table())
    expected = dict(zip(ours.columns, map(str, ours.types), strict=True))
    stored = {name: kind for name, kind, *_ in store.connection.execute(f"DESCRIBE {table}").fetchall()}
    assert {"post_id": "BIGINT", "page_id": "BIGINT"} | {name: expected.get(name) for name in stored} | {
        name: stored[name] for name in stored if name in ("is_current", "duplicate_of", "post_id", "page_id")
    } == {"post_id": "BIGINT", "page_id": "BIGINT"} | stored
    assert expected.keys() - stored.keys() <= {"page_id"}
