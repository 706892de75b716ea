"""Dates that a page shows its readers: where the blog has them, under names that speak of dates, near title and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract.calendar_words import EARLIEST, LATEST, Seen, dates_in
from extract.elements import Element, label_of
from extract.marked_dates import DATE_NAMES, MODIFIED_WORDS, PUBLISHED_WORDS, REFUSED_WORDS
from extract.places import ends_with, path_of, zones_above
from extract.records import Dated
from extract.sight import ELSEWHERE, Sight
from extract.zones import Names


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
    yield from (dated for is_below, dated in _named(sight) if not is_below)


def from_named_element_below(sight: Sight) -> Iterator[Dated]:
    """The same behind the article."""
    yield from (dated for is_below, dated in _named(sight) if is_below)


def _named(sight: Sight) -> Iterator[tuple[bool, Dated]]:
    ranked = []
    for order, element in enumerate(sight.page.layout.elements(DATE_NAMES)):
        if element.tag == "time" or not sight.is_near(element):
            continue
        text = label_of(element, 220)
        seen = next(_usable(text, sight.day_first), None)
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if seen is None or (MODIFIED_WORDS.search(name) and not PUBLISHED_WORDS.search(name)):
            continue
        if sight.is_elsewhere(element):
            continue
        if _is_said_of_change(element, text[seen.start : seen.end]):
            continue
        if not _is_date_line(text, seen) and "caption" in zones_above(element):  # the day of a picture
            continue
        is_exact = _EXACT_NAMES.search(name) is not None
        is_below = sight.page.layout.position(element) >= sight.end
        rank = (seen.precision != "day", not is_exact, sight.distance(element), order)
        ranked.append((rank, is_below, _shown(text, seen, "named element")))
        if len(ranked) >= _MOST_NAMED:
            break
    ranked.sort(key=lambda item: item[0])
    yield from ((is_below, dated) for _, is_below, dated in ranked)


def named_as_published(sight: Sight) -> set[date]:
    """The days in short elements near the article whose class or id calls them those of publication."""
    return {
        seen.value
        for element in sight.page.layout.elements(_PUBLISHED_NAMES)
        if sight.is_near(element) and not sight.is_elsewhere(element)
        for seen in _usable(label_of(element, _BARE_LINE), sight.day_first)
    }


def _is_said_of_change(element: Element, printed: str) -> bool:
    """Whether what stands before a date, outside its own element, says that it is of an update."""
    above = element.getparent()
    around = label_of(above, 220) if above is not None else ""
    at = around.find(printed)
    before = _SINCE_DATE.split(around[max(0, at - 30) : at])[-1]
    return at > 0 and MODIFIED_WORDS.search(before) is not None


_SINCE_DATE = re.compile(r"(?:19|20)\d\d")
_MOST_NAMED = 200  # about one article: more are a table
_PUBLISHED_NAMES = Names(r"publish(?!er)")
_EXACT_NAMES = re.compile(r"date|publish|posted|created|datum|fecha", re.I)


def from_header_line(sight: Sight) -> Iterator[Dated]:
    """Short lines between the title and the first sentences, the lines above the title, and what stands beside it."""
    first = sight.title_at if sight.title_at is not None else sight.start
    top, last = max(0, min(first - 3, sight.start - 2)), min(len(sight.page.layout.blocks), sight.start + 4)
    found = [*_beside_title(sight), *_lines(sight, range(top, last), 110, "header line")]
    if not found:  # a line that is nothing but a date may stand a little higher
        found = list(_lines(sight, range(max(0, top - 3), top), _BARE_LINE, "header line"))
    months = {dated.value for dated in found if dated.precision == "month"}
    yield from (dated for dated in found if dated.precision == "day" or len(months) == 1)  # more are an archive's list


_BARE_LINE = 30  # characters


def _beside_title(sight: Sight) -> Iterator[Dated]:
    """Dates in the title's own heading, in an element of their own: ``<h1>Keys <small>3 May 2016</small></h1>``."""
    blocks = sight.page.layout.blocks
    if sight.title_at is None or not any(block.is_heading for block in blocks[sight.title_at : sight.title_at + 1]):
        return
    for element in blocks[sight.title_at].element.iter("small", "span", "time", "em", "i"):
        text = label_of(element, 110)
        for seen in _usable(text, sight.day_first):
            if seen.precision == "day" and _is_date_line(text, seen):
                yield _shown(text, seen, "header line")


