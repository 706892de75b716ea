"""Trends and concordances as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from analysis import figures
from analysis.records import Concordance, Trend, TrendPoint

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
HEAD = ("period", "posts", "with hit", "share", "95 %", "per 10,000", "95 %", "")


def sparkline(values: Iterable[float | None]) -> str:
    """A bar for each value, from zero to the highest; ``·`` where there is none."""
    values = list(values)
    top = max((value for value in values if value is not None), default=0.0)
    return "".join(GAP if value is None else BARS[_bar(value, top)] for value in values)


def _bar(value: float, top: float) -> int:
    return min(len(BARS) - 1, int(value / top * len(BARS))) if top > 0 else 0


def trend_lines(line: Trend, label: str) -> list[str]:
    """A heading with a sparkline of the share of posts, a table of the points, then the warnings."""
    shares = sparkline(point.share for point in line.points)
    top = max((point.share or 0 for point in line.points), default=0)
    rows = [HEAD, *(_row(point, top) for point in line.points)]
    lines = [f"{label}  {shares}  (share of posts by {line.grain})", "", *aligned(rows)]
    if line.same_blogs:
        same = sparkline(point.share for point in line.same_blogs)
        blogs = figures.count(len(line.steady_blogs), "blog")
        lines += ["", f"only the {blogs} present throughout:  {same}"]
    if line.warnings:
        lines += ["", *(f"! {warning}" for warning in line.warnings)]
    return [text.replace(figures.NBSP, " ") for text in lines]


def _row(point: TrendPoint, top: float) -> tuple[str, ...]:
    width = round((point.share or 0) / top * 20) if top else 0
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


def kwic_lines(lines: Iterable[Concordance], columns: int = 100, most: int | None = None) -> list[str]:
    """The hits one under the other, the keyword in the middle of ``columns`` characters, day and blog in front."""
    shown = list(islice(lines, most))
    keyword = max((len(line.keyword) for line in shown), default=0)
    blog = max((len(line.blog) for line in shown), default=0)
    side = max(10, (columns - keyword - blog - 16) // 2)
    return [
        f"{line.published.isoformat()}  {line.blog.ljust(blog)}  {line.left[-side:].rjust(side)} "
        f"{line.keyword.ljust(keyword)} {line.right[:side]}".rstrip()
        for line in shown
    ]
