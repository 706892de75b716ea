"""Bylines as blogs print them → persons; and who is not an author."""

from __future__ import annotations

import pytest

from extract import extract_post
from extract.person_words import is_generic
from extract.persons import as_person, credited, from_bio
from extract.records import Post

BODY = "".join(
    f"<p>Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end.</p>" for i in range(6)
)  # fmt: skip


def read(above: str = "", below: str = "", head: str = "") -> Post:
    html = f"<html><head><title>Keys</title>{head}</head><body><h1>Keys</h1>{above}<div class='entry-content'>{BODY}</div>{below}</body></html>"
    return extract_post(html, "https://halls.example/blog/keys")


def authors(above: str = "", below: str = "", head: str = "") -> list[str]:
    return [person.name for person in read(above, below, head).people]


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
        ("Von Edwina Thrale am Samstag, 19. Oktober 2019 um 11:14 Uhr", [("Edwina Thrale", None, None, None)]),
        ("Posted on September 21, 2020 by Edwina Thrale", [("Edwina Thrale", None, None, None)]),
        ("By by EDWINA THRALE and COSMO RUE", [("Edwina Thrale", None, None, None), ("Cosmo Rue", None, None, None)]),
        ("Eine Kolumne von Edwina Thrale", [("Edwina Thrale", None, None, None)]),
        ("Text von Edwina Thrale Illustration von Cosmo Rue", [("Edwina Thrale", None, None, None)]),
        ("Edwina A. Thrale", [("Edwina A. Thrale", None, None, None)]),
        ("Edwina (Rue) Thrale", [("Edwina Thrale", None, None, None)]),
        ("von Edwina Thrale, HALLS NORTH", [("Edwina Thrale", None, None, "HALLS NORTH")]),
        ("Edwina Thrale and AP", [("Edwina Thrale", None, None, None), ("AP", None, None, None)]),
        ("Edwina Thrale, Reuters", [("Edwina Thrale", None, None, "Reuters")]),
        ("Edwina Thrale\nFormer Warden", [("Edwina Thrale", None, "Former Warden", None)]),
        ("Edwina Thrale\nShare\nText Size\nSmall\nMedium", [("Edwina Thrale", None, None, None)]),
        ("Written by\nEdwina Thrale\nEdited by\nCosmo Rue", [("Edwina Thrale", None, None, None)]),
        (
            "By Edwina Thrale\nand\nCosmo Rue\nReviewed by Ida Mound",
            [("Edwina Thrale", None, None, None), ("Cosmo Rue", None, None, None)],
        ),
        ("Edwina Thrale\nEdwina Thrale", [("Edwina Thrale", None, None, None)]),
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
    assert [p.name for p in credited("Edwina and Cosmo", marked=True)] == ["Edwina", "Cosmo"]
    assert [p.name for p in credited("et/dpa", marked=True)] == ["et/dpa"]
    assert [p.name for p in credited("14. July 2009 – 15:56 by Harbour Network", marked=True)] == ["Harbour Network"]
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
        "<p>ByEdwina Thrale</p>",
        "<p>11.12.2019 - Edwina Thrale</p>",
        "<p>Edwina Thrale | 05.04.2025 - Güncelleme : 05.04.2025</p>",
        "<p>Edwina Thrale, @edwina</p>",
        "<div class='post-title__authors'>Edwina Thrale</div>",
        "<figure><figcaption>Edwina Thrale, Warden, Harbour Trust</figcaption></figure>",
        "<a rel='author' href='/author/edwina'>Edwina Thrale</a>",
    ],
)
def test_where_bylines_stand(above):
    assert authors(above) == ["Edwina Thrale"]


@pytest.mark.parametrize(
    ("above", "below", "want"),
    [
        ("<p>Posted by hutkeeper under Just for fun | Tags: keys</p>", "", "hutkeeper"),
        ("<p>by oz on December 4, 2006</p>", "", "oz"),
        ("<p>Posted in Keys by hutkeeper on August 3, 2019</p>", "", "hutkeeper"),
        ("<p>23. May 2009 – 17:23 by HARBOUR</p>", "", "HARBOUR"),
        ("<p>24. May 2009 – 17:23 by International Harbour Centre</p>", "", "International Harbour Centre"),
        ("<p>von Ulrike</p>", "", "Ulrike"),
        ("", "<p>Eingestellt von der Michel um 21:11</p>", "der Michel"),
        ("", "<p>Author: Bo2man am 29.12.2010, 13:36 Uhr</p>", "Bo2man"),
        ("<p>Filed under: Halls, Keys — hutkeeper @ 00:11</p>", "", "hutkeeper"),
    ],
)
def test_handles_and_bodies_behind_a_by(above, below, want):
    assert authors(above, below) == [want]


