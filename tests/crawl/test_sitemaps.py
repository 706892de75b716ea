import gzip
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import sitemaps

AT = "https://hill.example/sitemap.xml"
URLSET = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://hill.example/a?x=1&amp;y=2 </loc><lastmod>2019-10-02</lastmod>
    <image:image><image:loc>https://hill.example/a.jpg</image:loc></image:image></url>
  <url><loc>/b</loc></url>
  <url><loc>mailto:jo@hill.example</loc></url>
  <url><lastmod>2019</lastmod></url>
</urlset>"""


def urls(found):
    return [f.url for f in found]


def test_a_url_set_names_pages():
    read = sitemaps.parsed(URLSET, AT)
    assert urls(read.pages) == ["https://hill.example/a?x=1&y=2", "https://hill.example/b"]
    assert read.pages[0].lastmod == "2019-10-02"
    assert (read.pages[0].how, read.pages[0].via) == ("sitemap", AT)
    assert read.sitemaps == ()


@pytest.mark.parametrize("namespace", [b'xmlns="http://www.google.com/schemas/sitemap/0.84"', b'xmlns=""', b""])
def test_a_wrong_namespace_is_common_and_harmless(namespace):
    body = URLSET.replace(b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', namespace)
    assert len(sitemaps.parsed(body, AT).pages) == 2


def test_an_index_names_sitemaps_but_not_those_of_images():
    children = "".join(f"<sitemap><loc>https://hill.example/{name}</loc></sitemap>" for name in
                       ("post-sitemap1.xml", "image-sitemap-1.xml", "page-sitemap.xml.gz"))  # fmt: skip
    body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{children}</sitemapindex>".encode()
    read = sitemaps.parsed(body, AT)
    assert [PurePosixPath(url).name for url in urls(read.sitemaps)] == ["post-sitemap1.xml", "page-sitemap.xml.gz"]
    assert read.pages == ()


def test_a_packed_sitemap_is_unpacked():
    assert len(sitemaps.parsed(gzip.compress(URLSET), AT + ".gz").pages) == 2
    assert sitemaps.parsed(gzip.compress(URLSET)[:-20], AT + ".gz") == sitemaps.Sitemap()


def test_a_text_sitemap_has_one_url_a_line():
    body = b"\xef\xbb\xbfhttps://hill.example/a\r\n\r\nhttps://hill.example/b\r\n"
    assert urls(sitemaps.parsed(body, AT).pages) == ["https://hill.example/a", "https://hill.example/b"]


def test_a_feed_can_be_a_sitemap():
    body = b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>https://hill.example/a</link></item></channel></rss>"
    assert urls(sitemaps.parsed(body, AT).pages) == ["https://hill.example/a"]


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"Not found", b"<!DOCTYPE html><html><body>Not found</body></html>", b"<urlset", b"\x1f\x8b"]
)
def test_what_is_no_sitemap_names_nothing(body):
    assert sitemaps.parsed(body, AT) == sitemaps.Sitemap()


def test_a_broken_sitemap_gives_what_can_be_read():
    assert len(sitemaps.parsed(URLSET[: URLSET.index(b"mailto")], AT).pages) == 2


def test_outer_entities_are_not_read():
    body = b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://hill.example/&x;</loc></url></urlset>'
    assert all(url == "https://hill.example/" for url in urls(sitemaps.parsed(body, AT).pages))


@given(st.binary(max_size=300))
def test_no_body_breaks_the_reader(body):
    sitemaps.parsed(body, AT)
    sitemaps.parsed(b"<urlset><url>" + body, AT)


def test_without_robots_the_usual_places_are_looked_at():
    assert AT in urls(sitemaps.well_known("https://hill.example/blog/"))
    assert urls(sitemaps.well_known("https://hill.example/blog/", ("https://hill.example/my.xml",))) == [
        "https://hill.example/my.xml"
    ]
