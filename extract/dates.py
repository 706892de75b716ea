"""When a page says it was published, and when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from lxml import etree

from extract.calendar_words import EARLIEST, LATEST, Seen, dates_in, machine_date
from extract.linked_data import articles, texts
from extract.page import Page
from extract.places import path_of
from extract.records import Dated
from extract.sight import Sight

Element = etree._Element


# --- readers of machine-readable dates ------------------------------------------------------------------------------

_PUBLISHED_META = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "dc.terms.date", "og:published_time", "published_time", "article.published", "published-date", "publish-date", "publish_date",
    "publishdate", "publication_date", "publicationdate", "pubdate", "pub_date", "date.created", "date", "article_date_original",
    "articlepublicationdate", "article.created", "originalpublicationdate", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "ptime", "displaydate", "date.release", "release_date", "bt:pubdate", "vr:published_time", "last-published", "created",
    "datecreated", "buildtime", "video:release_date", "analyticsattributes.articledate", "dateofpublication", "citation_date",
    "citation_online_date", "article-publication-date", "shareaholic:article_published_time", "music:release_date", "iso-8601-publish-date",
)  # fmt: skip
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
                  "lastmod", "modified", "article:modified", "last_updated_date", "updated_time", "revised")  # fmt: skip


def from_jsonld(sight: Sight) -> Iterator[Dated]:
    yield from _from_nodes(sight, ("datePublished", "dateCreated", "uploadDate"))


def _from_nodes(sight: Sight, keys: Sequence[str]) -> Iterator[Dated]:
    nodes = articles(sight.page.linked_data)
    for key in keys:
        said = [text for node in nodes for text in texts(node.get(key))]
        days = {day for text in said if (day := machine_date(text, day_first=sight.day_first))}
        if len(days) == 1 or (days and len(nodes) <= 2):
            text = next(t for t in said if machine_date(t, day_first=sight.day_first))
            yield Dated(value=machine_date(text, day_first=sight.day_first) or min(days), precision="day", source="jsonld", as_printed=text)
            return


def from_meta(sight: Sight) -> Iterator[Dated]:
    yield from _from_meta(sight, _PUBLISHED_META)


def _from_meta(sight: Sight, names: Sequence[str]) -> Iterator[Dated]:
    for name in names:
        for said in sight.page.meta.get(name, ()):
            day = machine_date(said, day_first=sight.day_first)
            if day:
                yield Dated(value=day, precision="day", source="meta", as_printed=said)


_MARKED = re.compile(r"(?:itemprop|property)=(?:\w+:)?(?:datepublished|datecreated|date|created|issued)(?:\s|$)|(?:^|\s)pubdate(?:\s|$)")
_PUBLISHED_NAME = re.compile(r"(?:^|\s)(?:dt-)?published(?:\s|$)|(?:^|\s)(?:post-|entry-)?date(?:\s|$)")
_DATE_NAMES = re.compile(r"date|time|publish|posted|meta|byline|created|submitted|fecha|datum|info|datetime|when|caption")
_MODIFIED_WORDS = re.compile(r"updat|modif|edited|revis|review|aktualisiert|geändert|stand:|mis à jour|aggiornat|actualizad|atualizad|last[- ]?chang|bijgewerkt", re.I)
_PUBLISHED_WORDS = re.compile(r"publi|posted|posté|pubbl|veröffentlicht|erstellt|created|written|gepubliceerd|originally|submitted|eingestellt|geschrieben|inserito|postado|escrito", re.I)
_REFUSED_WORDS = re.compile(r"copyright|©|\(c\)|all rights|since|established|expires?|deadline|retrieved|accessed|abgerufen|archived|event|starts?\b|ends?\b|born\b|version|valid|joined|member since|comment", re.I)


def from_itemprop(sight: Sight) -> Iterator[Dated]:
    for element in sight.page.layout.elements(_MARKED):
        if not sight.is_elsewhere(element):
            found = _machine(sight, element, "itemprop")
            if found:
                yield found


def from_time_tag(sight: Sight) -> Iterator[Dated]:
    """``time`` elements that are not of comments, teasers or updates; those named as published first, then the nearest to the title."""
    ranked = []
    for order, element in enumerate(_time_elements(sight)):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        above = element.getparent()
        around = f"{name} {(above.get('class') or '') if above is not None else ''} {_text_before(element)}"
        if sight.is_elsewhere(element):
            continue
        if (_MODIFIED_WORDS.search(name) and not _PUBLISHED_WORDS.search(name)) or _MODIFIED_WORDS.search(_text_before(element)):
            continue
        found = _machine(sight, element, "time tag")
        if found:
            named = bool(_PUBLISHED_WORDS.search(around) or "entry-date" in around or element.get("pubdate") is not None)
            ranked.append((not named, _distance(sight, element), order, found))
    ranked.sort(key=lambda item: item[:3])
    yield from (found for *_, found in ranked)


def _time_elements(sight: Sight) -> list[Element]:
    """``time`` elements, and what stood for them before: an ``abbr`` (or anything named ``published``) with a title."""
    named = sight.page.layout.elements(_PUBLISHED_NAME)
    titled = [element for element in named if element.get("title") and element.tag != "time"]
    return [*sight.page.root.iter("time"), *titled]


def _machine(sight: Sight, element: Element, source: str) -> Dated | None:
    shown = " ".join("".join(element.itertext()).split())
    said = element.get("datetime") or element.get("content") or element.get("title") or shown
    day = machine_date(said, day_first=sight.day_first)
    if day is None and shown and said != shown:
        day, said = machine_date(shown, day_first=sight.day_first), shown
    if day is None:
        return None
    seen = next((s for s in dates_in(shown[:120], day_first=sight.day_first) if s.precision == "day"), None)
    if seen and abs((seen.value - day).days) == 1 and (_CLOCK.match(said.strip()) or source == "time tag"):
        day, said = seen.value, shown  # the attribute is in UTC, what is shown is local
    return Dated(value=day, precision="day", source=source, as_printed=said)


def _text_before(element: Element) -> str:
    before = element.getprevious()
    above = element.getparent()
    said = (before.tail or "") if before is not None else ((above.text or "") if above is not None else "")
    if before is not None and not said.strip():
        said = "".join(before.itertext())[-40:]
    return said[-40:]


def _distance(sight: Sight, element: Element) -> int:
    """How many blocks lie between an element and the title (or the article's first line)."""
    at = sight.page.layout.position(element)
    anchor = sight.title_at if sight.title_at is not None else sight.start
    return abs(at - anchor)


# --- readers of dates that are shown ----------------------------------------------------------------------------------


def from_learnt_place(sight: Sight) -> Iterator[Dated]:
    """A date where this blog's other pages have theirs."""
    if sight.site is None:
        return
    for place in sight.site.date_places:
        for block in sight.page.layout.blocks:
            if len(block.text) <= 200 and path_of(block.element) == place.path and not sight.is_elsewhere(block.element):
                for seen in dates_in(block.text, day_first=sight.day_first):
                    if not _REFUSED_WORDS.search(block.text[: seen.start][-25:]):
                        yield _shown(block.text, seen, "learnt place")


def from_named_element(sight: Sight) -> Iterator[Dated]:
    """Short elements whose class or id speaks of a date, a byline or meta, the nearest to the title first."""
    ranked = []
    for order, element in enumerate(sight.page.layout.elements(_DATE_NAMES)):
        if element.tag == "time":
            continue
        text = _short_text(element)
        if not text or sight.is_elsewhere(element):
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        for seen in _usable(text, sight.day_first):
            if _MODIFIED_WORDS.search(name) and not _PUBLISHED_WORDS.search(name):
                break
            exact = bool(re.search(r"date|publish|posted|created", name, re.I))
            ranked.append((seen.precision != "day", not exact, _distance(sight, element), order, _shown(text, seen, "named element")))
            break
    ranked.sort(key=lambda item: item[:4])
    yield from (found for *_, found in ranked)


def from_header_line(sight: Sight) -> Iterator[Dated]:
    """Short lines between the title and the first sentences, and the line above the title."""
    first = sight.title_at if sight.title_at is not None else sight.start
    yield from _lines(sight, range(max(0, first - 3), min(len(sight.page.layout.blocks), sight.start + 4)), 110, "header line")


def from_footer_line(sight: Sight) -> Iterator[Dated]:
    """Short lines right after the article."""
    yield from _lines(sight, range(max(sight.start, sight.end - 2), min(len(sight.page.layout.blocks), sight.end + 6)), 70, "footer line")


_OTHER_WORDS = re.compile(r"(?!(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|gio|ven|sab|dom|jeu|sam|dim|uhr|am|pm)\w*\b)[^\W\d_]{2,}", re.I)


def _lines(sight: Sight, where: range, longest: int, source: str) -> Iterator[Dated]:
    found = []
    for i in where:
        block = sight.page.layout.blocks[i]
        if i == sight.title_at or len(block.text) > longest or (block.is_heading and block.tag != "h2") or sight.is_elsewhere(block.element):
            continue
        for seen in _usable(block.text, sight.day_first):
            rest = block.text[: seen.start] + block.text[seen.end :]
            is_line = len(_OTHER_WORDS.findall(rest)) <= (10 if _PUBLISHED_WORDS.search(rest) or " by " in f" {rest.lower()}" else 4)
            if is_line:
                found.append((seen.precision != "day", abs(i - (sight.start if source == "header line" else sight.end)), _shown(block.text, seen, source)))
                break
    found.sort(key=lambda item: item[:2])
    yield from (dated for *_, dated in found)


def _usable(text: str, day_first: bool | None) -> Iterator[Seen]:
    """The dates of a line that may be its publication date: labelled ones first, those of updates and events not at all."""
    seen_dates = [s for s in dates_in(text, day_first=day_first) if not _label_of(text, s, _REFUSED_WORDS)]
    labelled = [s for s in seen_dates if _label_of(text, s, _PUBLISHED_WORDS)]
    plain = [s for s in seen_dates if not _label_of(text, s, _MODIFIED_WORDS)]
    yield from dict.fromkeys([*[s for s in labelled if s in plain], *plain])


def _label_of(text: str, seen: Seen, words: re.Pattern[str]) -> bool:
    """Whether ``words`` stand close before a date, with no other date between."""
    before = text[max(0, seen.start - 30) : seen.start]
    cut = [m.end() for m in re.finditer(r"(?:19|20)\d\d", before)]
    return bool(words.search(before[cut[-1] :] if cut else before))


def _shown(text: str, seen: Seen, source: str) -> Dated:
    return Dated(value=seen.value, precision=seen.precision, source=source, as_printed=text[seen.start : seen.end])


def _short_text(element: Element) -> str:
    pieces: list[str] = []
    total = 0
    for piece in element.itertext():
        pieces.append(piece)
        total += len(piece)
        if total > 600:
            return ""
    text = " ".join(" ".join(pieces).split())
    return text if len(text) <= 220 else ""


# --- the URL ----------------------------------------------------------------------------------------------------------

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2]|[a-z]{3})[/_.-](0?[1-9]|[12]\d|3[01])(?=[/_.?-]|$|[a-z])", re.I)
_URL_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2]|[a-z]{3})/", re.I)


