"""Where on a page an element stands: its path of tags and classes, and the furniture zones above it."""

from __future__ import annotations

import re
from collections.abc import Container

from extract.elements import Element
from extract.zones import signs_of

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
