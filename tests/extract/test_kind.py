"""What is a post and what is not."""

from __future__ import annotations

import pytest

from extract import extract_post

BODY = "".join(f"<p>Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end.</p>" for i in range(6))  # fmt: skip


def kind(url: str, html: str = "") -> str:
    page = (
        html
        or f"<html><head><title>Keys</title></head><body><h1>Keys</h1><p class='date'>4 March 2019</p><div class='entry-content'>{BODY}</div></body></html>"
    )
    return extract_post(page, url).kind


@pytest.mark.parametrize(
    "path",
    [
        "/", "/index.html", "/page/2/", "/blog/page/3", "/?paged=4", "/blog?page=2", "/tag/keys/", "/tags/", "/category/halls/", "/category/halls/keys/", "/blog/categories/",
        "/author/odile/", "/2014/", "/2014/03/", "/2014/03/09/", "/archives/", "/archive.html", "/?s=keys", "/search/label/keys", "/2014_03_01_archive.html", "/?cat=7",
    ],
)  # fmt: skip
def test_addresses_of_listings(path):
    assert kind(f"https://halls.example{path}") == "listing"


@pytest.mark.parametrize(
    "path",
    [
        "/about/",
        "/about-us",
        "/contact.html",
        "/privacy-policy/",
        "/blog/feed/",
        "/2014/03/keys/attachment/plan/",
        "/wp-login.php",
        "/404.html",
    ],
)
def test_addresses_of_other_pages(path):
    assert kind(f"https://halls.example{path}") == "other"


@pytest.mark.parametrize(
    "path",
    [
        "/2014/03/09/keys/",
        "/blog/keys",
        "/?p=71",
        "/keys.html",
        "/node/12",
        "/news/2011-07.htm",
        "/blog/about-time/",
        "/2014/03/tag-lines/",
        "/blog/archive-fever",
    ],
)
def test_addresses_of_posts(path):
    assert kind(f"https://halls.example{path}") == "post"


@pytest.mark.parametrize(
    ("html", "want"),
    [
        (
            "<html><head><meta http-equiv='refresh' content='0; url=/x'><title>Keys</title></head><body></body></html>",
            "other",
        ),
        ("<title>Page not found</title><h1>Page not found</h1><p>Nothing is here any more.</p>", "other"),
        (f"<body class='page page-id-7'><h1>Hire the hall</h1>{BODY}</body>", "other"),
        (f"<body class='archive tag tag-keys'><h1>keys</h1>{BODY}</body>", "listing"),
        (f"<body class='single single-post'><h1>Keys</h1>{BODY}</body>", "post"),
        (f"<title>Posts tagged keys</title><h1>Keys</h1>{BODY}", "listing"),
        (
            "<body class='x'><h1>Plan</h1><p class='date'>4 March 2019</p><p class='attachment'><img src='plan.jpg'></p></body>",
            "other",
        ),
        (f'<script type="application/ld+json">{{"@type":"CollectionPage"}}</script><h1>Keys</h1>{BODY}', "listing"),
        (f'<script type="application/ld+json">{{"@type":"BlogPosting"}}</script><h1>Keys</h1>{BODY}', "post"),
        ("<h1>Empty</h1>", "other"),
    ],
)
def test_what_pages_say_of_themselves(html, want):
    assert kind("https://halls.example/some/thing", html) == want


@pytest.mark.parametrize("path", ["/post/", "/blog/", "/news", "/index-42.html"])
def test_fronts_of_sections_are_listings(path):
    assert kind(f"https://halls.example{path}") == "listing"


@pytest.mark.parametrize("path", ["/2014/03/09/keys/2/", "/2014/03/keys/14", "/license/", "/copyright.html"])
def test_parts_of_posts_and_legal_pages_are_no_posts(path):
    assert kind(f"https://halls.example{path}") == "other"


def classed(body: str, entry: str = "") -> str:
    return (
        f"<html><head><title>Keys</title><meta property='og:type' content='article'></head><body class='{body}'>"
        f"<article class='{entry}'><h1>Keys</h1><p class='date'>4 March 2019</p><div class='entry-content'>{BODY}</div></article></body></html>"
    )


@pytest.mark.parametrize(
    ("body", "entry", "expected"),
    [
        ("single single-team_member postid-7", "post-7 type-team_member hentry", "other"),
        ("single single-tribe_events postid-7", "", "other"),
        ("single single-post postid-7", "post-7 type-post hentry", "post"),
        ("single single-opinion postid-7", "post-7 type-opinion hentry", "post"),
        ("", "post-7 page type-page hentry", "other"),
        ("", "post-text storypage", "other"),
        ("", "post-text h-entry postpage", "post"),
        ("container item-view version-1-3-3", "", "post"),
        ("container label-view version-1-3-3", "", "listing"),
        ("mt-entry-archive layout-wtt", "", "post"),
        ("mt-main-index layout-wtt", "", "listing"),
    ],
)
def test_classes_that_platforms_write(body, entry, expected):
    assert kind("https://halls.example/walks/keys.html", classed(body, entry)) == expected


def card(name: str) -> str:
    return (
        f"<article class='post'><h3><a href='/{name}/'>All about {name}</a></h3><p>What {name} cost us.</p></article>"
    )


CARDS = "".join(card(name) for name in ("roofs", "floors", "lamps", "doors"))


def test_cards_of_other_posts_below_an_article_make_no_listing():
    page = f"<title>Keys</title><h1>Keys</h1><p class='date'>4 March 2019</p><div class='entry-content'>{BODY * 2}</div><div>{CARDS}</div>"
    assert kind("https://halls.example/walks/keys", page) == "post"


def test_a_short_article_that_declares_itself_stands_beside_cards_too():
    claim = '<script type="application/ld+json">{"@type":"BlogPosting","headline":"Keys"}</script>'
    page = f"<title>Keys</title>{claim}<h1>Keys</h1><p class='date'>4 March 2019</p><div class='entry-content'>{BODY}</div><div>{CARDS}</div>"
    assert kind("https://halls.example/walks/keys", page) == "post"


def test_entries_below_a_word_of_welcome_are_a_listing():
    page = f"<title>Walks</title><h1>Walks</h1><p>Here is what the committee writes about walks, week by week.</p><div>{CARDS}</div>"
    assert kind("https://halls.example/walks", page) == "listing"
