"""The quality gate: a drop is a drop, whichever way a figure counts."""

from __future__ import annotations

import json

import pytest

from benchmarks.quality import PINS, SHARED, dropped, evaluation_sets


@pytest.mark.parametrize(
    ("figure", "value", "pin", "is_drop"),
    [
        ("F1", 0.970, 0.974, True),
        ("F1", 0.9738, 0.974, False),  # within what is printed
        ("F1", 0.980, 0.974, False),
        ("authors.obvious_error", 0.09, 0.07, True),
        ("authors.obvious_error", 0.05, 0.07, False),
        ("F1", 0.1, None, False),  # a new figure has no pin yet
    ],
)
def test_a_figure_that_got_worse_is_a_drop(figure: str, value: float, pin: float | None, is_drop: bool) -> None:
    assert dropped(figure, value, pin) is is_drop


def test_every_pin_is_a_figure() -> None:
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    assert pins
    assert all(isinstance(value, int | float) for figures in pins.values() for value in figures.values())


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no evaluation sets beside this checkout")
def test_every_set_that_lies_there_is_pinned() -> None:
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    assert {evaluation.name for evaluation in evaluation_sets()} == set(pins)
