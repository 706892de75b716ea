"""Dates that a page shows its readers: where the blog has them, under names that speak of dates, near title and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.calendar_words import Seen, dates_in
from extract.elements import label_of
from extract.marked_dates import DATE_NAMES, MODIFIED_WORDS, PUBLISHED_WORDS, REFUSED_WORDS
from extract.places import ends_with, path_of
from extract.records import Dated
from extract.sight import Sight


def from_learnt_place(sight: Sight) -> Iterator[Dated]:
    """A date where this blog's other pages have theirs."""
    if sight.site is None:
        return
    for place in sight.site.layout.date_places:
        for block in sight.page.layout.blocks:
            if (
                len(block.text) <= 200
                and ends_with(path_of(block.element), place.path)
                and not sight.is_elsewhere(block.element)
            ):
                for seen in dates_in(block.text, day_first=sight.day_first):
                    if not REFUSED_WORDS.search(block.text[: seen.start][-25:]):
                        yield _shown(block.text, seen, "learnt place")


def from_named_element(sight: Sight) -> Iterator[Dated]:
    """Short elements whose class or id speaks of a date, a byline or meta, the nearest to the title first."""
    ranked = []
    for order, element in enumerate(sight.page.layout.elements(DATE_NAMES)):
        if element.tag == "time":
            continue
        text = label_of(element, 220)
        usable = list(_usable(text, sight.day_first))
        if not usable or sight.is_elsewhere(element):
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        for seen in usable:
            if MODIFIED_WORDS.search(name) and not PUBLISHED_WORDS.search(name):
                break
            exact = bool(re.search(r"date|publish|posted|created", name, re.I))
            ranked.append(
                (
                    seen.precision != "day",
                    not exact,
                    sight.distance(element),
                    order,
                    _shown(text, seen, "named element"),
                )
            )
            break
    ranked.sort(key=lambda item: item[:4])
    yield from (found for *_, found in ranked)


def from_header_line(sight: Sight) -> Iterator[Dated]:
    """Short lines between the title and the first sentences, and the line above the title."""
    first = sight.title_at if sight.title_at is not None else sight.start
    yield from _lines(
        sight,
        range(
            max(0, min(first - 3, sight.start - 2)),
            min(len(sight.page.layout.blocks), sight.start + 4),
        ),
        110,
        "header line",
    )


_DATELINE = re.compile(r"^(?:[A-ZÀ-Þ][\w.\s-]{1,30}[,/]?\s*)?\(?$")
_AFTER_DATELINE = re.compile(r"^\)?\s*(?:[-–—:|]|\.\s|\))")


def from_dateline(sight: Sight) -> Iterator[Dated]:
    """The date at the head of the first paragraph, as press releases have it: ``Ayling, 27.1.2022 – The hall …``."""
    first = sight.start if sight.title_at is None else max(sight.start, sight.title_at + 1)
    for block in sight.page.layout.blocks[first : first + 4]:
        seen = next(dates_in(block.text[:80], day_first=sight.day_first), None)
        if (
            seen
            and seen.precision == "day"
            and _DATELINE.match(block.text[: seen.start])
            and _AFTER_DATELINE.match(block.text[seen.end :])
        ):
            yield _shown(block.text, seen, "dateline")


def from_labelled_line(sight: Sight) -> Iterator[Dated]:
    """Lines in the article or right around it that say in words when it was published."""
    blocks = sight.page.layout.blocks
    for block in blocks[max(0, sight.start - 10) : sight.end + 12]:
        if len(block.text) > 220 or block.is_heading:
            continue
        for seen in dates_in(block.text, day_first=sight.day_first):
            before, behind = block.text[: seen.start], block.text[seen.end :]
            is_said = _LABEL.search(before) or (_SAID_AT_HEAD.match(before) and _SAID_PUBLISHED.search(behind[:60]))
            if is_said and seen.precision == "day" and not sight.is_elsewhere(block.element):
                yield _shown(block.text, seen, "labelled line")


