"""The records that pass between the rooms: what a page is, and what was read from it.

All are frozen, slotted and keyword-only. Sequences are tuples, moments are aware UTC datetimes, days are dates.
``None`` (or an empty tuple) means "the page does not say"; it never means "something went wrong": what goes wrong raises.

Offsets. ``start`` and ``end`` count characters, end exclusive.

- `Heading`, `Link` and `EntityMention` point into ``Post.text``.
- `Citation` points into the paragraph it names: ``post.paragraphs[c.para][c.start:c.end] == c.as_printed``.
- `Reference.spans` point into ``Reference.as_printed``.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

Precision = Literal["day", "month", "year"]
Retention = Literal["full-local", "derived-only", "metadata-only"]
Kind = Literal["post", "listing", "other"]
ReferenceKind = Literal["article", "book", "chapter", "thesis", "report", "conference", "web", "news", "other"]

PARAGRAPH_BREAK = "\n\n"


# --- what is crawled -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogRule:
    """CSS selectors that a person wrote for one blog; see `extract.rules`. With ``since`` or ``until`` it is for posts of
    those days, both included: an old layout keeps its rule when the blog gets a new one."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    body: str | None = None
    drop: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog:
    """One blog of the sector, as `blogs.toml` describes it.

    ``key`` names it in folders, tables and on the command line. ``url`` is where the crawl starts; ``scope`` is the
    URL prefix a page must have to belong to the blog (by default the folder of ``url``). The limits left at None take
    the workspace's setting. ``rules`` say where on its pages things stand. ``retention`` is what exports may hold of its
    posts: everything (full texts only when asked for), no text, or nothing that was read from the text.
    """

    key: str
    name: str
    url: str
    scope: str
    group: str | None = None
    enabled: bool = True
    delay: float | None = None
    max_pages: int | None = None
    rules: tuple[BlogRule, ...] = ()
    retention: Retention = "full-local"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """One HTTP response as it came, its body with transfer and content coding undone."""

    url: str
    final_url: str
    status: int
    content_type: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    @property
    def digest(self) -> str:
        """``sha1:`` and the body's SHA-1 in base 32: the form of WARC payload digests (WARC 1.1 §5.8)."""
        return payload_digest(self.body)


