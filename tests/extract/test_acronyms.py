"""Short forms that a text explains. The organisations are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.acronyms import acronyms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Village Halls Forum (VHF) met in May.", {"VHF": "Village Halls Forum"}),
        ("VHF (Village Halls Forum) met in May.", {"VHF": "Village Halls Forum"}),
        ("the Tarn Valley Community Foundation (TVCF, now Tarn)", {"TVCF": "Tarn Valley Community Foundation"}),
        ("the Bureau for Halls, Greens and Commons (the “BHGC”)", {"BHGC": "Bureau for Halls, Greens and Commons"}),
        ("most Halls Support Bodies (HSBs) closed", {"HSBs": "Halls Support Bodies"}),
        ("our key performance indicators (KPI)", {}),
        ("Ida Marsh (Leeds) and Tom Reed (AM) spoke", {}),
        ("It closed (2014). VHF (see below) did not.", {}),
        ("A sentence ends. Village halls (VHF)", {}),
    ],
)
def test_what_a_text_explains(text: str, found: dict[str, str]) -> None:
    assert acronyms(text) == found


def test_the_first_explanation_counts() -> None:
    text = "The Village Halls Forum (VHF) met. The Valley Homes Fund (VHF) did not."
    assert acronyms(text) == {"VHF": "Village Halls Forum"}


@given(st.text(alphabet="ABab() .,-&’\n", max_size=300) | st.text(max_size=200))
def test_both_forms_stand_in_the_text(text: str) -> None:
    for short, long in acronyms(text).items():
        assert short in text
        assert all(word in text for word in long.split())
        assert len(long) > len(short)
