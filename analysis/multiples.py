"""Small multiples: a theme's share of posts by blog and year, one little chart a blog.

Drawn here and not by the charts' renderer: they are bars and nothing else, and a renderer's would be fifty times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from analysis import figures
from analysis.palette import light
from analysis.records import PostView
from analysis.trends import FEWEST_POSTS

MOST_BLOGS = 12
WIDTH, HEIGHT = 160, 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple:
    """One blog's little chart. ``top`` of all of them is the same share."""

    blog: str
    name: str
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiples:
    """The charts of the blogs with most posts, the share that their full height stands for, and the years of all."""

    charts: tuple[Multiple, ...]
    blogs: int
    top: float
    first: int
    last: int


Cell = tuple[int, int]  # posts, of them with a hit


def multiples(posts: Iterable[PostView], theme: str, names: Mapping[str, str]) -> Multiples | None:
    """The charts, most posts first; None where there are not two blogs. Bars on too few posts for an interval are hollow."""
    import numpy as np

    from analysis.corpus import corpus_of

    corpus = corpus_of(posts)
    hits = corpus.counts_of(theme)
    written, with_hit = corpus.cells("year", np.ones_like(hits)), corpus.cells("year", (hits > 0).astype(np.int64))
    cells = {
        blog: {
            period.start.year: (int(written[row, at]), int(with_hit[row, at]))
            for at, period in enumerate(corpus.placed("year").periods) if written[row, at]
        }
        for row, blog in enumerate(corpus.blogs)
    }  # fmt: skip
    if len(cells) < 2:
        return None
    years = sorted({year for row in cells.values() for year in row})
    order = sorted(cells, key=lambda blog: (-sum(count for count, _ in cells[blog].values()), blog))[:MOST_BLOGS]
    sure = [met / count for blog in order for count, met in cells[blog].values() if count >= FEWEST_POSTS]
    top = max(sure, default=0.0) or max(met / count for blog in order for count, met in cells[blog].values()) or 1.0
    span = range(years[0], years[-1] + 1)
    return Multiples(
        charts=tuple(
            Multiple(blog=blog, name=names.get(blog, blog), svg=panel(cells[blog], span, top)) for blog in order
        ),
        blogs=len(cells), top=top, first=years[0], last=years[-1],
    )  # fmt: skip


def panel(row: Mapping[int, Cell], years: Sequence[int], top: float) -> str:
    """A bar for each year with posts, on a piece of ground: where there is no ground there are no posts."""
    slot = WIDTH / len(years)
    said = []
    bars = [f'<rect x="0" y="{HEIGHT - 1}" width="{WIDTH}" height="1" fill="{light("grid")}"/>']
    for place, year in enumerate(years):
        count, met = row.get(year, (0, 0))
        if not count:
            continue
        said.append(f"{year} {figures.percent(met / count)} of {count}")
        left, wide = _number(place * slot), _number(max(slot - (1 if slot > 4 else 0), 0.5))
        bars.append(f'<rect x="{left}" y="{HEIGHT - 2}" width="{wide}" height="2" fill="{light("quiet")}"/>')
        high = min(1.0, met / count / top) * (HEIGHT - 4)
        if met:
            paint = (
                f'fill="{light("main")}"'
                if count >= FEWEST_POSTS
                else f'fill="none" stroke="{light("main")}" vector-effect="non-scaling-stroke"'
            )
            bars.append(
                f'<rect x="{left}" y="{_number(HEIGHT - 2 - high)}" width="{wide}" height="{_number(high)}" {paint}/>'
            )
    label = escape("Share of posts: " + ", ".join(said))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" aria-label="{label}">{"".join(bars)}</svg>'


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
