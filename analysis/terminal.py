"""Trends and concordances as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis import figures
from analysis.change_words import changes_said, drift_said, ranks_said
from analysis.records import Concordance, Trend, TrendPoint

if TYPE_CHECKING:
    from analysis.changepoint import Changes
    from analysis.marking import Sampled
    from analysis.topics import Topics

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
HEAD = ("period", "posts", "with hit", "share", "95 %", "per 10,000", "95 %", "")


def sparkline(values: Iterable[float | None]) -> str:
    """A bar for each value, from zero to the highest; ``·`` where there is none."""
    values = list(values)
    top = max((value for value in values if value is not None), default=0.0)
    return "".join(GAP if value is None else BARS[_bar(value, top)] for value in values)


def share_line(points: Iterable[TrendPoint]) -> str:
    """The shares as a sparkline. On too few posts for an interval there is no bar: one of two posts would dwarf all others."""
    return sparkline(None if point.share_low is None else point.share for point in points)


def _bar(value: float, top: float) -> int:
    return min(len(BARS) - 1, int(value / top * len(BARS))) if top > 0 else 0


def trend_lines(line: Trend, label: str, changes: Changes | None = None) -> list[str]:
    """A heading with a sparkline of the share of posts, a table of the points, other lines, tests, then the warnings."""
    shares = share_line(line.points)
    top = max((point.share or 0 for point in line.points if point.share_low is not None), default=0)
    rows = [HEAD, *(_row(point, top) for point in line.points)]
    lines = [f"{label}  {shares}  (share of posts by {line.grain})", "", *aligned(rows)]
    lines += ["", *_other_lines(line)] if line.same_blogs or line.adjusted else []
    tests = [drift_said(test) for test in (line.drift, line.share_drift) if test]
    tests += [ranks_said(line.ranks)] if line.ranks else []
    tests += changes_said(changes) if changes else []
    lines += ["", *tests] if tests else []
    if line.warnings:
        lines += ["", *(f"! {warning}" for warning in line.warnings)]
    return [text.replace(figures.NBSP, " ") for text in lines]


def glance_lines(told: Mapping[str, Any]) -> list[str]:
    """A report's `figures.json` in a line a theme: its course, its newest share with interval, and what became of it."""
    from analysis.report_records import CALLED

    rows = [("theme", "share of posts", "newest", "95 %", "of", "newest against oldest", "rate's step")]
    for theme in told["themes"].values():
        points = theme["trend"]["points"]
        sure = [point for point in points if point["share_low"] is not None]
        newest = sure[-1] if sure else None
        rows.append((
            _shown(theme["label"]), sparkline(point["share"] if point in sure else None for point in points), figures.percent(newest["share"]) if newest else "–",
            figures.percent_interval(newest["share_low"], newest["share_high"]) if newest else "–",
            f"{newest['posts']:,} posts, {newest['period']}" if newest else "too few posts", CALLED[theme["newest_against_oldest"]], _step(theme["changes"]),
        ))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [text.replace(figures.NBSP, " ") for text in lines]


def _step(changes: Mapping[str, Any]) -> str:
    """Since when a theme's rate is another, as far as a date may be named."""
    from datetime import date

    from analysis.change_words import is_long, percent_change

    if changes["p"] is None:
        return "not tested"
    named = [] if changes["drift_fits_as_well"] else [
        point for point in changes["points"]
        if not is_long(date.fromisoformat(point["earliest"]), date.fromisoformat(point["latest"]))
    ]  # fmt: skip
    if not named:
        return "no date" if changes["points"] else "none shown"
    point = min(named, key=lambda point: (point["p"], point["start"]))
    ratio = point["step"]["ratio"]
    return f"{'' if ratio is None else percent_change(ratio) + ' '}from {point['period']}"


