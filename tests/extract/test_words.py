"""What a word and a sentence are."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.words import sentence_spans, word_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— … !", 0),
        ("The children’s co-production of 1,200.50 things", 6),
        ("e-mail: a_b", 3),
        ("naïve café, 3rd time; don't", 5),
        ("one–two — three", 3),
    ],
)
def test_word_count(text: str, count: int) -> None:
    assert word_count(text) == count


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halls close. Nobody asks! Why?", ["Halls close.", "Nobody asks!", "Why?"]),
        (
            "Dr. Moth met J. K. Reed at St. Olaf’s. They spoke.",
            ["Dr. Moth met J. K. Reed at St. Olaf’s.", "They spoke."],
        ),
        (
            "It grew by 3.5 per cent, e.g. in Leeds. Then it fell.",
            ["It grew by 3.5 per cent, e.g. in Leeds.", "Then it fell."],
        ),
        ("She said “Enough.” Then she left.", ["She said “Enough.”", "Then she left."]),
        ("It ended in the U.K. The rest went on.", ["It ended in the U.K.", "The rest went on."]),
        ("The U.K. Government agreed.", ["The U.K. Government agreed."]),
        ("As Moss et al. Found there", ["As Moss et al. Found there"]),
        ("One line\n\nAnother line", ["One line", "Another line"]),
        ("Wait... and see. Then act", ["Wait... and see.", "Then act"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="Ab1 .!?\n\t“”’-…", max_size=120))
def test_spans_cover_every_character_that_is_not_space_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all("\n\n" not in text[a:b] for a, b in spans)


@given(st.text(max_size=80), st.text(max_size=80))
def test_words_of_two_texts_add_up(one: str, other: str) -> None:
    assert word_count(f"{one} {other}") == word_count(one) + word_count(other)


@pytest.mark.parametrize("unit", [".", "a.", "a-", "’", "1,", ". A ", "?!"])
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    word_count(text)
    sentence_spans(text)
    assert time.process_time() - start < 3
