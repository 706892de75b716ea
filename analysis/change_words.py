"""What the tests of change say, in words that claim no more than they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis import figures
from analysis.records import ChangeTest, YearlyRanks

if TYPE_CHECKING:
    from datetime import date

    from analysis.changepoint import Changepoint, Changes
    from analysis.drift import Interrupted

ALPHA = 0.05
MOST = 1000  # times: what is said of a ratio beyond it would be chance
VAGUE = 731  # days: a date interval of more than two years tells that something changed, but not when
WHAT = {"rate": "rate", "share": "share of posts"}
METHODS = {"signs": "signs turned", "t": "t over blogs"}


def drift_said(test: ChangeTest) -> str:
    """One sentence: what a year multiplies the figure by, with interval, p and number of blogs; or why it is not tested."""
    what = WHAT[test.figure]
    if test.p is None:
        return f"Drift of the {what}: not tested ({test.reason})."
    yearly = "all hits stand at one end" if test.ratio is None else f"{percent_change(test.ratio)} a year"
    told = (
        f"{yearly} (95{figures.NBSP}%: {interval_said(test.low, test.high)}; {p_said(test.p)}"
        f"{q_said(test.q)}; {figures.count(test.blogs, 'blog')}, "
        f"{METHODS.get(test.method, test.method)})"
    )
    decisive = test.q if test.q is not None else test.p
    return f"The {what} drifts: {told}." if decisive <= ALPHA else f"No steady drift of the {what} is shown: {told}."


def changes_said(changes: Changes) -> list[str]:
    """A sentence for each changepoint, or one on why there is none."""
    if changes.p is None:
        return [f"Changepoints: not looked for ({changes.reason})."]
    if not changes.points:
        return [f"No changepoint is shown ({p_said(changes.p)} for any{q_said(changes.q)})."]
    said = []
    for point in changes.points:
        ratio = f"{ratio_said(point.step)} (95{figures.NBSP}%: {interval_said(point.step.low, point.step.high)})"
        if point.step.p is None:
            ratio = "by how much the blogs do not tell"
        said.append(
            f"From {point.period} on (95{figures.NBSP}%: {point.earliest.isoformat()[:7]} to {point.latest.isoformat()[:7]}) it differs: {ratio}; "
            f"{p_said(point.p)}{q_said(point.q)}."
        )
        if is_vague(point):
            said.append(f"The date of {point.period} is uncertain by years: do not name it.")
    if changes.drift_fits_as_well:
        said.append("A steady drift describes the series as well as these steps: do not speak of dates.")
    else:
        said.append("A steady drift describes the series less well.")
    return said


def plainest(changes: Changes) -> Changepoint | None:
    """The step that stands out most of those whose date may be named."""
    named = [] if changes.drift_fits_as_well else [point for point in changes.points if not is_vague(point)]
    return min(named, key=lambda point: (point.p, point.start), default=None)


def is_vague(point: Changepoint) -> bool:
    """Whether its date is too uncertain to be named."""
    return is_long(point.earliest, point.latest)


def is_long(earliest: date, latest: date) -> bool:
    """Whether a date that may be any from ``earliest`` to ``latest`` is none to name."""
    return (latest - earliest).days > VAGUE


def event_said(found: Interrupted) -> list[str]:
    """What changed at a named day: the level at once, and the drift from then on."""
    level, bend = found.level, found.drift
    if level.p is None:
        return [f"{found.day.isoformat()}: not tested ({level.reason})."]
    said = [
        f"From {found.day.isoformat()} on, beside the drift before it: the level {ratio_said(level)} "
        f"(95{figures.NBSP}%: {interval_said(level.low, level.high)}; {p_said(level.p)}; {figures.count(level.blogs, 'blog')})."
    ]
    if bend.p is not None:
        said.append(
            f"The drift from then on against before: {ratio_said(bend)} a year "
            f"(95{figures.NBSP}%: {interval_said(bend.low, bend.high)}; {p_said(bend.p)})."
        )
    return [*said, "Coming after an event is not coming from it, and the day must have been chosen before looking."]


def ranks_said(ranks: YearlyRanks) -> str:
    """Mann–Kendall and Sen's slope in one sentence."""
    line = "the adjusted line" if ranks.line == "adjusted" else "the raw line"
    return (
        f"By years ({ranks.years}, {line}): Mann–Kendall τ = {ranks.tau:.2f}, {p_said(ranks.p)}; Sen's slope "
        f"{ranks.slope:+.2g} hits per 10,000 words a year ({ranks.low:+.2g} to {ranks.high:+.2g})."
    )


def ratio_said(test: ChangeTest) -> str:
    """`percent_change`, or that one side has no hit at all."""
    if test.ratio is not None:
        return percent_change(test.ratio)
    return "from no hit at all" if test.high is None else "to no hit at all"


def percent_change(ratio: float) -> str:
    """``+12 %``, the space unbreakable; from tenfold on, ``×12``; below a tenth, ``÷12``; no ratio is known beyond a thousand."""
    if not 1 / MOST < ratio < MOST:
        return f"over {'×' if ratio > 1 else '÷'}{MOST:,}"
    if ratio >= 10:
        return f"×{ratio:.0f}"
    if ratio <= 0.1:
        return f"÷{1 / ratio:.0f}"
    change = (ratio - 1) * 100
    said = f"{change:+.1f}" if abs(change) < 10 else f"{change:+.0f}"
    return f"{said}{figures.NBSP}%".replace("-", "−")


def interval_said(low: float | None, high: float | None) -> str:
    """``+3.0 % to +20 %``; an end that nothing bounds is said to be open."""
    if low is None and high is None:
        return "unbounded, the blogs are too few"
    return f"{'any fall' if low is None else percent_change(low)} to {'any rise' if high is None else percent_change(high)}"


def p_said(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def q_said(q: float | None, over: str = "the themes") -> str:
    """``, q = 0.012 over the themes``; nothing where p was not corrected."""
    return "" if q is None else f", {figures.q(q)} over {over}"
