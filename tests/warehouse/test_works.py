"""The same work, cited in different posts and styles, is one row. Every work here is invented."""

from __future__ import annotations

import random

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Link, Name, Reference
from warehouse import tables
from warehouse.works import Cited, doi_of, is_cited_link, link_title, work_rows

HOST = "https://harbour-voices.example"


def entry(post_id: int, title: str | None, first: str = "Marrow", year: str | None = "2016", **fields) -> Cited:
    said = {"how": "reference", "position": 0, "authors": (first,) if first else ()}
    return Cited(post_id=post_id, title=title, year=year, **{**said, **fields})


def are_one(*entries: Cited) -> bool:
    works, citations = work_rows(entries)
    assert len(citations) == len(entries)
    return len(works) == 1


ONE = [
    ("case and punctuation", ("Small charities, long winters", {}), ("SMALL CHARITIES: LONG WINTERS.", {})),
    ("the subtitle left out", ("Small charities in long winters: a study of halls", {}), ("Small charities in long winters", {})),
    ("a slip of the pen", ("Small charities and the long winters", {}), ("Small charites and the long winters", {})),
    ("accents and ampersands", ("Café society & the parish", {}), ("Cafe society and the parish", {})),
    ("in press, then out", ("Small charities and long winters", {"year": "in press"}), ("Small charities and long winters", {})),
    ("online a year before print", ("Small charities and long winters", {"year": "2015"}), ("Small charities and long winters", {})),
    ("particles of a name", ("Long winters", {"first": "Van der Hoek"}), ("Long winters", {"first": "Hoek"})),
    ("the letter of a year", ("Long winters", {"year": "2016a"}), ("Long winters", {})),
    ("one DOI, two titles", ("Long winters", {"doi": "10.9999/X.1"}), ("Les longs hivers", {"doi": "https://doi.org/10.9999/x.1", "year": "2018"})),
    ("a DOI given once", ("Small charities and long winters", {"doi": "10.9999/x.1"}), ("Small charities and long winters", {})),
    ("a long title, whoever is named", ("What small charities do in long winters", {}), ("What small charities do in long winters", {"first": "Tarn Foundation"})),
]  # fmt: skip
TWO = [
    ("other years", ("Small charities and long winters", {}), ("Small charities and long winters", {"year": "2012"})),
    ("other authors of a short title", ("Annual report", {}), ("Annual report", {"first": "Quill"})),
    ("parts", ("Small charities in long winters, part 1", {}), ("Small charities in long winters, part 2", {})),
    ("other DOIs", ("Long winters", {"doi": "10.9999/x.1"}), ("Long winters", {"doi": "10.9999/x.2"})),
    ("a short main title", ("Winters: a study of halls", {}), ("Winters", {})),
    ("one author's two works of a year", ("Who volunteers when the library closes", {}), ("Who volunteers when the swimming pool opens", {})),
    ("undated short titles", ("What we fund", {"year": "n.d."}), ("What we fund", {})),
    ("chapters of one file", ("Small charities and long winters", {"url": "https://a.example/x.pdf"}), ("Who volunteers when libraries close", {"url": "https://a.example/x.pdf"})),
]  # fmt: skip


@pytest.mark.parametrize(("why", "a", "b"), ONE, ids=[row[0] for row in ONE])
def test_one_work(why, a, b):
    assert are_one(entry(1, a[0], **a[1]), entry(2, b[0], **b[1]))


@pytest.mark.parametrize(("why", "a", "b"), TWO, ids=[row[0] for row in TWO])
def test_two_works(why, a, b):
    assert not are_one(entry(1, a[0], **a[1]), entry(2, b[0], **b[1]))


def test_different_dois_stay_apart_even_through_a_third_entry():
    works, _ = work_rows(
        [
            entry(1, "Long winters", doi="10.9999/x.1"),
            entry(2, "Long winters", doi="10.9999/x.2"),
            entry(3, "Long winters"),
        ]
    )
    assert sorted(work["doi"] for work in works) == ["10.9999/x.1", "10.9999/x.2"]


def test_a_link_and_a_reference_to_the_same_document_are_one_work():
    link = Cited(post_id=2, how="link", position=0, title="their report", url="http://www.tarn.example/winters.pdf")
    works, citations = work_rows([entry(1, "Long winters", url="https://tarn.example/winters.pdf"), link])
    assert [(work["title"], work["authors"]) for work in works] == [("Long winters", ["Marrow"])]
    assert [(row["post_id"], row["how"]) for row in citations] == [(1, "reference"), (2, "link")]


