import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.walk import OLDER, PATIENCE, Progress, crawl
from extract.records import Blog

POSTS = {f"/2014/{1 + n % 12:02d}/the-{n}th-walk-up-the-hill/" for n in range(40)}


def fetched(world):
    return {fetch.url.removeprefix(world.site.url) for fetch in world.archive.latest("hill")}


def state(world):
    return {(fetch.url, fetch.digest, fetch.outcome, fetch.reason) for fetch in world.archive.ledger("hill")}


def test_every_post_is_found_and_nothing_is_asked_twice(world, blog_site):
    summary = world.run()
    assert summary.is_complete
    assert fetched(world) >= POSTS | {"/", "/about/", "/only-in-the-sitemap/"}
    paths = blog_site.paths()
    assert len(paths) == len(set(paths))
    assert paths[0] == "/robots.txt"
    assert not any(
        "private" in path or "replytocom" in path or "share" in path or path.endswith(".jpg") for path in paths
    )
    assert summary.fetched == sum(status == 200 for _, status, _ in blog_site.log) - 1  # robots.txt is no page
    assert summary.failed == ()


def test_the_ledger_says_how_each_page_was_found(world, blog_site):
    world.run()
    by_path = {fetch.url.removeprefix(blog_site.url): fetch for fetch in world.archive.ledger("hill")}
    assert by_path["/"].how == "seed"
    assert (by_path["/only-in-the-sitemap/"].how, by_path["/only-in-the-sitemap/"].via) == (
        "sitemap",
        blog_site.url + "/sitemap.xml",
    )
    assert by_path["/about/"].how == "link"
    assert (by_path["/private/diary/"].outcome, by_path["/private/diary/"].reason) == ("excluded", "robots")
    assert by_path["/feed/"].content_type == "application/rss+xml"


def test_a_second_crawl_of_an_unchanged_site_transfers_nothing(world, blog_site):
    first = world.run()
    blog_site.log.clear()
    second = world.run()
    assert second.is_complete and second.crawl > first.crawl
    assert (second.fetched, second.unchanged) == (0, first.fetched)
    assert {status for _, status, _ in blog_site.log} == {304}
    assert all(fetch.outcome == "unchanged" for fetch in world.archive.latest("hill"))
    assert world.archive.read(world.archive.latest("hill")[0]).body


def test_a_second_crawl_finds_what_is_new_and_what_has_changed(world, blog_site):
    world.run()
    blog_site.html("/2015/01/new-boots/", "/")
    blog_site.html("/", "/2015/01/new-boots/", *sorted(POSTS)[:9], "/page/2/")
    second = world.run()
    assert second.fetched == 2
    assert "/2015/01/new-boots/" in fetched(world)


def test_a_limited_second_crawl_brings_what_is_new_first(world, blog_site):
    world.run()
    blog_site.html("/2015/01/new-boots/", "/")
    blog_site.html("/", "/2015/01/new-boots/", *sorted(POSTS)[:9], "/page/2/")
    assert not world.run(max_pages=8).is_complete
    assert "/2015/01/new-boots/" in fetched(world)


def test_a_page_that_nothing_links_to_any_more_is_asked_again(world, site):
    site.html("/", "/old/", has_validators=False)
    site.html("/old/")
    world.run()
    site.html("/", has_validators=False)
    site.html("/old/", text="corrected")
    world.run()
    old = next(fetch for fetch in world.archive.latest("hill") if fetch.url.endswith("/old/"))
    assert b"corrected" in world.archive.read(old).body


def test_a_site_without_validators_is_compared_by_content(world, site):
    site.html("/", "/a/", has_validators=False)
    site.html("/a/", has_validators=False)
    world.run()
    assert world.run().unchanged == 2


