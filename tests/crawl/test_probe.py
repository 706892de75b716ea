import pytest

from crawl.probe import MAX_REQUESTS, platform, probe, scope_of
from crawl.records import CrawlSettings

WORDPRESS = '<meta name="generator" content="WordPress 5.2"><link rel="alternate" type="application/rss+xml" href="/centre/blog/feed/">'


def look(url, settings, clock, **changes):
    used = CrawlSettings(**{**{name: getattr(settings, name) for name in settings.__slots__}, **changes})
    return probe(url, used, clock=clock, sleep=clock.sleep)


@pytest.fixture
def centre(site):
    """A centre's blog inside a university's site."""
    posts = [
        f"/centre/blog/2019/10/{name}/"
        for name in ("the-long-way-round", "new-boots-for-all", "rain-again-today", "a-fourth-walk")
    ]
    site.html(
        "/centre/blog", *posts, "/centre/blog/tag/dogs/", "/centre/staff/", "/centre/blog/walk.jpg", head=WORDPRESS
    )
    for post in posts:
        site.html(post)
    site.html("/centre/staff/")
    items = "".join(f"<item><link>{site.url}{post}</link></item>" for post in posts[:2])
    site.put("/centre/blog/feed/", f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml")
    site.put("/robots.txt", f"User-agent: *\nCrawl-delay: 2\nDisallow: /private\nSitemap: {site.url}/map.xml\n")
    site.put("/map.xml", f"<urlset><url><loc>{site.url}/centre/staff/</loc></url></urlset>", "application/xml")
    return site


def test_a_blog_is_seen_for_what_it_is(centre, settings, clock):
    seen = look(centre.url + "/centre/blog", settings, clock)
    assert (seen.final_url, seen.title, seen.platform) == (
        centre.url + "/centre/blog",
        "Page /centre/blog",
        "WordPress",
    )
    assert (seen.is_allowed, seen.delay, seen.scope) == (True, 2.0, centre.url + "/centre/blog")
    assert seen.feeds == ((centre.url + "/centre/blog/feed/", 2),)
    assert seen.sitemaps == ((centre.url + "/map.xml", 1),)
    assert [page.url.split("/")[-2] for page in seen.posts] == [
        "the-long-way-round",
        "new-boots-for-all",
        "rain-again-today",
    ]
    assert all(page.status == 200 and page.body for page in seen.posts)
    assert seen.problems == ()
    assert seen.requests == len(centre.log) <= MAX_REQUESTS
    assert min(clock.slept) == pytest.approx(2.0)


def test_redirects_are_followed_and_the_scope_is_where_they_end(centre, settings, clock):
    centre.redirect("/", "/centre/")
    centre.redirect("/centre/", "/centre/blog", 302)
    seen = look(centre.url, settings, clock)
    assert (seen.final_url, seen.scope) == (centre.url + "/centre/blog", centre.url + "/centre/blog")
    assert seen.requests <= MAX_REQUESTS


def test_a_blog_that_robots_forbids_is_not_asked(centre, settings, clock):
    seen = look(centre.url + "/private/blog", settings, clock)
    assert not seen.is_allowed and seen.posts == ()
    assert seen.problems == (f"robots.txt forbids {centre.url}/private/blog",)
    assert centre.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("path", "problem"), [("/nothing", "http 404"), ("/map.xml", "no HTML page"), ("/circle", "too many redirects")]
)
def test_what_is_no_blog_is_said(centre, settings, clock, path, problem):
    centre.redirect("/circle", "/circle")
    seen = look(centre.url + path, settings, clock)
    assert problem in seen.problems[0]
    assert seen.requests <= MAX_REQUESTS


def test_a_page_without_posts_is_said(site, settings, clock):
    site.html("/", "/tag/dogs/", "/walk.jpg")
    assert "looks like a post" in look(site.url, settings, clock).problems[0]


def test_a_host_that_does_not_answer_is_said(site, settings, clock):
    site.close()
    seen = look(site.url, settings, clock)
    assert not seen.is_allowed
    assert "robots.txt cannot be read" in seen.problems[0]


def test_our_own_network_is_not_probed_by_default(site, clock):
    site.html("/", "/a/")
    seen = probe(site.url, CrawlSettings(user_agent="Sectorscope"), clock=clock, sleep=clock.sleep)
    assert seen.problems and site.log == []


@pytest.mark.parametrize(
    ("url", "scope"),
    [
        ("https://hill.example", "https://hill.example/"),
        ("https://hill.example/blog/", "https://hill.example/blog/"),
        ("https://uni.example/centre/blog", "https://uni.example/centre/blog"),
        ("https://uni.example/centre/blog?page=0", "https://uni.example/centre/blog"),
        ("https://uni.example/centre/blog.html", "https://uni.example/centre/"),
    ],
)
def test_the_scope_that_is_proposed(url, scope):
    assert scope_of(url) == scope


@pytest.mark.parametrize(
    ("generator", "body", "name"),
    [
        ("WordPress 5.2", b"", "WordPress"),
        ("blogger", b"", "Blogger"),
        (None, b'<img src="/wp-content/uploads/a.jpg">', "WordPress"),
        (None, b'<script src="/sites/default/files/js.js">', "Drupal"),
        ("Something else", b"<p>", None),
        (None, b"", None),
    ],
)
def test_platforms(generator, body, name):
    assert platform(generator, body) == name
