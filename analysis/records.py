"""What an analysis is given and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Grain = Literal["year", "quarter", "month"]


class ThemeHit(NamedTuple):
    """A theme's term met in a text; ``start`` and ``end`` count characters of that text."""

    theme: str
    term: str
    start: int
    end: int
    text: str


class Token(NamedTuple):
    """A token of a text, as themes are counted in; ``text[start:start + len(form)] == form``.

    ``folded`` is what it is compared by. ``gap`` is what parts it from the token before (`tokens.joint`); ``sentence`` counts from 0. ``lemma`` and ``pos``
    are the dictionary form and universal part of speech; None: no language model has read the text.
    """

    start: int
    form: str
    folded: str
    gap: str | None
    sentence: int
    lemma: str | None = None
    pos: str | None = None


class Named(NamedTuple):
    """An entity that a post names; ``label`` is its kind: PERSON, ORG, GPE …"""

    name: str
    label: str


class Author(NamedTuple):
    """Who signs a post. ``given`` and ``family`` are None where the page does not tell them apart, or for a body."""

    name: str
    given: str | None = None
    family: str | None = None
    is_organisation: bool = False


class Work(NamedTuple):
    """A work that posts cite. ``key`` tells works apart; what no citation says is None."""

    key: int
    authors: tuple[str, ...]
    year: str | None
    title: str | None
    container: str | None
    url: str | None

    @property
    def name(self) -> str:
        """What it is shown under."""
        return self.title or self.url or "untitled"


class Site(NamedTuple):
    """A site that a post's text links to, other than its own. ``blog`` is the listed blog that it is, or that part of it is."""

    host: str
    blog: str | None = None

    @property
    def name(self) -> str:
        """What it is shown under: blogs may share a host."""
        return f"{self.host} ({self.blog})" if self.blog else self.host


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """What the analyses need of a post: one row of the warehouse's `posts_countable`, and its hits.

    ``named``, ``cited`` and ``linked``, each once, and ``signed``, the authors in full, are there only where they were asked for.
    """

    url: str
    title: str
    blog: str
    authors: tuple[str, ...]
    published: date
    precision: Literal["day", "month", "year"]
    words: int
    text: str
    fetched_at: str | None = None  # ISO 8601, of the capture that was read
    warc: str | None = None  # file and offset of that capture
    hits: tuple[ThemeHit, ...] = ()
    named: tuple[Named, ...] = ()
    cited: tuple[Work, ...] = ()
    signed: tuple[Author, ...] = ()
    linked: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One theme in one period. ``rate`` is hits per 10,000 words; ``share`` the share of posts with a hit, 0 to 1.

    Intervals are 95 %; None where there is too little to say anything.
    """

    theme: str
    period: str  # 2019, 2019-Q2, 2019-06
    start: date
    posts: int
    posts_with_hit: int
    blogs: int
    words: int
    hits: int
    share: float | None
    share_low: float | None
    share_high: float | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePoint:
    """A figure of a line that is not a plain count; interval 95 %, None where too little carries it."""

    period: str
    start: date
    rate: float  # per 10,000 words
    low: float | None
    high: float | None
    blogs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTest:
    """How much a rate is multiplied by, over blogs: a year of drift, or a step. ``reason`` says why there is no test.

    ``high`` or ``low`` is None where nothing bounds the ratio on that side; ``ratio`` is None, with a p, where one side has no hit. ``q`` is p corrected for the themes tested beside
    it (Benjamini & Hochberg). ``wald_p`` is the usual clustered test, for comparison only.
    """

    figure: Literal["rate", "share"]
    per: Literal["year", "step"]
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    method: Literal["signs", "t", "none"]
    blogs: int
    hits: int
    q: float | None = None
    wald_p: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyRanks:
    """Mann–Kendall over years, and Sen's slope in hits per 10,000 words a year with its 95 % interval."""

    years: int
    tau: float
    p: float
    slope: float
    low: float
    high: float
    line: Literal["adjusted", "raw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A theme's points over time, with what was left out and what a reader should be warned of.

    ``same_blogs`` is the line of the ``steady_blogs`` alone, those with posts in nearly every period; both are empty
    where fewer than two blogs are steady, or all are. ``adjusted`` is the line with each blog's own level taken out, scaled to
    the rate over the whole time: its intervals are of a period against the whole. ``equal_blogs`` is the mean of the
    blogs' rates. ``drift`` and ``share_drift`` test whether rate and share move steadily.
    """

    theme: str
    grain: Grain
    points: tuple[TrendPoint, ...]
    left_out: int  # posts whose date is too coarse for the grain
    warnings: tuple[str, ...] = ()
    same_blogs: tuple[TrendPoint, ...] = ()
    steady_blogs: tuple[str, ...] = ()
    adjusted: tuple[LinePoint, ...] = ()
    equal_blogs: tuple[LinePoint, ...] = ()
    drift: ChangeTest | None = None
    share_drift: ChangeTest | None = None
    ranks: YearlyRanks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """One hit in its context (KWIC)."""

    url: str
    blog: str
    published: date
    left: str
    keyword: str
    right: str
