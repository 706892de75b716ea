"""Where on a page an element stands: its path of tags and classes, and the furniture zones above it."""

from __future__ import annotations

import re
from collections.abc import Container

from extract.elements import Element
from extract.zones import signs_of

_VARIABLE = re.compile(r"\d{3,}|^(?:post|category|tag|author|page|id|status|format|type)-\S*$|^(?:has|is|wp|js)-")
_MAX_DEPTH = 60


def zones_above(element: Element, holders: Container[Element] = ()) -> frozenset[str]:
    """The names of the furniture zones that an element stands in, its own included, up to the first of ``holders``."""
    found = set()
    here: Element | None = element
    for _ in range(_MAX_DEPTH):
        if here is None or here in holders:
            break
        zone = signs_of(here.tag, here.items()).zone
        if zone and not (zone == "header" and here is not element):
            found.add(zone)
        here = here.getparent()
    return frozenset(found)


def path_of(element: Element) -> str:
    """The tags and classes from the body down to an element, without what changes from page to page (numbers, slugs)."""
    steps: list[str] = []
    here: Element | None = element
    for _ in range(12):
        if here is None or here.tag in ("body", "html"):
            break
        classes = [name for name in (here.get("class") or "").split() if not _VARIABLE.search(name)][:3]
        steps.append(".".join([str(here.tag), *classes]))
        here = here.getparent()
    return "/".join(reversed(steps))
