"""Which pages are known to be older than a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.age import is_older, last_day, told
from crawl.records import Found

DAY = date(2019, 5, 17)


@pytest.mark.parametrize(
    ("url", "said", "expected"),
    [
        ("/a-title/", {}, False),
        ("/2019/04/a-title/", {}, True),
        ("/2019/05/a-title/", {}, False),  # may be of the 31st
        ("/2019/05/16/a-title", {}, True),
        ("/2018/a-title", {}, True),
        ("/2019/a-title", {}, False),
        ("/archive/2018-a-good-year/", {}, False),
        ("/a-title/", {"lastmod": "2019-05-16"}, True),
        ("/a-title/", {"lastmod": "2019-05-17T00:00:01+00:00"}, False),
        ("/2012/04/a-title/", {"lastmod": "2019-06-01"}, False),  # it was changed
        ("/a-title/", {"published": "Thu, 16 May 2019 10:00:00 +0000"}, True),
        ("/a-title/", {"published": "Thu, 16 May 2019 10:00:00 +0000", "lastmod": "2019-05-20"}, False),
        ("/a-title/", {"published": "one fine day"}, False),
        ("/2012/04/a-title/", {"published": "one fine day"}, False),
    ],
)
def test_a_page_is_older_where_all_that_is_said_of_it_is(url, said, expected):
    found = Found(url=f"https://hill.example{url}", how="link", **said)
    assert is_older(found, DAY) is expected


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)))
def test_a_page_is_not_older_than_its_own_day(day):
    url = f"https://hill.example/{day:%Y/%m/%d}/a-title/"
    assert last_day(url) == day
    assert not is_older(Found(url=url, how="link"), day)
    assert told(day.isoformat()) == day


def test_a_number_too_large_for_a_calendar_is_no_date():
    assert told("Thu, 16 May 99999999999999999999 10:00:00 +0000") is None
    assert told("Thu, 99999999999999999999 May 2019 10:00:00") is None


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text):
    told(text)
