"""The tags and categories that a post is filed under."""

from __future__ import annotations

from extract.elements import text_of
from extract.linked_data import articles, texts
from extract.sight import Sight
from extract.zones import Names

_LINKS = Names(r"rel=tag|rel=category|(?:^|\s)p-category")
_MOST = 40  # more is a tag cloud


def tags(sight: Sight) -> tuple[str, ...]:
    """The tags as shown (``rel=tag``), else as declared for the article; without duplicates, in order."""
    page = sight.page
    shown = [text_of(link) for link in page.layout.elements(_LINKS, "a") if not sight.is_elsewhere(link)]
    if not shown or len(shown) > _MOST:
        shown = list(page.meta.get("article:tag", ()))
    if not shown:
        said = [text for node in articles(page.linked_data) for text in texts(node.get("keywords"))]
        shown = [tag.strip() for text in said for tag in text.split(",")]
    kept = dict.fromkeys(tag for tag in shown if tag and len(tag) <= 80)
    return tuple(list(kept)[:_MOST])
