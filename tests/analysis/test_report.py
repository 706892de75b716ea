"""The report: whole, safe, the same every time, and never surer than its figures."""

from __future__ import annotations

import csv
import itertools
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import trend, write_report
from analysis.findings import change_found, headline, theme_findings
from analysis.records import Named, Work
from analysis.report import within_dates
from analysis.tables import neutral
from analysis.templating import safe_url

EVIL = '"><script>alert(1)</script></style><img src=x onerror=alert(2)>'
REVERSED = "\u202egnihton\u2066 \x00\x08"
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Every tag with its attributes; balance and nesting are checked on the way."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def written(tmp_path_factory, planted, report_input):
    """A report on a planted sector, and its folder."""
    posts = planted({2010: 0.1, 2011: 0.15, 2012: 0.5, 2014: 0.7}) + planted({2014: 0.5}, blogs=("dogwood",))
    folder = tmp_path_factory.mktemp("report")
    report = report_input(posts)
    return write_report(folder, report), report


def test_the_same_input_gives_the_same_bytes(written, tmp_path):
    path, report = written
    write_report(tmp_path, report)
    files = [file.relative_to(path.parent) for file in path.parent.rglob("*") if file.is_file()]
    assert {Path("report.html"), Path("trends.csv"), Path("hits.csv"), Path("evidence/cuts.html")} <= set(files)
    for name in files:
        assert (tmp_path / name).read_bytes() == (path.parent / name).read_bytes(), name


def test_the_page_stands_alone(written):
    page = Page(written[0].read_text(encoding="utf-8"))
    assert not [tag for tag, _ in page.tags if tag in {"script", "link", "iframe", "img", "object"}]
    sources = [attrs[name] for _, attrs in page.tags for name in ("src", "xlink:href", "srcset") if name in attrs]
    assert sources == []
    assert "@import" not in written[0].read_text(encoding="utf-8")


def test_the_page_is_accessible(written):
    page = Page(written[0].read_text(encoding="utf-8"))
    tags = [tag for tag, _ in page.tags]
    assert next(attrs for tag, attrs in page.tags if tag == "html")["lang"] == "en-GB"
    headings = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(headings))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and attrs["href"].startswith("#")]
    assert set(targets) <= set(ids)
    assert all(attrs.get("aria-label") for tag, attrs in page.tags if tag == "svg")
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")


def test_the_page_says_what_a_reader_must_know(written):
    text = Page(written[0].read_text(encoding="utf-8")).text
    for words in (
        "In 2014, 65 % of 80 posts (54–75 %) use its terms at least once",
        "In 2010 it was 10 % of 60 posts (4.7–20 %)",
        "No posts at all in 2013: a gap in the sources, not a zero.",
        "no post yet in 2010: dogwood",
        "Data of 2 November 2026",
        "not been validated on a labelled sample",
        "lemma:cut/NOUN (cuts, terms)",
        "2 terms never met austerity , never met",
        "sectorscope report --by year",
        "1 June 2014 Another budget",
        "8 pages the same text as another post",
        written[1].lexicon.digest,
    ):
        assert words in text.replace("\u00a0", " "), words
    assert "Too early" not in text


def test_evidence_comes_with_source_date_and_capture(written):
    html = written[0].read_text(encoding="utf-8")
    assert html.count("<blockquote") == 10
    quoted = re.search(r'<blockquote cite="(https://\w+\.example/[^"]+)">.*?record <code>([^<]+)</code>', html, re.S)
    assert quoted
    assert quoted[2].startswith(quoted[1].split("/")[2].split(".")[0])
    assert "Read 2026-11-02T09:14:05+00:00" in html


