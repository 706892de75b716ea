"""Reference strings of many styles, and lists found in posts. Every author, work and house here is invented."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import Name, Reference
from extract.reference_lines import entries_of_lines
from extract.references import cut_references, is_entry, parse_reference

SHARED = Path(__file__).parents[3] / "shared"


def fields(read: Reference) -> dict[str, object]:
    """What was found, names as "family, given"."""
    plain = ("year", "title", "container", "volume", "issue", "pages", "publisher", "location", "genre", "doi", "url")
    found: dict[str, object] = {f: v for f in plain if (v := getattr(read, f)) is not None}
    for field in ("authors", "editors"):
        if names := getattr(read, field):
            found[field] = [printed(n) for n in names]
    return found


def printed(name: Name) -> str:
    return name.literal or f"{name.family}, {name.given}"


STYLES = {
    "Harvard, book": (
        "Marrow, T. and Quill, B. (2016) Small charities, long winters, Leeds, Tarn Press.",
        {"authors": ["Marrow, T.", "Quill, B."], "year": "2016", "title": "Small charities, long winters",
         "location": "Leeds", "publisher": "Tarn Press"},
    ),
    "Harvard, article in quotation marks": (
        "Okonjo-Vale, R. (2011a) ‘Who volunteers when the library closes?’, Journal of Village Studies, 12(3), pp. 201–219.",
        {"authors": ["Okonjo-Vale, R."], "year": "2011a", "title": "Who volunteers when the library closes?",
         "container": "Journal of Village Studies", "volume": "12", "issue": "3", "pages": "201–219"},
    ),
    "APA, article with a DOI": (
        "Pell, A. B., Strand, C., & van der Hoek, D. (2019). Trust and small grants. Review of Giving, 7(1), 3-18. "
        "https://doi.org/10.9999/rg.2019.7",
        {"authors": ["Pell, A. B.", "Strand, C.", "van der Hoek, D."], "year": "2019", "title": "Trust and small grants",
         "container": "Review of Giving", "volume": "7", "issue": "1", "pages": "3-18", "doi": "10.9999/rg.2019.7"},
    ),
    "APA, chapter": (
        "Lund, E. (2008). Keeping the accounts. In G. Moth & H. Reed (Eds.), Handbook of village halls (pp. 44-61). "
        "Bristol: Fen Books.",
        {"authors": ["Lund, E."], "year": "2008", "title": "Keeping the accounts", "editors": ["Moth, G.", "Reed, H."],
         "container": "Handbook of village halls", "pages": "44-61", "location": "Bristol", "publisher": "Fen Books"},
    ),
    "Chicago, author and date": (
        "Ferreira, Ana, and Tom Isherwood. 2004. “Neighbours as Trustees.” Quarterly of Local Action 18 (2): 77–95.",
        {"authors": ["Ferreira, Ana", "Isherwood, Tom"], "year": "2004", "title": "Neighbours as Trustees",
         "container": "Quarterly of Local Action", "volume": "18", "issue": "2", "pages": "77–95"},
    ),
    "Vancouver": (
        "4. Sandel MK, Oyelaran TB, Wick J. Befriending by telephone: a trial. Br J Kindness. 2014;9(4):120-31.",
        {"authors": ["Sandel, MK", "Oyelaran, TB", "Wick, J."], "title": "Befriending by telephone: a trial",
         "container": "Br J Kindness", "year": "2014", "volume": "9", "issue": "4", "pages": "120-31"},
    ),
    "MHRA, natural order and a late year": (
        "Judith Harrow, ‘A Parish and its Pennies’, Northern Ledger, 15.3 (1998), 12–30.",
        {"authors": ["Harrow, Judith"], "title": "A Parish and its Pennies", "container": "Northern Ledger",
         "volume": "15", "issue": "3", "year": "1998", "pages": "12–30"},
    ),
    "ABNT": (
        "MOREIRA, P.; TAVARES, L. C. O terceiro setor na serra. Revista da Serra, v. 4, n. 2, p. 10-29, 2007.",
        {"authors": ["MOREIRA, P.", "TAVARES, L. C."], "title": "O terceiro setor na serra", "container": "Revista da Serra",
         "volume": "4", "issue": "2", "pages": "10-29", "year": "2007"},
    ),
    "thesis": (
        "Nairn, Isla (2013). Governing by kitchen table. PhD thesis, University of Wessex.",
        {"authors": ["Nairn, Isla"], "year": "2013", "title": "Governing by kitchen table", "genre": "PhD thesis",
         "publisher": "University of Wessex"},
    ),
    "an organisation's report with a link": (
        "Office for Village Affairs (2012) Halls in numbers. London: OVA. Available at: "
        "http://www.ova.example/halls.pdf (accessed 3 May 2013).",
        {"authors": ["Office for Village Affairs"], "year": "2012", "title": "Halls in numbers", "location": "London",
         "publisher": "OVA", "url": "http://www.ova.example/halls.pdf"},
    ),
    "in press, in an edited volume": (
        "Pike, S. (In Press), Weathering cuts together, in Tull, M. (Ed) Handbook of Frugal Care (Vol. 2), Heron and Daughters",
        {"authors": ["Pike, S."], "year": "in press", "title": "Weathering cuts together", "editors": ["Tull, M."],
         "container": "Handbook of Frugal Care", "volume": "2", "publisher": "Heron and Daughters"},
    ),
    "an edited book": (
        "Grane, V. and Holt, W. (eds) (1999) Kindness and its institutions. York: Ouse Press.",
        {"editors": ["Grane, V.", "Holt, W."], "year": "1999", "title": "Kindness and its institutions", "location": "York",
         "publisher": "Ouse Press"},
    ),
    "no date": (
        "Bramble Trust (n.d.) What we fund. http://bramble.example/fund",
        {"authors": ["Bramble Trust"], "year": "n.d.", "title": "What we fund", "url": "http://bramble.example/fund"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_reference_of_each_style_is_read_whole(style: str) -> None:
    raw, expected = STYLES[style]
    assert fields(parse_reference(raw)) == expected


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (STYLES["Harvard, book"][0], "book"),
        (STYLES["APA, chapter"][0], "chapter"),
        (STYLES["Vancouver"][0], "article"),
        (STYLES["thesis"][0], "thesis"),
        (
            "Quill, B. (2018) ‘On listening’. Paper presented at the Fourth Conference of Small Charities, Leeds.",
            "conference",
        ),
        ("Marrow, T. (2016) The worth of little, London, Tarn Valley Foundation.", "report"),
        ("Moth, G. (2015) Why I left. http://moth.example/left", "web"),
    ],
)
def test_kind(raw: str, kind: str) -> None:
    assert parse_reference(raw).kind == kind


def test_et_al_stands_for_authors_that_are_not_named() -> None:
    read = parse_reference("Marrow, T. et al (2016) The worth of little, London, Tarn Valley Foundation.")
    assert read.et_al
    assert [n.family for n in read.authors] == ["Marrow"]


def test_a_title_keeps_quotations_inside_it() -> None:
    read = parse_reference(
        "Quill, B. (2018) ‘What do ‘river groups’ filter from the council’s words?’ Village Studies, 4(1), 5–9."
    )
    assert read.title == "What do ‘river groups’ filter from the council’s words?"
    assert read.container == "Village Studies"


def test_years_in_a_title_are_not_pages() -> None:
    read = parse_reference("Holt, W. (2003) Mutual aid in Wessex, 1790–1834. Taunton: Ouse Press.")
    assert read.pages is None
    assert read.title == "Mutual aid in Wessex, 1790–1834"


def test_nothing_is_read_into_an_empty_or_a_plain_line() -> None:
    assert parse_reference("") == Reference(as_printed="")
    read = parse_reference("Thank you for reading.")
    assert (read.authors, read.year, read.volume, read.pages) == ((), None, None, None)


# --- lists in posts ------------------------------------------------------------------------------------------------------

BODY = [
    "The village hall is where partnership starts, as I argued last year (Marrow and Quill, 2016).",
    "In 2012, Leeds closed four of its halls. Nobody asked who had used them.",
]
ENTRIES = [STYLES["Harvard, book"][0], STYLES["APA, chapter"][0], STYLES["thesis"][0]]
TAIL = ["4th March 2019", "Tess Marrow is a researcher at the Tarn Valley Foundation and a trustee of two halls."]


def test_a_list_under_its_heading_is_cut_and_what_follows_stays() -> None:
    paragraphs = [*BODY, "References", *ENTRIES, *TAIL]
    cut = cut_references(paragraphs, {2}, [()] * len(paragraphs))
    assert cut.body_end == 2
    assert cut.paragraphs == frozenset({2, 3, 4, 5})
    assert [r.as_printed for r in cut.references] == ENTRIES
    assert [r.position for r in cut.references] == [0, 1, 2]


@pytest.mark.parametrize(
    "heading", ["References:", "Bibliography", "Further reading", "Sources", "Notes and references", "Works cited"]
)
def test_a_short_paragraph_can_be_the_heading(heading: str) -> None:
    cut = cut_references([*BODY, heading, *ENTRIES], set(), [])
    assert cut.paragraphs == frozenset({2, 3, 4, 5})


def test_a_list_without_heading_is_found_by_its_entries() -> None:
    cut = cut_references([*BODY, *ENTRIES, *TAIL], set(), [])
    assert cut.paragraphs == frozenset({2, 3, 4})


def test_one_stray_reference_like_paragraph_is_no_list() -> None:
    assert cut_references([*BODY, ENTRIES[0], BODY[1]], set(), []).paragraphs == frozenset()


def test_notes_that_are_remarks_stay_in_the_body() -> None:
    paragraphs = [
        *BODY,
        "Notes",
        "I am grateful to all who talked with me.",
        "The hall in question is not named on purpose.",
    ]
    assert cut_references(paragraphs, {2}, []).references == ()


def test_a_narrative_citation_does_not_begin_an_entry() -> None:
    assert not is_entry(
        "Marrow (2016) argues that halls are where partnership starts, and few would disagree with her today."
    )


def test_an_entry_keeps_the_link_it_was_given() -> None:
    url, doi = "http://tarn.example/report", "https://doi.org/10.9999/tarn.1"
    cut = cut_references([*BODY, "References", *ENTRIES], {2}, [(), (), (), (url,), (doi,), ()])
    assert [(r.url, r.doi) for r in cut.references] == [(url, None), (None, "10.9999/tarn.1"), (None, None)]


def test_a_line_that_is_only_a_link_belongs_to_the_entry_before() -> None:
    cut = cut_references([*BODY, "References", ENTRIES[0], "http://tarn.example/report", ENTRIES[1]], {2}, [])
    assert [r.url for r in cut.references] == ["http://tarn.example/report", None]


def test_a_list_of_links_is_a_list() -> None:
    links = ["https://tarn.example/report", "http://ova.example/halls.pdf"]
    cut = cut_references([*BODY, "Sources", *links], {2}, [])
    assert cut.paragraphs == frozenset({2, 3, 4})
    assert [r.url for r in cut.references] == links


def test_notes_that_the_text_points_at_are_a_list_and_remarks_among_them_are_not_read() -> None:
    remark = "The 2021 survey did not ask about halls."
    cut = cut_references([*BODY, *ENTRIES[:2], remark, *TAIL], set(), [], notes={2, 3, 4})
    assert cut.paragraphs == frozenset({2, 3, 4})
    assert [(r.year, r.title) for r in cut.references][2] == (None, None)
    assert cut.references[2].as_printed == remark
    assert cut_references([*BODY, remark, "My thanks to all.", *TAIL], set(), [], notes={2, 3}).references == ()


def test_behind_the_article_only_a_plain_heading_is_believed() -> None:
    for heading, entries in (("References", 3), ("Further reading", 0)):
        assert len(cut_references([*BODY, heading, *ENTRIES], {2}, [], behind=2).references) == entries
    assert cut_references([*BODY, *ENTRIES], set(), [], behind=2).references == ()


def test_a_day_in_brackets_gives_the_year() -> None:
    assert parse_reference("Moth, G. (2017-10-04) Why I left. http://moth.example/left").year == "2017"


def test_numbered_entries_in_one_paragraph_are_split() -> None:
    listed = f"[1] {ENTRIES[0]} [2] {ENTRIES[1]} [3] {ENTRIES[2]}"
    cut = cut_references([*BODY, "References", listed], {2}, [])
    assert [r.title for r in cut.references] == [
        "Small charities, long winters",
        "Keeping the accounts",
        "Governing by kitchen table",
    ]


# --- whatever comes ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=300))
def test_any_string_is_read_and_spans_hold_what_they_label(text: str) -> None:
    read = parse_reference(text)
    assert read.as_printed == text
    for span in read.spans:
        assert 0 <= span.start < span.end <= len(text)
        if span.field in ("title", "container", "volume", "pages", "publisher", "location"):
            assert getattr(read, span.field) == " ".join(text[span.start : span.end].split())


@given(st.lists(st.text(max_size=80), max_size=6), st.sets(st.integers(0, 5)))
def test_any_paragraphs_can_be_searched_for_a_list(paragraphs: list[str], headings: set[int]) -> None:
    cut = cut_references(paragraphs, headings, [])
    assert cut.paragraphs <= set(range(len(paragraphs)))
    assert (cut.body_end == len(paragraphs)) == (not cut.paragraphs)


HOSTILE = st.text(
    st.sampled_from('אבגدعפ\u202e\u200f\u2066\x00\x07\x1b\ufeff\u0301()[];,.:–—’“‘"2010aA&é/\n\t '), max_size=300
)


@given(HOSTILE)
def test_right_to_left_control_characters_and_punctuation_do_no_harm(text: str) -> None:
    read = parse_reference(text)
    assert all(0 <= span.start < span.end <= len(text) for span in read.spans)
    cut_references([text, "References", text], {1})
    entries_of_lines(["References", *text.splitlines()])


def test_an_organisation_before_the_year_is_the_author() -> None:
    read = parse_reference("Tarn Valley Carers’ Forum (2014). Respite. Leeds: Tarn Press.")
    assert [name.literal or name.family for name in read.authors] == ["Tarn Valley Carers’ Forum"]
    assert (read.year, read.title) == ("2014", "Respite")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Marrow, T. (2016) £5 a week: the cost of a hall. Leeds: Tarn Press.", "£5 a week: the cost of a hall"),
        ("Quill, B. (2018) Who cares for halls? Village Studies, 4(1), 5–9.", "Who cares for halls?"),
        ("Quill, B. (2018) (Re)making the village hall. Village Studies, 4(1), 5–9.", "(Re)making the village hall"),
    ],
)
def test_a_title_keeps_the_marks_that_belong_to_it(raw: str, title: str) -> None:
    assert parse_reference(raw).title == title


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("MARROW Tess, QUILL Ben, 1996, Small charities, Leeds, Tarn Press.", ["MARROW, Tess", "QUILL, Ben"]),
        ("Le Fenn, A. and Reed, B. (2009) Halls. York: Ouse Press.", ["Le Fenn, A.", "Reed, B."]),
        ("Dirk Van der Hoek, Halls, York: Ouse Press, 2009.", ["Van der Hoek, Dirk"]),
        ("Fenville, Alec de. 1987. Recollections of a hall. York: Ouse Press.", ["Fenville, Alec de"]),
    ],
)
def test_names_in_other_orders(raw: str, names: list[str]) -> None:
    assert [printed(name) for name in parse_reference(raw).authors] == names


def test_families_alone_are_names() -> None:
    assert [n.family for n in parse_reference("Marrow and Quill (1982) Halls. York: Ouse Press.").authors] == [
        "Marrow",
        "Quill",
    ]


@settings(deadline=None, max_examples=12)
@given(
    st.sampled_from(
        ["(", ".", ", ", "“", "A. ", "Moss, ", "(2010) ", "http://", "[1] ", ": ", "\0", " ", "1", "e\u0301"]
    )
)
def test_a_line_of_a_hundred_thousand_characters_takes_no_longer_than_a_blink(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    parse_reference(text)
    cut_references([text, "References", text], {1}, [])
    assert time.process_time() - start < 2


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation sets are not here")
def test_the_seed_references_are_right_in_every_field() -> None:
    expected = json.loads((SHARED / "seed/expected.json").read_text(encoding="utf-8"))["references"]
    with gzip.open(SHARED / "eval/references/dev-seed.jsonl.gz", "rt", encoding="utf-8") as lines:
        raws = [json.loads(line)["raw"] for line in lines]
    for raw, wanted in zip(raws, expected, strict=True):
        read = parse_reference(raw)
        assert read.kind == wanted.pop("type")
        assert read.et_al == wanted.pop("et_al", False)
        for field in ("authors", "editors"):
            wanted[field] = [f"{n['family']}, {n['given']}" for n in wanted.get(field, [])]
        found = {"authors": [], "editors": [], **fields(read)}
        assert {k: plain(v) for k, v in found.items()} == {k: plain(v) for k, v in wanted.items()}


def plain(value: object) -> object:
    """Quotation marks and dashes made plain: the expected values are typed, not copied."""
    return value.replace("’", "'").replace("‘", "'").replace("–", "-") if isinstance(value, str) else value


def test_what_numbers_point_at_here_and_there_is_no_list() -> None:
    entry = "Moss, C. (2018). Local trust. Tidewater Press. https://tidewater.example/moss"
    text = ["As section 4 says.", entry, "More of it.", "And more.", "Still more.", entry, "An end.", "Or not.", entry]
    assert cut_references(text, set(), notes=[1, 5, 8], behind=0).paragraphs == frozenset()
    assert cut_references([*text[:1], entry, entry], set(), notes=[1, 2], behind=0).paragraphs == frozenset({1, 2})
