"""A page → a `Post`: every reader in its turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extract.article import REGION, RULE, Standing, amended, article, standing
from extract.block_features import Opinion
from extract.block_judge import judged
from extract.breadcrumbs import breadcrumbs
from extract.byline import people
from extract.candidates import LEARNT, Candidate, with_its_like
from extract.citations import link_citations
from extract.composition import Article, composed, markers, text_of_blocks
from extract.dates import modified, published
from extract.kind import ONE_THING, UNTOLD, Reading, kind
from extract.known import Known
from extract.language import language
from extract.layout import Block
from extract.page import Page, parse_page
from extract.pruning import picture_credits
from extract.records import BlogRule, Dated, Kind, ListedPost, Person, Post, SiteProfile
from extract.reference_lists import reference_list
from extract.region import is_long, region, stands_out, without_teasers_above
from extract.sight import Sight
from extract.site_templates import fitted
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
    blocks: Sequence[Block]
    article: Article
    published: Dated | None
    modified: Dated | None
    people: tuple[Person, ...]
    kind: Kind
    kind_reason: str


Judge = Callable[[Standing, Opinion], Sequence[int]]


def read_page(page: Page, site: SiteProfile | None, *, judge: Judge = judged) -> PageReading:
    """Title, body, date, people and kind of a parsed page. ``judge`` has the last word on which blocks are its text."""
    site = fitted(site, page.layout) if site is not None else None
    heading = title(page, site)
    titles = [text for text in (heading.text if heading else None, page.head_title) if text]
    known = Known.of(site)
    at = heading.position if heading else None
    where = standing(page.layout, known, page.ruled.get("body", ()))
    blocks = article(where, titles=titles, title_at=at, known=known)
    start, end = _bounds(blocks, where)
    sight = Sight(page, start, end, at, site, heading.text if heading else "")
    day, changed, who = published(sight), modified(sight), people(sight)
    printed = [person.as_printed for person in who] + ([day.as_printed] if day else [])
    text = text_of_blocks(blocks)
    if any(line and line in text for line in printed):
        blocks = article(where, titles=titles, title_at=at, drop=printed, known=known)
        start, end = _bounds(blocks, where)
        text = text_of_blocks(blocks)
    verdict, reason = kind(Reading(page, text, heading.text if heading else None, day, who, (start, end), site))
    read_as: Kind = "post" if reason == ONE_THING else verdict

    def read(there: Standing) -> list[Block]:
        return article(there, titles=titles, title_at=at, drop=printed, known=known)

    where, blocks = _placed(where, blocks, (read_as, reason), day, read, known, at)
    source = where.choice.source
    if source != RULE:
        kept = [block.index for block in blocks]
        said = judge(where, Opinion(kept, heading.text if heading else "", at, verdict, day is not None))
        if source == REGION:  # all that may be text is there already
            text_at = frozenset(said)
            blocks = [block for block in blocks if block.index in text_at]
        else:
            refused = [*titles, *printed]
            blocks = amended(where, blocks, said, title_at=at, refused=refused, furniture=known.furniture)
    start, end = _bounds(blocks, where)
    body = composed(page, blocks, source, start, end)
    return PageReading(page, sight, heading, blocks, body, day, changed, who, verdict, reason)


def _placed(
    where: Standing,
    blocks: list[Block],
    told: tuple[Kind, str],
    day: Dated | None,
    read: Callable[[Standing], list[Block]],
    known: Known,
    title_at: int | None,
) -> tuple[Standing, list[Block]]:
    """Where the text stands now that the page's kind, the reason for it and the day are known, and its blocks.

    All that the page shows, where no article stands out of it; a dated text with its like.
    """
    source, (kind_, reason) = where.choice.source, told
    if source != RULE and not is_long(blocks, kind_, day):
        wide = region(where.layout, kind_, known.furniture, title_at)
        if not stands_out(blocks, wide, kind_, day, is_told=reason != UNTOLD):
            wide = without_teasers_above(wide, title_at) if kind_ == "post" and reason != UNTOLD else wide
            return replace(where, choice=Candidate(REGION, *_bounds(wide, where), 1.0)), wide
    if day is not None and source not in (RULE, LEARNT):
        choice = with_its_like(where.weighing, where.choice)
        if choice != where.choice:
            where = replace(where, choice=choice)
            return where, read(where)
    return where, blocks


def _bounds(blocks: Sequence[Block], where: Standing) -> tuple[int, int]:
    """From the first block to behind the last; those of the part that was chosen if none is left."""
    return (blocks[0].index, blocks[-1].index + 1) if blocks else (where.choice.start, where.choice.end)


def page_of(
    html: bytes | str, url: str, content_type: str | None, site: SiteProfile | None, rules: Sequence[BlogRule]
) -> Page:
    """The page, parsed once; where its blog has rules, with what they select."""
    if not rules:
        return parse_page(html, url, content_type)
    from extract.rules import ruled_page

    def published_on(page: Page) -> date | None:
        read = read_page(page, site).published
        return read.value if read else None

    return ruled_page(html, url, content_type, rules, published_on)


def extract_post(
    html: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    site: SiteProfile | None = None,
    rules: Sequence[BlogRule] = (),
    as_of: date | None = None,
    listed: ListedPost | None = None,
) -> Post:
    """What one page says, as a `Post`; pages that are no posts are read too and say so in ``kind``.

    ``content_type`` is the HTTP header, ``site`` what `extract.learn_site` learnt from the blog, ``rules`` what a person
    wrote about it, ``as_of`` the day of the fetch: later days are no days of publication. ``listed`` is what the blog's
    feeds and sitemaps say of the page: a check of its date (see `extract.listed_dates`). Bad markup never raises.
    """
    page = page_of(html, url, content_type, site, rules)
    page.as_of, page.listed = as_of, listed
    return post_of(read_page(page, site))


def post_of(reading: PageReading) -> Post:
    """What the readers found, put together: references cut from the body, citations linked to them."""
    page = reading.page
    cut = reference_list(page, reading.blocks)
    body = reading.article
    if len(cut.blocks) < len(reading.blocks) or cut.references:
        body = composed(page, cut.blocks, body.source or "", body.start, body.end)
    pointers = [(i, start, end, cut.notes[name]) for i, start, end, name in markers(cut.blocks, cut.notes)]
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
        citations=tuple(link_citations(body.paragraphs, cut.references, pointers)),
        language=language(text, page.declared_language),
        is_truncated=is_truncated(page, text, body.end),
        limit=page.limit,
        picture_credits=picture_credits(page.layout.blocks[body.start : body.end]),
        extractor_version=EXTRACTOR_VERSION,
    )
