"""Charts as inline SVG: described in Vega-Lite, drawn by vl-convert, without a browser and without the network.

The descriptions are plain Vega-Lite 6: building the same through Altair's objects takes four times as long as drawing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from analysis.chart_changes import change_layers
from analysis.chart_events import decimal_year, placed_events, shown_events
from analysis.keeping import kept
from analysis.palette import inline_svg, light
from analysis.periods import period_of
from analysis.records import Grain, PostView, Trend, TrendPoint
from analysis.theme_file import Event

if TYPE_CHECKING:
    from analysis.changepoint import Changes

Figure = Literal["share", "rate"]
Spec = dict[str, Any]  # a part of a Vega-Lite description
Row = dict[str, Any]  # what one mark is drawn from

WIDE, NARROW = 660, 250  # plot widths in pixels, for a page and for a telephone
HEIGHTS = {WIDE: 230, NARROW: 170}
TITLES: dict[Figure, str] = {"share": "Share of posts with a hit", "rate": "Hits per 10,000 words"}
FORMATS: dict[Figure, str] = {"share": "~%", "rate": ",~f"}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
YEAR_ROOM = 42  # pixels that a year's name and the space around it need
MARGIN: dict[str, int] = {
    "left": 14,
    "top": 4,
    "right": 22,
    "bottom": 4,
}  # a reader's font may be wider than the renderer's
LABEL_GAP = 0.08  # of the axis: closer line labels would be set upon each other
X = {"field": "x", "type": "quantitative"}


def trend_chart(
    line: Trend,
    figure: Figure,
    *,
    name: str,
    label: str,
    events: Sequence[Event] = (),
    changes: Changes | None = None,
    width: int = WIDE,
    marks: Mapping[Event, str] | None = None,
) -> str:
    """The line of one figure with its 95 % band, gaps left open, events as labelled rules, changepoints with their interval.

    ``name`` is unique on the page; ``label`` says in words what the chart shows. On a narrow chart the events' numbers
    stand for their names. Raises ValueError for a trend without points.
    """
    return drawn(trend_spec(line, figure, events, width, changes, marks), name=name, label=label)


def trend_spec(
    line: Trend,
    figure: Figure,
    events: Sequence[Event] = (),
    width: int = WIDE,
    changes: Changes | None = None,
    marks: Mapping[Event, str] | None = None,
) -> Spec:
    """The description that `trend_chart` draws."""
    if not line.points:
        raise ValueError(f"the trend of {line.theme!r} has no points: there is nothing to draw")
    main, same = _rows(line.points, figure), _rows(line.same_blogs, figure)
    first, after = line.points[0].start, period_of(line.points[-1].start, line.grain).following.start
    domain = (decimal_year(first), decimal_year(after))
    x = {**X, "scale": {"domain": list(domain), "nice": False}, "axis": time_axis(first, after, line.grain, width)}
    highest = max((row["y"] if row["high"] is None else row["high"] for row in [*main, *same]), default=0.0)
    top = (min(1.0, highest * 1.05) if figure == "share" else highest * 1.05) or 1.0
    y_axis = {"title": None, "format": FORMATS[figure], "tickCount": 4, "minExtent": 34}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [0, top], "nice": True}, "axis": y_axis}
    placed = placed_events(
        shown_events(events, first, after - timedelta(days=1)), domain, width, numbers=width == NARROW, marks=marks
    )
    layers = [
        *change_layers(changes, x, domain, HEIGHTS[width]),
        *_band(main, x, y),
        *stroke(main, x, y, "main"),
        *(stroke(same, x, y, "same") if same else ()),
    ]
    layers += [*_line_labels(main, same, x, y, top), *_event_layers(placed, x, HEIGHTS[width])]
    return {"layer": layers, "width": width, "height": HEIGHTS[width]}


def sparkline(line: Trend, *, name: str, label: str) -> str:
    """The share of posts in miniature, from zero; a gap stays open, and so do periods with too few posts for an interval."""
    rows = _sure(_rows(line.points, "share"))
    ends = [middle(line.points[0]) - 0.1, middle(line.points[-1]) + 0.1]
    x = {**X, "axis": None, "scale": {"domain": ends, "nice": False}}
    top = max((row["y"] for row in rows), default=0) * 1.1 or 1
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, top]}}
    return drawn(
        {"layer": list(stroke(rows, x, y, "main", size=9)), "width": 130, "height": 30}, name=name, label=label
    )


def coverage(posts: Sequence[PostView], names: Mapping[str, str], *, name: str, label: str, width: int = WIDE) -> str:
    """Posts per blog and year, blogs by their first post. The fuller the colour, the more posts; empty means none."""
    return drawn(coverage_spec(posts, names, width), name=name, label=label)


def coverage_spec(posts: Sequence[PostView], names: Mapping[str, str], width: int = WIDE) -> Spec:
    """The description that `coverage` draws."""
    counts: dict[tuple[str, int], int] = {}
    for post in posts:
        counts[post.blog, post.published.year] = counts.get((post.blog, post.published.year), 0) + 1
    begun = {blog: min(year for other, year in counts if other == blog) for blog, _ in counts}
    order = sorted(begun, key=lambda blog: (begun[blog], blog))
    shown = {blog: _distinct(blog, names, order) for blog in order}
    rows = [{"blog": shown[blog], "year": year, "posts": count} for (blog, year), count in sorted(counts.items())]
    years = list(range(min(begun.values()), max(year for _, year in counts) + 1)) if counts else []
    room = width - (160 if width == WIDE else 40)
    step = _year_step(len(years), room)
    bare = {"title": None, "ticks": False, "domain": False}
    x = {"field": "year", "type": "ordinal", "scale": {"domain": years},
         "axis": {**bare, "labelAngle": 0, "values": [year for year in years if year % step == 0]}}  # fmt: skip
    y = {"field": "blog", "type": "nominal", "sort": [shown[blog] for blog in order],
         "axis": {**bare, "labelLimit": 220 if width == WIDE else 110}}  # fmt: skip
    top = max(counts.values(), default=1)
    depth = {"field": "posts", "type": "quantitative", "legend": None,
             "scale": {"type": "sqrt", "domain": [0, top], "range": [0.08, 0.55]}}  # fmt: skip
    cell = {"type": "rect", "color": light("main"), "stroke": light("grid"), "strokeWidth": 1}
    layers = [{"mark": cell, "encoding": {"x": x, "y": y, "opacity": depth}}]
    if years and room / len(years) >= 9 * len(str(top)):
        number = {"field": "posts", "type": "quantitative"}
        words = {"type": "text", "color": light("ink"), "fontSize": 11}
        layers.append({"mark": words, "encoding": {"x": x, "y": y, "text": number}})
    margin = {**MARGIN, "left": 34}  # names are long, and set from the right
    return {"data": {"values": rows}, "padding": margin, "layer": layers, "width": room, "height": {"step": 22}}


def drawn(spec: Spec, *, name: str, label: str) -> str:
    """``spec`` as inline SVG in the house's colours and font."""
    return inline_svg(_svg(json.dumps({**spec, "config": CONFIG})), name=name, label=label)


