import pytest

from crawl.progress import Progress, Teller
from crawl.walk import crawl
from extract.records import Blog


def at(found, waiting):
    return Progress(
        blog="hill", crawl="x", found=found, waiting=waiting, fetched=0, unchanged=0, failed=0, url="http://a.example/"
    )


def told(clock):
    seen = []
    return seen, Teller(seen.append, clock)


def test_rate_and_time_left(clock):
    seen, teller = told(clock)
    for n in range(40):
        clock.now += 0.5
        teller.settled(at(100, 100 - n))
    assert seen[-1].rate == pytest.approx(2.0)
    assert seen[-1].left == pytest.approx(seen[-1].waiting / 2.0)
    assert len(seen) < 40


def test_a_long_wait_is_told_before_it_begins(clock):
    seen, teller = told(clock)
    teller.settled(at(10, 9))
    teller.waits(30.0, "Retry-After", "http://a.example/one/")
    assert (seen[-1].wait, seen[-1].waits_for) == (30.0, "Retry-After")
    teller.waits(4.0, "back-off", "http://a.example/robots.txt")
    assert seen[-1].waits_for == "back-off (robots.txt)"


def test_short_waits_are_named_with_the_next_report(clock):
    seen, teller = told(clock)
    teller.waits(1.0, "delay", "http://a.example/one/")
    clock.now += 1.0
    teller.settled(at(10, 9))
    assert (seen[-1].wait, seen[-1].waits_for) == (0.0, "delay")


def test_a_crawl_says_what_it_waits_for(world, blog_site):
    from dataclasses import replace

    busy = {"/about/": 0}
    about = blog_site.answers["/about/"]

    def sometimes(_times):
        busy["/about/"] += 1
        return replace(about, status=503, headers={"Retry-After": "20"}) if busy["/about/"] == 1 else about

    blog_site.answers["/about/"] = sometimes
    seen = []
    blog = Blog(key="hill", name="Hill", url=blog_site.url + "/", scope=blog_site.url + "/")
    settings = replace(world.settings, delay=1.0)
    crawl(blog, world.archive, settings, on_progress=seen.append, clock=world.clock, sleep=world.clock.sleep)
    assert any(progress.waits_for == "Retry-After" and progress.wait == 20.0 for progress in seen)
    assert any(progress.waits_for == "delay" and progress.rate == pytest.approx(1.0, rel=0.3) for progress in seen)
    assert seen[-1].waiting == 0 and seen[-1].fetched > 40
