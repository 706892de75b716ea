import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import feeds

AT = "https://hill.example/feed/"


def rss(items="", generator="", extra=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
    xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Walks</title>{generator}{extra}{items}</channel></rss>""".encode()


ITEM = "<item><title>One</title><link>https://hill.example/one/?utm_source=rss</link><pubDate>Wed, 02 Oct 2019 10:00:00 +0000</pubDate></item>"
WORDPRESS = "<generator>https://wordpress.org/?v=5.2</generator>"


def urls(found):
    return [f.url for f in found]


def test_items_of_rss():
    feed = feeds.parsed(rss(ITEM + ITEM), AT)
    assert urls(feed.items) == ["https://hill.example/one/"]
    assert (feed.items[0].how, feed.items[0].via, feed.title) == ("feed", AT, "Walks")
    assert feed.items[0].lastmod == feed.items[0].published == "Wed, 02 Oct 2019 10:00:00 +0000"
    assert feed.next is None


def test_feedburner_names_the_post_itself():
    item = "<item><link>http://feeds.example/~r/1</link><feedburner:origLink>https://hill.example/one/</feedburner:origLink></item>"
    assert urls(feeds.parsed(rss(item), AT).items) == ["https://hill.example/one/"]


def test_items_and_next_page_of_atom():
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Walks</title>
    <link rel="next" href="/feed?start-index=26"/><entry><link rel="alternate" href="/two"/></entry></feed>"""
    feed = feeds.parsed(body, AT)
    assert urls(feed.items) == ["https://hill.example/two"]
    assert feed.next == "https://hill.example/feed?start-index=26"


def test_items_and_next_page_of_a_json_feed():
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Walks", "next_url": "/feed.json?p=2",
                       "items": [{"id": "1", "url": "/one"}, "broken"]}).encode()  # fmt: skip
    feed = feeds.parsed(body, AT)
    assert urls(feed.items) == ["https://hill.example/one"]
    assert feed.next == "https://hill.example/feed.json?p=2"


def test_published_is_told_from_updated():
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Walks</title><entry><link href="/two"/>
    <published>2019-10-02T10:00:00Z</published><updated>2020-01-01T10:00:00Z</updated></entry>
    <entry><link href="/three"/><updated>2020-01-01T10:00:00Z</updated></entry></feed>"""
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Walks",
                       "items": [{"id": "1", "url": "/two", "date_published": "2019-10-02T10:00:00Z", "date_modified": "2020-01-01T10:00:00Z"},
                                 {"id": "2", "url": "/three", "date_modified": "2020-01-01T10:00:00Z"}]}).encode()  # fmt: skip
    for feed in (atom, body):
        said = [(item.published, item.lastmod) for item in feeds.parsed(feed, AT).items]
        assert said == [("2019-10-02T10:00:00Z", "2020-01-01T10:00:00Z"), (None, "2020-01-01T10:00:00Z")]


def test_only_wordpress_feeds_are_paged_by_number():
    first = feeds.parsed(rss(ITEM, WORDPRESS), AT)
    assert first.next == AT + "?paged=2"
    assert feeds.parsed(rss(ITEM, WORDPRESS), first.next).next == AT + "?paged=3"
    assert feeds.parsed(rss(ITEM, "<generator>Hugo</generator>"), AT).next is None
    assert feeds.parsed(rss("", WORDPRESS), AT + "?paged=9").next is None


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>404</body></html>", b"{}", b"[1]", b'{"version": 3}', b"not xml at all"]
)
def test_what_is_no_feed_has_no_items(body):
    assert feeds.parsed(body, AT) == feeds.Feed()


@given(st.binary(max_size=200))
def test_no_body_breaks_the_reader(body):
    feeds.parsed(body, AT)
    feeds.parsed(b"<rss version='2.0'><channel>" + body, AT)
    feeds.parsed(b"{" + body, AT)


@pytest.mark.parametrize(
    ("url", "title", "own"),
    [
        (AT, "Walks » Feed", True),
        ("https://hill.example/comments/feed/", None, False),
        (AT, "Walks » Comments Feed", False),
        ("https://hill.example/tag/dogs/feed/", "Dogs", False),
        ("https://hill.example/wp-json/oembed/1.0/embed", None, False),
    ],
)
def test_which_feed_is_the_blogs_own(url, title, own):
    assert feeds.is_own(url, title) is own


@pytest.mark.parametrize(
    ("generator", "places"),
    [
        ("WordPress 5.2", ["https://uni.example/blog/feed/"]),
        ("Blogger", ["https://uni.example/feeds/posts/default"]),
        ("Hugo 0.55", ["https://uni.example/blog/index.xml"]),
        (None, [f"https://uni.example/blog/{path}" for path in feeds.UNKNOWN_PLATFORM]),
    ],
)
def test_each_platform_has_its_place_for_the_feed(generator, places):
    assert urls(feeds.well_known("https://uni.example/blog", generator)) == places