def from_url(sight: Sight) -> Iterator[Dated]:
    found = url_date(sight.page.path)
    if found and found.precision == "day":
        yield found


def from_url_month(sight: Sight) -> Iterator[Dated]:
    found = url_date(sight.page.path)
    if found and found.precision == "month":
        yield found


def url_date(path: str) -> Dated | None:
    """The day, else the month, that a URL's path spells out."""
    from extract.calendar_words import MONTHS

    for pattern in (_URL_DAY, _URL_COMPACT, _URL_MONTH):
        for match in pattern.finditer(path):
            said = match.group(2).lower()
            month = int(said) if said.isdigit() else MONTHS.get(said, 0)
            is_day = pattern is not _URL_MONTH
            try:
                value = date(int(match.group(1)), month, int(match.group(3)) if is_day else 1)
            except ValueError:
                continue
            if EARLIEST <= value.year <= LATEST:
                return Dated(value=value, precision="day" if is_day else "month", source="url", as_printed=match.group(0).strip("/"))
    return None


# --- the choice -------------------------------------------------------------------------------------------------------

# Most trustworthy first: what the page declares of the article, then what it shows near the title, then its address.
READERS: tuple[Callable[[Sight], Iterator[Dated]], ...] = (
    from_jsonld,  # says which date it is
    from_meta,  # says which date it is, but themes fill some of its names carelessly
    from_itemprop,  # marked in the page itself
    from_learnt_place,  # proved on the blog's other pages
    from_time_tag,  # machine-readable, but of what?
    from_named_element,  # a class name speaks of a date
    from_header_line,  # a date and little else under the title
    from_url,  # the day in the address: local, and rarely wrong, but not shown
    from_footer_line,  # some themes date posts at their foot
    from_url_month,  # month only
)
_MACHINE_SOURCES = frozenset({"jsonld", "meta", "itemprop", "time tag"})