_LABEL = re.compile(
    r"(?:^|[|•·.–-]\s*|\d\s+)\W*(?:(?:first |originally )?published|posted|post time|date published|publication date|veröffentlicht|erschienen|publié|pubblicato|publicado|gepubliceerd|geplaatst)"
    r"(?:\s+(?:on|am|le|il|el|op|at|in))?\s*:?\s*$",
    re.I,
)
_SAID_AT_HEAD = re.compile(r"^.{0,90}\b(?:am|wurde|was|on|le|op)\s+(?:\w+,\s+)?$", re.I)


def from_updated_line(sight: Sight) -> Iterator[Dated]:
    """A line about the title that says when the page was last changed."""
    first = sight.title_at if sight.title_at is not None else sight.start
    for block in sight.page.layout.blocks[max(0, first - 5) : sight.start + 4]:
        if len(block.text) > 160 or block.is_heading or sight.is_elsewhere(block.element):
            continue
        for seen in dates_in(block.text, day_first=sight.day_first):
            if seen.precision == "day" and _label_of(block.text, seen, MODIFIED_WORDS):
                yield _shown(block.text, seen, "updated line")


def from_footer_line(sight: Sight) -> Iterator[Dated]:
    """Short lines right after the article."""
    yield from _lines(
        sight,
        range(max(sight.start, sight.end - 2), min(len(sight.page.layout.blocks), sight.end + 6)),
        70,
        "footer line",
    )


_OTHER_WORDS = re.compile(
    r"(?!(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|gio|ven|sab|dom|jeu|sam|dim|uhr|am|pm)\w*\b)[^\W\d_]{2,}",
    re.I,
)


def _lines(sight: Sight, where: range, longest: int, source: str) -> Iterator[Dated]:
    """The dates of lines that hold a date and little else; whole days first, the nearest to the text first."""
    anchor = sight.start if source == "header line" else sight.end
    found: list[tuple[bool, int, Dated]] = []
    for i in where:
        block = sight.page.layout.blocks[i]
        if (
            i == sight.title_at
            or len(block.text) > longest
            or (block.tag == "h1" or (block.is_heading and source == "footer line"))
        ):
            continue
        if sight.is_elsewhere(block.element):
            continue
        for seen in _usable(block.text, sight.day_first):
            if _is_date_line(block.text, seen):
                found.append((seen.precision != "day", abs(i - anchor), _shown(block.text, seen, source)))
                break
    found.sort(key=lambda item: item[:2])
    yield from (dated for *_, dated in found)


def _is_date_line(text: str, seen: Seen) -> bool:
    """Whether a line is about its date: hardly another word, or words of publishing or authorship."""
    rest = text[: seen.start] + text[seen.end :]
    is_said = _SAID_PUBLISHED.search(rest) or PUBLISHED_WORDS.search(rest) or _BY.search(rest)
    most = 12 if is_said else 4 if seen.precision == "day" else 1
    return len(_OTHER_WORDS.findall(rest)) <= most


_BY = re.compile(r"\b(?:by|von|par|por)\b", re.I)
# Where the verb stands behind the date.
_SAID_PUBLISHED = re.compile(
    r"\b(?:geschrieben|gepostet|verfasst|geplaatst|gepubliceerd|was (?:posted|written|published)|è stato|a été)\b", re.I
)


def _usable(text: str, day_first: bool | None) -> Iterator[Seen]:
    """The dates of a line that may be its publication date: labelled ones first, those of updates and events not at all."""
    seen_dates = [s for s in dates_in(text, day_first=day_first) if not _label_of(text, s, REFUSED_WORDS)]
    labelled = [s for s in seen_dates if _label_of(text, s, PUBLISHED_WORDS)]
    plain = [s for s in seen_dates if not _label_of(text, s, MODIFIED_WORDS)]
    yield from dict.fromkeys([*[s for s in labelled if s in plain], *plain])


def _label_of(text: str, seen: Seen, words: re.Pattern[str]) -> bool:
    """Whether ``words`` stand close before a date, with no other date between."""
    before = text[max(0, seen.start - 30) : seen.start]
    cut = [m.end() for m in re.finditer(r"(?:19|20)\d\d", before)]
    return bool(words.search(before[cut[-1] :] if cut else before))


def _shown(text: str, seen: Seen, source: str) -> Dated:
    return Dated(value=seen.value, precision=seen.precision, source=source, as_printed=text[seen.start : seen.end])