def standalone(spec: Spec, title: str) -> str:
    """``spec`` as an SVG file, in light colours on white."""
    svg = inline_svg(_svg(json.dumps({**spec, "config": CONFIG})), name="chart", label=title)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + svg.replace(
        'style="width:100%;', 'style="background:#ffffff;', 1
    )


def png(spec: Spec, scale: float) -> bytes:
    """``spec`` as a PNG, ``scale`` pixels to the pixel of the page, on white."""
    import vl_convert

    given = {**spec, "config": {**CONFIG, "background": "#ffffff"}}
    return bytes(vl_convert.vegalite_to_png(given, scale=scale))


@lru_cache(maxsize=500)
@kept
def _svg(spec: str) -> str:
    """A chart is drawn once, for the page and for its file."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))


CONFIG: Spec = {
    "background": "transparent",
    "font": FONT,
    "padding": MARGIN,
    "view": {"stroke": None},
    "axis": {
        "labelColor": light("ink"), "labelFontSize": 12, "gridColor": light("grid"), "domainColor": light("quiet"),
        "tickColor": light("quiet"),
    },
}  # fmt: skip


def _rows(points: Sequence[TrendPoint], figure: Figure) -> list[Row]:
    """A row for each point that has the figure, placed mid-period.

    ``run`` changes where there is no figure, or one on too few posts for an interval: lines break there.
    """
    rows, run = [], 0
    for point in points:
        value, low, high = (getattr(point, f"{figure}{end}") for end in ("", "_low", "_high"))
        run += low is None
        if value is not None:
            rows.append({"x": middle(point), "y": value, "run": run, "low": low, "high": high})
    return rows


def _sure(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["low"] is not None]


def middle(point: TrendPoint) -> float:
    grain: Grain = "year" if len(point.period) == 4 else "quarter" if "Q" in point.period else "month"
    following = period_of(point.start, grain).following.start
    return (decimal_year(point.start) + decimal_year(following)) / 2


def _band(rows: Sequence[Row], x: Spec, y: Spec) -> Iterator[Spec]:
    """The interval as a band within each run of neighbours that have one, and as a bar at every point."""
    sure = _sure(rows)
    encoding = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    area = {"type": "area", "color": light("main"), "opacity": 0.16}
    bars = {"type": "rule", "color": light("main"), "opacity": 0.4, "strokeWidth": 1.5}
    yield {
        "data": {"values": sure},
        "mark": area,
        "encoding": {**encoding, "detail": {"field": "run", "type": "nominal"}},
    }
    yield {"data": {"values": sure}, "mark": bars, "encoding": encoding}


def stroke(rows: Sequence[Row], x: Spec, y: Spec, colour: str, size: int = 28) -> Iterator[Spec]:
    dash = [5, 3] if colour == "same" else [1, 0]
    line = {"type": "line", "color": light(colour), "strokeWidth": 2, "strokeDash": dash}
    dots = {"type": "point", "shape": "circle", "filled": True, "color": light(colour), "size": size, "opacity": 1}
    hollow = {**dots, "filled": False, "strokeWidth": 1.2}
    run = {"detail": {"field": "run", "type": "nominal"}}
    sure, unsure = _sure(rows), [row for row in rows if row["low"] is None]
    yield {"data": {"values": sure}, "mark": line, "encoding": {"x": x, "y": y, **run}}
    yield {"data": {"values": sure}, "mark": dots, "encoding": {"x": x, "y": y}}
    if unsure:
        yield {"data": {"values": unsure}, "mark": hollow, "encoding": {"x": x, "y": y}}


def _line_labels(main: Sequence[Row], same: Sequence[Row], x: Spec, y: Spec, top: float) -> Iterator[Spec]:
    """The lines' names at their ends, pushed apart where they would meet; with one line none is needed."""
    if not (main and same):
        return
    above = main[-1]["y"] >= same[-1]["y"]
    push = 7 if abs(main[-1]["y"] - same[-1]["y"]) < LABEL_GAP * top else 0
    for row, words, up in ((main[-1], "all blogs", above), (same[-1], "same blogs", not above)):
        mark = {"type": "text", "text": words, "align": "left", "dx": 9, "dy": -push if up else push,
                "color": light("ink"), "fontSize": 12}  # fmt: skip
        yield {"data": {"values": [row]}, "mark": mark, "encoding": {"x": x, "y": y}}


