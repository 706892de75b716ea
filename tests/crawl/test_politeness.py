import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.politeness import LONGEST_BACKOFF, LONGEST_PACE, LONGEST_WAIT, Politeness, backoff, retry_after

NOW = 1_750_000_000.0  # Sun, 15 Jun 2025 15:06:40 GMT


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 15 Jun 2025 15:07:10 GMT", 30.0),
        ("Sun, 15 Jun 2025 15:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header, seconds):
    assert retry_after(header, NOW) == seconds


def test_a_host_is_asked_once_a_delay():
    host = Politeness(delay=2.0)
    assert host.wait(NOW) == 0.0
    host.asked(NOW, NOW + 0.5)
    assert host.wait(NOW + 0.5) == pytest.approx(1.5)


def test_robots_can_slow_us_down_but_not_hurry_us():
    host = Politeness(delay=2.0)
    host.slow_down(5.0)
    host.slow_down(0.1)
    host.slow_down(None)
    assert host.delay == 5.0


def test_a_clock_that_jumps_back_does_not_stop_the_crawl():
    host = Politeness(delay=1.0)
    host.asked(NOW, NOW)
    assert host.wait(NOW - 1e6) == LONGEST_WAIT


@given(st.integers(0, 40), st.integers(0, 1000))
def test_backoff_grows_has_chance_in_it_and_an_end(attempt, seed):
    rest = backoff(attempt, random.Random(seed))
    assert 1.0 <= rest <= LONGEST_BACKOFF
    assert rest <= 2.0**attempt


def crawled(host, *, limit, requests):
    """Ask a host that refuses when asked more than ``limit`` times in a second; when, and how it answered."""
    now, asked, refused = NOW, [], []
    for _ in range(requests):
        now += host.wait(now)
        asked.append(now)
        host.asked(now, now + 0.05)
        now += 0.05
        if sum(moment > now - 1.0 for moment in asked) > limit:
            refused.append(now)
            host.went_wrong(too_fast=True)
            host.rest_until(now + 1.0, "Retry-After")
        else:
            host.went_well()
    return now - NOW, refused


def test_the_pace_settles_just_below_what_a_host_allows():
    seconds, refused = crawled(Politeness(delay=0.0), limit=5, requests=1000)
    assert len(refused) < 15
    assert seconds < 320  # 200 if it had known


def test_the_pace_recovers_when_a_host_no_longer_refuses():
    host = Politeness(delay=0.0)
    crawled(host, limit=2, requests=100)
    assert host.pace > 0.3
    crawled(host, limit=1000, requests=2000)
    assert host.pace == 0.0


def test_the_pace_has_an_end_and_one_failure_says_nothing_of_the_host():
    host = Politeness(delay=0.0)
    host.went_wrong(too_fast=False)
    assert host.pace == 0.0
    for _ in range(40):
        host.went_wrong(too_fast=False)
    assert host.pace == LONGEST_PACE


def test_a_host_that_takes_long_rests_as_long_and_says_why():
    host = Politeness(delay=1.0)
    host.asked(NOW, NOW + 8.0)
    assert (host.wait(NOW + 8.0), host.why) == (8.0, "slow host")
    for n in range(1, 20):
        host.asked(NOW + 100 * n, NOW + 100 * n + 0.1)
    assert (host.wait(NOW + 1900), host.why) == (1.0, "delay")


def test_the_longer_rest_stands_and_names_itself():
    host = Politeness(delay=1.0)
    host.rest_until(NOW + 60, "Retry-After")
    host.asked(NOW, NOW + 0.1)
    assert (host.wait(NOW), host.why) == (60.0, "Retry-After")
