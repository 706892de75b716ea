"""Where on a page an element stands: its path of tags and classes, and the furniture zones above it."""

from __future__ import annotations

import re
from collections.abc import Container

from extract.elements import Element
from extract.zones import attributes_text, signs_of, zone_of

_VARIABLE = re.compile(r"\d{3,}|^(?:post|category|tag|author|page|id|status|format|type)-\S*$|^(?:has|is|wp|js)-")


def zones_above(element: Element, holders: Container[Element] = ()) -> frozenset[str]:
    """The names of the furniture zones that an element stands in, its own included, up to the first of ``holders``."""
    return Surroundings(holders).zones_above(element)


class Surroundings:
    """The zones around the elements of one page; what is known of an element serves all that stand in it."""

    __slots__ = ("_around", "_holders")

    def __init__(self, holders: Container[Element] = ()) -> None:
        self._holders = holders
        self._around: dict[Element, frozenset[str]] = {}  # what an element hands on to those in it

    def zones_above(self, element: Element) -> frozenset[str]:
        """As the function of this name; a header is a zone for itself and for nothing in it."""
        around, holders = self._around, self._holders
        waiting: list[tuple[Element, str | None]] = []
        here: Element | None = element
        found = _NOWHERE
        while here is not None and here not in holders:
            known = around.get(here)
            if known is not None and here is not element:
                found = known
                break
            waiting.append((here, signs_of(here.tag, here.items()).zone))
            here = here.getparent()
        for above, zone in reversed(waiting):
            if zone and zone != "header" and zone not in found:
                found = found | {zone}
            around[above] = found
        return found | {"header"} if waiting and waiting[0][1] == "header" else found


_NOWHERE: frozenset[str] = frozenset()


def tail_of(element: Element) -> str:
    """The last steps of an element's path: where it stands within the article, whatever section of the site that is in."""
    return path_of(element, longest=3, most=1)


def caption_place(element: Element) -> str:
    """The name under which a theme keeps its captions, as ``.caption``; else the last steps of the element's path."""
    here: Element | None = element
    for _ in range(3):
        if here is None:
            break
        name = next((word for word in attributes_text(here.attrib).split() if zone_of("div", word) == "caption"), None)
        if name is not None:
            return f".{name}"
        here = here.getparent()
    return tail_of(element)


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