def test_a_crawl_that_is_interrupted_goes_on_where_it_was(world, blog_site):
    undisturbed = Archive(world.archive.folder.parent / "undisturbed")
    blog = Blog(key="hill", name="Hill", url=blog_site.url + "/", scope=blog_site.url + "/")
    crawl(blog, undisturbed, world.settings, clock=world.clock, sleep=world.clock.sleep)
    blog_site.log.clear()

    def interrupt(_path):
        if len(blog_site.log) in (3, 17, 18, 40):
            raise_in_main.append(True)

    raise_in_main: list[bool] = []
    blog_site.on_request = interrupt

    def progress(_: Progress) -> None:
        if raise_in_main:
            raise_in_main.clear()
            raise KeyboardInterrupt

    interruptions = 0
    while True:
        try:
            summary = crawl(
                blog, world.archive, world.settings, on_progress=progress, clock=world.clock, sleep=world.clock.sleep
            )
            break
        except KeyboardInterrupt:
            interruptions += 1
            assert world.archive.unfinished("hill") is not None
            assert not list(world.archive.folder.glob("hill/*.open"))
    assert interruptions >= 2
    assert summary.is_complete
    assert len(blog_site.paths()) == len(set(blog_site.paths()))
    assert len({fetch.crawl for fetch in world.archive.ledger("hill")}) == 1
    wanted = {(fetch.url, fetch.digest, fetch.outcome) for fetch in undisturbed.ledger("hill")}
    assert {(fetch.url, fetch.digest, fetch.outcome) for fetch in world.archive.ledger("hill")} == wanted


KILLED = """
import os, sys
from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.walk import crawl
from extract.records import Blog
url, folder, stop = sys.argv[1], sys.argv[2], int(sys.argv[3])
settings = CrawlSettings(user_agent="Sectorscope", delay=0.0, allow_private=True)
asked = []
def sleep(_):
    pass
def clock():
    import time
    asked.append(1)
    if len(asked) > stop:
        os.kill(os.getpid(), 9)
    return time.time()
crawl(Blog(key="hill", name="Hill", url=url, scope=url), Archive(folder), settings, clock=clock, sleep=sleep)
"""


def test_a_crawl_that_is_killed_goes_on_where_it_was(world, blog_site):
    folder = Path(__file__).parents[2]
    for stop in (40, 150):
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, blog_site.url + "/", str(world.archive.folder), str(stop)],
            cwd=folder,
            check=False,
        )
        assert ended.returncode == -9
    assert list(world.archive.folder.glob("hill/*.open"))
    summary = world.run()
    assert summary.is_complete
    asked = [path for path in blog_site.paths() if path != "/robots.txt"]
    assert len(asked) - len(set(asked)) <= 2  # the fetch in flight when it was killed
    assert fetched(world) >= POSTS
    assert len({fetch.crawl for fetch in world.archive.ledger("hill")}) == 1


def test_a_page_that_fails_once_is_asked_again_after_a_rest(world, site):
    site.html("/", "/a/")
    site.answers["/a/"] = lambda times: (
        _answer(b"busy", 503, {"Retry-After": "7"}) if times == 0 else _answer(b"<html><p>back")
    )
    summary = world.run()
    assert summary.failed == ()
    assert "/a/" in fetched(world)
    assert 7.0 in [round(rest, 3) for rest in world.clock.slept]


def test_a_page_that_keeps_failing_does_not_stop_the_rest(world, site):
    site.html("/", "/a/", "/b/", "/c/")
    site.put("/a/", "broken", status=500)
    site.html("/b/")
    summary = world.run()
    assert summary.is_complete
    assert dict(summary.failed) == {"http 500": 1, "http 404": 1}
    assert site.paths().count("/a/") == 1 + world.settings.max_retries
    assert fetched(world) == {"/", "/b/"}


def test_a_host_that_has_died_is_left_for_another_day(world, site):
    site.html("/", *(f"/post-{n}/" for n in range(20)))
    for n in range(20):
        site.put(f"/post-{n}/", "dying", status=503)
    summary = world.run(max_retries=0)
    assert not summary.is_complete
    assert dict(summary.failed)["http 503"] == PATIENCE
    for n in range(20):
        site.html(f"/post-{n}/")
    healed = world.run()
    assert healed.is_complete and healed.crawl == summary.crawl
    assert len(fetched(world)) == 21


