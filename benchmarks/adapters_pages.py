"""Adaptors between outside measurements of text and metadata, and our readers of pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import extract
from extract.records import Post, SiteProfile


def article_text(html: str, url: str | None) -> str:
    return extract.extract_post(html, url or "").text


def article_text_site(pages: Sequence[tuple[str, str | None]]) -> list[str]:
    site = _learnt(pages)
    return [extract.extract_post(html, url or "", site=site).text for html, url in pages]


def metadata(html: str, url: str | None) -> dict[str, Any]:
    return _metadata(extract.extract_post(html, url or ""))


def metadata_site(pages: Sequence[tuple[str, str | None]]) -> list[dict[str, Any]]:
    site = _learnt(pages)
    return [_metadata(extract.extract_post(html, url or "", site=site)) for html, url in pages]


def _learnt(pages: Sequence[tuple[str, str | None]]) -> SiteProfile:
    return extract.learn_site((url or f"page {i}", html) for i, (html, url) in enumerate(pages))


def _metadata(post: Post) -> dict[str, Any]:
    day = post.published.value.isoformat() if post.published and post.published.precision == "day" else None
    return {"date": day, "authors": [person.name for person in post.people], "title": post.title}
