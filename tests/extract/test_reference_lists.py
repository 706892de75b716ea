"""Reference lists in the layouts that blogs give them: each page lies beside what must be read from its list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract import extract_post
from extract.records import Post

PAGES = sorted((Path(__file__).parent / "reference_lists").glob("*.html"))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> tuple[Post, dict[str, Any]]:
    want = json.loads(request.param.with_suffix(".json").read_text(encoding="utf-8"))
    return extract_post(request.param.read_bytes(), want["url"]), want


def test_every_entry_is_read(page):
    post, want = page
    read = [
        {
            "families": [name.family or name.literal for name in reference.authors],
            "year": reference.year,
            "title": reference.title,
            **{field: getattr(reference, field) for field in ("url", "doi") if field in expected},
        }
        for reference, expected in zip(post.references, want["references"], strict=False)
    ]
    assert read == want["references"]
    assert len(post.references) == len(want["references"])
    for reference in post.references:
        for span in reference.spans:
            assert 0 <= span.start < span.end <= len(reference.as_printed)


def test_nothing_of_the_list_is_left_in_the_body(page):
    post, want = page
    for gone in (
        "Tarn Press",
        "Journal of Village Studies",
        "Halls in numbers",
        "References",
        "Sources",
        *want["not_in_body"],
    ):
        assert gone not in post.text
    assert want["body_ends"] in post.text
    assert "It is an old story" in post.text


def test_citations_lead_to_the_entries(page):
    post, want = page
    assert [[c.as_printed, list(c.references)] for c in post.citations] == want["citations"]
    for citation in post.citations:
        assert post.paragraphs[citation.para][citation.start : citation.end] == citation.as_printed