def test_a_seed_that_cannot_be_reached_is_said_and_raises_nothing(world, site):
    site.close()
    summary = world.run()
    assert (summary.is_complete, summary.fetched, summary.failed) == (False, 0, (("robots unreachable", 1),))
    assert [fetch.reason for fetch in world.archive.ledger("hill")] == ["refused", "robots unreachable"]


def test_a_seed_that_robots_forbids_is_said(world, site):
    site.html("/", "/a/")
    site.put("/robots.txt", "User-agent: *\nDisallow: /")
    summary = world.run()
    assert (summary.is_complete, summary.failed) == (False, (("robots", 1),))
    assert "/" not in site.paths()


def test_robots_that_cannot_be_read_forbid_everything_for_now(world, site):
    site.html("/", "/a/")
    site.put("/robots.txt", "", status=503)
    assert not world.run().is_complete
    assert set(site.paths()) == {"/robots.txt"}
    site.put("/robots.txt", "", status=404)
    assert world.run().is_complete


def test_crawl_delay_and_our_own_delay_are_kept(world, site):
    site.html("/", *(f"/{n}/" for n in range(5)))
    for n in range(5):
        site.html(f"/{n}/")
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3")
    times = []
    site.on_request = lambda _path: times.append(world.clock.now)
    world.run(delay=1.0)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) > 6
    assert min(gaps[1:]) >= 3.0


def test_only_the_scope_is_crawled(world, site):
    site.html(
        "/centre/blog/", "/centre/blog/a-post/", "/centre/staff/", "/", "/centre/blogging/", "http://127.0.0.2:9/x"
    )
    site.html("/centre/blog/a-post/", "/centre/blog/b-post")
    site.html("/centre/blog/b-post")
    world.run("/centre/blog/")
    pages = {path for path in site.paths() if path.startswith("/centre")}
    assert pages == {f"/centre/blog/{path}" for path in ("", "a-post/", "b-post", "feed/", "rss.xml", "atom.xml")}


def test_redirects_are_hops_of_their_own_and_do_not_leave_the_scope(world, site):
    site.html("/blog/", "/blog/old", "/blog/gone-abroad", "/blog/circle")
    site.redirect("/blog/old", "/blog/new/")
    site.html("/blog/new/")
    site.redirect("/blog/gone-abroad", "/shop/")
    site.redirect("/blog/circle", "/blog/circle/")
    site.redirect("/blog/circle/", "/blog/circle")
    summary = world.run("/blog/")
    by_path = {fetch.url.removeprefix(site.url): fetch for fetch in world.archive.ledger("hill")}
    assert (by_path["/blog/old"].outcome, by_path["/blog/old"].status, by_path["/blog/old"].location) == (
        "redirected",
        301,
        "/blog/new/",
    )
    assert (by_path["/blog/new/"].how, by_path["/blog/new/"].via) == ("redirect", site.url + "/blog/old")
    assert by_path["/blog/gone-abroad"].reason == "out of scope"
    assert "/shop/" not in site.paths()
    assert dict(summary.failed)["redirect loop"] == 1


def test_a_blog_that_lives_at_its_twin_is_asked_there_from_the_first(world, site):
    """http://hill.example/ sends everybody to www: only the seed and its robots.txt are asked at the old address."""
    for path in ("/robots.txt", "/", "/a/", "/tag/dogs/", "/sitemap.xml"):
        site.redirect("http://hill.example" + path, "http://www.hill.example" + path)
    site.html("http://www.hill.example/", "http://hill.example/a/", "/tag/dogs/")
    site.html("http://www.hill.example/a/")
    site.html("http://www.hill.example/tag/dogs/", "http://hill.example/a/")
    blog = Blog(key="hill", name="Hill", url="http://hill.example/", scope="http://hill.example/")
    settings = CrawlSettings(user_agent="Sectorscope", delay=0.0, proxy=site.url)
    for fresh in (200, 304):
        site.log.clear()
        assert crawl(blog, world.archive, settings, clock=world.clock, sleep=world.clock.sleep).is_complete
        assert sum(status == 301 for _, status, _ in site.log) == 2
        assert sum(status == fresh for _, status, _ in site.log) == 3
        world.clock.now += 60