def _event_layers(placed: Sequence[Row], x: Spec, height: int) -> Iterator[Spec]:
    for event in placed:
        rule = {"type": "rule", "color": light("quiet"), "strokeDash": [2, 3], "strokeWidth": 1}
        words = {"type": "text", "text": event["text"], "align": event["align"], "dx": event["dx"],
                 "color": light("quiet"), "fontSize": 11}  # fmt: skip
        one = {"data": {"values": [{"x": event["x"]}]}}
        yield {**one, "mark": rule, "encoding": {"x": x, "y": {"value": event["top"]}, "y2": {"value": height}}}
        yield {**one, "mark": words, "encoding": {"x": x, "y": {"value": event["top"] + 4}}}


def time_axis(first: date, after: date, grain: Grain, width: int) -> Spec:
    """Years named under their middle where a point is a year, else at their beginning; quarters where there is room."""
    years = range(first.year, (after - timedelta(days=1)).year + 1)
    axis = {"title": None, "grid": False, "labelFlush": False}
    if grain != "year" and len(years) * 4 * YEAR_ROOM <= width:
        steps = [year + part / 4 for year in years for part in range(4)]
        text = "datum.value % 1 == 0 ? format(datum.value, 'd') : 'Q' + format(datum.value % 1 * 4 + 1, 'd')"
        return {**axis, "values": [tick for tick in steps if decimal_year(first) <= tick], "labelExpr": text}
    step = _year_step(len(years), width)
    middle = 0.5 if grain == "year" else 0.0
    ticks = [year + middle for year in years if year % step == 0]
    return {**axis, "values": ticks, "labelExpr": "format(floor(datum.value), 'd')"}


def _year_step(years: int, width: int) -> int:
    """Every how many years one is named, so that the names keep apart in any font."""
    return next((step for step in (1, 2, 5, 10, 20, 50) if years / step * YEAR_ROOM <= width), 100)


def _distinct(blog: str, names: Mapping[str, str], blogs: Sequence[str]) -> str:
    """The blog's name; with its key where another blog has the same name."""
    shown = names.get(blog, blog)
    same = [other for other in blogs if names.get(other, other) == shown]
    return shown if len(same) == 1 else f"{shown} ({blog})"
