"""Decoding, addresses, and what a page's head says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extract import extract_post
from extract.language import language
from extract.page import decode, parse_page, tidy_url
from extract.title import title

ACCENTS = "Zoë’s café, 15 £ – naïve"


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (b"\xef\xbb\xbf" + ACCENTS.encode(), "text/html; charset=iso-8859-1"),
        (ACCENTS.encode("utf-16"), None),
        (ACCENTS.encode(), "text/html; charset=utf-8"),
        (ACCENTS.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (b"<meta charset='windows-1252'>" + ACCENTS.encode("cp1252"), None),
        (b"<meta charset='windows-1252'>" + ACCENTS.encode("utf-8"), "text/html; charset=UTF-8"),
        (b"<meta charset='no-such-thing'>" + ACCENTS.encode(), "text/html; charset=nor-this"),
        ((ACCENTS + " and then a good deal of plain text follows. " * 30).encode("cp1252"), None),
    ],
)
def test_encodings(raw, content_type):
    assert ACCENTS in decode(raw, content_type)


def test_a_few_broken_bytes_do_not_spoil_a_page():
    text = decode((ACCENTS * 100).encode() + b"\xff" + ACCENTS.encode(), "text/html; charset=iso-8859-1")
    assert text.count(ACCENTS) == 101


def test_utf8_that_was_read_as_latin1_is_read_again():
    said = f"<p>{ACCENTS} and more of it, in a sentence that is long enough.</p>"
    wrong = said.encode("utf-8").decode("latin-1")
    assert ACCENTS in extract_post(wrong, "https://halls.example/blog/keys").text
    assert ACCENTS in extract_post(wrong.encode("utf-8"), "https://halls.example/blog/keys").text
    latin = "<p>Zoë’s naïve café, which is a sentence that is long enough.</p>".replace("’", "")
    assert "Zoës naïve café" in extract_post(latin, "https://halls.example/blog/keys").text


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://Halls.example/Keys?utm_source=x&id=7#part", "https://halls.example/Keys?id=7"),
        ("https://halls.example", "https://halls.example/"),
        ("https://halls.example/?p=71&share=twitter", "https://halls.example/?p=71"),
        ("https://halls.example/a?b=c%20d", "https://halls.example/a?b=c%20d"),
    ],
)
def test_tidy_addresses(url, want):
    assert tidy_url(url) == want


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ("/blog/keys/", "https://halls.example/blog/keys/"),
        ("https://www.halls.example/blog/keys", "https://www.halls.example/blog/keys"),
        ("https://elsewhere.example/blog/keys", "https://halls.example/blog/keys?p=1"),
        ("https://halls.example/", "https://halls.example/blog/keys?p=1"),
        ("http://[", "https://halls.example/blog/keys?p=1"),
    ],
)
def test_canonical_addresses(said, want):
    assert (
        parse_page(f"<link rel=canonical href='{said}'>", "https://halls.example/blog/keys?p=1#c").canonical_url == want
    )


@pytest.mark.parametrize(
    ("html", "want"),
    [
        ("<title>Keys and locks | The Hall</title><h1>The Hall</h1><h2>Keys and locks</h2>", "Keys and locks"),
        ("<title>Keys and locks - The Hall</title><meta property='og:site_name' content='The Hall'>", "Keys and locks"),
        (
            "<title>The Hall: Keys and locks</title><meta property='og:title' content='Keys and locks'><h1>The Hall</h1><h3>Keys and locks</h3>",
            "Keys and locks",
        ),
        ("<title>x</title><h1>Keys <em>and</em> locks</h1>", "Keys and locks"),
        ("<h1><a href='/'>The Hall</a></h1><h2 class='entry-title'>Keys and locks</h2>", "Keys and locks"),
        ("<title>Hall News - Keys and old locks</title><p><b>Keys and old locks</b></p>", "Keys and old locks"),
        ("<title>Self-help: a history of the well-kept hall</title>", "Self-help: a history of the well-kept hall"),
        ("<svg><title>icon</title></svg><p>x", None),
        # a bar under the wrong name holds the page's only heading; the section's heading below repeats half of it
        (
            "<title>Keys and locks of the old hall</title><div class='menu'><h1>Keys and locks of the old hall</h1></div><h2>Keys and locks of</h2>",
            "Keys and locks of the old hall",
        ),
        # the only h1 says it in other words than the head; a section's heading says the head's words
        (
            "<title>What is a key? [Kinds and uses]</title><h1>What is a key to a hall?</h1><h2>What is a key?</h2>",
            "What is a key to a hall?",
        ),
        # a word in a bar is the section
        ("<title>Keys and locks: a history</title><h1>History</h1><h2>Keys and locks</h2>", "Keys and locks"),
        # a day beside the title, a kicker before it, a second line, what is small
        ("<title>Keys and locks for all</title><h1>Keys and locks<br>for all</h1>", "Keys and locks for all"),
        (
            "<title>Keys and locks for all</title><h1>Keys and locks for all <small>3 May</small></h1>",
            "Keys and locks for all",
        ),
        (
            "<title>Keys and locks for all | Hall</title><h1><i>3 May</i> <span class='title'>Keys and locks for all</span></h1>",
            "Keys and locks for all",
        ),
        (
            "<meta property='og:title' content='Keys and locks for all'><h1>News: Keys and locks for all</h1>",
            "Keys and locks for all",
        ),
        ("<title>Keys &amp;#8211; and locks</title>", "Keys – and locks"),
        ("<h1>Key\u00adrings</h1>", "Keyrings"),
        # a heading named for a title that has nothing to do with the head's is another post's
        (
            "<title>Keys and locks for all</title><h2 class='entry-title'>The annual dinner</h2>",
            "Keys and locks for all",
        ),
        # what is declared has a subtitle, the window's title has the site's name
        ("<meta property='og:title' content='Keys for the hall - a history'>", "Keys for the hall - a history"),
        ("<title>Keys for the hall - Old Rooms</title>", "Keys for the hall"),
        (
            "<meta name='title' content='Keys for the whole hall - News'><meta property='og:title' content='Keys for the whole hall'>",
            "Keys for the whole hall",
        ),
    ],
)
def test_titles(html, want):
    found = title(parse_page(html, "https://halls.example/blog/keys"))
    assert (found.text if found else None) == want


def test_a_front_page_keeps_the_name_of_its_site():
    page = parse_page("<title>The Hall — keys for everybody</title>", "https://halls.example/")
    found = title(page)
    assert found is not None and found.text == "The Hall — keys for everybody"


def test_language_is_that_of_the_text():
    english = "The committee met in the hall on Sunday and decided who should keep the keys to it. " * 5
    italian = "Il comitato si è riunito nella sala domenica e ha deciso chi dovesse tenere le chiavi. " * 5
    assert language(english, "it") == "en"
    assert language(italian, "en") == "it"
    assert language("Keys.", "cy") == "cy"
    assert language("Keys.", None) is None


@pytest.mark.parametrize(
    ("after", "head", "want"),
    [
        ("<p>To read the full article, subscribe now.</p>", "", True),
        ("<p>Log in or register to continue reading.</p>", "", True),
        ("<p>Sign up to our newsletter.</p>", "", False),
        ("", '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":false}</script>', True),
        ("", '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":true}</script>', False),
    ],
)
def test_what_a_paywall_cuts_off(after, head, want):
    said = "<p>The committee met in the hall on Sunday and decided who should keep the keys to it.</p>" * 4
    assert (
        extract_post(
            f"{head}<h1>Keys</h1><article>{said}</article>{after}", "https://halls.example/blog/keys"
        ).is_truncated
        is want
    )


def test_broken_json_ld_still_gives_its_plain_dates():
    head = '<script type="application/ld+json">{"@type":"Article","headline":"Keys "and" locks","datePublished":"2019-03-04T10:00:00+00:00"}</script>'
    found = extract_post(
        f"{head}<h1>Keys</h1><p>The committee met in the hall on Sunday.</p>", "https://halls.example/blog/keys"
    )
    assert found.published is not None
    assert found.published.value.isoformat() == "2019-03-04"


def test_importing_the_room_is_light():
    code = "import sys, extract; print([m for m in ('lxml', 'spacy', 'py3langid', 'numpy') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
