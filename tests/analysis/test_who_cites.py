"""Who cites what: in the page, in the figure, in the files, and the posts behind each number."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from analysis import write_report
from analysis.chart_citations import dots, dots_spec
from analysis.citation_pages import MOST_LISTED, citation_pages
from analysis.networks import edges_of
from analysis.records import Site, Work
from analysis.who_cites import who_cites

REPORT = Work(1, ("Hale",), "2011", "Halls and roofs", None, "https://press.example/halls.pdf")
BOOK = Work(2, (), None, "A book", None, None)
PRESS, VIDEO = Site("press.example"), Site("video.example")


@pytest.fixture
def citing(post):
    """Four blogs; all cite the report, two the book too, and ash links to birch."""

    def made(
        blog: str, day: int, *works: Work, sites: tuple[Site, ...] = (PRESS,), text: str = "More budget cuts."
    ) -> object:
        return post(blog, date(2012, 3, day), text, cited=works, linked=sites)

    return [
        made("ash", 1, REPORT, BOOK, sites=(PRESS, Site("birch.example", "birch"))),
        made("ash", 2, REPORT),
        made("birch", 3, REPORT, BOOK, sites=(PRESS, VIDEO)),
        made("cedar", 4, REPORT, text="Nothing of the kind."),
        made("dogwood", 5, sites=(VIDEO,)),
    ]


def test_what_most_blogs_cite_comes_first_and_the_order_of_posts_does_not_matter(citing) -> None:
    found = who_cites(citing)
    assert [(row.name, len(row.posts), row.by) for row in found.works] == [
        ("Halls and roofs", 4, (("ash", 2), ("birch", 1), ("cedar", 1))),
        ("A book", 2, (("ash", 1), ("birch", 1))),
    ]
    assert [(one.blog, one.to, len(one.posts)) for one in found.blogs] == [("ash", "birch", 1)]
    assert [(pair.one, pair.other, pair.shared) for pair in found.alike] == [("ash", "birch", 2)]
    assert who_cites(citing[::-1]) == found
    assert who_cites([]).works == ()


def test_a_post_that_cites_a_work_twice_counts_once() -> None:
    (edge,) = edges_of([("ash", "p", "w"), ("ash", "p", "w")])
    assert edge.posts == 1


def test_page_files_and_evidence_say_the_same(citing, report_input, tmp_path) -> None:
    path = write_report(tmp_path, report_input(citing))
    html = path.read_text(encoding="utf-8")
    section = html[html.index('<section id="cites"') : html.index('<section id="method"')]
    assert 'href="evidence/who-cites.html#work-1">4</a>' in section
    assert "Too few works are cited by two blogs or more for a figure." in section
    assert "birch.example" not in section  # a listed blog is no site
    evidence = (tmp_path / "evidence" / "who-cites.html").read_text(encoding="utf-8")
    listed = evidence[evidence.index('id="work-1"') : evidence.index('id="work-2"')]
    assert listed.count("<li") == 4 and "4\u00a0posts" in listed
    for anchor in re.findall(r"who-cites\.html#([\w-]+)", html):
        assert f'id="{anchor}"' in evidence
    theme = html[html.index('id="theme-cuts"') : html.index('id="theme-volunteers"')]
    assert "of any theme 4, 3" in theme and "Sites its posts link to" in theme
    with (tmp_path / "files" / "csv" / "cites.csv").open(encoding="utf-8", newline="") as file:
        edges = [tuple(row.values()) for row in csv.DictReader(file)]
    assert ("ash", "work", "1", "Halls and roofs", "2") in edges and ("ash", "blog", "birch", "birch", "1") in edges
    with (tmp_path / "files" / "csv" / "cited.csv").open(encoding="utf-8", newline="") as file:
        nodes = {(row["kind"], row["key"]): (row["posts"], row["blogs"]) for row in csv.DictReader(file)}
    assert nodes["work", "1"] == ("4", "3") and nodes["site", "press.example"] == ("4", "3")


def test_a_figure_where_there_is_enough_and_its_dots_are_the_posts(post, report_input, tmp_path) -> None:
    sites = [Site(f"site{k}.example") for k in range(6)]
    posts = [
        post(blog, date(2012, 1, k + 1), "Budget cuts.", number=k, linked=(sites[k], *sites[:1]))
        for blog in ("ash", "birch", "cedar")
        for k in range(6)
    ]
    found = dots(who_cites(posts).sites)
    assert found is not None and len(found.rows) == 6 and found.blogs == ("ash", "birch", "cedar")
    assert {(one["thing"], one["posts"]) for one in dots_spec(found, {})["data"]["values"]} == {
        ("site0.example", 6), *((f"site{k}.example", 1) for k in range(1, 6))
    }  # fmt: skip
    assert dots(who_cites(posts[:6]).sites) is None
    html = write_report(tmp_path, report_input(posts)).read_text(encoding="utf-8")
    assert html.count('aria-label="Sites linked to, by blog"') == 2
    assert (tmp_path / "files" / "charts" / "cited-sites.svg").exists()


def test_of_very_many_posts_some_are_listed_and_the_others_counted(post, report_input) -> None:
    posts = [post("ash", date(2012, 1, 1), number=k, cited=(BOOK,)) for k in range(MOST_LISTED + 7)]
    ((row, listed),) = citation_pages(report_input(posts), who_cites(posts), {}).works
    assert (len(row.posts), len(listed.posts), listed.left_out) == (MOST_LISTED + 7, MOST_LISTED, 7)


def test_what_a_citation_or_a_host_holds_cannot_act(post, report_input, tmp_path) -> None:
    evil = '"><script>alert(1)</script>\u202e=HYPERLINK("x")'
    work = Work(7, (evil,), evil, evil, evil, f"javascript:{evil}")
    posts = [
        post(
            blog,
            date(2012, 1, k + 1),
            "Budget cuts.",
            number=k,
            title=evil,
            cited=(work,),
            linked=(Site(f"{evil}{k}.example"),),
        )
        for blog in ("ash", "birch", "cedar")
        for k in range(6)
    ]
    write_report(tmp_path, report_input(posts))
    for page in (tmp_path / "report.html", tmp_path / "evidence" / "who-cites.html"):
        html = page.read_text(encoding="utf-8")
        assert (
            "<script" not in html
            and "\u202e" not in html
            and "javascript:" not in html.replace("[", "").split("<bdi>")[0]
        )
        assert not re.search(r'href="javascript', html) and "&lt;script&gt;" in html
    assert "<script" not in (tmp_path / "files" / "charts" / "cited-sites.svg").read_text(encoding="utf-8")
