"""Bylines as blogs print them → persons; and who is not an author."""

from __future__ import annotations

import pytest

from extract import extract_post
from extract.person_words import is_generic
from extract.persons import as_person, credited, from_bio

BODY = "".join(
    f"<p>Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end.</p>" for i in range(6)
)  # fmt: skip


def authors(above: str = "", below: str = "", head: str = "") -> list[str]:
    html = f"<html><head><title>Keys</title>{head}</head><body><h1>Keys</h1>{above}<div class='entry-content'>{BODY}</div>{below}</body></html>"
    return [person.name for person in extract_post(html, "https://halls.example/blog/keys").people]


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("By Edwina Thrale", [("Edwina Thrale", None, None, None)]),
        ("By Edwina Thrale, the Harbour Trust", [("Edwina Thrale", None, None, "Harbour Trust")]),
        ("Dr Edwina Thrale, Director of the Harbour Trust", [("Edwina Thrale", "Dr", "Director", "Harbour Trust")]),
        ("Edwina Thrale, Head of Policy, Harbour Trust", [("Edwina Thrale", None, "Head of Policy", "Harbour Trust")]),
        ("Posted by Edwina Thrale on 3 May 2012", [("Edwina Thrale", None, None, None)]),
        ("By Edwina Thrale, September 2023", [("Edwina Thrale", None, None, None)]),
        (
            "By Edwina Thrale and Cosmo de la Rue",
            [("Edwina Thrale", None, None, None), ("Cosmo de la Rue", None, None, None)],
        ),
        ("Words: Edwina Thrale | Photos: Somebody Else", [("Edwina Thrale", None, None, None)]),
        ("ByEdwina Thrale", [("Edwina Thrale", None, None, None)]),
        ("EDWINA O'THRALE-SMITH", [("Edwina O'Thrale-Smith", None, None, None)]),
        ("Von Jörg Älter und Zoë Ångström", [("Jörg Älter", None, None, None), ("Zoë Ångström", None, None, None)]),
        ("Prof. Edwina Thrale PhD", [("Edwina Thrale", "Prof.", None, None)]),
    ],
)
def test_bylines(line, want):
    assert [(p.name, p.honorific, p.role, p.affiliation) for p in credited(line)] == want


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By",
        "By staff writers",
        "Posted on",
        "By admin",
        "Guest contributor",
        "Read more",
        "Share this",
        "Climate Policy",
        "5 May 2020",
        "By the way, nobody came",
        "@halls",
    ],
)
def test_lines_that_name_nobody(line):
    assert credited(line) == []


def test_handles_are_names_only_where_the_page_says_so():
    assert credited("hutkeeper") == []
    assert [p.name for p in credited("hutkeeper", marked=True)] == ["hutkeeper"]
    assert credited("Blog Admin", marked=True) == []


def test_given_and_family_names():
    person = as_person("Joost van den Akker")
    assert (person.given, person.family) == ("Joost", "van den Akker")
    assert as_person("Trustees of Halls") is None


def test_a_sentence_about_the_author():
    person = from_bio("Edwina Thrale is Policy Officer of the Centre for Halls, University of Estuary North.")
    assert (person.name, person.role, person.affiliation) == (
        "Edwina Thrale",
        "Policy Officer",
        "Centre for Halls, University of Estuary North",
    )
    assert from_bio("The hall is open on Sundays.") is None


@pytest.mark.parametrize(
    "above",
    [
        "<p>By Edwina Thrale</p>",
        "<p class='byline'>Edwina Thrale</p>",
        "<p>Edwina Thrale</p>",
        "<p>12 May 2014 · Edwina Thrale</p>",
        "<p>Keys are a matter of trust and not of locks alone, writes Edwina Thrale.</p>",
        "<p>This post was written by Edwina Thrale, Director of the Harbour Trust.</p>",
        "<p>Edwina Thrale is Director of the Harbour Trust.</p>",
        "<span itemprop='author'><span itemprop='name'>Edwina Thrale</span></span>",
        "<a rel='author' href='/author/edwina'>Edwina Thrale</a>",
    ],
)
def test_where_bylines_stand(above):
    assert authors(above) == ["Edwina Thrale"]


def test_signed_at_the_foot():
    assert authors(below="<p>Edwina Thrale, Treasurer</p>") == ["Edwina Thrale"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "<div class='comments'><p class='comment-author'>By Edwina Thrale</p></div>"),
        ("", "<aside class='sidebar'><p>By Edwina Thrale</p></aside>"),
        ("<p>By staff writers</p>", ""),
        ("<p class='author'>Blog Admin</p>", ""),
        ("", "<div class='related'><a rel='author' href='/author/e'>Edwina Thrale</a></div>"),
        ("<p>Edited by Edwina Thrale</p>", ""),
        ("<div class='wp-caption'><img src='k.jpg'>by Edwina Thrale</div>", ""),
    ],
)
def test_who_is_no_author(above, below):
    assert authors(above, below) == []


def test_a_byline_on_the_page_wins_over_the_owner_in_the_head():
    assert authors("<p class='byline'>By Edwina Thrale</p>", head="<meta name='author' content='Halls Webteam'>") == [
        "Edwina Thrale"
    ]


def test_all_of_a_declared_list():
    head = '<script type="application/ld+json">{"@type":"BlogPosting","author":[{"@type":"Person","name":"Edwina Thrale"},{"@type":"Person","name":"Cosmo Rue"}]}</script>'
    assert authors("<p class='byline'>By Edwina Thrale</p>", head=head) == ["Edwina Thrale", "Cosmo Rue"]


def test_a_publisher_is_no_author():
    head = '<meta property="og:site_name" content="Halls Today"><script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Halls Today"}}</script>'
    assert authors(head=head) == []


def test_the_sites_own_name_gives_way_to_a_by_line():
    head = "<meta property='og:site_name' content='Ayling Courier'>"
    text = "<p>The hall committee met and agreed that the roof must be mended before the winter comes again.</p>" * 5
    signed = "<span class='author vcard'>Ayling Courier</span>"
    html = f"<html><head><title>Roof</title>{head}</head><body><h1>Roof</h1>{signed}{{}}<div class='entry-content'>{text}</div></body></html>"
    url = "https://courier.example/news/roof"
    assert [p.name for p in extract_post(html.format("<p>By Nora Fenwick</p>"), url).people] == ["Nora Fenwick"]
    assert [p.name for p in extract_post(html.format(""), url).people] == ["Ayling Courier"]


def test_a_handle_behind_a_name_is_no_part_of_it():
    text = "<p>The hall committee met and agreed that the roof must be mended before the winter comes again.</p>" * 5
    html = f"<html><body><h1>Roof</h1><p class='byline'>Nora Fenwick @norafenwick</p><div class='entry-content'>{text}</div></body></html>"
    assert [p.name for p in extract_post(html, "https://courier.example/news/roof").people] == ["Nora Fenwick"]


@pytest.mark.parametrize("printed", ["Log Out", "Sign in", "Login", "My account", "By admin2"])
def test_what_a_button_says_names_nobody(printed: str) -> None:
    assert is_generic(printed)
