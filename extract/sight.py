"""What the readers of byline and date look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.day_order import day_first_on
from extract.elements import Element, text_of
from extract.page import Page
from extract.places import Surroundings
from extract.records import SiteProfile

ELSEWHERE = frozenset({"comments", "related", "aside", "navigation", "advert", "newsletter", "footer", "notice"})
"""Zones whose dates and names are not those of the article."""
_ABOVE_TITLE = 5  # blocks
_REACH = 12  # blocks behind the article
_LONGEST_CARD = 800  # characters: a link that is never closed holds the rest of the page
_MISNAMED = frozenset({"aside", "navigation", "footer", "share", "advert"})
"""Of these, the ones that themes also use for the lines under a title."""


@dataclass(slots=True)
class Sight:
    """A page, where its article stands among its blocks (``start`` to ``end``), where its title does (and what it says),
    and what is known of its blog."""

    page: Page
    start: int
    end: int
    title_at: int | None
    site: SiteProfile | None = None
    title: str = ""
    day_first: bool | None = field(init=False)
    _holders: set[Element] = field(init=False)
    _surroundings: Surroundings = field(init=False)
    _cards: dict[Element, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.day_first = day_first_on(self.page, self.site)
        boxes = self.page.layout.boxes if self.end > self.start else ()
        self._holders = {b.element for b in boxes if b.start <= self.start and b.end >= self.end}
        self._surroundings = Surroundings(self._holders)

    def is_elsewhere(self, element: Element) -> bool:
        """Whether an element stands in a part of the page that speaks of other things: comments, teasers, menus.

        Parts that hold the article itself are no such parts, whatever their class names say.
        """
        zones = ELSEWHERE & self._surroundings.zones_above(element)
        if not zones and self.is_of_teaser(element):
            return True
        if zones and zones <= _MISNAMED and self._is_about_title(element):
            return False
        if zones == {"footer"}:  # an article's own foot says who, when and about what on some platforms
            return next(element.iterancestors("article"), None) is None
        return bool(zones)

    def is_of_teaser(self, element: Element) -> bool:
        """Whether an element stands in a link with a heading or a text of its own: a card that leads to another page."""
        link = next(element.iterancestors("a"), None)
        if link is None:
            return False
        known = self._cards.get(link)
        if known is None:
            has_text = next(link.iter("h1", "h2", "h3", "h4", "h5", "p"), None) is not None
            known = self._cards[link] = bool(link.get("href")) and has_text and len(text_of(link)) <= _LONGEST_CARD
        return known

    def is_near(self, element: Element) -> bool:
        """Whether an element stands neither far above the title nor far behind the article."""
        first = self.start if self.title_at is None else min(self.start, self.title_at)
        last = self.end if self.title_at is None else max(self.end, self.title_at)
        return first - _ABOVE_TITLE <= self.page.layout.position(element) <= last + _REACH

    def _is_about_title(self, element: Element) -> bool:
        """Whether an element stands between title and text, or right above them: it belongs to them, under whatever name."""
        first = self.title_at if self.title_at is not None else self.start
        last = min(self.start, first + 12) + 1
        return first - _ABOVE_TITLE <= self.page.layout.position(element) <= last

    def distance(self, element: Element) -> int:
        """How many blocks lie between an element and the title (or the article's first line)."""
        anchor = self.title_at if self.title_at is not None else self.start
        return abs(self.page.layout.position(element) - anchor)
