"""Words in capitals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.shouting import calmed


def test_long_shouted_words_are_written_as_names_are() -> None:
    assert calmed("MARSH and REED of NCVO, HOLLOWAY too") == "Marsh and REED of NCVO, Holloway too"


def test_what_the_text_explains_stays() -> None:
    assert calmed("TVCFA met MARSH", {"TVCFA": "Tarn"}) == "TVCFA met Marsh"


def test_addresses_and_handles_stay() -> None:
    assert calmed("see @VILLAGE, #HALLS and a/HALLS") == "see @VILLAGE, #HALLS and a/HALLS"


@given(st.text())
def test_offsets_hold(text: str) -> None:
    calm = calmed(text)
    assert len(calm) == len(text)
    assert calm.casefold() == text.casefold()