def _other_lines(line: Trend) -> list[str]:
    """The rate as it is, and as a changing panel of blogs cannot move it."""
    periods = [point.period for point in line.points]
    rows = [("rate, all posts", sparkline(None if point.rate_low is None else point.rate for point in line.points))]
    for name, points in (
        ("rate, blogs' levels taken out", line.adjusted),
        ("rate, each blog the same weight", line.equal_blogs),
    ):
        rates = {point.period: point.rate for point in points}
        rows += [(name, sparkline(rates.get(period) for period in periods))] if points else []
    if line.same_blogs:
        blogs = figures.count(len(line.steady_blogs), "blog")
        rates = {
            point.period: point.rate
            for point in line.same_blogs
            if point.rate is not None and point.rate_low is not None
        }
        rows.append((f"rate, only the {blogs} present throughout", sparkline(rates.get(period) for period in periods)))
    width = max(len(name) for name, _ in rows)
    return [f"{name.ljust(width)}  {bars}" for name, bars in rows]


def _row(point: TrendPoint, top: float) -> tuple[str, ...]:
    width = round((point.share or 0) / top * 20) if top and point.share_low is not None else 0
    return (
        point.period, f"{point.posts:,}", f"{point.posts_with_hit:,}", figures.percent(point.share),
        figures.percent_interval(point.share_low, point.share_high), figures.rate(point.rate),
        figures.rate_interval(point.rate_low, point.rate_high), "█" * width,
    )  # fmt: skip


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows in columns, all but the first and last set to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    last = len(widths) - 1
    return [
        "  ".join(
            cell.ljust(width) if column in {0, last} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def kwic_lines(
    lines: Iterable[Concordance], columns: int = 100, most: int | None = None, *, colour: bool = False
) -> list[str]:
    """The hits one under the other, the keyword in the middle of ``columns`` characters, day and blog in front.

    ``colour``: day and blog faint, the keyword bold and coloured. Control characters of the text are not let through.
    """
    shown = list(islice(lines, most))
    keyword = max((len(line.keyword) for line in shown), default=0)
    blog = max((len(line.blog) for line in shown), default=0)
    side = max(10, (columns - keyword - blog - 16) // 2)
    faint, strong, plain = ("\x1b[2m", "\x1b[1;36m", "\x1b[0m") if colour else ("", "", "")
    return [
        f"{faint}{line.published.isoformat()}  {line.blog.ljust(blog)}{plain}  {_shown(line.left)[-side:].rjust(side)} "
        f"{strong}{_shown(line.keyword)}{plain}{' ' * (keyword - len(line.keyword))} {_shown(line.right)[:side]}".rstrip()
        for line in shown
    ]


def sampled_lines(hit: Sampled, place: str, *, colour: bool = False) -> list[str]:
    """A hit to be marked: where it stands, then its context with the hit in brackets."""
    faint, strong, plain = ("\x1b[2m", "\x1b[1;36m", "\x1b[0m") if colour else ("", "", "")
    context = f"… {_shown(hit.left)} {strong}[{_shown(hit.keyword)}]{plain} {_shown(hit.right)} …"
    return ["", f"{faint}{place}  {hit.published}  {_shown(hit.key[0])}  term: {_shown(hit.term)}{plain}", context]


def topic_lines(found: Topics) -> list[str]:
    """Each topic with its share, how stable it is, its course, its terms and examples; what to think of it comes last."""
    from analysis.topics import SAID

    if found.reason:
        return [f"No topics: {found.reason}."]
    lines = []
    for number, topic in enumerate(found.topics, 1):
        course = sparkline(share for _, share in topic.by_period)
        caution = f"  ! {topic.caution}" if topic.caution else ""
        lines.append(
            f"{number:3}. {figures.percent(topic.share)} of a post on average  {course}  stability {topic.stability:.2f}{caution}"
        )
        lines.append(f"     {', '.join(map(_shown, topic.terms))}")
        lines += [f"     – {_shown(one.title)[:90]} ({_shown(one.blog)}) {_shown(one.url)}" for one in topic.examples]
    first, last = found.topics[0].by_period[0][0], found.topics[0].by_period[-1][0]
    of = "" if found.posts == found.of else f" of {found.of:,}, drawn at random"
    lines += ["", f"{found.posts:,} posts{of}, {first} to {last}; {found.runs} runs, seeds from {found.seed}.", SAID]
    return [text.replace(figures.NBSP, " ") for text in lines]


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)
