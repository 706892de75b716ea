import gzip
import pickle

import pytest

from crawl.errors import FetchFailed, may_heal
from crawl.fetcher import Fetcher, proxy_for
from crawl.records import CrawlSettings

AGENT = "Sectorscope/0.1 (+https://sectorscope.example/crawler)"


@pytest.fixture
def fetcher(settings, clock):
    with Fetcher(settings, clock=clock) as fetcher:
        yield fetcher


def failure(fetcher, url, **kwargs):
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url, **kwargs)
    return caught.value


def test_a_page_comes_as_it_was_sent(site, fetcher, clock):
    site.put("/a", "<p>hill</p>", "text/html", gzipped=True, headers={"X-Odd": "é"})
    answer = fetcher.fetch(site.url + "/a")
    assert (answer.status, answer.body, gzip.decompress(answer.raw)) == (200, b"<p>hill</p>", b"<p>hill</p>")
    assert answer.header("content-encoding") == "gzip"
    assert answer.fetched_at.timestamp() == clock.now
    assert answer.fetched_at.utcoffset().total_seconds() == 0
    assert dict(answer.request_headers)["User-Agent"] == AGENT
    assert site.agents == {AGENT}


def test_an_unchanged_page_is_not_sent_again(site, fetcher):
    site.put("/a", "<p>hill</p>", "text/html")
    etag = fetcher.fetch(site.url + "/a").header("etag")
    again = fetcher.fetch(site.url + "/a", etag=etag)
    assert (again.status, again.body) == (304, b"")


def test_a_redirect_is_an_answer(site, fetcher):
    site.redirect("/a", "/b")
    answer = fetcher.fetch(site.url + "/a")
    assert (answer.status, answer.location) == (301, "/b")
    assert site.paths() == ["/a"]


def test_an_error_page_is_an_answer_and_is_not_read_to_the_end(site, fetcher):
    site.put("/a", b"x" * 150_000, status=404)
    answer = fetcher.fetch(site.url + "/a")
    assert (answer.status, answer.location, answer.truncated, len(answer.raw)) == (404, None, True, 65_536)


@pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "text/css", "video/mp4", "application/gzip"])
def test_what_is_no_text_is_not_read(site, fetcher, content_type):
    site.put("/a", b"x" * 100, content_type)
    assert failure(fetcher, site.url + "/a").reason == "not text"


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/xhtml+xml", "application/feed+json", "application/xml", None]
)
def test_what_may_be_text_is_read(site, fetcher, content_type):
    site.put("/a", b"x", content_type)
    assert fetcher.fetch(site.url + "/a").body == b"x"


def test_a_packed_sitemap_is_read_where_one_is_asked_for(site, fetcher):
    site.put("/sitemap.xml.gz", gzip.compress(b"<urlset/>"), "application/x-gzip")
    assert fetcher.fetch(site.url + "/sitemap.xml.gz", packed=True).body[:2] == b"\x1f\x8b"


def test_a_body_that_says_it_is_too_large_is_not_read(site, fetcher):
    site.put("/a", b"x", "text/html", headers={"X-Length": "900000000"}, cut_at=1)
    assert failure(fetcher, site.url + "/a").reason == "too large"


def test_a_body_that_turns_out_too_large_is_not_kept(site, fetcher):
    site.put("/a", b"x" * 200_001, "text/html")
    assert failure(fetcher, site.url + "/a").reason == "too large"
    assert fetcher.fetch(site.url + "/a", max_bytes=300_000).status == 200


def test_a_gzip_bomb_is_cut_off(site, fetcher):
    site.put("/a", b"\0" * 30_000_000, "text/html", gzipped=True)
    refused = failure(fetcher, site.url + "/a")
    assert (refused.reason, refused.retry) == ("too large", False)


def test_a_body_that_breaks_off_may_heal(site, fetcher):
    site.put("/a", b"x" * 1_000, "text/html", cut_at=500)
    refused = failure(fetcher, site.url + "/a")
    assert (refused.reason, refused.retry) == ("cut off", True)


def test_a_body_in_a_coding_we_did_not_ask_for_is_refused(site, fetcher):
    site.put("/a", b"x", "text/html", headers={"Content-Encoding": "br"})
    assert failure(fetcher, site.url + "/a").reason == "bad coding"


def test_a_body_that_drips_is_given_up(site, fetcher, clock):
    site.put("/a", b"x" * 150_000, "text/html")
    site.on_request = lambda _path: clock.sleep(1_000)
    refused = failure(fetcher, site.url + "/a")
    assert (refused.reason, refused.retry) == ("timeout", True)


def test_nobody_listening_is_refused(settings, site, fetcher):
    site.close()
    refused = failure(fetcher, site.url + "/a")
    assert (refused.reason, refused.retry) == ("refused", True)


def test_a_name_that_does_not_resolve(monkeypatch):
    import socket

    from crawl import guard

    def resolve(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(guard.socket, "getaddrinfo", resolve)
    with Fetcher(CrawlSettings(user_agent=AGENT)) as fetcher:
        refused = failure(fetcher, "http://nowhere.example/")
    assert (refused.reason, refused.retry) == ("dns", True)


@pytest.mark.parametrize("url", ["ftp://hill.example/", "file:///etc/hostname", "gopher://hill.example/"])
def test_only_the_web_is_asked(fetcher, url):
    assert failure(fetcher, url).reason == "not http"


def test_cookies_are_not_kept(site, fetcher):
    site.put("/a", "x", "text/html", headers={"Set-Cookie": "visitor=1; Path=/"})
    fetcher.fetch(site.url + "/a")
    assert "Cookie" not in dict(fetcher.fetch(site.url + "/a").request_headers)


def test_a_proxy_is_asked_in_place_of_the_host_and_needs_no_guard(site):
    """A proxy is asked for the whole address; what it may reach is its business, so names are not resolved here."""
    site.put("http://far.example/a", "from afar", "text/html")
    with Fetcher(CrawlSettings(user_agent=AGENT, proxy=site.url)) as fetcher:
        assert fetcher.fetch("http://far.example/a").body == b"from afar"


def test_the_environments_proxy_is_honoured(site, monkeypatch):
    site.put("http://far.example/a", "from afar", "text/html")
    monkeypatch.setenv("HTTP_PROXY", site.url)
    monkeypatch.setenv("NO_PROXY", "near.example")
    with Fetcher(CrawlSettings(user_agent=AGENT)) as fetcher:
        assert fetcher.fetch("http://far.example/a").body == b"from afar"
    assert proxy_for("http://near.example/a", None) is None
    assert proxy_for("http://near.example/a", "http://proxy.example:3128") == "http://proxy.example:3128"
    assert proxy_for("https://far.example/a", None) is None


def test_a_failure_travels_between_processes():
    failed = pickle.loads(pickle.dumps(FetchFailed("http://hill.example/", "timeout", True)))
    assert (failed.url, failed.reason, failed.retry) == ("http://hill.example/", "timeout", True)
    assert str(failed) == "http://hill.example/: timeout"


@pytest.mark.parametrize(
    ("reason", "heals"),
    [
        ("http 503", True),
        ("http 429", True),
        ("http 404", False),
        ("timeout", True),
        ("too large", False),
        ("robots", False),
    ],
)
def test_which_failures_may_heal(reason, heals):
    assert may_heal(reason) is heals
