"""The small chart that holds a theme's lines against each other: as counted, and as a changing panel of blogs cannot move it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.chart_events import decimal_year
from analysis.charts import FORMATS, NARROW, WIDE, Row, Spec, X, drawn, middle, time_axis
from analysis.composition import ADJUSTED, EQUAL, RAW, SAME, composition_lines
from analysis.palette import light
from analysis.periods import period_of
from analysis.records import Trend

STROKES = {
    RAW: ("main", [1, 0]),
    ADJUSTED: ("adjusted", [1, 0]),
    EQUAL: ("equal", [2, 2]),
    SAME: ("same", [5, 3]),
}  # colour and dash, so that they are told apart without colours too
ROOM = 116  # pixels right of the plot for the lines' names
HEIGHT = {WIDE: 170, NARROW: 150}
LANE = 14  # pixels between two names


def composition_chart(line: Trend, *, name: str, label: str, width: int = WIDE) -> str:
    """The lines of the rate, each named at its end; an empty string where there is but one."""
    spec = composition_spec(line, width)
    return drawn(spec, name=name, label=label) if spec else ""


def composition_spec(line: Trend, width: int = WIDE) -> Spec | None:
    """The description that `composition_chart` draws."""
    lines = composition_lines(line)
    if not lines:
        return None
    first, after = line.points[0].start, period_of(line.points[-1].start, line.grain).following.start
    plot, height = width - ROOM + (50 if width == NARROW else 0), HEIGHT[width]
    x = {
        **X,
        "scale": {"domain": [decimal_year(first), decimal_year(after)], "nice": False},
        "axis": time_axis(first, after, line.grain, plot),
    }
    top = max(rate for rates in lines.values() for rate in rates.values()) * 1.05 or 1.0
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": {"title": None, "format": FORMATS["rate"], "tickCount": 4, "minExtent": 34},
    }
    drawn_lines = {name: _rows(line, rates) for name, rates in lines.items()}
    layers = [layer for name, rows in drawn_lines.items() for layer in _line(rows, x, y, *STROKES[name])]
    ends = [(name, (1 - rows[-1]["y"] / top) * height) for name, rows in drawn_lines.items()]
    layers += [layer for name, at in spread(ends, height) for layer in _name(name, at, plot)]
    return {"layer": layers, "width": plot, "height": height}


def _rows(line: Trend, rates: dict[str, float]) -> list[Row]:
    """A row for each point; ``run`` changes where a period has none: lines break there."""
    rows, run = [], 0
    for point in line.points:
        if point.period in rates:
            rows.append({"x": middle(point), "y": rates[point.period], "run": run})
        else:
            run += 1
    return rows


def _line(rows: Sequence[Row], x: Spec, y: Spec, colour: str, dash: Sequence[int]) -> Iterator[Spec]:
    mark = {"type": "line", "color": light(colour), "strokeWidth": 2, "strokeDash": list(dash)}
    dots = {"type": "point", "shape": "circle", "filled": True, "color": light(colour), "size": 12, "opacity": 1}
    data = {"data": {"values": list(rows)}}
    yield {**data, "mark": mark, "encoding": {"x": x, "y": y, "detail": {"field": "run", "type": "nominal"}}}
    yield {**data, "mark": dots, "encoding": {"x": x, "y": y}}


def spread(ends: Sequence[tuple[str, float]], height: float) -> list[tuple[str, float]]:
    """The names with their heights pushed apart, each as near to its line's end as the others let it."""
    placed: list[tuple[str, float]] = []
    for name, at in sorted(ends, key=lambda end: (end[1], end[0])):
        placed.append((name, max(at, placed[-1][1] + LANE) if placed else at))
    lowest, moved = height, []
    for name, at in reversed(placed):
        moved.append((name, min(at, lowest)))
        lowest = moved[-1][1] - LANE
    return moved[::-1]


def _name(name: str, at: float, plot: int) -> Iterator[Spec]:
    colour, dash = STROKES[name]
    one: Spec = {"data": {"values": [{}]}}
    key = {"type": "rule", "color": light(colour), "strokeWidth": 2, "strokeDash": list(dash)}
    place = {"y": {"value": at}}
    yield {**one, "mark": key, "encoding": {"x": {"value": plot + 4}, "x2": {"value": plot + 18}, **place}}
    words = {"type": "text", "text": name, "align": "left", "color": light("ink"), "fontSize": 12}
    yield {**one, "mark": words, "encoding": {"x": {"value": plot + 22}, **place}}
