"""Pages of the layouts that blogs use, each beside what must be read from it: add a page and its answer, gain a test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract import EXTRACTOR_VERSION, extract_post
from extract.records import Post

PAGES = sorted((Path(__file__).parent / "pages").rglob("*.html"))
SEED = Path(__file__).parents[3] / "shared" / "seed"


def read(path: Path) -> tuple[Post, dict[str, object]]:
    want = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return extract_post(path.read_bytes(), want["url"]), want


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> tuple[Post, dict[str, object]]:
    return read(request.param)


def test_kind(page):
    post, want = page
    assert post.kind == want["kind"], post.kind_reason
    assert post.kind_reason


def test_title_and_address(page):
    post, want = page
    if "title" in want:
        assert post.title == want["title"]
        assert (post.title_source is None) == (post.title is None)
    if "canonical_url" in want:
        assert post.canonical_url == want["canonical_url"]


def test_people(page):
    post, want = page
    if "people" not in want:
        return
    told = [
        {key: getattr(person, key) for key in expected}
        for person, expected in zip(post.people, want["people"], strict=False)
    ]
    assert told == want["people"]
    assert len(post.people) == len(want["people"])
    for person in post.people:
        assert person.source
        if " " in person.name:
            assert person.given and person.family
            assert person.given in person.name and person.family in person.name


def test_dates(page):
    post, want = page
    if "published" not in want:
        return
    assert (post.published.value.isoformat() if post.published else None) == want["published"]
    if post.published:
        assert post.published.precision == want["precision"]
        assert post.published.as_printed and post.published.source
    if "modified" in want:
        assert post.modified is not None
        assert post.modified.value.isoformat() == want["modified"]


def test_body(page):
    post, want = page
    if want["kind"] != "post":
        return
    assert post.text.startswith(want["body_starts"])
    assert post.text.endswith(want["body_ends"])
    assert [said for said in want["not_in_body"] if said in post.text] == []
    assert [said for said in want.get("in_body", []) if said not in post.text] == []
    assert [heading.text for heading in post.headings] == want["headings"]
    assert [link.url for link in post.links] == want["links"]
    if "paragraphs" in want:
        assert len(post.paragraphs) == want["paragraphs"]


def test_the_rest(page):
    post, want = page
    for key in ("language", "is_truncated"):
        if key in want:
            assert getattr(post, key) == want[key]
    if "tags" in want:
        assert list(post.tags) == want["tags"]
    if "breadcrumbs" in want:
        assert [step.text for step in post.breadcrumbs] == want["breadcrumbs"]
        assert all(step.url for step in post.breadcrumbs)
    if "references" in want:
        assert len(post.references) == want["references"]
    assert post.extractor_version == EXTRACTOR_VERSION


def test_offsets_point_at_what_they_say(page):
    post, _ = page
    for heading in post.headings:
        assert post.text[heading.start : heading.start + len(heading.text)] == heading.text
    for link in post.links:
        assert post.text[link.start : link.end] == link.text
    for citation in post.citations:
        assert post.paragraphs[citation.para][citation.start : citation.end] == citation.as_printed


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="the shared folder is not beside the checkout")
def test_the_page_this_project_began_with():
    want = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    post = extract_post((SEED / "page.html").read_bytes(), want["url"])
    assert (post.kind, post.title, post.canonical_url) == ("post", want["title"], want["url"])
    keys = ("name", "honorific", "role", "affiliation")
    assert [{key: getattr(p, key) for key in keys} for p in post.people] == want["authors"]
    assert post.published is not None
    assert post.published.value.isoformat() == want["date"]
    assert [step.text for step in post.breadcrumbs] == want["breadcrumbs"]
    assert [heading.text for heading in post.headings] == want["headings"]
    assert post.text.startswith(want["body_starts"])
    assert post.text.endswith(want["body_ends"])
    assert [said for said in want["not_in_body"] if said in post.text] == []
    assert [link.url for link in post.links] == want["links"]
    assert len(post.references) == len(want["references"])
