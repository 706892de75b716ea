"""Laws and sums, told by their form."""

from __future__ import annotations

import pytest

from extract.formed_names import formed_spans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Localism Act 2011 followed.", {("Localism Act 2011", "LAW")}),
        ("under the Public Services (Social Value) Act 2012", {("Public Services (Social Value) Act 2012", "LAW")}),
        ("If the Village Halls Bill passes, we", {("Village Halls Bill", "LAW")}),
        ("Act now! The Act says so, and Bill Reed agrees.", set()),
        ("They Act Locally in Leeds.", set()),
        ("£1.5 million, or £3,000 each", {("£1.5 million", "MONEY"), ("£3,000", "MONEY")}),
        ("€20bn and $5m", {("€20bn", "MONEY"), ("$5m", "MONEY")}),
    ],
)
def test_forms(text: str, found: set[tuple[str, str]]) -> None:
    assert {(text[start:end], label) for start, end, label in formed_spans(text)} == found


@pytest.mark.parametrize(
    "bait", ["A" * 60_000, "Aa, Bb and " * 6_000, "(Aa " * 15_000, "Aa Act " * 9_000, "£1," * 20_000]
)
def test_long_lines_are_read(bait: str) -> None:
    assert all(bait[start:end] for start, end, _ in formed_spans(bait))
