"""Where the labels of events go above a chart, so that none is set upon another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.theme_file import Event

LETTER = 6.6  # mean width in pixels of a letter at 11 px, in a wide font
GAP = 10
LANE = 14  # height of a line of labels


@dataclass(frozen=True, slots=True)
class Label:
    """An event's label before it has a height: its rule stands at ``at``, its words from ``left`` to ``right``."""

    event: Event
    text: str
    at: float
    left: float
    right: float

    @property
    def is_flipped(self) -> bool:
        """Whether the words stand left of the rule, since they would run over the right edge."""
        return self.left < self.at


def decimal_year(day: date) -> float:
    """2019-07-02 is 2019.5: a time axis on which events and periods keep their true places."""
    start = date(day.year, 1, 1)
    return day.year + (day - start).days / (date(day.year + 1, 1, 1) - start).days


def shown_events(events: Sequence[Event], first: date, last: date) -> list[tuple[int, Event]]:
    """The events from ``first`` to ``last``, both included, by day, numbered from 1."""
    within = sorted(
        (event for event in events if first <= event.day <= last), key=lambda event: (event.day, event.label)
    )
    return list(enumerate(within, start=1))


def placed_events(
    events: Sequence[tuple[int, Event]],
    domain: tuple[float, float],
    width: int,
    *,
    numbers: bool,
    marks: Mapping[Event, str] | None = None,
) -> list[dict[str, Any]]:
    """For each event its ``x``, ``text``, ``align``, ``dx`` and the height of its label (``top``, negative).

    ``width`` is the plot's, in pixels; ``marks`` stand behind the labels. Labels keep apart, and no rule runs through the words of another, as far as
    that can be had: those that stand right of their rule are set from the right, each above what it would meet.
    """
    labels = [_label(number, event, domain, width, numbers, (marks or {}).get(event, "")) for number, event in events]
    upright = sorted((label for label in labels if not label.is_flipped), key=lambda label: -label.at)
    flipped = sorted((label for label in labels if label.is_flipped), key=lambda label: label.at)
    lanes: list[tuple[Label, int]] = []
    for label in upright + flipped:
        lanes.append((label, _lane(label, lanes)))
    return [
        {
            "x": decimal_year(label.event.day),
            "text": label.text,
            "align": "right" if label.is_flipped else "left",
            "dx": -4 if label.is_flipped else 4,
            "top": -LANE * (lane + 1),
        }
        for label, lane in sorted(lanes, key=lambda placed: (placed[0].at, placed[1]))
    ]


def _label(number: int, event: Event, domain: tuple[float, float], width: int, numbers: bool, mark: str) -> Label:
    at = (decimal_year(event.day) - domain[0]) / (domain[1] - domain[0]) * width
    text = f"{number}{mark}" if numbers else f"{number} {event.label} {mark}".rstrip()
    size = len(text) * LETTER + GAP
    is_flipped = at + size > width and at >= size
    return Label(event, text, at, at - size if is_flipped else at, at if is_flipped else at + size)


def _lane(label: Label, placed: Sequence[tuple[Label, int]]) -> int:
    """The lowest lane in which the label meets no other and lies above every rule that its words would cross."""
    crossed = [lane for other, lane in placed if label.left < other.at < label.right]
    taken = {lane for other, lane in placed if label.left < other.right and other.left < label.right}
    lane = max(crossed, default=-1) + 1
    while lane in taken:
        lane += 1
    return lane