def test_a_blog_that_moved_is_followed_and_it_is_said(world, site):
    elsewhere = site.url.replace("127.0.0.1", "localhost")
    moved = lambda times: _answer(b"", 301, {"Location": f"{elsewhere}/new/home/"}) if times == 0 else None  # noqa: E731
    site.answers["/old/"] = moved
    site.html("/new/home/", "/new/home/a-post/", "/other/")
    site.html("/new/home/a-post/")
    summary = world.run("/old/")
    assert summary.is_complete
    seed = next(fetch for fetch in world.archive.ledger("hill") if fetch.how == "seed")
    assert (seed.outcome, seed.reason) == ("redirected", "the blog moved to localhost")
    assert f"{elsewhere}/new/home/a-post/" in {fetch.url for fetch in world.archive.latest("hill")}
    assert "/other/" not in site.paths()


def test_a_sitemap_that_leads_into_our_network_is_refused(world, site, monkeypatch):
    from crawl import guard

    really = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or really(address))
    site.html("/", "/a/")
    site.html("/a/")
    site.redirect("/sitemap.xml", "http://169.254.169.254/latest/")
    summary = world.run(allow_private=False)
    reasons = {fetch.url: fetch.reason for fetch in world.archive.ledger("hill")}
    assert reasons["http://169.254.169.254/robots.txt"] == "private address"
    assert reasons["http://169.254.169.254/latest/"] == "robots unreachable"
    assert summary.is_complete


def test_max_pages_ends_a_crawl_before_it_is_complete(world, blog_site):
    summary = world.run(max_pages=10)
    assert not summary.is_complete
    assert len(world.archive.latest("hill")) == 10
    assert world.archive.unfinished("hill") is None  # it was ended, not cut short
    assert world.run().is_complete


def test_a_crawl_since_a_day_leaves_out_what_is_known_to_be_older(world, blog_site):
    """Pages that nothing dates are asked; the next crawl without a day brings the rest."""
    summary = world.run(since=date(2014, 7, 1))
    assert fetched(world) & POSTS == {post for post in POSTS if post >= "/2014/07"}
    assert fetched(world) >= {"/", "/page/4/", "/about/", "/only-in-the-sitemap/"}
    assert dict(summary.left_out)[OLDER] == len([post for post in POSTS if post < "/2014/07"])
    assert not summary.is_complete
    assert world.archive.unfinished("hill") is None
    assert world.run().is_complete
    assert fetched(world) >= POSTS


def test_what_is_no_page_is_left_out_and_said(world, site):
    site.html("/", "/map", "/huge", "/bomb", "/a/")
    site.html("/a/")
    site.put("/map", b"\x89PNG", "image/png")
    site.put("/huge", b"x" * 300_000, "text/html")
    site.put("/bomb", b"\0" * 30_000_000, "text/html", gzipped=True)
    summary = world.run()
    reasons = {
        fetch.url.removeprefix(site.url): (fetch.outcome, fetch.reason) for fetch in world.archive.ledger("hill")
    }
    assert reasons["/map"] == ("excluded", "not text")
    assert reasons["/huge"] == reasons["/bomb"] == ("failed", "too large")
    assert summary.is_complete and dict(summary.failed)["too large"] == 2


