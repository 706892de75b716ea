"""The sector's own names."""

from __future__ import annotations

import pytest

from extract.gazetteer import full_name, known_spans, label_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Charity Commission and NCVO agreed.", [("Charity Commission", "ORG"), ("NCVO", "ORG")]),
        ("Lloyds Bank Foundation for England and Wales", [("Lloyds Bank Foundation for England and Wales", "ORG")]),
        ("the Big Society, in short", [("Big Society", "PROGRAMME")]),
        ("The King’s Fund asked", [("King’s Fund", "ORG")]),
        ("He is in a big society of children in need.", []),
        ("Locality matters; Demos were held; NCVOs", []),
    ],
)
def test_names_are_found_where_they_stand_whole(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], label) for start, end, label in known_spans(text)] == found


def test_one_thing_has_one_name() -> None:
    assert full_name("NCVO") == full_name("National Council for Voluntary Organisations")
    assert full_name("Tarn Valley Trust") is None


def test_a_word_that_names_nobody_is_refused() -> None:
    assert label_of("PhD", "ORG") is None
    assert label_of("Mind", "PERSON") == "ORG"
    assert label_of("Tarn", "GPE") == "GPE"