_DATELINE = re.compile(r"^(?:[A-ZÀ-Þ][\w.\s-]{1,30}[,/]?\s*)?\(?$")
_AFTER_DATELINE = re.compile(r"^\)?\s*(?:[-–—:|·•]|\.\s|\)|[„“«\"])")


def from_dateline(sight: Sight) -> Iterator[Dated]:
    """The date at the head of the first paragraph, as press releases have it: ``Ayling, 27.1.2022 – The hall …``."""
    starts = [sight.start] if sight.title_at is None else [max(sight.start, sight.title_at + 1), sight.title_at + 1]
    for block in (block for first in starts for block in sight.page.layout.blocks[first : first + 6]):
        seen = next(dates_in(block.text[:80], day_first=sight.day_first), None)
        if (
            seen
            and seen.precision == "day"
            and _DATELINE.match(block.text[: seen.start])
            and _AFTER_DATELINE.match(block.text[seen.end :])
        ):
            yield _shown(block.text, seen, "dateline")


def from_labelled_line(sight: Sight) -> Iterator[Dated]:
    """Lines in the article or right around it that say in words when it was published; days first, then months and years."""
    blocks = sight.page.layout.blocks
    first = sight.start if sight.title_at is None else min(sight.start, sight.title_at)
    last = sight.end if sight.title_at is None else max(sight.end, sight.title_at)
    found: list[Dated] = []
    for block in blocks[max(0, first - 10) : last + 12]:
        if len(block.text) > _LONGEST_LABELLED or block.is_heading or not _YEAR.search(block.text):
            continue
        above = blocks[block.index - 1].text if block.index else ""
        is_pair = len(above) <= 30 and len(block.text) <= 40 and _LABEL.search(above) is not None
        said = list(_labelled(block.text, is_pair, sight.day_first))
        # the foot of an article says so too, and a table beside it; a list of other posts has no labels of their own
        allowed = {"footer", "aside"} if is_pair else {"footer"}
        if said and (not sight.is_elsewhere(block.element) or ELSEWHERE & zones_above(block.element) <= allowed):
            found.extend(said)
    found.sort(key=lambda dated: ("day", "month", "year").index(dated.precision))
    yield from found


_LONGEST_LABELLED = 400
_YEAR = re.compile(r"\d\d\b")


def _labelled(text: str, has_label: bool, day_first: bool | None) -> Iterator[Dated]:
    """The dates of a line that stand behind a label (in the line above, if ``has_label``), or before "… was written"."""
    printed = list(dates_in(text, day_first=day_first))
    for seen in printed:
        before, behind = text[: seen.start], text[seen.end :]
        is_said = _LABEL.search(before) or (_SAID_AT_HEAD.match(before) and _SAID_PUBLISHED.search(behind[:60]))
        if is_said or (has_label and _is_date_line(text, seen)):
            yield _shown(text, seen, "labelled line")
    year = _LAST_YEAR.search(text) if not printed else None
    if (
        year
        and EARLIEST <= int(year[0]) <= LATEST
        and (_LABEL.search(text[: year.start()]) or (has_label and not year.start()))
    ):
        yield Dated(value=date(int(year[0]), 1, 1), precision="year", source="labelled line", as_printed=year[0])


_LAST_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_LABEL = re.compile(
    r"(?:^|[|•·.–-]\s*|\d\s+)\W*(?:(?:first |originally )?published|posted|post time|date published|publication date|veröffentlicht|erschienen|publié|mise en ligne|pubblicato|publicado|gepubliceerd|geplaatst|publicerad|udgivet|publisert|opublikowano)"
    r"(?:\s+(?:on|am|le|il|el|op|at|in))?\s*:?\s*$",
    re.I,
)
# "This post with its whole title was …"
_SAID_AT_HEAD = re.compile(r"^.{0,200}\b(?:am|wurde|was|on|le|op)\s+(?:\w+,\s+)?$", re.I)


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
            if _is_date_line(block.text, seen) and (seen.precision == "day" or not block.is_heading):
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
    return bool(words.search(_SINCE_DATE.split(text[max(0, seen.start - 30) : seen.start])[-1]))


def _shown(text: str, seen: Seen, source: str) -> Dated:
    return Dated(value=seen.value, precision=seen.precision, source=source, as_printed=text[seen.start : seen.end])
