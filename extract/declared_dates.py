"""Dates that a page declares: in JSON-LD, in meta tags, and in its URL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extract.calendar_words import EARLIEST, LATEST, MONTHS, machine_value
from extract.linked_data import articles, texts
from extract.records import Dated
from extract.sight import Sight

_PUBLISHED_META = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "dc.terms.date", "og:published_time", "published_time", "article.published", "published-date", "publish-date", "publish_date",
    "publishdate", "publication_date", "publicationdate", "pubdate", "pub_date", "date.created", "date", "article_date_original",
    "articlepublicationdate", "article.created", "originalpublicationdate", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "ptime", "displaydate", "date.release", "release_date", "bt:pubdate", "vr:published_time", "last-published", "created",
    "datecreated", "buildtime", "video:release_date", "analyticsattributes.articledate", "dateofpublication", "citation_date",
    "citation_online_date", "published", "article:published_date", "article:publicationdate", "dc.date.published", "post_date", "dateposted", "article-publication-date", "shareaholic:article_published_time", "music:release_date", "iso-8601-publish-date",
)  # fmt: skip
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
                  "lastmod", "modified", "article:modified", "last_updated_date", "updated_time", "revised")  # fmt: skip


def from_jsonld(sight: Sight) -> Iterator[Dated]:
    yield from from_nodes(sight, ("datePublished", "dateCreated", "uploadDate"))


def from_nodes(sight: Sight, keys: Sequence[str]) -> Iterator[Dated]:
    nodes = articles(sight.page.linked_data)
    for key in keys:
        said = [text for node in nodes for text in texts(node.get(key))]
        found = [dated for text in said if (dated := _declared(sight, text, "jsonld"))]
        if found and (len(nodes) <= 2 or len({dated.value for dated in found}) == 1):
            yield found[0]
            return


def from_meta(sight: Sight) -> Iterator[Dated]:
    yield from from_meta_names(sight, _PUBLISHED_META)


def from_meta_names(sight: Sight, names: Sequence[str]) -> Iterator[Dated]:
    for name in names:
        for said in sight.page.meta.get(name, ()):
            dated = _declared(sight, said, "meta")
            if dated:
                yield dated


def _declared(sight: Sight, said: str, source: str) -> Dated | None:
    found = machine_value(said, day_first=sight.day_first)
    return Dated(value=found[0], precision=found[1], source=source, as_printed=said) if found else None


# What scripts call the day of publication, in the objects that they are handed: analytics, comments, the page's own data.
_SCRIPT_DAY = re.compile(
    r"""["'](?:date_?published|(?:first[-_]?)?publi(?:sh|shed|cation)[-_]?(?:date|time|at|first)?|first[-_]publication|pub_?date)\\?["']\s*:\s*\\?["']"""
    r"""((?:19|20)\d\d-\d\d-\d\d[^"'\\]{0,25}|\d\d?\.\d\d?\.(?:19|20)\d\d[^"'\\]{0,12})""",
    re.I,
)
_MOST_SCRIPT = 2_000_000  # characters


def from_scripts(sight: Sight) -> Iterator[Dated]:
    """The day that the page's scripts are told, if all of them are told the same: pages list other posts in scripts too."""
    said: list[str] = []
    for element in sight.page.root.iter("script"):
        text = element.text or ""
        if len(text) <= _MOST_SCRIPT and "publi" in text.lower():
            said.extend(match.group(1) for match in _SCRIPT_DAY.finditer(text))
    found = [dated for text in said if (dated := _declared(sight, text, "script"))]
    if found and len({dated.value for dated in found}) == 1:
        yield found[0]


# --- the URL ----------------------------------------------------------------------------------------------------------

_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2]|[a-z]{3})[/_.-](0?[1-9]|[12]\d|3[01])(?=[/_.?-]|$|[a-z])", re.I
)
_COUNTS = re.compile(r"/(?!0)\d\d?-[^\W\d]")
"""A number that begins a title behind the month's folder: ``/2016/05/3-ways-to-keep-keys``."""
# "20160503", with the time run on to it or not.
_URL_COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\D|$|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|\D|$))"
)
_URL_SHORT = re.compile(r"/20(\d\d)/(0[1-9]|1[0-2])/(?:[^/]*/)?\1\2(0[1-9]|[12]\d|3[01])(?!\d)")
"""The month as folders, and the day with its last two figures of the year in the name: ``/2016/05/160503-keys``."""
_CAPTURE = re.compile(r"^/web/\d{14}\w{0,4}/|^.*/\d{14}\w{0,4}/(?=https?:)")
"""Before the address of a page that a web archive replays: the moment of the capture."""
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2]|[a-z]{3})/", re.I)


def from_url(sight: Sight) -> Iterator[Dated]:
    found = url_date(sight.page.path)
    if found and found.precision == "day":
        yield found


def from_url_month(sight: Sight) -> Iterator[Dated]:
    found = url_date(sight.page.path)
    if found and found.precision == "month":
        yield found


def from_url_year(sight: Sight) -> Iterator[Dated]:
    match = _URL_YEAR.search(_CAPTURE.sub("", sight.page.path))
    if match and EARLIEST <= int(match.group(1)) <= LATEST:
        yield Dated(value=date(int(match.group(1)), 1, 1), precision="year", source="url", as_printed=match.group(1))


_URL_YEAR = re.compile(r"/((?:19|20)\d\d)/(?=[^/]*[a-z])", re.I)


def url_date(path: str) -> Dated | None:
    """The day, else the month, that a URL's path spells out."""
    path = _CAPTURE.sub("", path)
    for pattern in (_URL_DAY, _URL_SHORT, _URL_COMPACT, _URL_MONTH):
        for match in pattern.finditer(path):
            said = match.group(2).lower()
            month = int(said) if said.isdigit() else MONTHS.get(said, 0)
            is_day = pattern is not _URL_MONTH
            if pattern is _URL_DAY and _COUNTS.match(path[match.start(3) - 1 :]):
                continue
            year = int(match.group(1))
            try:
                value = date(year if year > 99 else 2000 + year, month, int(match.group(3)) if is_day else 1)
            except ValueError:
                continue
            if EARLIEST <= value.year <= LATEST:
                return Dated(
                    value=value,
                    precision="day" if is_day else "month",
                    source="url",
                    as_printed=match.group(0).strip("/"),
                )
    return None
