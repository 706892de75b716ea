"""A blog's own rules: what a person says of a page is heard before what the readers find."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract_post
from extract.explanation import explained
from extract.records import BlogRule
from extract.rules import problem, selectors

URL = "http://oddly.example/n/17"
SAID = "".join(f"<p>Sentence {k} tells of the boathouse, of who holds its key and of who would rather not.</p>" for k in range(6))  # fmt: skip


def page(day: str = "3 May 2012", layout: str = "new") -> str:
    """A page on which nothing is where a reader would look: the title is a caption, the author a plain cell."""
    return f"""<html lang="en"><head><title>Oddly | n17</title><meta property="article:published_time" content="2020-01-01"></head><body>
    <div class="c1"><span class="t {layout}-t">The key to the boathouse</span><table><tr><td class="w">Imke Strand and Dr Col Abbey, warden of the Quay Trust</td>
    <td class="d">{day}</td></tr></table><div class="left">{SAID}<p class="ask">The boathouse fund welcomes whatever you can spare this winter.</p></div>
    <div class="mid"><p>What follows was added by the editor of the sheet, who was not asked to.</p></div>
    <div class="right"><p>The second half of it stands in another column, as it always has.</p></div></div></body></html>"""


RULE = BlogRule(title=".t", author="td.w", date="td.d", body="div.left, div.right", drop=("p.ask",))


def test_what_the_rules_select_is_what_is_read():
    post = extract_post(page(), URL, rules=(RULE,))
    assert (post.title, post.title_source) == ("The key to the boathouse", "rule")
    assert [(p.name, p.source) for p in post.people] == [("Imke Strand", "rule"), ("Col Abbey", "rule")]
    assert post.people[1].honorific == "Dr"
    assert post.published is not None
    assert (post.published.value, post.published.source) == (date(2012, 5, 3), "rule")
    assert post.body_source == "rule"
    assert post.paragraphs[0].startswith("Sentence 0")
    assert post.paragraphs[-1].startswith("The second half of it")
    assert "boathouse fund" not in post.text
    assert "added by the editor" not in post.text


def test_what_a_rule_does_not_find_is_read_as_ever():
    post = extract_post(page(), URL, rules=(BlogRule(title=".nowhere", body=".nothing"),))
    alone = extract_post(page(), URL)
    assert (post.title, post.text, post.published) == (alone.title, alone.text, alone.published)


def test_the_first_rule_that_finds_something_is_heard_entry_by_entry():
    rules = (BlogRule(title=".nowhere", date="td.d"), BlogRule(title=".t", date="td.w"))
    post = extract_post(page(), URL, rules=rules)
    assert post.title == "The key to the boathouse"
    assert post.published is not None
    assert post.published.as_printed == "3 May 2012"


@pytest.mark.parametrize(
    ("day", "title"),
    [("3 May 2012", "The key to the boathouse"), ("3 May 2013", None), ("2 May 2012", None)],
)
def test_a_rule_with_bounds_is_for_the_posts_of_those_days(day, title):
    rule = BlogRule(title=".t", date="td.d", since=date(2012, 5, 3), until=date(2012, 12, 31))
    post = extract_post(page(day), URL, rules=(rule,))
    assert (post.title if post.title_source == "rule" else None) == title


def test_where_a_rule_gives_no_date_the_page_itself_does():
    bounded = BlogRule(title=".t", until=date(2019, 12, 31))
    assert extract_post(page(), URL, rules=(bounded,)).title_source != "rule"  # its head says 2020
    older = page().replace("2020-01-01", "2019-01-01")
    assert extract_post(older, URL, rules=(bounded,)).title_source == "rule"


def test_bytes_in_another_encoding_are_ruled_too():
    raw = page().replace("boathouse</span>", "bâteau</span>").encode("latin-1")
    post = extract_post(raw, URL, content_type="text/html; charset=iso-8859-1", rules=(RULE,))
    assert post.title == "The key to the bâteau"


def test_a_selector_that_is_none():
    assert problem("div.entry > p:not(.ad)") is None
    assert "position 3" in str(problem("div..x"))
    assert list(selectors(RULE))[-1] == ("drop", "p.ask")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["p", "*", "a:first-child", "[href]", "html"]))
def test_rules_on_any_markup(markup, selector):
    rule = BlogRule(title=selector, author=selector, date=selector, body=selector, drop=("script",))
    extract_post(f"<p>{markup}", URL, rules=(rule,))


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 29_000, "<p>a b c</p>" * 14_000, "<b><i><u>" * 9_000, "<div>" * 100_000, "\0" * 1_900_000],
    ids=["deep", "wide", "only tags", "deeper", "no text"],
)
def test_rules_on_hostile_markup(markup):
    post = extract_post(markup, URL, rules=(BlogRule(title="h1", author="a", body="div", drop=("p.x",)),))
    assert post.title is None


# --- why a page was read as it was --------------------------------------------------------------------------------------


def test_an_explanation_tells_value_source_place_and_the_others():
    post, parts = explained(page(), URL, rules=(RULE,))
    assert post == extract_post(page(), URL, rules=(RULE,))
    told = {part.what: part for part in parts}
    assert list(told) == ["title", "authors", "date", "body", "kind"]
    assert told["title"].chosen is not None
    assert (told["title"].chosen.value, told["title"].chosen.where) == ("The key to the boathouse", "div.c1")
    assert told["authors"].chosen is not None
    assert told["authors"].chosen.where == "div.c1/table/tr/td.w"
    assert told["date"].chosen is not None
    assert told["date"].chosen.where == "div.c1/table/tr/td.d"
    assert next((other.value, other.source, other.where) for other in told["date"].others) == (
        "2020-01-01",
        "meta",
        "head",
    )
    assert told["body"].chosen is not None
    assert told["body"].chosen.value.endswith("in another column, as it always has.")
    assert all(other.score is not None for other in told["body"].others)
    assert told["kind"].chosen is not None
    assert (told["kind"].chosen.value, told["kind"].chosen.source) == (post.kind, post.kind_reason)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_anything_can_be_explained(markup):
    _, parts = explained(markup, URL)
    assert len(parts) == 5