def test_every_figure_of_the_chart_is_in_the_table_and_the_csv(written):
    path, report = written
    with (path.parent / "trends.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    line = trend(report.posts, "cuts", resamples=100)
    cuts = [row for row in rows if row["theme"] == "cuts" and row["line"] == "all"]
    assert [row["period"] for row in cuts] == [point.period for point in line.points]
    assert [row["share"] for row in cuts] == ["0.1", "0.15", "0.5", "", "0.65"]
    assert float(cuts[0]["rate_low"]) == pytest.approx(line.points[0].rate_low, abs=1e-6)
    assert {row["lexicon"] for row in rows} == {report.lexicon.digest}
    with (path.parent / "hits.csv").open(encoding="utf-8", newline="") as file:
        hits = list(csv.DictReader(file))
    texts = {post.url: post.text for post in report.posts}
    assert len(hits) == sum(len(post.hits) for post in report.posts)
    assert all(texts[hit["url"]][int(hit["start"]) : int(hit["end"])] == hit["text"] for hit in hits)


@pytest.fixture
def hostile(post):
    """Posts in which all that a blog may write is an attack: markup, formulas, reversed text, a title of a megabyte."""
    return [
        post(EVIL if n % 2 else "=cmd()", date(2010, 1, 1 + n), f"{EVIL} austerity {REVERSED} {EVIL}.", number=n,
             title=f"={EVIL}{REVERSED}" + "W" * (1_000_000 if n == 3 else 0), authors=(EVIL, "@SUM(A1)"),
             url=f"javascript:alert({n})", warc=EVIL, fetched_at=EVIL, named=(Named(EVIL + REVERSED, EVIL),),
             cited=(Work(n, (EVIL,), EVIL, EVIL + "W" * 10_000, EVIL, f"javascript:alert({n})"),))
        for n in range(8)
    ]  # fmt: skip


@pytest.fixture
def long_cells():
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("long_cells")
def test_what_blogs_write_cannot_act(tmp_path, hostile, report_input):
    path = write_report(tmp_path, report_input(hostile, title=EVIL, sector=EVIL, command=EVIL, coverage=()))
    pages = [path, *sorted((tmp_path / "evidence").glob("*.html"))]
    assert len(pages) == 4
    for one in pages:
        page = Page(one.read_text(encoding="utf-8"))
        assert not [tag for tag, _ in page.tags if tag in {"script", "img"}]
        assert [tag for tag, _ in page.tags].count("style") == 1
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
        links = [attrs[name] for _, attrs in page.tags for name in ("href", "cite") if name in attrs]
        assert all(re.match(r"#|(\.\./|evidence/)?[\w-]+\.(csv|html)(#|$)|files/[\w/.]+$", link) for link in links)
    assert "javascript:alert(" in Page(path.read_text(encoding="utf-8")).text
    with (tmp_path / "hits.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def test_what_blogs_write_cannot_reorder_or_fill_the_page(tmp_path, hostile, report_input):
    write_report(tmp_path, report_input(hostile))
    for one in tmp_path.rglob("*.html"):
        html = one.read_text(encoding="utf-8")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", html)
        assert len(html) < 200_000
        assert "W […]" in html or one.name in {"volunteers.html", "who-cites.html"}


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://ash.example/1", True),
        ("HTTP://ash.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//ash.example/1", False),
        ("https:", False),
        ("https://[", False),
        ("\x00javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, kept):
    assert (safe_url(url) is not None) == kept


@given(st.text() | st.integers() | st.floats(allow_nan=False) | st.none())
def test_a_cell_never_begins_like_a_formula_and_keeps_its_text(cell):
    safe = neutral(cell)
    if isinstance(cell, str):
        assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert safe in {cell, f"'{cell}"}
    else:
        assert safe is cell


def test_only_the_chosen_days_and_themes_are_reported(tmp_path, planted, report_input):
    report = report_input(
        planted({2010: 0.5, 2011: 0.5}), first=date(2011, 1, 1), last=date(2011, 12, 31), themes=("volunteers",)
    )
    assert {post.published.year for post in within_dates(report).posts} == {2011}
    text = write_report(tmp_path, report).read_text(encoding="utf-8")
    assert 'id="theme-volunteers"' in text
    assert 'id="theme-cuts"' not in text
    assert "the days from 1 January 2011 to 31 December 2011" in text


def test_a_coarse_date_is_within_the_days_only_as_a_whole(post, report_input):
    posts = [
        post("ash", date(2011, 1, 1), "x", number=n, precision=how) for n, how in enumerate(["day", "month", "year"])
    ]
    report = report_input(posts, first=date(2011, 1, 1), last=date(2011, 6, 30))
    assert [one.precision for one in within_dates(report).posts] == ["day", "month"]


def test_a_report_on_nothing_is_still_a_report(tmp_path, report_input):
    text = Page(write_report(tmp_path, report_input([])).read_text(encoding="utf-8")).text
    assert "No posts lie in the chosen dates." in text
    assert "There is nothing to count" not in text
    assert "No posts: there is nothing to count." in text


def test_an_unknown_theme_is_refused(tmp_path, planted, report_input):
    with pytest.raises(KeyError, match="there are cuts, volunteers"):
        write_report(tmp_path, report_input(planted({2010: 0.5}), themes=("cats",)))


def test_hits_of_another_lexicon_are_refused(tmp_path, planted, report_input):
    posts = [replace(post, hits=()) for post in planted({2010: 0.5})]
    with pytest.raises(ValueError, match="count the posts again"):
        write_report(tmp_path, report_input(posts))
    assert not list(tmp_path.iterdir())


# --- what is claimed -------------------------------------------------------------------------------------------------


def test_a_clear_rise_is_called_one(planted):
    direction, words = change_found(trend(planted({2010: 0.1, 2011: 0.6}), "cuts", resamples=200))
    assert direction == "more"
    assert "higher now; the intervals of share and rate both keep apart." in words


def test_a_small_rise_is_not_called_one(planted):
    direction, words = change_found(trend(planted({2010: 0.3, 2011: 0.4}), "cuts", resamples=200))
    assert direction == "unclear"
    assert "no change can be claimed" in words


def test_a_rise_that_only_newcomers_make_is_not_called_one(planted):
    quiet = planted(dict.fromkeys(range(2010, 2014), 0.2), blogs=("ash", "birch"))
    loud = planted({2012: 1.0, 2013: 1.0}, blogs=("cedar", "dogwood", "elder"), each=40)
    direction, words = change_found(trend(quiet + loud, "cuts", resamples=200))
    assert direction == "unclear"
    assert "the change may come from which blogs are there, so none is claimed" in words


def test_a_rise_in_a_wholly_new_panel_says_that_it_cannot_be_checked(planted):
    posts = planted({2010: 0.1}, blogs=("ash", "birch")) + planted({2011: 0.9}, blogs=("cedar", "dogwood"))
    direction, words = change_found(trend(posts, "cuts", resamples=200))
    assert direction == "more"
    assert "Too few blogs are present throughout to check this" in words


def test_too_little_is_called_too_little(planted, post):
    assert change_found(trend(planted({2010: 0.5}), "cuts", resamples=100))[0] == "too little"
    assert change_found(trend(planted({2010: 0.0, 2011: 0.05}), "cuts", resamples=100))[0] == "too little"


def test_the_headline_of_a_theme_that_nobody_met(planted, lexicon):
    line = trend(planted({2010: 0.5}), "volunteers", resamples=100)
    assert headline(line, lexicon["volunteers"]) == "Volunteers: not one hit in 60\u00a0posts."


def test_terms_and_blogs_add_up(planted, post, report_input):
    posts = [*planted({2010: 0.5}), post("ash", date(2010, 2, 2), "Austerity, austerity and budget cutters.")]
    found = theme_findings(report_input(posts), "cuts")
    assert [(row.term, row.hits, row.posts, row.blogs) for row in found.terms] == [
        ("budget cut*", 31, 31, 3),
        ("austerity", 2, 1, 1),
    ]
    assert found.terms[0].forms == (("budget cuts", 30), ("budget cutters", 1))
    assert [row.loudest for row in found.terms] == [pytest.approx(11 / 31), 1.0]
    assert sum(row.share for row in found.terms) == pytest.approx(1)
    assert sum(row.hits for row in found.blogs) == 33
    assert sum(row.posts for row in found.blogs) == len(posts)