@pytest.mark.parametrize(
    ("url", "cited"),
    [
        ("https://doi.org/10.9999/jvs.2011.12", True),
        ("https://journals.example/doi/abs/10.9999/jvs.2011.12", True),
        ("https://tarn.example/files/Winters%202016.PDF", True),
        ("https://tarn.example/publications/long-winters", True),
        ("https://hdl.handle.net/1234/5678", True),
        ("https://tarn.example/", False),
        ("https://tarn.example/about/reports/", False),
        ("https://tarn.example/blog/why-we-report", False),
        ("https://[broken", False),
    ],
)
def test_which_links_cite(url, cited):
    assert is_cited_link(url) is cited


def test_an_anchor_that_says_nothing_is_no_title():
    assert link_title("Long winters: a study") == "Long winters: a study"
    assert [
        link_title(said) for said in ("here", "Read more", "our short report", "The full report", "https://a.example")
    ] == [None] * 5


def test_doi_of():
    assert doi_of("doi: 10.9999/ABC(2010)1.") == "10.9999/abc(2010)1"
    assert doi_of("https://doi.org/10.9999%2Fabc") == "10.9999/abc"
    assert doi_of("no such thing") is doi_of(None) is None


@given(st.lists(st.sampled_from([*ONE, *TWO]).flatmap(lambda row: st.sampled_from(row[1:])), max_size=8), st.randoms())
def test_the_order_of_the_entries_does_not_matter(some, chance: random.Random):
    entries = [entry(n, title, **fields) for n, (title, fields) in enumerate(some)]
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert work_rows(shuffled) == work_rows(entries)


@given(st.lists(st.builds(Cited, post_id=st.integers(0, 9), how=st.sampled_from(["reference", "link"]), position=st.integers(0, 9),
                          title=st.none() | st.text(max_size=30), year=st.none() | st.text(max_size=6), url=st.none() | st.text(max_size=30),
                          doi=st.none() | st.text(max_size=30)), max_size=6, unique_by=lambda c: (c.post_id, c.how, c.position)))  # fmt: skip
def test_whatever_the_entries_say_each_is_of_one_work_at_most(entries):
    works, citations = work_rows(entries)
    assert {row["work_id"] for row in citations} == {row["work_id"] for row in works}
    assert len({(row["post_id"], row["how"], row["position"]) for row in citations}) == len(citations) <= len(entries)


# --- in the warehouse ------------------------------------------------------------------------------------------------------


def reference(printed: str, **fields) -> Reference:
    names = (Name(family="Okafor", given="A."), Name(family="Lind", given="B."))
    return Reference(
        **{"as_printed": printed, "authors": names, "year": "2016", "title": "Slow trust", "kind": "book", **fields}
    )


def test_two_posts_cite_one_work_in_two_styles(store, page, post, snapshot):
    harvard = reference("Okafor, A. and Lind, B. (2016) Slow trust. Eastmere: Tidewater Press.")
    chicago = reference("Okafor, Ada, and Bo Lind. 2016. Slow Trust. Tidewater Press.", title="Slow Trust")
    text = "The Eastmere Trust has put its evidence into one report that everybody should read."
    report = Link(
        url="https://trust.example/evidence.pdf", text="report", start=text.find("report"), end=text.find("report") + 6
    )
    posts = {
        f"{HOST}/a": post(f"{HOST}/a", references=(harvard,)),
        f"{HOST}/b": post(f"{HOST}/b", "Others have said so too (Okafor and Lind, 2016).", references=(chicago,)),
        f"{HOST}/c": post(f"{HOST}/c", text, links=(report,)),
    }
    store.load(tables([page(url, body) for url, body in posts.items()]))
    store.publish(snapshot)
    with duckdb.connect(str(snapshot), read_only=True) as con:
        cited = con.execute("SELECT title, authors, posts FROM most_cited(5)").fetchall()
        assert [(title.lower() if title else None, authors, n) for title, authors, n in cited] == [
            ("slow trust", ["Okafor", "Lind"], 2),
            (None, [], 1),
        ]
        assert con.execute("SELECT url, how, as_printed FROM who_cites('okafor')").fetchall() == [
            (f"{HOST}/a", "reference", harvard.as_printed),
            (f"{HOST}/b", "reference", chicago.as_printed),
        ]
        assert con.execute("SELECT url, how FROM who_cites('evidence.pdf')").fetchall() == [(f"{HOST}/c", "link")]


def test_works_follow_the_posts(store, page, post, everything):
    store.load(tables([page(), page(f"{HOST}/b", post(f"{HOST}/b"))]))
    assert store.link_works() == 1
    before = everything(store.connection)
    assert store.link_works() == 1
    assert everything(store.connection) == before
    store.drop_pages("harbour", [f"{HOST}/ten-years", f"{HOST}/b"])
    assert store.link_works() == 0
    assert store.connection.execute("SELECT count(*) FROM work_citations").fetchone() == (0,)
