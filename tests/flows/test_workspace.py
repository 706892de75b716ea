"""Workspaces: keys, scopes, entries, days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Blog
from flows import workspace
from flows.errors import SectorscopeError
from flows.harvest import by_host
from flows.reporting import first_day, last_day


@pytest.fixture
def made(tmp_path: Path) -> workspace.Workspace:
    return workspace.make(tmp_path / "w", name='The "third" sector', contact="a@b.example", themes="schema = 1\n")


def blog(url: str, **more: str) -> Blog:
    return Blog(key=workspace.key_of(url), name="A blog", url=url, scope=workspace.scope_of(url), **more)


@pytest.mark.parametrize(
    ("url", "key", "scope"),
    [
        ("http://www.quill.example/", "quill.example", "http://www.quill.example/"),
        ("https://uni.example/centres/practice/blog", "uni.example-centres-practice-blog", "https://uni.example/centres/practice/blog/"),
        ("http://old.example/news/index.html", "old.example-news", "http://old.example/news/"),
        ("http://quill.example:8080", "quill.example", "http://quill.example:8080/"),
    ],
)  # fmt: skip
def test_a_blog_is_named_and_bounded_by_its_address(url: str, key: str, scope: str) -> None:
    assert workspace.key_of(url) == key
    assert workspace.scope_of(url) == scope


def test_names_with_quotes_survive_the_settings_file(made: workspace.Workspace) -> None:
    assert made.settings().name == 'The "third" sector'
    assert made.settings().crawl.user_agent.endswith("(+a@b.example)")


def test_adding_keeps_what_a_person_wrote(made: workspace.Workspace) -> None:
    made.blogs_file.write_text("# our own remark\nschema = 1\n\n[[blog]]\nurl = 'http://a.example/'  # the first\n")
    added = workspace.add_blog(made, blog("http://b.example/", group="charities"))
    text = made.blogs_file.read_text()
    assert "# our own remark" in text and "# the first" in text
    assert made.blogs()[1] == added


def test_two_blogs_never_share_a_key(made: workspace.Workspace) -> None:
    workspace.add_blog(made, blog("http://a.example/"))
    assert workspace.add_blog(made, blog("https://www.a.example/")).key == "a.example-2"
    with pytest.raises(SectorscopeError, match="already"):
        workspace.add_blog(made, blog("http://a.example/"))


def test_disabled_blogs_are_crawled_only_by_name(made: workspace.Workspace) -> None:
    made.blogs_file.write_text('[[blog]]\nkey = "rests"\nurl = "http://a.example/"\nenabled = false\n')
    assert made.blogs() == ()
    assert [b.key for b in made.blogs(["rests"])] == ["rests"]


def test_blogs_of_one_host_wait_for_each_other() -> None:
    blogs = [blog("http://uni.example/a/blog"), blog("http://b.example/"), blog("http://www.uni.example/c/blog")]
    assert [[b.url for b in group] for group in by_host(blogs).values()] == [
        [blogs[0].url, blogs[2].url],
        [blogs[1].url],
    ]


@given(st.dates(min_value=date(1990, 1, 1)))
def test_a_day_typed_is_that_day(day: date) -> None:
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        (None, None, None),
    ],
)
def test_a_year_or_month_is_all_of_it(typed: str | None, first: date | None, last: date | None) -> None:
    assert (first_day(typed), last_day(typed)) == (first, last)


@pytest.mark.parametrize("typed", ["", "soon", "2012-13", "2012-02-30", "12", "2012-1-1-1"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(SectorscopeError, match="Write it as"):
        last_day(typed)
