"""A page → a `Post`: every reader in its turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.article import article
from extract.breadcrumbs import breadcrumbs
from extract.byline import people
from extract.citations import link_citations
from extract.composition import Article, heading_paragraphs, links_by_paragraph, without_paragraphs
from extract.dates import modified, published
from extract.kind import Reading, kind
from extract.language import language
from extract.page import Page, parse_page
from extract.records import Dated, Kind, Person, Post, SiteProfile
from extract.references import cut_references
from extract.region import is_long, region, stands_out
from extract.sight import Sight
from extract.tags import tags
from extract.title import Title, title
from extract.truncation import is_truncated
from extract.version import EXTRACTOR_VERSION


@dataclass(frozen=True, slots=True)
class PageReading:
    """What the readers of one page found, before it is put together."""

    page: Page
    sight: Sight
    title: Title | None
    article: Article
    published: Dated | None
    modified: Dated | None
    people: tuple[Person, ...]
    kind: Kind
    kind_reason: str


def read_page(page: Page, site: SiteProfile | None) -> PageReading:
    """Title, body, date, people and kind of a parsed page."""
    heading = title(page, site)
    titles = [text for text in (heading.text if heading else None, page.head_title) if text]
    furniture = site.furniture if site is not None else frozenset()
    at = heading.position if heading else None
    body = article(page, titles=titles, title_at=at, furniture=furniture)
    sight = Sight(page, body.start, body.end, at, site)
    day, changed, who = published(sight), modified(sight), people(sight)
    printed = [person.as_printed for person in who] + ([day.as_printed] if day else [])
    if any(_stands_in(line, body.text) for line in printed):
        body = article(page, titles=titles, title_at=at, drop=printed, furniture=furniture)
    verdict, reason = kind(
        Reading(page, body.text, heading.text if heading else None, day, who, (body.start, body.end), site)
    )
    if not is_long(body, verdict, day):
        wide = region(page, verdict, furniture)
        if not stands_out(body, wide, verdict, day):
            body = replace(wide, start=body.start, end=body.end)
    return PageReading(page, sight, heading, body, day, changed, who, verdict, reason)


def _stands_in(line: str, text: str) -> bool:
    return bool(line) and line in text


def extract_post(
    html: bytes | str, url: str, *, content_type: str | None = None, site: SiteProfile | None = None
) -> Post:
    """What one page says, as a `Post`; pages that are no posts are read too and say so in ``kind``.

    ``content_type`` is the HTTP header, ``site`` what `extract.learn_site` learnt from the blog. Bad markup never raises.
    """
    page = parse_page(html, url, content_type)
    reading = read_page(page, site)
    cut = cut_references(
        reading.article.paragraphs, heading_paragraphs(reading.article), links_by_paragraph(reading.article)
    )
    body = without_paragraphs(reading.article, cut.paragraphs)
    text = body.text
    name = reading.title.text if reading.title else None
    return Post(
        canonical_url=page.canonical_url,
        kind=reading.kind,
        kind_reason=reading.kind_reason,
        title=name,
        title_source=reading.title.source if reading.title else None,
        people=reading.people,
        published=reading.published,
        modified=reading.modified,
        text=text,
        body_source=body.source,
        headings=body.headings,
        links=body.links,
        breadcrumbs=breadcrumbs(page, name),
        tags=tags(reading.sight),
        references=cut.references,
        citations=tuple(link_citations(body.paragraphs, [reference.as_printed for reference in cut.references])),
        language=language(text, page.declared_language),
        is_truncated=is_truncated(page, text, body.end),
        extractor_version=EXTRACTOR_VERSION,
    )
