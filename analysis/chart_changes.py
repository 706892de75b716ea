"""Changepoints on a chart: a rule where each begins, on a band as wide as its date is uncertain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analysis.change_words import is_vague
from analysis.chart_events import LANE, LETTER, decimal_year
from analysis.palette import light

if TYPE_CHECKING:
    from analysis.changepoint import Changepoint, Changes

LEAST_BAND = 1 / 12  # years: an interval of one month is that month


def shown_changes(changes: Changes | None) -> tuple[Changepoint, ...]:
    """The changepoints to draw and to name: none where a steady drift describes the series as well."""
    return () if changes is None or changes.drift_fits_as_well else changes.points


def change_layers(
    changes: Changes | None, x: dict[str, Any], domain: tuple[float, float], height: int
) -> Iterator[dict[str, Any]]:
    """The layers that draw them, to be set under the line; their labels take turns at the foot of the chart.

    Of one whose date is uncertain by years there is the band alone.
    """
    for lane, point in enumerate(shown_changes(changes)):
        first, at = (max(domain[0], decimal_year(day)) for day in (point.earliest, point.start))
        last = min(domain[1], max(decimal_year(point.latest), first + LEAST_BAND))
        ends = {"data": {"values": [{"x": first, "end": last}]}}
        band = {"type": "rect", "color": light("adjusted"), "opacity": 0.16}
        whole = {"y": {"value": 0}, "y2": {"value": height}}
        yield {**ends, "mark": band, "encoding": {"x": x, "x2": {"field": "end"}, **whole}}
        if is_vague(point):
            continue
        one = {"data": {"values": [{"x": at}]}}
        rule = {"type": "rule", "color": light("adjusted"), "strokeWidth": 2}
        yield {**one, "mark": rule, "encoding": {"x": x, **whole}}
        text = f"from {point.period}"
        is_late = at + len(text) * LETTER / height * (domain[1] - domain[0]) / 3 > domain[1]
        words = {"type": "text", "text": text, "align": "right" if is_late else "left", "dx": -4 if is_late else 4,
                 "color": light("ink"), "fontSize": 11}  # fmt: skip
        yield {**one, "mark": words, "encoding": {"x": x, "y": {"value": height - 8 - LANE * (lane % 3)}}}
