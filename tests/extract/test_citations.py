"""Citations in the text, linked to the list. Every author and work here is invented."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.citations import link_citations

SHARED = Path(__file__).parents[3] / "shared"

REFERENCES = [
    "Marrow, T. and Quill, B. (2016) Small charities, long winters, Leeds, Tarn Press.",  # 0
    "Okonjo-Vale, R. (2011a) ‘Who volunteers?’, Journal of Village Studies, 12(3), pp. 201–219.",  # 1
    "Okonjo-Vale, R. (2011b) Closing time. Bristol: Fen Books.",  # 2
    "Pell, A. B., Strand, C., & van der Hoek, D. (2019). Trust and small grants. Review of Giving, 7(1), 3-18.",  # 3
    "Pike, S. (In Press), Weathering cuts together, in Tull, M. (Ed) Handbook of Frugal Care, Heron and Daughters",  # 4
    "Office for Village Affairs (2012) Halls in numbers. London: OVA.",  # 5
    "van der Hoek, D. (2014) Grants without forms. Review of Giving, 2(1), 3-18.",  # 6
    "Okonjo-Vale, R. (2015) Opening time. Bristol: Fen Books.",  # 7
]


def found(text: str, references: list[str] | None = None) -> list[tuple[str, tuple[int, ...]]]:
    return [
        (c.as_printed, c.references) for c in link_citations([text], REFERENCES if references is None else references)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halls close early (Marrow and Quill, 2016).", [("(Marrow and Quill, 2016)", (0,))]),
        ("As Marrow and Quill (2016) show, halls close.", [("Marrow and Quill (2016)", (0,))]),
        ("Halls close (see Marrow & Quill, 2016, p. 12).", [("Marrow & Quill, 2016", (0,))]),
        ("Grants need trust (Pell et al, 2019).", [("(Pell et al, 2019)", (3,))]),
        ("However, Pell et al. (2019) disagree.", [("Pell et al. (2019)", (3,))]),
        ("It is so (Pell, Strand and van der Hoek, 2019).", [("(Pell, Strand and van der Hoek, 2019)", (3,))]),
        ("Forms matter (van der Hoek, 2014).", [("(van der Hoek, 2014)", (6,))]),
        (
            "Care is frugal (Marrow and Quill, 2016; Pike, in press).",
            [("Marrow and Quill, 2016", (0,)), ("Pike, in press", (4,))],
        ),
        ("Two views (Okonjo-Vale, 2011a; 2011b).", [("Okonjo-Vale, 2011a", (1,)), ("2011b", (2,))]),
        ("Over the years (Okonjo-Vale, 2011a, 2015)", [("Okonjo-Vale, 2011a", (1,)), ("2015", (7,))]),
        ("There are many (Office for Village Affairs, 2012).", [("(Office for Village Affairs, 2012)", (5,))]),
        ("OKONJO-VALE (2015, p. 3) says so.", [("OKONJO-VALE (2015", (7,))]),
        ("Okonjo-Vale’s (2015) book says so.", [("Okonjo-Vale’s (2015)", (7,))]),
    ],
)
def test_a_citation_points_at_its_reference(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2012, Leeds closed four halls, and in May 2015 two more.",
        "Between Marrow (born 1970) and the year 2016 nothing happened.",
        "We met on 3 October 2014 (see below) in Bristol (2012 was warmer).",
        "The Care Act 2014 and the Big Lottery Fund report were both late.",
        "By 2030 the council wants 2000 volunteers.",
    ],
)
def test_dates_in_prose_are_no_citations(text: str) -> None:
    assert found(text) == []


def test_what_fits_no_entry_is_kept_unresolved() -> None:
    assert found("It was said before (Harrow, 1998).") == [("(Harrow, 1998)", ())]
    assert found("Harrow and Moth (1998) said so.") == [("Harrow and Moth (1998)", ())]
    assert found("It was said before (Harrow et al., 1998).", []) == [("(Harrow et al., 1998)", ())]


def test_a_year_that_two_entries_share_is_not_guessed() -> None:
    assert found("He volunteers (Okonjo-Vale, 2011).") == [("(Okonjo-Vale, 2011)", ())]


def test_letters_count_entries_that_print_none() -> None:
    listed = ["Moth, G. (2010) Early. York: Ouse Press.", "Moth, G. (2010) Late. York: Ouse Press."]
    assert found("So it goes (Moth, 2010b).", listed) == [("(Moth, 2010b)", (1,))]


def test_numbers_point_at_numbered_entries() -> None:
    listed = [
        "[1] Moth, G. (2010) Early. York: Ouse Press.",
        "[2] Lund, E. (2008) Accounts.",
        "[3] Pike, S. (2011) Cuts.",
    ]
    assert found("Early [1], and often [2, 3] or [1–3].", listed) == [
        ("[1]", (0,)),
        ("[2, 3]", (1, 2)),
        ("[1–3]", (0, 1, 2)),
    ]
    assert found("Raised.² And so on.³", listed) == [("²", (1,)), ("³", (2,))]
    assert found("An area of 12 km² and a note [17].", listed) == []


def test_order_is_that_of_the_text() -> None:
    paragraphs = ["First (Marrow and Quill, 2016).", "", "Then Pell et al. (2019), and (Pike, in press)."]
    citations = link_citations(paragraphs, REFERENCES)
    assert [(c.para, c.references) for c in citations] == [(0, (0,)), (2, (3,)), (2, (4,))]


@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from(["(Moth, 2010)", "Moth et al. (2010)", "[1]", "; 2011b"]), max_size=8
    ),
    st.lists(st.text(max_size=60) | st.just("Moth, G. (2010) Early. York: Ouse Press."), max_size=4),
)
def test_any_text_is_searched_and_spans_hold_what_is_printed(pieces: list[str], references: list[str]) -> None:
    paragraphs = ["".join(pieces), *pieces]
    for citation in link_citations(paragraphs, references):
        assert paragraphs[citation.para][citation.start : citation.end] == citation.as_printed != ""
        assert set(citation.references) <= set(range(len(references)))


HOSTILE = st.text(
    st.sampled_from("אבגدعפ\u202e\u200f\u2066\x00\x07\x1b\ufeff\u0301()[];,.:–—’“2010aA&é\n\t "), max_size=200
)


@given(HOSTILE, st.lists(HOSTILE, max_size=3))
def test_right_to_left_control_characters_and_punctuation_do_no_harm(text: str, references: list[str]) -> None:
    for citation in link_citations([text], references):
        assert text[citation.start : citation.end] == citation.as_printed != ""


def test_links_to_notes_are_citations() -> None:
    text = "Halls close early.1 So it goes (Marrow and Quill, 2016), says the note [2]."
    pointers = [(0, 18, 19, 3), (0, 71, 74, 1)]
    citations = link_citations([text], REFERENCES, pointers)
    assert [(c.as_printed, c.references) for c in citations] == [
        ("1", (3,)),
        ("(Marrow and Quill, 2016)", (0,)),
        ("[2]", (1,)),
    ]


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(["(2010", "Moth ", "Moth, 2010; ", "[1,", "²", "et al. ", "and ", "(", ". ", "A.", "2010 "]))
def test_time_is_linear_in_the_text(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    link_citations([text], REFERENCES)
    assert time.process_time() - start < 12


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation sets are not here")
def test_the_seed_citations_are_all_linked() -> None:
    expected = json.loads((SHARED / "seed/expected.json").read_text(encoding="utf-8"))["citations"]
    with gzip.open(SHARED / "eval/citations/dev-seed.jsonl.gz", "rt", encoding="utf-8") as lines:
        seed = json.loads(next(lines))
    citations = link_citations(seed["paragraphs"], seed["references"])
    assert [(c.as_printed, list(c.references)) for c in citations] == [(e["text"], e["references"]) for e in expected]
