"""Pages that show only the beginning of a post."""

from __future__ import annotations

import pytest

from extract import extract_post

BODY = "".join(
    f"<p>Sentence {n} of the letter tells what the harbour board said about the {n} boats it had not heard of.</p>"
    for n in range(5)
)
LAST = "<p>And then the chair of the board rose to say{}</p>"


def is_truncated(end: str, head: str = "") -> bool:
    html = f"""<html lang="en"><head><title>The board and the boats</title>{head}</head><body><article><h1>The board and the boats</h1>
    <div class="entry-content">{BODY}{end}</div></article><footer><p>Harbour Letters, kept since 1998</p></footer></body></html>"""
    return extract_post(html, "http://letters.example/2015/03/boats/").is_truncated


@pytest.mark.parametrize(
    "end",
    [
        LAST.format("…") + "<p><a href='/full'>Continue reading</a></p>",
        LAST.format("...") + "<p><a href='http://elsewhere.example/7'>Read the full post on Elsewhere</a></p>",
        LAST.format(" […]"),
        LAST.format(" [...]"),
        LAST.format(".") + "<p>To read the full article, please subscribe or log in.</p>",
        LAST.format(".") + "<div class='wall'><p>Become a member to continue reading this story.</p></div>",
    ],
)
def test_what_is_cut_off(end):
    assert is_truncated(end)


@pytest.mark.parametrize(
    "end",
    [
        LAST.format("."),
        LAST.format("…"),  # an author who trails off
        LAST.format(".") + "<p><a href='http://paper.example/7'>Continue reading... The Evening Paper</a></p>",
        LAST.format(".") + "<div class='newsletter'><p>Subscribe to our newsletter for more letters.</p></div>",
        LAST.format(".") + "<p><a href='/report.pdf'>Read the full report</a></p>",
    ],
)
def test_what_is_whole(end):
    assert not is_truncated(end)


def test_a_page_that_says_it_is_closed():
    closed = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The board and the boats", "isAccessibleForFree": false}</script>'
    assert is_truncated(LAST.format("."), closed)
    assert not is_truncated(BODY * 3, closed)