def test_a_wordpress_feed_is_followed_to_its_end(world, site):
    def page(n):
        if n > 4:
            return _answer(b"<html>no more</html>", 404)
        items = "".join(f"<item><link>{site.url}/walk-{n}-{k}/</link></item>" for k in range(3))
        head = "<generator>https://wordpress.org/?v=5.2</generator>"
        return _answer(
            f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode(), content_type="application/rss+xml"
        )

    site.html(
        "/", "/walk-1-0/", "/walk-1-1/", "/walk-1-2/", head="<link rel=alternate type=application/rss+xml href=/feed/>"
    )
    site.answers["/feed/"] = page(1)
    for n in range(2, 6):
        site.answers[f"/feed/?paged={n}"] = page(n)
    for n in range(1, 5):
        for k in range(3):
            site.html(f"/walk-{n}-{k}/")
    world.run()
    assert fetched(world) == {"/"} | {f"/walk-{n}-{k}/" for n in range(1, 5) for k in range(3)}


def test_a_feed_that_answers_any_page_alike_is_not_followed_for_ever(world, site):
    feed = f"<rss version='2.0'><channel><generator>WordPress</generator><item><link>{site.url}/a/</link></item></channel></rss>"
    site.html("/", head="<link rel=alternate type=application/rss+xml href=/feed/>")
    site.html("/a/")
    for path in ["/feed/", *(f"/feed/?paged={n}" for n in range(2, 50))]:
        site.put(path, feed, "application/rss+xml")
    world.run()
    assert sum("paged" in path for path in site.paths()) <= 2


def test_a_feed_without_end_is_left(world, site, monkeypatch):
    monkeypatch.setattr("crawl.walk.MAX_LISTS", 10)

    def page(n):
        return f"""<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/atom?n={n + 1}"/>
        <entry><link href="/post-{n}/"/></entry></feed>"""

    site.html("/", head="<link rel=alternate type=application/atom+xml href=/atom?n=1>")
    for n in range(1, 40):
        site.put(f"/atom?n={n}", page(n), "application/atom+xml")
    assert world.run().is_complete
    assert sum("/atom" in path for path in site.paths()) == 8  # and two places where a sitemap may be


def test_a_calendar_without_end_is_left(world, site):
    site.html("/", "/when/?page=1", "/a/")
    site.html("/a/")
    for n in range(1, 200):
        site.html(f"/when/?page={n}", f"/when/?page={n + 1}", "/a/")
    assert world.run().is_complete
    assert sum("/when/" in path for path in site.paths()) <= 5


def test_listing_pages_without_end_but_with_posts_are_followed(world, site):
    site.html("/", "/blog?page=1")
    for n in range(1, 60):
        site.html(f"/blog?page={n}", f"/post-{n}/", f"/blog?page={n + 1}")
        site.html(f"/post-{n}/")
    world.run()
    assert {f"/post-{n}/" for n in range(1, 60)} <= fetched(world)


def test_progress_is_told(world, blog_site):
    told: list[Progress] = []
    blog = Blog(key="hill", name="Hill", url=blog_site.url + "/", scope=blog_site.url + "/")
    summary = crawl(
        blog, world.archive, world.settings, on_progress=told.append, clock=world.clock, sleep=world.clock.sleep
    )
    assert len(told) >= 3
    assert [p.fetched for p in told] == sorted(p.fetched for p in told)
    assert (told[-1].fetched, told[-1].waiting) == (summary.fetched, 0)


def test_a_blogs_own_limits_go_before_the_workspaces(world, blog_site):
    blog = Blog(key="hill", name="Hill", url=blog_site.url + "/", scope=blog_site.url + "/", delay=2.0, max_pages=3)
    crawl(blog, world.archive, world.settings, clock=world.clock, sleep=world.clock.sleep)
    assert len(world.archive.latest("hill")) == 3
    assert max(world.clock.slept) == pytest.approx(2.0)


def _answer(body, status=200, headers=None, content_type="text/html"):
    from types import SimpleNamespace

    return SimpleNamespace(
        body=body,
        status=status,
        headers=headers or {},
        content_type=content_type,
        gzipped=False,
        cut_at=None,
        has_validators=True,
    )


def test_settings_have_decent_defaults():
    settings = CrawlSettings(user_agent="Sectorscope")
    assert settings.delay >= 1.0 and not settings.allow_private
