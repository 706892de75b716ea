"""Bylines as blogs print them → persons; and who is not an author."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import extract_post
from extract.introductions import introduced
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
        ("(Reporting by Edwina Thrale; Editing by Cosmo Rue)", [("Edwina Thrale", None, None, None)]),
        ("Edwina Thrale with reporting by Cosmo Rue", [("Edwina Thrale", None, None, None)]),
        ("By Edwina Thrale@ethrale Dec 10, 2016", [("Edwina Thrale", None, None, None)]),
        ("By Edwina ThraleTwitter", [("Edwina Thrale", None, None, None)]),
        ("Von Edwina Thrale publiziert am 25. September 2018", [("Edwina Thrale", None, None, None)]),
        ("By Edwina Thrale, Harbour Editor-at-large", [("Edwina Thrale", None, "Harbour Editor-at-large", None)]),
        ("EDWINA O'THRALE-SMITH", [("Edwina O'Thrale-Smith", None, None, None)]),
        ("Von Jörg Älter und Zoë Ångström", [("Jörg Älter", None, None, None), ("Zoë Ångström", None, None, None)]),
        ("Prof. Edwina Thrale PhD", [("Edwina Thrale", "Prof.", None, None)]),
        ("Von Edwina Thrale am Sonntag, 7. Juli 2018 um 10:30 Uhr", [("Edwina Thrale", None, None, None)]),
        ("Posted on February 11, 2019 by Edwina Thrale", [("Edwina Thrale", None, None, None)]),
        ("By by EDWINA THRALE and COSMO RUE", [("Edwina Thrale", None, None, None), ("Cosmo Rue", None, None, None)]),
        ("Eine Kolumne von Edwina Thrale", [("Edwina Thrale", None, None, None)]),
        ("Text von Edwina Thrale Illustration von Cosmo Rue", [("Edwina Thrale", None, None, None)]),
        ("Edwina A. Thrale", [("Edwina A. Thrale", None, None, None)]),
        ("Edwina (Rue) Thrale", [("Edwina Thrale", None, None, None)]),
        ("By our Chief Executive, Edwina Thrale", [("Edwina Thrale", None, "Chief Executive", None)]),
        ("By Chief Executive Edwina Thrale", [("Edwina Thrale", None, "Chief Executive", None)]),
        ("Edwina Thrale – Warden, Harbour Trust", [("Edwina Thrale", None, "Warden", "Harbour Trust")]),
        ("Edwina Thrale - Harbour", [("Edwina Thrale", None, None, None)]),
        (
            "Edwina Thrale, Visiting Research Fellow, Harbour Trust",
            [("Edwina Thrale", None, "Visiting Research Fellow", "Harbour Trust")],
        ),
        (
            "By Prof Edwina Thrale OBE, University of Estuary North",
            [("Edwina Thrale", "Prof", None, "University of Estuary North")],
        ),
        ("von Edwina Thrale, HALLS NORTH", [("Edwina Thrale", None, None, "HALLS NORTH")]),
        ("Edwina Thrale and AP", [("Edwina Thrale", None, None, None), ("AP", None, None, None)]),
        ("Edwina Thrale with AP", [("Edwina Thrale", None, None, None)]),
        ("By Edwina Thrale Twitter", [("Edwina Thrale", None, None, None)]),
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
        "Additional reporting by Edwina Thrale",
        "Sobre Edwina Thrale",
    ],
)
def test_lines_that_name_nobody(line):
    assert credited(line) == []


def test_handles_are_names_only_where_the_page_says_so():
    assert credited("hutkeeper") == []
    assert [p.name for p in credited("hutkeeper", marked=True)] == ["hutkeeper"]
    assert [p.name for p in credited("Edwina and Cosmo", marked=True)] == ["Edwina", "Cosmo"]
    assert [p.name for p in credited("et/dpa", marked=True)] == ["et/dpa"]
    assert [p.name for p in credited("9. June 2010 – 18:05 by Harbour Network", marked=True)] == ["Harbour Network"]
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


THRALE = ("Edwina Thrale", "chief executive", "Harbour Trust")


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("Edwina Thrale, chief executive of the Harbour Trust, reflects on ten years of keys.", [THRALE]),
        (
            "In this guest post, Edwina Thrale, chief executive of the Harbour Trust, explains why keys matter.",
            [THRALE],
        ),
        ("Harbour Trust chief executive Edwina Thrale argues that keys matter.", [THRALE]),
        ("Today’s guest blogger is Edwina Thrale, chief executive of the Harbour Trust.", [THRALE]),
        ("This guest blog comes from Edwina Thrale, chief executive of Harbour Trust.", [THRALE]),
        ("Our CEO, Edwina Thrale, shares her thoughts on keys.", [("Edwina Thrale", "CEO", None)]),
        ("In this blog Edwina Thrale explains why keys matter.", [("Edwina Thrale", None, None)]),
        ("Edwina Thrale from the Harbour Trust writes about keys.", [("Edwina Thrale", None, "Harbour Trust")]),
        ("Edwina Thrale, the warden, looks back on ten years of keys.", [("Edwina Thrale", "warden", None)]),
        (
            "This blog was written by Edwina Thrale and Dr Cosmo Rue of the University of Estuary North.",
            [("Edwina Thrale", None, None), ("Cosmo Rue", None, "University of Estuary North")],
        ),
        ("Edwina Thrale, chief executive of the Harbour Trust, said: “We are glad.”", []),
        ("Edwina Thrale, chief executive of the Harbour Trust, argues that “nobody told us”.", []),
        ("We talked to Edwina Thrale, chief executive of the Harbour Trust, about keys.", []),
        ("Edwina Thrale was appointed chief executive of the Harbour Trust.", []),
        ("Edwina Thrale, chief executive of the Harbour Trust, has died.", []),
        ("Interview with Edwina Thrale", []),
        ("A response to the report by Edwina Thrale, Director of the Harbour Trust", []),
    ],
)
def test_sentences_that_introduce_the_author(sentence, want):
    people = read(f"<p>{sentence}</p>").people
    assert [(p.name, p.role, p.affiliation) for p in people] == want


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
        "<p>17.11.2018 - Edwina Thrale</p>",
        "<p>Edwina Thrale | 07.03.2024 - Güncelleme : 08.03.2024</p>",
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
        ("<p>by ek on November 5, 2007</p>", "", "ek"),
        ("<p>Posted in Keys by hutkeeper on March 8, 2018</p>", "", "hutkeeper"),
        ("<p>6. June 2010 – 18:05 by HARBOUR</p>", "", "HARBOUR"),
        ("<p>7. June 2010 – 18:05 by International Harbour Centre</p>", "", "International Harbour Centre"),
        ("<p>von Frieda</p>", "", "Frieda"),
        ("", "<p>Eingestellt von die Hexe um 20:15</p>", "die Hexe"),
        ("", "<p>Author: Key2all am 17.11.2011, 09:20 Uhr</p>", "Key2all"),
        ("<p>Author: halls.example</p>", "", "halls.example"),
        ("", "<h2>Article by</h2><div>Edwina Thrale</div>", "Edwina Thrale"),
        ("", "<div>Von:</div><div>Edwina Thrale</div>", "Edwina Thrale"),
        ("<p>Text &amp; Fotos: Edwina Thrale</p>", "", "Edwina Thrale"),
        ("<p>Filed under: Halls, Keys — hutkeeper @ 09:45</p>", "", "hutkeeper"),
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


def test_the_sites_own_name_on_a_page_replayed_from_an_archive():
    html = f"<html><head><title>Keys</title><meta name='author' content='Halls'></head><body><h1>Keys</h1><div class='entry-content'>{BODY}</div></body></html>"
    url = "https://archive.test/web/20130305101500/http://www.halls.test/blog/keys"
    assert extract_post(html, url).people == ()
    assert [p.name for p in extract_post(html.replace("</h1>", "</h1><p>Author: halls.test</p>"), url).people] == [
        "halls.test"
    ]


def test_two_witnesses_against_the_account_that_put_the_post_in_place():
    head = '<script type="application/ld+json">{"@type":"BlogPosting","author":{"@type":"Person","name":"Ida Mound"}}</script>'
    meta = "<meta name='author' content='Edwina Thrale'>"
    assert authors("<p>By Edwina Thrale</p>", head=head + meta) == ["Edwina Thrale"]
    assert authors("<p>By Edwina Thrale</p>", head=head) == ["Ida Mound"]


def test_a_first_name_and_the_note_about_its_bearer():
    head = '<script type="application/ld+json">{"@type":"BlogPosting","author":{"@type":"Person","name":"Edwina"}}</script>'
    note = "<div class='author-box'><p>Edwina Thrale – warden of keys, and much more. She has written since 2011.</p></div>"
    assert authors(below=note, head=head) == ["Edwina Thrale"]


def test_a_list_that_goes_on_is_preferred_to_its_first_name():
    head = '<script type="application/ld+json">{"@type":"BlogPosting","author":{"@type":"Person","name":"Edwina Thrale"}}</script>'
    assert authors("<p>By Edwina Thrale and Cosmo Rue</p>", head=head) == ["Edwina Thrale", "Cosmo Rue"]
    names = "<meta name='dc.creator' content='Edwina Thrale'><meta name='dc.creator' content='Cosmo Rue'>"
    assert authors("<p class='byline'>Edwina Thrale</p>", head=names) == ["Edwina Thrale", "Cosmo Rue"]


BIO = "<div class='foot'><h3>Edwina Thrale</h3><p>Edwina Thrale is a warden of the Harbour Trust.</p></div>"


@pytest.mark.parametrize(
    ("below", "want"),
    [
        (BIO, ["Edwina Thrale"]),
        (BIO + BIO.replace("Edwina Thrale", "Ida Mound"), []),  # the people of whom the page speaks
        ("<div class='author-box'><h3>Edwina Thrale</h3><p>All of her posts</p></div>", ["Edwina Thrale"]),
        ("<p>Edwina Thrale</p>", ["Edwina Thrale"]),
        ("<p>Edwina Thrale<br>Writer of things</p>", ["Edwina Thrale"]),
        ("<p>– Edwina Thrale</p>", ["Edwina Thrale"]),
        ("<p style='text-align: right'>Mohale Mpesa</p>", ["Mohale Mpesa"]),
        ("<p class='has-text-align-right'>Mohale Mpesa</p>", ["Mohale Mpesa"]),
        ("<p>Mohale Mpesa</p>", []),
        (
            "<div class='author-box'><h3>Mohale Mpesa</h3><p><a href='/m'>View all posts by Mohale Mpesa →</a></p></div>",
            ["Mohale Mpesa"],
        ),
        ("<p>Keep Reading</p>", []),
        ("<blockquote>Nobody had told us that the hall was shut.</blockquote><p>Edwina Thrale, Warden</p>", []),
        ("<p>“Nobody had told us that the hall was shut.”</p><p>– Edwina Thrale</p>", []),
    ],
)
def test_names_at_the_foot(below, want):
    assert authors(below=below) == want


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("<p class='site-description'>by Edwina Thrale</p>", ["Edwina Thrale"]),
        (
            "<div class='descriptionwrapper'><p class='description'>The blog of Edwina Thrale</p></div>",
            ["Edwina Thrale"],
        ),
        ("<p class='site-description'>News of the Harbour Trust</p>", []),
        ("<p class='site-description'>A blog by the Harbour Trust</p>", []),
        ("<p class='site-description'>Run by Volunteers Everywhere</p>", []),
        ("<p class='intro'>by the sea</p>", []),
    ],
)
def test_whose_weblog_it_is_by_the_line_under_its_name(line, want):
    html = f"<html><head><title>Keys</title></head><body><header><h2><a href='/'>Halls</a></h2>{line}</header><h1>Keys</h1><div class='entry-content'>{BODY}</div>{{}}</body></html>"
    assert [p.name for p in extract_post(html.format(""), "https://halls.example/blog/keys").people] == want
    signed = html.format("<p class='byline'>By Ida Mound</p>")
    assert [p.name for p in extract_post(signed, "https://halls.example/blog/keys").people] == ["Ida Mound"]


def test_a_theme_that_hides_the_author_of_the_post_but_not_of_its_comments():
    comment = "<li class='comment {}'><div class='comment-author vcard'><cite class='fn'>{}</cite> <span class='says'>says:</span></div><p>Thank you.</p></li>"
    thread = f"<ol class='commentlist'>{comment.format('even', 'Ida Mound')}{comment.format('byuser bypostauthor', 'Edwina')}</ol>"
    assert authors(below=thread) == ["Edwina"]
    assert authors(below=thread.replace("bypostauthor", "odd")) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Opening Hours</p>",
        "<p><a href='/products/key-ring'>Key Ring</a></p>",
        "<p>An interview with Edwina Thrale, author of “Keys”, and others</p>",
        "<p>Artificial Intelligence</p>",
    ],
)
def test_two_capitalised_words_are_not_yet_a_name(line):
    assert authors(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Mohale Mpesa</p><p>12 May 2014</p>",
        "<p>Mohale Mpesa</p><p>Warden of the harbour</p>",
        "<p><a href='/authors/mohale'>Mohale Mpesa</a></p>",
        "<p>Dr Mohale Mpesa</p>",
    ],
)
def test_what_makes_a_line_a_name(line):
    assert authors(line) == ["Mohale Mpesa"]


@pytest.mark.parametrize(
    ("line", "want"),
    [
        (
            "Edwina Thrale, Head of Policy at the Harbour Trust and Dr Cosmo Rue, Senior Lecturer",
            ["Edwina Thrale", "Cosmo Rue"],
        ),
        ("Edwina Thrale and Ida Mound", ["Edwina Thrale", "Ida Mound"]),
        ("Edwina Thrale, Warden, and Harbour Research, Fellow", []),  # which of them is a person?
        ("Edwina Thrale and Ida Mound were shut out of the hall for the whole of an evening, and nobody told them", []),
        ("“Edwina Thrale and Ida Mound”", []),
        ("Opening Hours and Closing Days", []),
    ],
)
def test_a_line_that_is_nothing_but_several_names_with_their_offices(line, want):
    assert authors(f"<p>{line}</p>") == want
    assert authors(f"<figure><figcaption>{line}</figcaption></figure>") == []


def test_a_line_over_again_at_the_head_of_a_note_is_a_name():
    note = "<h5>{}</h5><p>I have kept the keys of this hall for as long as anybody can remember, and its doors.</p>"
    assert authors("<p>Mohale Mpesa</p>", note.format("Mohale Mpesa")) == ["Mohale Mpesa"]
    assert authors("<p>Mohale Mpesa</p>", note.format("Opening Hours")) == []


ACCOUNT = (
    '<script type="application/ld+json">{"@type":"BlogPosting","author":{"@type":"Person","name":"Ida Mound"}}</script>'
)


@pytest.mark.parametrize(
    "line",
    [
        "<p>This guest blog is written by Edwina Thrale, Director of the Harbour Trust.</p>",
        "<p>Guest post by Edwina Thrale</p>",
    ],
)
def test_a_sentence_that_says_who_wrote_stands_against_the_account_that_put_the_post_in_place(line):
    assert authors(line, head=ACCOUNT) == ["Edwina Thrale"]
    assert authors("<p class='byline'>Ida Mound</p>" + line) == ["Edwina Thrale"]


def test_who_is_spoken_of_does_not_stand_against_the_account():
    assert authors("<p>Edwina Thrale reflects on the keys of the hall and its many doors</p>", head=ACCOUNT) == [
        "Ida Mound"
    ]


def test_an_account_of_two_names_and_the_name_that_signs_the_end():
    head = ACCOUNT.replace("Ida Mound", "edwina.thrale")
    assert authors(below="<p>So the doors were shut again. (Edwina B. Thrale)</p>", head=head) == ["Edwina B. Thrale"]
    assert authors(below="<p>So the doors were shut again. (Ida Mound)</p>", head=head) == ["edwina.thrale"]


def test_the_firm_beside_who_wrote():
    names = "<meta name='author' content='{}'><meta name='author' content='Edwina Thrale'>"
    assert authors(head=names.format("Harbour Media Ltd")) == ["Edwina Thrale"]
    own = "<meta property='og:site_name' content='Halls'><meta name='author' content='Halls - the club of all halls'>"
    assert authors(head=own) == []


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
    html = f"<html><head><title>Keys</title></head><body><p>Florence Hall</p><h1>Keys</h1><div class='entry-content'>{BODY}</div></body></html>"
    assert extract_post(html, "https://halls.example/florence-hall/keys").people == ()
    assert [p.name for p in extract_post(html, "https://halls.example/keys").people] == ["Florence Hall"]


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


GIVEN = st.sampled_from(["Edwina", "Cosmo", "Zoë", "Jean-Luc", "Mary Ann", "J. R."])
FAMILY = st.sampled_from(["Thrale", "O’Mound", "van den Akker", "Rue-Hartley", "Ångström"])
LABELS = st.sampled_from(
    [
        "",
        "By ",
        "by ",
        "Posted by ",
        "Written by: ",
        "Author: ",
        "Von ",
        "Par ",
        "Guest post by ",
        "Blog by ",
        "Words: ",
    ]
)
WHEN = st.sampled_from(
    [
        "",
        " on 3 May 2012",
        " | 3rd May, 2012",
        " · 12.05.2014",
        ", 5 May 2020 at 10:15 am",
        " am 4. Juni 2019",
        " – Posted on May 3, 2012",
    ]
)
OTHERS = st.sampled_from(["", " | 4 comments", " Photos: Ida Mound", " Twitter", " @edwina", " in News"])


@given(GIVEN, FAMILY, LABELS, WHEN, OTHERS)
def test_labels_dates_and_interface_words_leave_the_name_alone(first, last, label, when, others):
    assert [person.name for person in credited(f"{label}{first} {last}{when}{others}")] == [f"{first} {last}"]


@given(
    st.lists(st.tuples(GIVEN, FAMILY), min_size=2, max_size=4, unique_by=lambda name: name),
    st.sampled_from([" and ", " & ", "; ", ", "]),
)
def test_each_of_several_is_found_in_their_order(names, separator):
    printed = [" ".join(name) for name in names]
    assert [person.name for person in credited("By " + separator.join(printed))] == printed


@given(st.text(max_size=300), st.booleans())
def test_any_line_is_read_and_no_word_of_a_name_is_invented(line, marked):
    for person in (*credited(line, marked=marked), *introduced(line)):
        for word in person.name.split():
            assert word.casefold() in line.casefold()


@pytest.mark.parametrize(
    "line", ["By " + "Ann " * 20_000, "By " + "A, " * 20_000, "by " * 30_000, "(" * 50_000, "3 May 2012 " * 5_000]
)
def test_a_line_of_any_length_is_read_in_no_time(line):
    assert credited(line, marked=True) == []
    head = f'<script type="application/ld+json">{json.dumps({"@type": "BlogPosting", "author": line})}</script>'
    assert authors(head=head) == []


@pytest.mark.parametrize("title", ["Interview: the warden of the harbour", "Edwina Thrale in conversation"])
def test_who_is_interviewed_is_no_author(title):
    line = "<p>Edwina Thrale discusses keys, roofs and what a harbour is for.</p>"
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{line}<div class='entry-content'>{BODY}</div></body></html>"
    assert extract_post(html, "https://halls.example/blog/warden").people == ()


def test_a_name_and_the_line_around_it_are_one_person():
    line = "<div class='byline'><span class='byline-name'>Edwina Thrale</span> <span class='byline-title'>Harbour Radio</span></div>"
    assert authors(line) == ["Edwina Thrale"]
