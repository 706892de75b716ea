"""What the sample sector is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from sector.sample.wording import plain, slug_of

BlockTag = Literal["p", "h2", "h3", "blockquote", "ul"]
PostKind = Literal["post", "truncated", "duplicate"]
# Past the end these answer 404, as their platforms do; any other unknown parameter is ignored, as servers do.
PAGING = frozenset({"paged", "page", "start-index", "month", "updated-max", "p"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleBlog:
    """A blog of the sample: ``url`` is its front page, ``scope`` the prefix of what belongs to it."""

    key: str
    name: str
    url: str
    scope: str
    group: str
    platform: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    name: str
    honorific: str | None = None
    role: str | None = None
    affiliation: str | None = None
    bio: str = ""
    is_organisation: bool = False

    @property
    def slug(self) -> str:
        return slug_of(self.name.replace("ë", "e"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of the body: ``html`` is what stands inside the tag; ``items`` are a list's.

    ``hits`` are the themes planted in it, each with the number of its terms.
    """

    tag: BlockTag
    html: str = ""
    items: tuple[str, ...] = ()
    hits: tuple[tuple[str, int], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Its text as paragraphs: one for a list's every item."""
        return tuple(map(plain, self.items or (self.html,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation in the text, with the positions of its works in the post's reference list.

    A work alone in brackets is printed with them, "(Ashdown, 2016)"; of several in one pair of brackets each stands
    for itself, "Tolland, 2006"; a named one is "Tolland (2006)".
    """

    as_printed: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    name: str
    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePost:
    """A post, and what is true of it.

    ``blocks`` is the body without title, byline, date and reference list; ``expected`` is the chance with which each
    theme was planted in it. ``signature`` is what the byline prints where that
    is no person's name ("Admin"). A truncated post's ``blocks`` are what the page shows.
    """

    blog: str
    number: int
    slug: str
    url: str
    title: str
    published: date
    precision: Literal["day", "month"] = "day"
    authors: tuple[Author, ...] = ()
    signature: str | None = None
    guest: bool = False
    topic: str
    tags: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    references: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    comments: tuple[Comment, ...] = ()
    kind: PostKind = "post"
    duplicate_of: str | None = None
    expected: Mapping[str, float] = field(default_factory=dict)

    @property
    def hits(self) -> dict[str, int]:
        """How many terms of each theme stand in the body, by construction."""
        planted = Counter[str]()
        for block in self.blocks:
            planted.update(dict(block.hits))
        return dict(planted)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The article text as a reader of the page should find it, headings and list items among it."""
        return tuple(text for block in self.blocks for text in block.texts)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def byline(self) -> str:
        """The authors' names in a row, or the signature; empty where nobody signs."""
        return " and ".join(author.name for author in self.authors) or self.signature or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the sample's web answers. ``headers`` leaves out what the server adds (Date, Content-Length, ETag)."""

    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Sector:
    """The sample: its blogs, its posts and its whole web.

    ``responses`` is keyed by (host, path with query). ``missing`` are the URLs that pages link to and that answer 404
    by design.
    """

    blogs: tuple[SampleBlog, ...]
    posts: tuple[SamplePost, ...]
    responses: Mapping[tuple[str, str], Response]
    missing: frozenset[str]

    @cached_property
    def hosts(self) -> frozenset[str]:
        return frozenset(host for host, _ in self.responses)

    def response(self, host: str, target: str) -> Response | None:
        """The answer to ``target`` (a path, maybe with a query); None where there is no such page."""
        if found := self.responses.get((host, target)):
            return found
        path, _, query = target.partition("?")
        if query and not PAGING & {name for name, _ in parse_qsl(query, keep_blank_values=True)}:
            return self.responses.get((host, path))
        return None