@pytest.mark.parametrize(
    ("handle", "above"),
    [
        ("Edwina", "<p>A column by Edwina Thrale</p>"),
        ("edwinathrale", "<div class='post_author'>von Edwina Thrale</div>"),
        ("edwina.thrale", "<p>By Edwina Thrale</p>"),
        ("webkeeper", "<div class='author-info'>Edwina Thrale</div>"),
    ],
)
def test_an_account_gives_way_to_the_name_that_the_page_shows(handle, above):
    head = f'<script type="application/ld+json">{{"@type":"BlogPosting","author":{{"@type":"Person","name":"{handle}"}}}}</script>'
    assert authors(above, head=head) == ["Edwina Thrale"]
    assert authors(head=head) == [handle]


def test_a_list_that_goes_on_is_preferred_to_its_first_name():
    head = '<script type="application/ld+json">{"@type":"BlogPosting","author":{"@type":"Person","name":"Edwina Thrale"}}</script>'
    assert authors("<p>By Edwina Thrale and Cosmo Rue</p>", head=head) == ["Edwina Thrale", "Cosmo Rue"]
    names = "<meta name='dc.creator' content='Edwina Thrale'><meta name='dc.creator' content='Cosmo Rue'>"
    assert authors("<p class='byline'>Edwina Thrale</p>", head=names) == ["Edwina Thrale", "Cosmo Rue"]


def test_names_far_below_are_other_posts_authors():
    more = "".join(f"<p><a href='/blog/{i}'>Another post, number {i}</a></p>" for i in range(20))
    cards = "<div class='post-author'>Ida Mound</div><div class='post-author'>Cosmo Rue</div>"
    assert authors("<p>By Edwina Thrale</p>", more + cards) == ["Edwina Thrale"]
    assert authors(below=more + cards) == []


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
        ("<figure><figcaption>Edwina Thrale</figcaption></figure>", ""),
        ("<div class='image-author'>Edwina Thrale</div>", ""),
        ("<p class='author'>Edwina Thrale/Getty Images</p>", ""),
        ("<p>Locks and Keys</p>", ""),
        ("<p>By email</p>", ""),
    ],
)
def test_who_is_no_author(above, below):
    assert authors(above, below) == []


def test_a_byline_on_the_page_wins_over_the_owner_in_the_head():
    assert authors("<p class='byline'>By Edwina Thrale</p>", head="<meta name='author' content='Halls Webteam'>") == [
        "Edwina Thrale"
    ]


def test_a_section_of_the_site_is_nobody():
    html = f"<html><head><title>Keys</title></head><body><p>Harbour Grounds</p><h1>Keys</h1><div class='entry-content'>{BODY}</div></body></html>"
    assert extract_post(html, "https://halls.example/harbour-grounds/keys").people == ()
    assert [p.name for p in extract_post(html, "https://halls.example/keys").people] == ["Harbour Grounds"]


def test_all_of_a_declared_list():
    head = '<script type="application/ld+json">{"@type":"BlogPosting","author":[{"@type":"Person","name":"Edwina Thrale"},{"@type":"Person","name":"Cosmo Rue"}]}</script>'
    assert authors("<p class='byline'>By Edwina Thrale</p>", head=head) == ["Edwina Thrale", "Cosmo Rue"]


@pytest.mark.parametrize(
    "declared",
    [
        '<meta name="author" content="Halls Today">',
        '<script type="application/ld+json">{"@type":"NewsArticle","author":"Halls Today"}</script>',
    ],
)
def test_a_site_that_signs_its_every_page_is_no_author(declared):
    assert authors(head='<meta property="og:site_name" content="Halls Today">' + declared) == []


def test_a_body_that_is_declared_the_author_of_its_own_site_is_one_where_nobody_else_is_named():
    head = '<meta property="og:site_name" content="Halls Today"><script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Halls Today"}}</script>'
    (body,) = read(head=head).people
    assert (body.name, body.is_organisation) == ("Halls Today", True)
    assert authors("<p>By Edwina Thrale</p>", head=head) == ["Edwina Thrale"]


@pytest.mark.parametrize(
    "author",
    [
        '{"@type":"Person","givenName":"Edwina","familyName":"Thrale"}',
        '[[{"@type":"Person","name":"Edwina Thrale"}]]',
        '"{ \\"@type\\":\\"Person\\", \\"name\\":\\"Edwina Thrale\\" }"',
        '{"@type":"Person","name":["Edwina Thrale"]}',
    ],
)
def test_shapes_of_a_declared_author(author):
    assert authors(head=f'<script type="application/ld+json">{{"@type":"BlogPosting","author":{author}}}</script>') == [
        "Edwina Thrale"
    ]


@pytest.mark.parametrize("name", ["author", "article:author_name", "plugin:article_author_name", "cse_author"])
def test_names_of_meta_tags_that_give_the_author(name):
    assert authors(head=f'<meta name="{name}" content="Edwina Thrale">') == ["Edwina Thrale"]


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
