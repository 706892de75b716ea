"""Dates that a page declares: in JSON-LD, in meta tags, and in its URL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extract.calendar_words import EARLIEST, LATEST, MONTHS, machine_date
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
    "citation_online_date", "article-publication-date", "shareaholic:article_published_time", "music:release_date", "iso-8601-publish-date",
)  # fmt: skip
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
                  "lastmod", "modified", "article:modified", "last_updated_date", "updated_time", "revised")  # fmt: skip


def from_jsonld(sight: Sight) -> Iterator[Dated]:
    yield from from_nodes(sight, ("datePublished", "dateCreated", "uploadDate"))


def from_nodes(sight: Sight, keys: Sequence[str]) -> Iterator[Dated]:
    nodes = articles(sight.page.linked_data)
    for key in keys:
        said = [text for node in nodes for text in texts(node.get(key))]
        days = {day for text in said if (day := machine_date(text, day_first=sight.day_first))}
        if len(days) == 1 or (days and len(nodes) <= 2):
            text = next(t for t in said if machine_date(t, day_first=sight.day_first))
            yield Dated(
                value=machine_date(text, day_first=sight.day_first) or min(days),
                precision="day",
                source="jsonld",
                as_printed=text,
            )
            return


def from_meta(sight: Sight) -> Iterator[Dated]:
    yield from from_meta_names(sight, _PUBLISHED_META)


def from_meta_names(sight: Sight, names: Sequence[str]) -> Iterator[Dated]:
    for name in names:
        for said in sight.page.meta.get(name, ()):
            day = machine_date(said, day_first=sight.day_first)
            if day:
                yield Dated(value=day, precision="day", source="meta", as_printed=said)


# --- the URL ----------------------------------------------------------------------------------------------------------

_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2]|[a-z]{3})[/_.-](0?[1-9]|[12]\d|3[01])(?=[/_.?-]|$|[a-z])", re.I
)
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


def from_url_year(sight: Sight) -> Iterator[Dated]:
    match = _URL_YEAR.search(sight.page.path)
    if match and EARLIEST <= int(match.group(1)) <= LATEST:
        yield Dated(value=date(int(match.group(1)), 1, 1), precision="year", source="url", as_printed=match.group(1))


_URL_YEAR = re.compile(r"/((?:19|20)\d\d)/(?=[^/]*[a-z])", re.I)


def url_date(path: str) -> Dated | None:
    """The day, else the month, that a URL's path spells out."""
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
                return Dated(
                    value=value,
                    precision="day" if is_day else "month",
                    source="url",
                    as_printed=match.group(0).strip("/"),
                )
    return None
