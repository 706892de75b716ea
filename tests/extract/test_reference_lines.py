"""Reference lists in broken lines. Every author and work here is invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.reference_lines import entries_of_lines, joined

BODY = ["The village hall is where partner-", "ship starts, as many have said.", "References"]
ENTRIES = [
    ["Marrow, T. and Quill, B. (2016) Small charities, long win-", "ters, Leeds, Tarn Press."],
    [
        "Okonjo-Vale, R. (2011) ‘Who volunteers when the library closes?’,",
        "Journal of Village Studies, 12(3), pp. 201–219.",
    ],
    ["Pell, A. B., Strand, C., & van der Hoek, D. (2019). Trust and small", "grants. Review of Giving, 7(1), 3-18."],
    ["Pike, S. (2012) Weathering cuts together. Bristol: Fen Books."],
]
WHOLE = [joined(e) for e in ENTRIES]


def lines(entries: list[list[str]]) -> list[str]:
    return [line for entry in entries for line in entry]


def test_entries_are_told_apart_by_names_and_years() -> None:
    assert entries_of_lines([*BODY, *lines(ENTRIES)]) == WHOLE
    assert WHOLE[0] == "Marrow, T. and Quill, B. (2016) Small charities, long winters, Leeds, Tarn Press."


def test_entries_are_told_apart_by_numbers() -> None:
    numbered = [[f"{i}. {entry[0]}", *entry[1:]] for i, entry in enumerate(ENTRIES, 1)]
    assert entries_of_lines([*BODY, *lines(numbered)]) == [f"{i}. {w}" for i, w in enumerate(WHOLE, 1)]


def test_page_numbers_and_what_follows_the_list_are_no_entries() -> None:
    broken = [
        *lines(ENTRIES[:2]),
        "47",
        *lines(ENTRIES[2:]),
        "About the author",
        "Tess Marrow is a researcher. She lives in York.",
    ]
    assert entries_of_lines([*BODY, *broken]) == WHOLE


def test_text_without_a_list_has_no_entries() -> None:
    assert (
        entries_of_lines(["We met in Leeds.", "It rained in 2012, and in 2013.", "References to rain were few."]) == []
    )


@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from(["References", "1. Moth, G. (2010) Early.", "Moth, G. (2010) Early."]),
        max_size=12,
    )
)
def test_any_lines_can_be_searched(some: list[str]) -> None:
    assert all(isinstance(entry, str) for entry in entries_of_lines(some))
