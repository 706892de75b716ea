import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.links import is_html, page_links

AT = "https://hill.example/blog/"


def page(body="", head=""):
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def found(body="", head="", **kwargs):
    return {link.url: link.how for link in page_links(page(body, head), AT, **kwargs).links}


def test_links_are_read_in_order_and_once():
    body = "<a href='b'>b</a><a href='/a#x'>a</a><a href='/a'>a</a><a name='x'>no link</a><a href='mailto:jo@hill.example'>jo</a>"
    assert list(found(body)) == ["https://hill.example/blog/b", "https://hill.example/a"]


def test_nofollow_is_followed():
    assert "https://hill.example/a" in found("<a rel='nofollow' href='/a'>a</a>")


def test_a_base_tag_moves_relative_links():
    assert list(found("<a href='a'>a</a>", "<base href='/elsewhere/'>")) == ["https://hill.example/elsewhere/a"]


def test_image_maps_frames_and_archive_lists_lead_somewhere_too():
    body = ("<map><area href='/area'></map><iframe src='/frame'></iframe>"
            "<select><option value=''>Choose</option><option value='/2014/05/'>May 2014</option><option>x</option></select>")  # fmt: skip
    assert list(found(body)) == [f"https://hill.example/{path}" for path in ("area", "frame", "2014/05/")]


@pytest.mark.parametrize(
    "markup",
    [
        "<a rel='next' href='/p2'>2</a>",
        "<a href='/p2'>« Older posts</a>",
        "<a href='/p2'>Next page &rarr;</a>",
        "<a href='/p2'>Articoli precedenti</a>",
        "<a href='/p2'>Ältere Beiträge</a>",
        "<a href='/p2'><span>Previous</span></a>",
    ],
)
def test_the_way_to_older_posts_is_seen(markup):
    assert found(markup) == {"https://hill.example/p2": "pagination"}


@pytest.mark.parametrize("text", ["Next year in the hills", "More of the same, said the farmer", "Newer houses"])
def test_titles_that_begin_so_are_no_pagination(text):
    assert found(f"<a href='/p2'>{text}</a>") == {"https://hill.example/p2": "link"}


def test_head_links():
    head = ("<link rel='next' href='/p2'><link rel='canonical' href='/canon'><link rel='stylesheet' href='/a.css'>"
            "<link rel='shortlink' href='/?p=3'><meta http-equiv='Refresh' content=\"0; URL='/moved'\">")  # fmt: skip
    assert found("", head) == {
        "https://hill.example/p2": "pagination",
        "https://hill.example/canon": "canonical",
        "https://hill.example/moved": "redirect",
    }
    assert page_links(page("", head), AT).canonical == "https://hill.example/canon"


def test_the_blogs_feed_but_not_the_one_of_its_comments():
    head = ("<link rel='alternate' type='application/rss+xml' title='Walks' href='/feed/'>"
            "<link rel='alternate' type='application/rss+xml' title='Walks Comments' href='/comments/feed/'>"
            "<link rel='alternate' hreflang='de' href='/de/'>")  # fmt: skip
    read = page_links(page("", head), AT)
    assert [feed.url for feed in read.feeds] == ["https://hill.example/feed/"]
    assert read.links == ()


def test_title_and_generator():
    read = page_links(page("", "<title> Walks\n on hills </title><meta name='Generator' content='WordPress 5.2'>"), AT)
    assert (read.title, read.generator) == ("Walks on hills", "WordPress 5.2")


@pytest.mark.parametrize(
    ("head", "looks"),
    [
        ("<meta property='og:type' content='article'>", True),
        ("<meta property='og:type' content='website'>", False),
        ("<meta property='og:type' content='blog'>", False),
        ("<meta property='article:published_time' content='2014-05-01'>", True),
        ('<script type="application/ld+json">{"@type": ["BlogPosting"]}</script>', True),
        ('<script type="application/ld+json">{"@type": "WebSite"}</script>', False),
        ("", False),
    ],
)
def test_a_page_may_say_that_it_is_a_post(head, looks):
    assert page_links(page("", head), AT).looks_like_post is looks


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<a href='/été'>x</a>".encode(), None),
        ("<a href='/été'>x</a>".encode(), "text/html; charset=utf-8"),
        ("<a href='/été'>x</a>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset='windows-1252'><a href='/été'>x</a>".encode("cp1252"), "text/html"),
        ("<a href='/été'>x</a>".encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_addresses_survive_the_pages_encoding(body, content_type):
    assert [link.url for link in page_links(body, AT, content_type).links] == ["https://hill.example/%C3%A9t%C3%A9"]


@given(st.binary(max_size=300))
def test_no_body_breaks_the_reader(body):
    page_links(body, AT)
    page_links(b"<html><a href='" + body, AT, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("content_type", "body", "html"),
    [
        ("text/html; charset=utf-8", b"", True),
        ("application/xhtml+xml", b"", True),
        ("application/rss+xml", b"<rss>", False),
        (None, b"\n<!DOCTYPE html><p>", True),
        ("text/plain", b"<html>", True),
        ("text/plain", b"words", False),
        (None, b"", False),
    ],
)
def test_what_counts_as_html(content_type, body, html):
    assert is_html(content_type, body) is html
