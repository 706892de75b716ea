import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.politeness import LONGEST_BACKOFF, LONGEST_WAIT, Politeness, backoff, retry_after

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


def test_a_slow_host_rests_after_its_answer():
    host = Politeness(delay=1.0)
    host.asked(NOW, NOW + 8.0)
    assert host.wait(NOW + 8.0) == pytest.approx(1.0)


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
