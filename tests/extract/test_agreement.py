"""Names of one text agree with each other. The people are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.agreement import Span, Taken, agreed, full_names


def span(text: str, said: str, label: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(said, start + 1)
    return (start, start + len(said), label)


def test_part_of_a_full_name_is_that_person() -> None:
    text = "Ida Marsh spoke first. Then Marsh left."
    found = agreed(text, [span(text, "Ida Marsh", "PERSON"), span(text, "Marsh", "GPE", 1)])
    assert [(text[a:b], label) for a, b, label in found] == [("Ida Marsh", "PERSON"), ("Marsh", "PERSON")]


def test_a_name_found_once_is_found_wherever_it_stands() -> None:
    text = "Tarn Hall opened. We love Tarn Hall and Tarn Halls."
    found = agreed(text, [span(text, "Tarn Hall", "ORG")])
    assert [(a, text[a:b], label) for a, b, label in found] == [(0, "Tarn Hall", "ORG"), (26, "Tarn Hall", "ORG")]


def test_short_names_and_small_letters_are_not_looked_for() -> None:
    text = "Al met the lodge at Ayr. Al likes lodge and Ayr."
    found = [span(text, "Al", "PERSON"), span(text, "lodge", "ORG"), span(text, "Ayr", "GPE")]
    assert agreed(text, found) == sorted(found)


def test_a_surname_of_two_persons_stands_for_neither() -> None:
    text = "Ida Marsh and Tom Marsh met Ann Reed."
    spans = [span(text, name, "PERSON") for name in ("Ida Marsh", "Tom Marsh", "Ann Reed")]
    assert full_names(text, spans) == {
        "Ida": "Ida Marsh",
        "Tom": "Tom Marsh",
        "Ann": "Ann Reed",
        "Reed": "Ann Reed",
    }


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=12))
def test_what_is_taken_is_taken_once(wanted: list[tuple[int, int]]) -> None:
    taken = Taken()
    given_away = [(start, start + length) for start, length in wanted if taken.take(start, start + length)]
    characters = [at for start, end in given_away for at in range(start, end)]
    assert len(characters) == len(set(characters))
