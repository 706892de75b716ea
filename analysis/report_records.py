"""What a report is made from, and the findings that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from analysis.records import Grain, PostView, Site, Trend, TrendPoint, Work
from analysis.theme_file import Theme
from analysis.themes import Lexicon

if TYPE_CHECKING:
    from analysis.changepoint import Changes
    from analysis.comparison import Distinctive
    from analysis.event_tests import EventTest
    from analysis.networks import Pair

SentenceSpans = Callable[[str], list[tuple[int, int]]]
Direction = Literal["more", "less", "unclear", "too little"]
CALLED: dict[str, str] = {
    "more": "higher",
    "less": "lower",
    "unclear": "no change shown",
    "too little": "too little to tell",
}
"""What a reader is told of each `Direction`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """What became of one blog's pages. ``counted`` posts are in the analysis; the others are left out, each for one reason."""

    blog: str
    name: str
    pages: int
    counted: int
    undated: int = 0
    duplicates: int = 0
    truncated: int = 0
    not_posts: int = 0
    other: int = 0  # failed to read, other languages …


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """All that a report depends on: the same input gives the same bytes.

    ``posts`` carry the hits of ``lexicon``. ``themes`` are keys of it, in the order to show; empty means all. ``first``
    and ``last`` bound the days reported, both included. ``data_date`` is the day of the newest capture, ``command``
    what makes the report again, ``versions`` pairs of a component and its version. ``sentences`` gives the sentence
    spans of a text.
    """

    title: str
    sector: str
    posts: Sequence[PostView]
    lexicon: Lexicon
    data_date: date
    command: str
    sentences: SentenceSpans
    themes: tuple[str, ...] = ()
    grain: Grain = "year"
    first: date | None = None
    last: date | None = None
    coverage: tuple[CoverageRow, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    resamples: int = 1000
    sentences_per_theme: int = 10
    png: bool = False  # whether the charts' files come as PNG too: each takes as long as a theme's page
    earlier: EarlierReport | None = None  # what this one is held against


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReport:
    """A report written before: the ``name`` of its folder, its figures (`figure_files.figures_json`), its posts' addresses."""

    name: str
    figures: Mapping[str, Any]
    posts: frozenset[str]


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file beside the report: ``path`` from the report's folder, a short ``title``, and what is in it (``note``)."""

    path: str
    title: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a quoted sentence; ``is_hit`` where a term was met."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sentence that was counted, and where it stands. ``start`` and ``end`` count characters of the post's text."""

    theme: str
    term: str
    pieces: tuple[Piece, ...]
    start: int
    end: int
    post: PostView

    @property
    def sentence(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """What one term adds to a theme. ``forms`` are its commonest spellings in the texts, with their counts; ``loudest`` is
    the share of its hits that one blog has, the one with most."""

    term: str
    hits: int
    share: float
    posts: int
    blogs: int
    loudest: float
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogRow:
    """How one blog writes about a theme over the whole time reported."""

    blog: str
    name: str
    posts: int
    posts_with_hit: int
    words: int
    hits: int
    share: float | None
    share_low: float | None
    share_high: float | None
    rate: float | None
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRow:
    """A name that signs posts on a theme, and how many ``posts`` it signs in all."""

    name: str
    posts_with_hit: int
    posts: int
    blogs: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """An entity that a theme's posts name. ``share`` is of them, ``elsewhere`` of all other posts (None: there are none)."""

    name: str
    label: str
    posts: int
    blogs: int
    share: float
    elsewhere: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A work that a theme's posts cite, and how many posts of how many blogs cite it in all."""

    work: Work
    posts: int
    blogs: int
    all_posts: int
    all_blogs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A site that a theme's posts link to, and how many posts of how many blogs link to it in all."""

    site: Site
    posts: int
    blogs: int
    all_posts: int
    all_blogs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A work, or a site, and the posts that cite it. ``by`` has the blogs with the number of their posts, most first."""

    thing: Work | Site
    posts: tuple[PostView, ...]
    by: tuple[tuple[str, int], ...]

    @property
    def key(self) -> str:
        return str(self.thing.key) if isinstance(self.thing, Work) else self.thing.host

    @property
    def name(self) -> str:
        return self.thing.name

    @property
    def url(self) -> str | None:
        """Where the work can be read, if a citation says."""
        return self.thing.url if isinstance(self.thing, Work) else None

    @property
    def is_blog(self) -> bool:
        """Whether it is the site of a listed blog."""
        return isinstance(self.thing, Site) and self.thing.blog is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogLink:
    """The posts of one listed blog that link to another."""

    blog: str
    to: str
    posts: tuple[PostView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCites:
    """Who cites what over all posts of a report, what most blogs cite first: works, sites, each other; blogs that cite the
    same works."""

    works: tuple[Cited, ...]
    sites: tuple[Cited, ...]
    blogs: tuple[BlogLink, ...]
    alike: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTheme:
    """Another theme in the same posts: in ``both`` of them, ``expected`` if the two had nothing to do with each other."""

    theme: str
    label: str
    both: int
    expected: float
    times: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """The words around a theme's hits late (``more``) and early (``less``), of the ``blogs`` that are in both halves.

    ``reason`` says why nothing was compared.
    """

    early: str = ""
    late: str = ""
    early_posts: int = 0
    late_posts: int = 0
    blogs: int = 0
    more: tuple[Distinctive, ...] = ()
    less: tuple[Distinctive, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Who writes on a theme, whom its posts name and what they cite. ``unsigned`` of its posts name no author, ``citing`` cite."""

    authors: tuple[AuthorRow, ...]
    unsigned: int
    names: tuple[NameRow, ...]
    works: tuple[WorkRow, ...]
    citing: int
    sites: tuple[SiteRow, ...]
    shared: tuple[SharedTheme, ...]
    words: WordChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFindings:
    """All that the report says of one theme."""

    theme: Theme
    trend: Trend
    headline: str
    change: str
    direction: Direction
    peak: TrendPoint | None
    evidence: tuple[Evidence, ...]
    terms: tuple[TermRow, ...]
    silent_terms: tuple[str, ...]
    blogs: tuple[BlogRow, ...]
    changes: Changes
    events: tuple[EventTest, ...] = ()
    surroundings: Surroundings | None = None
