"""What the readers of byline and date look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.elements import Element
from extract.page import Page
from extract.places import Surroundings
from extract.records import SiteProfile

ELSEWHERE = frozenset({"comments", "related", "aside", "navigation", "advert", "newsletter", "footer", "notice"})
"""Zones whose dates and names are not those of the article."""
_ABOVE_TITLE = 5  # blocks
_MISNAMED = frozenset({"aside", "navigation", "footer", "share"})
"""Of these, the ones that themes also use for the lines under a title."""


@dataclass(slots=True)
class Sight:
    """A page, where its article stands among its blocks (``start`` to ``end``), where its title does, and what is known of its blog."""

    page: Page
    start: int
    end: int
    title_at: int | None
    site: SiteProfile | None = None
    day_first: bool | None = field(init=False)
    _surroundings: Surroundings = field(init=False)

    def __post_init__(self) -> None:
        self.day_first = day_first_on(self.page, self.site)
        boxes = self.page.layout.boxes if self.end > self.start else ()
        self._surroundings = Surroundings({b.element for b in boxes if b.start <= self.start and b.end >= self.end})

    def is_elsewhere(self, element: Element) -> bool:
        """Whether an element stands in a part of the page that speaks of other things: comments, teasers, menus.

        Parts that hold the article itself are no such parts, whatever their class names say.
        """
        zones = ELSEWHERE & self._surroundings.zones_above(element)
        if zones and zones <= _MISNAMED and self._is_about_title(element):
            return False
        if zones == {"footer"}:  # an article's own foot says who, when and about what on some platforms
            return next(element.iterancestors("article"), None) is None
        return bool(zones)

    def _is_about_title(self, element: Element) -> bool:
        """Whether an element stands between title and text, or right above them: it belongs to them, under whatever name."""
        first = self.title_at if self.title_at is not None else self.start
        last = min(self.start, first + 12) + 1
        return first - _ABOVE_TITLE <= self.page.layout.position(element) <= last

    def distance(self, element: Element) -> int:
        """How many blocks lie between an element and the title (or the article's first line)."""
        anchor = self.title_at if self.title_at is not None else self.start
        return abs(self.page.layout.position(element) - anchor)


_DAY_FIRST_HOSTS = re.compile(r"\.(?:uk|ie|au|nz|in|za|eu|scot|wales|cymru|de|fr|it|es|nl|at|ch|be|pt|br|pl)$")
_US_LANGUAGE = re.compile(r"en[-_]us", re.I)


def day_first_on(page: Page, site: SiteProfile | None) -> bool | None:
    """Whether 3/4/2012 means April on this page; None if nothing tells."""
    if site is not None and site.day_first is not None:
        return site.day_first
    if _DAY_FIRST_HOSTS.search(page.host):
        return True
    said = page.root.get("lang") or page.first_meta("og:locale") or ""
    if said and not said.lower().startswith("en"):
        return True
    if _US_LANGUAGE.match(said):
        return None  # the default of many a theme: it tells nothing
    return True if said.lower().startswith("en-") else None
