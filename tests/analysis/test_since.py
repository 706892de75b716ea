"""What changed since the last report, and what may not be held against it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from analysis import compile_themes, write_report
from analysis.figure_files import FIGURES, FOLDER
from analysis.report_records import EarlierReport
from analysis.since import since, since_lines
from analysis.terminal import glance_lines


@pytest.fixture
def figures(tmp_path, report_input):
    """The figures of a report on the given posts, as its file has them."""

    def made(posts, **more):
        folder = write_report(tmp_path / "then", report_input(posts, **more)).parent
        return json.loads((folder / FOLDER / FIGURES).read_text(encoding="utf-8"))

    return made


def earlier(figures, posts):
    return EarlierReport(name="2026-05-02", figures=figures, posts=frozenset(post.url for post in posts))


def test_the_same_report_has_not_changed(figures, planted):
    posts = planted({2010: 0.2, 2011: 0.2})
    told = figures(posts)
    found = since(told, [post.url for post in posts], earlier(told, posts))
    assert (found.new, found.gone, found.reasons, found.versions, found.moved) == ((), (), (), (), ())
    assert since_lines(found) == [
        "Since the report of 2026-11-02: 0 new, 0 gone of 120 posts.",
        "Moved: no theme beyond its earlier interval.",
    ]


def test_a_year_more_moves_the_newest_figure_beyond_its_interval(figures, planted):
    old = planted({2010: 0.2, 2011: 0.2})
    new = [*old[5:], *planted({2012: 0.8}, seed=2)]
    found = since(figures(new), [post.url for post in new], earlier(figures(old), old))
    assert (len(found.new), len(found.gone)) == (60, 5)
    (cuts,) = found.moved
    assert (cuts.key, cuts.moved, cuts.verdict) == (
        "cuts",
        ("share of posts up", "rate up"),
        ("no change shown", "higher"),
    )
    assert cuts.then.startswith("2011") and cuts.now.startswith("2012")
    assert cuts.revised == 1
    assert "Cuts (share of posts up, rate up, now higher)" in since_lines(found)[1]


def test_other_terms_are_named_and_only_their_theme_is_not_comparable(figures, planted, lexicon, post):
    posts = planted({2010: 0.2, 2011: 0.2})
    mapping = {"themes": {theme.key: {"label": theme.label, "terms": list(theme.terms)} for theme in lexicon.themes}}
    mapping["themes"]["cuts"] |= {"terms": ["budget cut*", "tax*"], "exclude": ["tax cut*"]}
    other = compile_themes(mapping)
    again = [replace(one, hits=tuple(other.find(one.text))) for one in posts]
    found = since(figures(again, lexicon=other), [one.url for one in posts], earlier(figures(posts), posts))
    assert not found.is_comparable and "the lexicon’s digest was" in found.reasons[0]
    cuts, volunteers = found.themes
    assert cuts.not_comparable == "its terms are counted otherwise"
    assert (cuts.added, cuts.removed) == (
        ("terms: tax*",),
        ("terms: austerity", "terms: lemma:cut/NOUN", "terms: never met"),
    )
    assert volunteers.not_comparable is None
    assert since_lines(found)[1].startswith("Not comparable: the lexicon’s digest")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"grain": "quarter"}, "grain was year, is quarter"),
        ({"first": date(2010, 6, 1)}, "first was open, is 2010-06-01"),
        (
            {"versions": (("sectorscope", "0.1.0"), ("extractor", "3"))},
            "read by version unknown of the reading rules, and are by 3",
        ),
    ],
)
def test_reports_that_were_asked_or_read_otherwise_are_not_comparable(figures, planted, asked, said):
    posts = planted({2010: 0.2, 2011: 0.6})
    found = since(figures(posts, **asked), [post.url for post in posts], earlier(figures(posts), posts))
    assert any(said in reason for reason in found.reasons)
    assert found.moved == () and all(theme.not_comparable for theme in found.themes)


def test_the_page_says_it_and_is_linked(tmp_path, figures, planted, post, report_input):
    old = planted({2010: 0.2, 2011: 0.2})
    new = [
        *old,
        *planted({2012: 0.8}, seed=2),
        post("ash", date(2013, 1, 1), "tea", title="</style><script>alert(1)</script>"),
    ]
    told = earlier(figures(old), [*old, post("ash", date(2009, 1, 1), url="https://ash.example/<script>")])
    folder = write_report(tmp_path / "now", report_input(new, earlier=told)).parent
    html = (folder / "changes.html").read_text(encoding="utf-8")
    assert 'href="changes.html"' in (folder / "report.html").read_text(encoding="utf-8")
    for words in (
        "share of posts up, rate up",
        "no change shown → higher",
        "61\u00a0posts",
        "are new, 1\u00a0post is no longer counted",
        "2026-05-02",
    ):
        assert words in html, words
    assert "<script" not in html and html.count("</style>") == 1
    assert 'href="report.html#theme-cuts"' in html
    write_report(tmp_path / "now", report_input(new))
    assert not (folder / "changes.html").exists()


def test_themes_come_and_go(figures, planted):
    posts = planted({2010: 0.2, 2011: 0.6})
    found = since(figures(posts, themes=("cuts",)), [], earlier(figures(posts, themes=("volunteers",)), posts))
    assert (found.themes_new, found.themes_gone, found.themes) == (("Cuts",), ("Volunteers",), ())


def test_the_themes_at_a_glance(figures, planted):
    head, cuts, volunteers = glance_lines(figures(planted({2010: 0.1, 2011: 0.6})))
    assert head.split()[0] == "theme"
    assert (
        "▂█" in cuts
        and "60 %" in cuts
        and "60 posts, 2011" in cuts
        and "higher" in cuts
        and cuts.endswith("not tested")
    )
    assert "too little to tell" in volunteers
    assert glance_lines(figures([]))[1].split()[1:4] == ["–", "–", "too"]
