"""Dates as blogs print them, and which of a page's dates is the publication date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import extract_post
from extract.calendar_words import dates_in, machine_date
from extract.records import Dated, SiteProfile

BODY = "".join(
    f"<p>Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end.</p>" for i in range(6)
)  # fmt: skip


def published(
    head: str = "", above: str = "", below: str = "", url: str = "https://halls.example/blog/keys", **known
) -> Dated | None:
    html = f"<html><head><title>Keys</title>{head}</head><body><h1>Keys</h1>{above}<div class='entry-content'>{BODY}</div>{below}</body></html>"
    return extract_post(html, url, **known).published


@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("2nd October 2019", "2019-10-02", "day"),
        ("Wednesday, 2 October 2019", "2019-10-02", "day"),
        ("October 2, 2019", "2019-10-02", "day"),
        ("Oct. 2nd, 2019", "2019-10-02", "day"),
        ("the 2nd of October, 2019", "2019-10-02", "day"),
        ("2019-10-02", "2019-10-02", "day"),
        ("2 ottobre 2019", "2019-10-02", "day"),
        ("2 de octubre de 2019", "2019-10-02", "day"),
        ("2. Oktober 2019", "2019-10-02", "day"),
        ("le 1er août 2019", "2019-08-01", "day"),
        ("02.10.2019", "2019-10-02", "day"),
        ("02.10.19", "2019-10-02", "day"),
        ("2 Hydref 2019", "2019-10-02", "day"),
        ("25/10/2019", "2019-10-25", "day"),
        ("10/25/2019", "2019-10-25", "day"),
        ("October 2019", "2019-10-01", "month"),
    ],
)
def test_printed_dates(printed, value, precision):
    (seen,) = dates_in(printed)
    assert (seen.value.isoformat(), seen.precision) == (value, precision)
    assert printed[seen.start : seen.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019",
        "31 February 2019",
        "3/4/12",
        "3/4/2019",
        "room 12 of 2019",
        "99.99.2019",
        "May 2, 1850",
        "version 2.10.2019.1",
    ],
)
def test_what_is_no_date_or_could_be_two(text):
    assert list(dates_in(text)) == []


@given(st.dates(date(1995, 1, 1), date(2060, 12, 31)), st.booleans())
def test_numeric_dates_follow_the_known_order(day, day_first):
    printed = f"{day.day}/{day.month}/{day.year}" if day_first else f"{day.month}/{day.day}/{day.year}"
    assert [seen.value for seen in dates_in(printed, day_first=day_first)] == [day]


@given(st.dates(date(1995, 1, 1), date(2060, 12, 31)))
def test_machine_dates_keep_their_own_day(day):
    assert machine_date(f"{day.isoformat()}T23:59:59+02:00") == day
    assert machine_date(day.strftime("%Y%m%d")) == day


META = '<meta property="article:published_time" content="{}">'


def test_the_day_shown_wins_over_its_utc_form():
    moment = META.format("2019-10-01T23:30:00+00:00")
    shown = published(moment, '<p class="date">2 October 2019</p>')
    assert shown.value == date(2019, 10, 2)


def test_an_update_a_day_later_is_not_the_publication():
    local = META.format("2019-10-01T18:30:00+02:00")
    assert published(local, '<p class="date">2 October 2019</p>').value == date(2019, 10, 1)


def test_a_local_day_in_the_address_settles_utc():
    late = META.format("2019-10-02T01:30:00Z")
    assert published(late, url="https://halls.example/2019/10/01/keys/").value == date(2019, 10, 1)


def test_published_is_told_from_modified():
    post = extract_post(
        f"<h1>Keys</h1><p class='meta'>Last updated 5 May 2020</p><p class='date'>Published 4 March 2019</p>{BODY}",
        "https://halls.example/x",
    )
    assert post.published.value == date(2019, 3, 4)


@pytest.mark.parametrize(
    "below",
    [
        "<div class='comments'><p>Somebody, 4 March 2019</p></div>",
        "<footer><p>&copy; 4 March 2019 The Halls</p></footer>",
        "<div class='related'><h3><a href='/y'>Another</a></h3><time datetime='2019-03-04'>4 March 2019</time></div>",
        "<aside><p class='date'>4 March 2019</p></aside>",
    ],
)
def test_dates_of_other_things_are_refused(below):
    assert published(below=below) is None


def test_an_event_in_the_text_is_no_publication_date():
    assert (
        published(
            above="<p>The annual meeting will be held in the large hall on 4 March 2019, and all members are asked to come.</p>"
        )
        is None
    )


def test_ambiguous_days_wait_for_the_blogs_own_order():
    line = '<p class="date">3/4/2012</p>'
    url = "https://halls.example.com/blog/keys"
    assert published(above=line, url=url) is None
    assert published(above=line, url=url, site=SiteProfile(pages=9, day_first=True)).value == date(2012, 4, 3)
    assert published(above=line, url=url, site=SiteProfile(pages=9, day_first=False)).value == date(2012, 3, 4)


def test_month_only_addresses_give_a_month():
    found = published(url="https://halls.example/2013/06/keys/")
    assert (found.value, found.precision, found.source) == (date(2013, 6, 1), "month", "url")


def test_dates_are_within_reason():
    for day in (date(1985, 1, 1), date(2090, 1, 1)):
        assert published(META.format(day.isoformat())) is None
    assert published(META.format((date(2019, 1, 1) + timedelta(days=1)).isoformat())).value == date(2019, 1, 2)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("below", "<p>Posted on 3 May 2016 Length: 40 minutes</p>"),
        ("below", "<p>Last changed: 9.5.2016 Published on: 3.5.2016 Readings: 61</p>"),
        ("below", "<div class='foot-line'>This post was on 3 May 2016 written by the keeper of the keys</div>"),
        ("above", "<div class='side-bar'><p class='day'>3 May 2016</p></div>"),
        ("above", "<ul class='share-bar'><li class='entry-date'>3 May 2016</li></ul>"),
        ("above", "<p>03 | 05 | 2016</p>"),
    ],
)
def test_a_line_that_says_when(where, line):
    found = published(**{where: line})
    assert found is not None
    assert (found.value.isoformat(), found.precision) == ("2016-05-03", "day")


def test_a_date_in_a_sidebar_far_from_the_title_is_of_something_else():
    assert published(below="<div class='sidebar'><p>One</p><p>Two</p><p class='date'>3 May 2016</p></div>") is None


def test_a_meta_tag_that_keeps_its_date_in_value():
    found = published(head="<meta name='pub_date' value='2016-05-03T10:00:00+00:00'>")
    assert found is not None and found.value == date(2016, 5, 3)


def test_a_date_shown_twice_and_declared_once_outweighs_another_declaration():
    head = (
        '<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2016-04-27"}</script>'
        "<meta property='article:published_time' content='2016-05-03T08:00:00+01:00'>"
    )
    found = published(head=head, above="<p class='entry-date'>3 May 2016</p>")
    assert found is not None and found.value == date(2016, 5, 3)
    undisturbed = published(head=head)
    assert undisturbed is not None and undisturbed.value == date(2016, 4, 27)


@pytest.mark.parametrize("said", ["Tue, 03 May 2016 23:41:00 GMT", "2016-05-03T23:41:0Z"])
def test_the_day_shown_wins_over_the_utc_day_however_it_is_written(said):
    head = f'<script type="application/ld+json">{{"@type": "BlogPosting", "datePublished": "{said}"}}</script>'
    found = published(head=head, above="<p class='entry-date'>4 May 2016</p>")
    assert found is not None and found.value == date(2016, 5, 4)


def test_a_page_that_says_only_when_it_was_changed_has_no_publication_date():
    html = f"<html><body><h1>Keys</h1><p>Updated: 3 May 2016</p><div class='entry-content'>{BODY}</div></body></html>"
    post = extract_post(html, "https://halls.example/blog/keys")
    assert post.published is None
    assert post.modified is not None and post.modified.value == date(2016, 5, 3)
