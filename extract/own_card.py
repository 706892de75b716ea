"""The date on a page's own card: in lists of the latest posts a page is often listed itself, with its title and day."""

from __future__ import annotations

from collections.abc import Iterator

from extract.calendar_words import dates_in
from extract.elements import Element, label_of, text_of
from extract.marked_dates import MODIFIED_WORDS, REFUSED_WORDS
from extract.records import Dated
from extract.sight import Sight

_LONGEST = 400  # characters of a card
_MOST_STEPS = 4  # from a link up to the card that holds it
_LONGEST_LABEL = 25  # characters of a link that files a post, not names one
_MOST_LINKS = 5_000


def from_own_card(sight: Sight) -> Iterator[Dated]:
    """The one day in the smallest part of the page that links to this page by its title and names no other post.

    So do the lists of latest posts of news sites, and themes that tell of a post in a box beside it.
    """
    title = _folded(sight.title)
    if title:
        days = {dated.value: dated for link in _links_here(sight) for dated in _on_card(sight, link, title)}
        if len(days) == 1:
            yield from days.values()


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _links_here(sight: Sight) -> Iterator[Element]:
    """The links of the page's body that lead to the page itself, not to a part of it."""
    page = sight.page
    here = {_bare(page.url), _bare(page.canonical_url)}
    name = _bare(page.url).rpartition("/")[2]
    for count, link in enumerate(page.root.iter("a")):
        if count > _MOST_LINKS:
            return
        href = link.get("href") or ""
        if name and name in href and "#" not in href and (target := page.absolute(href)) and _bare(target) in here:
            yield link


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _on_card(sight: Sight, link: Element, title: str) -> Iterator[Dated]:
    card: Element | None = link
    for _ in range(_MOST_STEPS):
        text = label_of(card, _LONGEST) if card is not None else ""
        if card is None or not text or _names_another(card, link):
            return
        found = list(dates_in(text, day_first=sight.day_first)) if title in _folded(text) else []
        if found:
            before = text[max(0, found[0].start - 30) : found[0].start]
            is_refused = MODIFIED_WORDS.search(before) or REFUSED_WORDS.search(before)
            if len(found) == 1 and found[0].precision == "day" and not is_refused:
                printed = text[found[0].start : found[0].end]
                yield Dated(value=found[0].value, precision="day", source="own card", as_printed=printed)
            return
        card = card.getparent()


def _names_another(card: Element, link: Element) -> bool:
    """Whether a part of the page holds a link as long as a title that is not ``link``'s."""
    said, target = text_of(link), link.get("href")
    return any(
        other.get("href") != target and len(text) > _LONGEST_LABEL and text != said
        for other in card.iter("a")
        if (text := text_of(other))
    )