def published(sight: Sight) -> Dated | None:
    """When the page says it was published; None if it does not say.

    The day that is shown wins over the same moment's UTC day; a day in the URL settles which of two neighbours it is.
    """
    found = [next(iter(read(sight)), None) for read in READERS]
    given = [dated for dated in found if dated is not None]
    if not given:
        return None
    best = next((dated for dated in given if dated.precision == "day"), given[0])
    address = url_date(sight.page.path)
    if best.source in _MACHINE_SOURCES:
        return _as_shown(best, given, address)
    if address and best.source not in ("url",) and not _compatible(best, address) and address.precision == "day":
        return address if best.source not in ("learnt place",) else best
    return best


_CLOCK = re.compile(r"\d{4}-?\d\d-?\d\d[T ](\d\d):?(\d\d)(?::?\d\d(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]00:?00)", re.I)


def _as_shown(best: Dated, given: Sequence[Dated], address: Dated | None) -> Dated:
    """``best``, a moment written for machines, or the neighbouring day that the page shows for the same moment.

    Only a moment in UTC has another day on the reader's calendar: the next one in its later hours, the one before in its
    earlier hours. Otherwise the neighbouring day is another event, as an update.
    """
    learnt = next((d for d in given if d.source == "learnt place"), None)
    if learnt is not None and abs((learnt.value - best.value).days) == 1:
        return learnt
    clock = _CLOCK.match(best.as_printed.strip())
    if clock is None or (address is not None and address.value == best.value):
        return best
    hour = int(clock.group(1))
    others = [d for d in given if d.source not in ("jsonld", "meta", "footer line") and d.precision == "day"]
    if address and address.precision == "day":
        others.append(address)
    for other in others:
        days = (other.value - best.value).days
        if (days == 1 and hour >= 10) or (days == -1 and hour < 12):
            return other
    return best


def _compatible(one: Dated, other: Dated) -> bool:
    if "month" in (one.precision, other.precision):
        return (one.value.year, one.value.month) == (other.value.year, other.value.month)
    return abs((one.value - other.value).days) <= 1


def declared(page: Page) -> list[date]:
    """The publication days that the head and the address give: what a learnt place is checked against."""
    sight = Sight(page, 0, 0, None)
    found = [next(read(sight), None) for read in (from_jsonld, from_meta, from_itemprop, from_url)]
    return [dated.value for dated in found if dated is not None]


def modified(sight: Sight) -> Dated | None:
    """When the page says it was last changed; None if it does not say."""
    return next((d for d in (*_from_nodes(sight, ("dateModified",)), *_from_meta(sight, _MODIFIED_META))), None)
