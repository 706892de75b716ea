"""Whether a page shows only the beginning of its article."""

from __future__ import annotations

import re

from extract.linked_data import articles
from extract.page import Page

_TEASER = 1200  # characters

_WALL = re.compile(
    r"to (?:read|continue reading|access|view|see) (?:the |this )?(?:full |whole |rest of (?:the|this) |complete )?(?:article|story|post|text|content|piece|reading)\b.{0,60}\b(?:subscribe|log ?in|sign|register|member|subscription)"
    r"|(?:subscribe|register|log ?in|sign (?:in|up)|become a member)\b.{0,60}\bto (?:read|continue|access|view|unlock)\b|(?:this|the full) (?:article|post|content|story) is (?:only )?(?:available |reserved )?(?:for|to) (?:\w+ )?(?:subscribers|members)\b"
    r"|(?:weiterlesen mit|jetzt weiterlesen|réservé aux abonnés|contenuto riservato|exclusivo para suscriptores)",
    re.I,
)  # fmt: skip


def is_truncated(page: Page, text: str, end: int) -> bool:
    """Whether the text is only the beginning of the article: behind a paywall, or on a page beyond the limits of size.

    A paywall is an ask to subscribe in order to read, in the article's last lines or right behind it; or a page that
    declares itself closed and has no more than a teaser. The limits are those of ``Page.limit``.
    """
    if page.limit is not None:
        return True
    blocks = page.layout.blocks
    if any(_WALL.search(block.text) for block in blocks[max(0, end - 4) : end + 6] if len(block.text) < 300):
        return True
    if _WALL.search(text[-300:]):
        return True
    is_closed = any(str(node.get("isAccessibleForFree")).lower() == "false" for node in articles(page.linked_data))
    return is_closed and len(text) < _TEASER
