"""Whatever comes, a page is read without an exception; what was not read of it is told.

The times of the full-sized pages are measured by ``benchmarks/hostile_pages.py``.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile_pages import kinds
from extract import extract_post
from extract.layout import MAX_BLOCKS, MAX_ELEMENTS

URL = "https://halls.example/blog/keys"
SENTENCE = "The hut was open on Sunday, and nobody had to ask at the desk for the key to it. "

HOSTILE = {
    "nothing": b"",
    "white space": b" \r\n\t ",
    "no tags": SENTENCE.encode() * 20,
    "only a comment": b"<!-- nothing to see -->",
    "nested 100,000 deep": b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000,
    "nested spans": b"<p>" + b"<span>" * 50_000 + b"deep" + b"</p>",
    "never closed": b"<html><body>" + b"<div class='post'><p>" * 20_000,
    "NULs": b"<html>\x00<body>\x00<p>" + SENTENCE.encode().replace(b" ", b" \x00") * 10,
    "20 MB of one word": b"<p>" + b"word " * 4_000_000,
    "20 MB of paragraphs": b"<p>" + SENTENCE.encode() + b"</p>" + (b"<p>" + SENTENCE.encode() + b"</p>") * 220_000,
    "20 MB of tags": b"<b>" * 6_700_000,
    "broken JSON-LD": b'<script type="application/ld+json">{"@type":"Article","author":[[[[' + b"[" * 50_000,
    "JSON-LD of odd types": b'<script type="application/ld+json">[1,null,{"@type":{"a":1},"author":{"name":[1,{"name":null}]},'
    b'"headline":5,"datePublished":["x",7],"itemListElement":[3]}]</script><p>x',
    "a megabyte of attribute": b"<div class='" + b"author " * 150_000 + b"'>By Someone</div>",
    "numbers like dates": b"<p>" + b"99/99/2019 2019-99-99 31.02.2019 0000 " * 200,
    "an encoding that is none": b"<meta charset='rot13'><p>" + SENTENCE.encode(),
    "a base that is no URL": b"<base href='http://[::1'><a href='//['>x</a><link rel=canonical href='http://['><p>y",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read(name):
    post = extract_post(HOSTILE[name], URL)
    assert post.canonical_url == URL
    assert post.published is None


KINDS = kinds()


@pytest.mark.parametrize("name", KINDS)
def test_small_hostile_pages_are_read(name):
    post = extract_post(KINDS[name](0.004), URL)
    assert post.limit in (None, "2,048 levels")
    assert post.extractor_version
    for link in post.links:
        assert post.text[link.start : link.end] == link.text
    for citation in post.citations:
        assert post.paragraphs[citation.para][citation.start : citation.end] == citation.as_printed


@pytest.mark.parametrize(
    ("page", "limit"),
    [
        (f"<article><p>{SENTENCE * 9}</p></article>" + "<div>" * 3_000, "2,048 levels"),
        (f"<article><p>{SENTENCE * 9}</p></article>" + "<i></i>" * MAX_ELEMENTS, f"{MAX_ELEMENTS:,} elements"),
        (f"<article><p>{SENTENCE * 9}</p></article>" + "<p>x" * MAX_BLOCKS, f"{MAX_BLOCKS:,} blocks"),
        (f"<article><p>{SENTENCE * 9}</p></article>" + " " * 5_000_000, "5,000,000 characters"),
        ((f"<article><p>{SENTENCE * 9}</p></article>" + " " * 5_000_000).encode(), "5,000,000 bytes"),
    ],
    ids=["levels", "elements", "blocks", "characters", "bytes"],
)
def test_a_page_beyond_a_limit_says_so(page, limit):
    post = extract_post(page, URL)
    assert post.limit == limit
    assert post.is_truncated
    assert post.text.startswith("The hut was open")


def test_a_page_within_the_limits_is_whole():
    post = extract_post(f"<article><p>{SENTENCE * 9}</p></article>", URL)
    assert post.limit is None
    assert not post.is_truncated


def test_a_title_behind_all_that_is_shown_does_no_harm():
    page = f"<title>Keys to the hut</title><p>{SENTENCE * 5}</p><div hidden><h1>Keys to the hut</h1></div>"
    assert extract_post(page, URL).text.startswith("The hut was open")


def test_a_link_in_several_pieces_is_one_and_the_text_between_two_links_is_in_neither():
    page = (
        f"<article><p>{SENTENCE * 5}</p><p>Read <a href='/x'>the <b>whole</b> report</a> or ask, "
        f"then read <a href='/x'>the report</a> again. {SENTENCE}</p></article>"
    )
    assert [link.text for link in extract_post(page, URL).links] == ["the whole report", "the report"]


@pytest.mark.parametrize(
    "url", ["", "not a url", "http://[", "https://halls.example", "https://halls.example/%ff?a=%00#x"]
)
def test_odd_addresses_do_no_harm(url):
    post = extract_post(f"<title>A page</title><p>{SENTENCE * 4}</p>", url)
    assert post.text.startswith("The hut was open")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_never_raise(raw):
    extract_post(raw, URL, content_type="text/html; charset=nonsense")


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class='entry-content'>", "</div>", "<h1>", "</h1>", "<h2>", "</h2>", "<br>", "<br>", "<a href='/x'>", "</a>",
     "<li>", "<td>", "<tr>", "<table>", "</table>", "<article>", "</article>", "<time datetime='2019-03-04'>", "</time>", "<b>", "</b>",
     "<span class='author'>", "</span>", "<header>", "</header>", "<blockquote>", "<aside>", "</aside>", "<pre>", "</pre>"]
)  # fmt: skip
TEXTS = st.sampled_from([SENTENCE, SENTENCE * 2, "By Ann Example", " ", "4 March 2019", "Read more", "Related posts", "(Okell, 2011)", "\u00a0", "&amp;"])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TAGS, TEXTS), max_size=60))
def test_offsets_hold_on_any_markup(pieces):
    post = extract_post("".join(pieces), URL)
    for heading in post.headings:
        assert post.text[heading.start : heading.start + len(heading.text)] == heading.text
    for link in post.links:
        assert post.text[link.start : link.end] == link.text
        assert link.url.startswith("https://halls.example/")
    for citation in post.citations:
        assert post.paragraphs[citation.para][citation.start : citation.end] == citation.as_printed
    for paragraph in post.paragraphs:
        assert paragraph == " ".join(paragraph.split())
        assert paragraph
    assert extract_post("".join(pieces), URL) == post
