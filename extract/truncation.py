"""Whether a page shows only the beginning of its article."""

from __future__ import annotations

import re

from extract.linked_data import articles
from extract.page import Page
from extract.records import PARAGRAPH_BREAK

_TEASER = 1200  # characters

_WALL = re.compile(
    r"to (?:read|continue reading|access|view|see) (?:the |this )?(?:full |whole |rest of (?:the|this) |complete )?(?:article|story|post|text|content|piece|reading)\b.{0,60}\b(?:subscribe|log ?in|sign|register|member|subscription)"
    r"|(?:subscribe|register|log ?in|sign (?:in|up)|become a member)\b.{0,60}\bto (?:read|continue|access|view|unlock)\b|(?:this|the full) (?:article|post|content|story) is (?:only )?(?:available |reserved )?(?:for|to) (?:\w+ )?(?:subscribers|members)\b"
    r"|(?:weiterlesen mit|jetzt weiterlesen|réservé aux abonnés|contenuto riservato|exclusivo para suscriptores)",
    re.I,
)  # fmt: skip


_TRAILS_OFF = re.compile(r"(?:…|\.\.\.)[\s\])”\"’']*$")
_EXCERPT = re.compile(r"[\[(](?:…|\.\.\.)[\])]\W*$")  # how WordPress ends an excerpt
_GO_ON = re.compile(
    r"^\W*(?:continue(?: reading)?\b|(?:to )?(?:read|see|view) (?:the )?(?:more|on|rest|full|whole|complete|original|entire)\b|keep reading\b|click here (?:to|for)\b.{0,20}\b(?:read|more|full)\b|weiterlesen\b|lire la suite\b|continua a leggere\b|seguir leyendo\b|leer más\b)",
    re.I,
)  # fmt: skip


def is_truncated(page: Page, text: str, end: int) -> bool:
    """Whether the page shows only the beginning: a paywall asks to subscribe in order to read, in the article's last lines
    or right behind it; or the text trails off and a link leads on.

    A page that declares itself closed is cut off if no more than a teaser of it is there. A link to read on behind a text
    that ends is somebody else's article. A page beyond the limits of size (``Page.limit``) is cut off too.
    """
    if page.limit is not None:
        return True
    blocks = page.layout.blocks
    if any(_WALL.search(block.text) for block in blocks[max(0, end - 4) : end + 6] if len(block.text) < 300):
        return True
    if _WALL.search(text[-300:]):
        return True
    if _EXCERPT.search(text[-20:]):
        return True
    leads_on = (
        block for block in blocks[max(0, end - 2) : end + 3] if block.link_density > 0.5 and len(block.text) < 120
    )
    if _TRAILS_OFF.search(_without_leads(text)[-20:]) and any(_GO_ON.match(block.text) for block in leads_on):
        return True
    is_closed = any(str(node.get("isAccessibleForFree")).lower() == "false" for node in articles(page.linked_data))
    return is_closed and len(text) < _TEASER


def _without_leads(text: str) -> str:
    """``text`` without a last line that only leads on."""
    before, _, last = text.rpartition(PARAGRAPH_BREAK)
    return before if before and _GO_ON.match(last) and len(last) < 120 else text
