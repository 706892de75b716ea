"""Every count of the report leads to the posts that it counts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from analysis import evidence_pages as pages_module
from analysis import write_report
from analysis.evidence import hit_sentences
from analysis.evidence_pages import evidence_pages
from analysis.records import Named, Work
from analysis.report_index import listed, write_index


@pytest.fixture(scope="module")
def report(planted, post, report_input):
    posts = planted({2010: 0.1, 2011: 0.5, 2013: 1.0})
    coarse = post("ash", date(2012, 1, 1), "Austerity in some month of that year.", number=77, precision="year")
    named = {"named": (Named("Larkfield", "GPE"),), "cited": (Work(1, ("Moss",), "2016", "Local trust", None, None),)}
    posts = [replace(post, **named) if number % 4 else post for number, post in enumerate(posts)]
    return report_input([*posts, coarse], grain="quarter")


@pytest.fixture(scope="module")
def folder(report, tmp_path_factory):
    return write_report(tmp_path_factory.mktemp("evidence"), report).parent


def linked(html, anchor):
    """The counts that link to the evidence on cuts, by the anchor that they link to (a pattern)."""
    found = re.findall(rf'<a href="evidence/cuts\.html#({anchor})">([\d,]+)(?:\u00a0posts)?</a>', html)
    return {name: int(number.replace(",", "")) for name, number in found}


def articles(html):
    return dict(re.findall(r'<article class="post" id="n(\d+)".*?>(.*?)</article>', html, re.S))


def test_every_period_leads_to_as_many_posts_as_it_counts(folder, report):
    html = (folder / "report.html").read_text(encoding="utf-8")
    page = (folder / "evidence" / "cuts.html").read_text(encoding="utf-8")
    counts = linked(html, r"p-[\w-]+")
    assert sum(counts.values()) == sum(any(hit.theme == "cuts" for hit in post.hits) for post in report.posts) - 1
    for period, count in counts.items():
        section = re.search(rf'<h2 id="{period}">.*?</section>', page, re.S)
        assert section
        assert len(articles(section[0])) == count
    assert len(articles(page)) == sum(counts.values()) + 1
    assert "Dated too coarsely for a quarter" in page


def test_blogs_terms_authors_names_and_works_lead_to_their_posts(folder):
    html = (folder / "report.html").read_text(encoding="utf-8")
    page = (folder / "evidence" / "cuts.html").read_text(encoding="utf-8")
    counts = linked(html, r"[a-z]{4,}-\d+")
    kinds = Counter(anchor.split("-")[0] for anchor in counts)
    assert kinds == {"blog": 3, "term": 2, "author": 1, "name": 1, "work": 1}
    for anchor, count in counts.items():
        entry = re.search(rf'<dt id="{anchor}">.*?</dd>', page, re.S)
        assert entry
        numbers = re.findall(r'href="#n(\d+)"', entry[0])
        assert len(numbers) == count
        assert set(numbers) <= articles(page).keys()


def test_a_post_comes_with_sentence_address_day_and_capture(folder, report):
    page = unescape((folder / "evidence" / "cuts.html").read_text(encoding="utf-8"))
    for post in (one for one in report.posts if any(hit.theme == "cuts" for hit in one.hits)):
        (shown,) = (one for one in articles(page).values() if f'href="{post.url}"' in one)
        assert "<mark>" in shown
        assert post.warc in shown
        assert post.fetched_at in shown
        assert f'datetime="{post.published.isoformat()[: 4 if post.precision == "year" else 10]}"' in shown


def test_every_link_between_the_pages_leads_somewhere(folder):
    ids = {
        path.relative_to(folder).as_posix(): set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
        for path in folder.rglob("*.html")
    }
    for name in ids:
        for link in re.findall(r'href="([^"]*\.html[^"]*|#[^"]*)"', (folder / name).read_text(encoding="utf-8")):
            if not link.startswith("http"):
                file, _, anchor = link.partition("#")
                target = (folder / name).parent.joinpath(file).resolve() if file else folder / name
                assert target.exists(), link
                assert not anchor or anchor in ids[target.relative_to(folder.resolve()).as_posix()], link


def test_too_many_posts_are_cut_evenly_and_that_is_said(planted, report_input, monkeypatch, tmp_path):
    monkeypatch.setattr(pages_module, "MOST_POSTS", 30)
    monkeypatch.setattr(pages_module, "PER_PAGE", 12)
    report = report_input(planted({2010: 0.05, 2011: 1.0, 2012: 1.0}))
    pages = evidence_pages(report, "cuts", {})
    assert (pages.posts, pages.shown) == (123, 29)
    assert [len(period.posts) for page in pages.pages for period in page] == [3, 13, 13]
    assert [period.left_out for page in pages.pages for period in page] == [0, 47, 47]
    assert [pages.file(k) for k in range(len(pages.pages))] == ["cuts.html", "cuts-2.html", "cuts-3.html"]
    assert pages.period("2012") == "evidence/cuts-3.html#p-2012"
    assert pages.post(29) == "cuts-3.html#n29"
    assert sum(len(entry.numbers) + entry.left_out for entry in pages.indexes["blog"].values()) == 123
    write_report(tmp_path, report)
    last = (tmp_path / "evidence" / "cuts-3.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "29 posts of the 123 posts with a hit" in last
    assert "60 posts with a hit; 47 posts not shown here" in last


def test_what_an_older_report_left_is_gone(folder, report, tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "cuts-9.html").write_text("old")
    write_report(tmp_path, report)
    assert sorted(path.name for path in (tmp_path / "evidence").iterdir()) == sorted(
        path.name for path in (folder / "evidence").iterdir()
    )


def test_every_hit_of_a_post_is_quoted(post):
    text = "Budget cuts. Then budget\n\ncuts came. Austerity, and austerity again."
    view = post("ash", date(2010, 1, 1), text)

    def halves(given):
        return [(0, len(given) // 2), (len(given) // 2, len(given))]  # ends in the middle of words, and of hits

    found = list(hit_sentences(view, "cuts", halves))
    assert sum(piece.is_hit for one in found for piece in one.pieces) == len(view.hits)


def test_the_index_lists_the_reports_newest_first(folder, tmp_path):
    for day in ("2026-01-05", "2026-11-02"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "report.html").write_bytes((folder / "report.html").read_bytes())
    (tmp_path / "figures").mkdir()
    rows = listed(tmp_path, "report.html")
    assert [row.folder for row in rows] == ["2026-11-02", "2026-01-05"]
    assert rows[0].title == "Cuts and volunteers"
    assert "Data of 2 November 2026" in rows[0].description
    page = write_index(tmp_path, "Allotments <b>", "report.html").read_text(encoding="utf-8")
    assert page.index("2026-11-02/report.html") < page.index("2026-01-05/report.html")
    assert "<b>" not in page
