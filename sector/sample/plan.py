"""The design of the sample: which blogs there are, when they write, and what is true of each theme.

The trends are decided here, before a word is written. `truth.json` holds both: what was meant and what came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from sector.sample.records import SampleBlog

SEED = "sectorscope sample 1"
THEMES = ("austerity", "partnership", "volunteering", "digital", "covid", "funding")
FIRST_LOCKDOWN = date(2020, 3, 16)
YEARS = range(2009, 2021)

BLOGS = (
    SampleBlog(key="larkfield", name="The Larkfield Forum", url="http://larkfieldforum.example/",
               scope="http://larkfieldforum.example/", group="umbrella bodies", platform="wordpress"),
    SampleBlog(key="civic-practice", name="Centre for Civic Practice",
               url="http://www.estermere.example/centres/civic-practice/blog",
               scope="http://www.estermere.example/centres/civic-practice/blog", group="universities",
               platform="drupal"),
    SampleBlog(key="church-hall", name="Notes from a Church Hall", url="http://churchhallnotes.example/",
               scope="http://churchhallnotes.example/", group="practitioners", platform="blogger"),
    SampleBlog(key="field-ledger", name="Field & Ledger", url="http://fieldandledger.example/",
               scope="http://fieldandledger.example/", group="commentators", platform="ghost"),
    SampleBlog(key="small-numbers", name="Small Numbers", url="http://smallnumbers.example/",
               scope="http://smallnumbers.example/", group="commentators", platform="jekyll"),
    SampleBlog(key="neighbourhoods", name="Neighbourhoods", url="http://neighbourhoods.blog.gov.example/",
               scope="http://neighbourhoods.blog.gov.example/", group="government", platform="govuk"),
    SampleBlog(key="tarnbridge", name="Tarnbridge CVS News", url="http://www.tarnbridge-cvs.example/",
               scope="http://www.tarnbridge-cvs.example/", group="local bodies", platform="handmade"),
)  # fmt: skip

# Posts a year. One blog starts late and writes most; one stops early: the panel changes, as real panels do.
POSTS_A_YEAR: Mapping[str, Mapping[int, int]] = MappingProxyType({
    "larkfield": dict(zip(YEARS, (3, 4, 5, 5, 5, 4, 4, 4, 4, 4, 3, 4), strict=True)),
    "civic-practice": dict(zip(range(2011, 2021), (2, 3, 3, 3, 2, 3, 2, 3, 3, 2), strict=True)),
    "church-hall": dict(zip(range(2009, 2016), (5, 6, 7, 6, 6, 5, 3), strict=True)),
    "field-ledger": dict(zip(range(2016, 2021), (6, 14, 18, 20, 22), strict=True)),
    "small-numbers": dict.fromkeys(range(2013, 2021), 3),
    "neighbourhoods": dict.fromkeys(range(2012, 2021), 3),
    "tarnbridge": dict.fromkeys(range(2009, 2015), 3),
})  # fmt: skip

# The chance that a post has the theme, by year. Rises from 2010, stays high until 2015, falls after.
AUSTERITY = dict(zip(YEARS, (0.05, 0.3, 0.55, 0.6, 0.6, 0.55, 0.5, 0.35, 0.25, 0.2, 0.15, 0.1), strict=True))


@dataclass(frozen=True, slots=True)
class Planned:
    """A post to be written: its blog, its place in the blog's row, its day, and the themes planted in it."""

    blog: SampleBlog
    number: int
    day: date
    expected: Mapping[str, float]
    themes: tuple[str, ...]


def random_for(*parts: object) -> Random:
    """A generator of its own for each thing that is decided, so that one change does not stir all the rest."""
    return Random(" ".join((SEED, *map(str, parts))))  # noqa: S311 - prose, not secrets


def expected_share(theme: str, blog: str, day: date) -> float:
    """The chance with which ``theme`` is planted in a post of ``blog`` on ``day``: the truth that a trend must find.

    Partnership never changes within a blog; only the late, heavy blog writes more of it, so the raw line rises.
    """
    match theme:
        case "austerity":
            return AUSTERITY[day.year]
        case "partnership":
            return 0.7 if blog == "field-ledger" else 0.25
        case "volunteering":
            return 0.35
        case "digital":
            return round(0.06 + 0.05 * (day.year - 2009), 2)
        case "covid":
            return 0.85 if day >= FIRST_LOCKDOWN else 0.0
        case "funding":
            return 0.4
    raise ValueError(f"no theme {theme!r} is planned; the planned ones are {', '.join(THEMES)}")


def _days(blog: str) -> Iterator[date]:
    """The blog's days of writing: each year in equal parts, one working day in each."""
    for year, posts in POSTS_A_YEAR[blog].items():
        random = random_for("days", blog, year)
        part = 364 / posts
        for turn in range(posts):
            day = date(year, 1, 2) + timedelta(days=int(part * turn + random.uniform(0.1, 0.85) * part))
            yield day - timedelta(days=max(0, day.weekday() - 4))


def planned_posts(blog: SampleBlog) -> Iterator[Planned]:
    """The blog's posts in order. Themes are planted at even steps, so that the shares come out as they were meant."""
    owed = {theme: random_for("start", blog.key, theme).random() for theme in THEMES}
    for number, day in enumerate(_days(blog.key), start=1):
        expected = {theme: expected_share(theme, blog.key, day) for theme in THEMES}
        planted = []
        for theme in THEMES:
            owed[theme] += expected[theme]
            if owed[theme] >= 1:
                owed[theme] -= 1
                planted.append(theme)
        yield Planned(blog, number, day, expected, tuple(planted))
