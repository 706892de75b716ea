from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from crawl import recheck
from crawl.recheck import Held
from crawl.walk import crawl
from extract.records import Blog

START = datetime(2020, 1, 1, tzinfo=UTC)
DAY = 86_400


def held(days):
    return Held(since=START, checked=START + timedelta(days=days))


def test_checks_of_a_page_that_never_changes_grow_rare_but_never_end():
    page, checks = held(0), []
    for week in range(1, 300):
        now = START + timedelta(weeks=week)
        if recheck.is_due(page, now):
            checks.append(week)
            page = Held(since=START, checked=now)
    gaps = [later - earlier for earlier, later in pairwise(checks)]
    assert gaps == sorted(gaps) or max(gaps) <= 13
    assert checks[:4] == [1, 2, 3, 4]
    assert len(checks) < 50
    assert max(gaps) == 13  # 90 days


@pytest.mark.parametrize(
    ("lastmod", "due"),
    [
        (None, False),
        ("2020-03-01", False),
        ("2020-04-10", True),
        ("2020-04-10T00:00:00+02:00", True),
        ("last Tuesday", True),
    ],
)
def test_a_sitemap_that_tells_of_a_change_is_believed(lastmod, due):
    assert recheck.is_due(held(100), START + timedelta(days=101), lastmod) is due


def test_a_crawl_began_when_its_name_says():
    assert recheck.began("20250615T150640Z") == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)
    assert recheck.began("20250615T150640Za") == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)
    assert recheck.began("first") is None


def weekly(world, times):
    for _ in range(times):
        world.clock.now += 7 * DAY
        world.site.log.clear()
        yield world.run()


def test_old_posts_are_asked_less_and_less_but_what_is_new_is_found_at_once(world, blog_site):
    posts = [len([p for p in blog_site.paths() if p.startswith("/2014/")]) for _ in weekly(world, 12)]
    assert posts[0] == posts[1] == 40
    assert sum(posts[-4:]) < 120
    asked = {path for path, _, _ in blog_site.log}
    assert {"/", "/page/2/", "/feed/", "/sitemap.xml"} <= asked
    blog_site.html("/2015/01/new-boots/", "/")
    blog_site.html("/", "/2015/01/new-boots/", "/page/2/")
    next(weekly(world, 1))
    assert any(fetch.url.endswith("/new-boots/") for fetch in world.archive.latest("hill"))
    assert len([fetch for fetch in world.archive.latest("hill") if "/2014/" in fetch.url]) == 40


def test_a_post_that_changes_or_goes_is_recorded_and_its_history_kept(world, site):
    site.html("/", "/a/", "/b/")
    site.html("/a/")
    site.html("/b/")
    for _ in weekly(world, 2):
        pass
    site.html("/a/", text="corrected")
    site.put("/b/", "gone", status=410)
    for _ in weekly(world, 3):
        pass
    history = [(f.url.removeprefix(site.url), f.outcome, f.reason) for f in world.archive.ledger("hill")]
    assert [outcome for url, outcome, _ in history if url == "/a/"][:3] == ["fetched", "unchanged", "fetched"]
    assert ("/b/", "failed", "http 410") in history
    assert any(f.url.endswith("/b/") for f in world.archive.latest("hill"))  # what was said stays quotable


def test_an_unfinished_update_comes_to_the_same_pages(world, blog_site, tmp_path):
    from crawl.archive import Archive

    blog = Blog(key="hill", name="Hill", url=blog_site.url + "/", scope=blog_site.url + "/")
    archives = [Archive(tmp_path / "whole"), Archive(tmp_path / "cut")]
    for week in range(9):
        world.clock.now += 7 * DAY
        for archive in archives:
            moment = world.clock.now
            crawl(blog, archive, world.settings, clock=world.clock, sleep=world.clock.sleep)
            world.clock.now = moment
        if week == 7:
            break
    world.clock.now += 7 * DAY
    stops = iter([2, 1, 1])

    def stop(_):
        if next(stops, 0):
            raise KeyboardInterrupt

    moment = world.clock.now
    crawl(blog, archives[0], world.settings, clock=world.clock, sleep=world.clock.sleep)
    world.clock.now, cuts = moment, 0
    while True:
        try:
            crawl(blog, archives[1], world.settings, on_progress=stop, clock=world.clock, sleep=world.clock.sleep)
            break
        except KeyboardInterrupt:
            cuts += 1
            world.clock.now += 40 * DAY  # however late it goes on
    assert cuts == 3
    ledgers = [{(f.crawl, f.url, f.outcome, f.digest) for f in archive.ledger("hill")} for archive in archives]
    assert ledgers[0] == ledgers[1]
