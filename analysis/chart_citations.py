"""Who cites what as a table of dots: a row for what is cited, a column for a blog. Drawn where there is enough to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import MARGIN, NARROW, WIDE, drawn
from analysis.palette import light
from analysis.report_records import Cited
from analysis.templating import shown

FEWEST_THINGS, FEWEST_BLOGS = 5, 3  # below, the table says it sooner
MOST_THINGS = 24
MOST_BLOGS = {WIDE: 20, NARROW: 7}
ROOM = {WIDE: (250, 60), NARROW: (130, 18)}  # pixels for the rows' names, and what is left empty beside them


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """``rows`` of what is cited and ``blogs``, both in the order to show; ``of_blogs`` is how many there are to show."""

    rows: tuple[Cited, ...]
    blogs: tuple[str, ...]
    of_blogs: int


def dots(cited: Sequence[Cited], most_blogs: int = MOST_BLOGS[WIDE]) -> Dots | None:
    """What two blogs or more cite, by the blogs that cite most of it; None where that is too little for a figure."""
    rows = tuple(row for row in cited if len(row.by) > 1)[:MOST_THINGS]
    blogs = Counter(blog for row in rows for blog, _ in row.by)
    order = sorted(blogs, key=lambda blog: (-blogs[blog], blog))
    if len(rows) < FEWEST_THINGS or len(order) < FEWEST_BLOGS:
        return None
    return Dots(rows=rows, blogs=tuple(order[:most_blogs]), of_blogs=len(order))


def dots_chart(cited: Sequence[Cited], names: Mapping[str, str], *, name: str, label: str, width: int = WIDE) -> str:
    """The dots as inline SVG; nothing where there is too little."""
    found = dots(cited, MOST_BLOGS[width])
    return "" if found is None else drawn(dots_spec(found, names, width), name=name, label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnDots:
    """The figure for a wide page and for a telephone, and what stands in it; empty where there is too little."""

    wide: str = ""
    narrow: str = ""
    rows: tuple[Cited, ...] = ()
    blogs: tuple[str, ...] = ()
    of_blogs: int = 0
    narrow_blogs: int = MOST_BLOGS[NARROW]


def drawn_dots(cited: Sequence[Cited], names: Mapping[str, str], *, name: str, label: str) -> DrawnDots:
    """The dots of `dots`, drawn."""
    found = dots(cited)
    if found is None:
        return DrawnDots()
    wide, narrow = (
        dots_chart(cited, names, name=f"{name}-{width}", label=label, width=width) for width in (WIDE, NARROW)
    )
    return DrawnDots(wide=wide, narrow=narrow, rows=found.rows, blogs=found.blogs, of_blogs=found.of_blogs)


def dots_spec(found: Dots, names: Mapping[str, str], width: int = WIDE) -> dict[str, Any]:
    """The description that `dots_chart` draws: the larger a dot, the more posts."""
    things = _distinct([shown(row.name, 60) for row in found.rows])
    blogs = dict(zip(found.blogs, _distinct([shown(names.get(blog, blog), 40) for blog in found.blogs]), strict=True))
    rows = [
        {"thing": thing, "blog": blogs[blog], "posts": posts}
        for row, thing in zip(found.rows, things, strict=True)
        for blog, posts in row.by if blog in blogs
    ]  # fmt: skip
    taken, free = ROOM[width]
    step = max(16, min(40, (width - taken - free) // len(blogs)))
    bare = {"title": None, "ticks": False, "domain": False, "grid": True}
    x = {"field": "blog", "type": "nominal", "sort": list(blogs.values()),
         "axis": {**bare, "orient": "top", "labelAngle": -55, "labelLimit": 150 if width == WIDE else 90}}  # fmt: skip
    y = {"field": "thing", "type": "nominal", "sort": things, "axis": {**bare, "labelLimit": taken}}
    top = max(posts for row in found.rows for blog, posts in row.by if blog in blogs)
    size = {"field": "posts", "type": "quantitative", "legend": None,
            "scale": {"type": "linear", "domain": [1, max(top, 2)], "range": [16, 220]}}  # fmt: skip
    dot = {"type": "circle", "color": light("main"), "opacity": 1}
    return {
        "data": {"values": rows}, "padding": {**MARGIN, "left": 10}, "mark": dot, "encoding": {"x": x, "y": y, "size": size},
        "width": {"step": step}, "height": {"step": 20},
    }  # fmt: skip


def _distinct(names: Sequence[str]) -> list[str]:
    """Names apart from each other: the second of a name has its number."""
    met: Counter[str] = Counter()
    made = []
    for name in names:
        met[name] += 1
        made.append(name if met[name] == 1 else f"{name} ({met[name]})")
    return made
