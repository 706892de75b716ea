"""Where on a page an element stands: its path of tags and classes, and the furniture zones above it."""

from __future__ import annotations

import re
from collections.abc import Container

from extract.elements import Element
from extract.zones import attributes_text, zone_of

_VARIABLE = re.compile(r"\d{3,}|^(?:post|category|tag|author|page|id|status|format|type)-\S*$|^(?:has|is|wp|js)-")
_MAX_DEPTH = 60


def zones_above(element: Element, holders: Container[Element] = ()) -> frozenset[str]:
    """The names of the furniture zones that an element stands in, its own included, up to the first of ``holders``."""
    found = set()
    here: Element | None = element
    for _ in range(_MAX_DEPTH):
        if here is None or here in holders:
            break
        zone = zone_of(here.tag, attributes_text(here.attrib)) if here.attrib else zone_of(here.tag, "")
        if zone and not (zone == "header" and here is not element):
            found.add(zone)
        here = here.getparent()
    return frozenset(found)


def tail_of(element: Element) -> str:
    """The last steps of an element's path: where it stands within the article, whatever section of the site that is in."""
    return path_of(element, longest=3, most=1)


def ends_with(path: str, place: str) -> bool:
    """Whether an element of this path stands at a learnt place, which may be the last steps of its path only."""
    return path == place or path.endswith("/" + place)


def path_of(element: Element, *, longest: int = 12, most: int = 3) -> str:
    """The tags and classes from the body down to an element, without what changes from page to page (numbers, slugs)."""
    steps: list[str] = []
    here: Element | None = element
    for _ in range(longest):
        if here is None or here.tag in ("body", "html"):
            break
        classes = [name for name in (here.get("class") or "").split() if not _VARIABLE.search(name)][:most]
        steps.append(".".join([str(here.tag), *classes]))
        here = here.getparent()
    return "/".join(reversed(steps))