def payload_digest(body: bytes) -> str:
    """The WARC payload digest of ``body``: the same bytes, the same digest, in any run and any archive."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPost:
    """What a blog's own lists say of one of its posts, as printed there when they first named it: its feeds when it was
    ``published``, its sitemaps when it was last ``changed``."""

    published: str | None = None
    changed: str | None = None

    @property
    def digest(self) -> str:
        """Changes when, and only when, something said changes."""
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:8]


# --- what is read from a page ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author, or a group that signs as one. ``source`` names the reader that found it (``byline``, ``jsonld`` …)."""

    name: str
    given: str | None = None
    family: str | None = None
    honorific: str | None = None
    role: str | None = None
    affiliation: str | None = None
    is_organisation: bool = False
    as_printed: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A day, month or year that the page gives. Below its ``precision`` the ``value`` is the first day of the period."""

    value: date
    precision: Precision
    source: str
    as_printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    level: int
    text: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in the article text: absolute ``url`` and the anchor's span."""

    url: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadcrumb:
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in a reference. An organisation has only ``literal``."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpan:
    """Where in a reference's raw string a field stands."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a bibliography. ``year`` is as printed, lower-cased: ``2018``, ``2018a``, ``in press``, ``n.d.``"""

    position: int = 0
    as_printed: str
    kind: ReferenceKind = "other"
    authors: tuple[Name, ...] = ()
    et_al: bool = False
    editors: tuple[Name, ...] = ()
    year: str | None = None
    title: str | None = None
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    location: str | None = None
    genre: str | None = None
    doi: str | None = None
    url: str | None = None
    accessed: str | None = None
    spans: tuple[FieldSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A pointer in the text to entries of the reference list (their positions); empty ``references`` = unresolved."""

    para: int
    start: int
    end: int
    as_printed: str
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention:
    """A named thing in the text. ``label`` is OntoNotes'; ``name`` is the tidied form that mentions are grouped by."""

    start: int
    end: int
    text: str
    label: str
    name: str


class ReadWord(NamedTuple):
    """A stretch of text that the language model takes for one word: its dictionary form and universal part of speech."""

    start: int
    end: int
    lemma: str
    pos: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What one page says. Pages that are no posts (``kind``) are read too, so that the choice can be checked.

    ``text`` is the article text: paragraphs (and headings, list items, table rows) joined by a blank line, without
    title, byline, date, furniture, or the reference list, whose entries are in ``references``.
    ``limit`` names the limit of size at which the reading stopped (``5,000,000 bytes``, ``20,000 blocks`` …), None on all but
    monstrous pages; the text is then truncated as it is behind a paywall.
    ``picture_credits`` are the lines, and the ends of captions, that say whose the pictures in the article are, as printed.
    ``title_source`` and ``body_source`` name the readers that were believed, as ``Dated.source`` and ``Person.source`` do.
    """

    canonical_url: str
    kind: Kind
    kind_reason: str
    title: str | None
    title_source: str | None
    people: tuple[Person, ...]
    published: Dated | None
    modified: Dated | None
    text: str
    body_source: str | None
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    breadcrumbs: tuple[Breadcrumb, ...]
    tags: tuple[str, ...]
    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    language: str | None
    is_truncated: bool
    limit: str | None = None
    picture_credits: tuple[str, ...] = ()
    extractor_version: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split(PARAGRAPH_BREAK)) if self.text else ()


# --- what is learnt from a blog's pages -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where on a blog's pages something stands: a path of tags and classes, and on how many learnt pages it was seen."""

    path: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A block of text that many of a blog's pages show: its digest, how it opens (for a person), on how many pages."""

    digest: str
    opening: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One layout of a blog's posts, as it was used for some years: where things stand under it, most frequent first.

    ``marks`` are the elements (tag and classes) by which a page of this layout is known. ``body_places`` hold the article;
    within them, ``furniture_places`` hold other things whatever they say, and ``caption_places`` what the author says of
    pictures, different on each page.
    """

    pages: int
    marks: tuple[str, ...] = ()
    title_places: tuple[Place, ...] = ()
    byline_places: tuple[Place, ...] = ()
    date_places: tuple[Place, ...] = ()
    body_places: tuple[Place, ...] = ()
    furniture_places: tuple[Place, ...] = ()
    caption_places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProfile:
    """What one blog's pages have in common; see `extract.learn_site`. Below five pages nothing is learnt.

    ``furniture`` are the blocks that repeat across pages; ``title_affixes`` what the site puts before or behind its titles;
    ``layout`` where things stand on its posts, and ``templates`` the same for each layout where the blog had several;
    ``author_names`` the names that its bylines gave; ``day_first`` whether 3/4/2012 means April here (None: unknown);
    ``utc_offset`` how many hours the days shown are ahead of moments that the pages give in UTC (None: unknown);
    ``post_addresses`` and ``listing_addresses`` the shapes of their URLs, as ``/{year}/{month}/*``.
    """

    pages: int
    furniture: tuple[Repeated, ...] = ()
    title_affixes: tuple[str, ...] = ()
    layout: Template = Template(pages=0)
    templates: tuple[Template, ...] = ()
    author_names: tuple[str, ...] = ()
    day_first: bool | None = None
    utc_offset: int | None = None
    post_addresses: tuple[str, ...] = ()
    listing_addresses: tuple[str, ...] = ()

    @property
    def furniture_digests(self) -> frozenset[str]:
        return frozenset(block.digest for block in self.furniture)

    @property
    def digest(self) -> str:
        """Changes when, and only when, something learnt changes."""
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:16]


# --- what a post yields further on -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """What could not be processed, and why. ``stage`` is ``crawl``, ``extract`` or ``annotate``."""

    url: str
    stage: str
    reason: str


def utc(moment: datetime) -> datetime:
    """``moment`` itself, once it is sure to be aware; a naive one is a programming error and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"a naive datetime, {moment!r}: records hold aware UTC times")
    return moment
