"""The report's page: findings and charts set into the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis import charts, figures
from analysis.chart_events import shown_events
from analysis.evidence import RULE
from analysis.periods import period_of
from analysis.records import Trend
from analysis.report_records import GivenFile, ReportInput, ThemeFindings
from analysis.templating import environment
from analysis.theme_file import Event
from analysis.trends import FEWEST_POSTS, STEADY

VERDICTS = {"more": "higher", "less": "lower", "unclear": "no change shown", "too little": "too little to tell"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A theme's charts, each for a wide and a narrow page, and the events on them."""

    share: tuple[str, str]
    rate: tuple[str, str]
    spark: str
    events: list[tuple[int, Event]]


def report_html(report: ReportInput, findings: Sequence[ThemeFindings], files: Sequence[GivenFile] = ()) -> str:
    """The page. ``report`` holds only the posts to show; ``files`` lie beside it."""
    names = {row.blog: row.name for row in report.coverage}
    covered = f"Posts per blog and year: {figures.count(len(report.posts), 'post')}"
    strips = [
        charts.coverage(report.posts, names, name=f"coverage-{width}", label=covered, width=width)
        if report.posts
        else ""
        for width in (charts.WIDE, charts.NARROW)
    ]
    page = environment().get_template("report.html")
    return page.render(
        report=report,
        themes=[(found, drawn(found)) for found in findings],
        coverage_strips=strips,
        left_out=_left_out(report),
        unsupported=[term for term in report.lexicon.unsupported if term.theme in {f.theme.key for f in findings}],
        span=_span(report),
        blogs=len({post.blog for post in report.posts}),
        files=files,
        names=names,
        rule=RULE,
        fewest=FEWEST_POSTS,
        steady=STEADY,
        verdicts=VERDICTS,
        latest=_latest,
    )


def drawn(found: ThemeFindings) -> Drawn:
    """The theme's charts; empty strings where there is not one post."""
    line, key, label = found.trend, found.theme.key, found.theme.label
    if not line.points:
        return Drawn(("", ""), ("", ""), "", [])
    first, last = line.points[0].start, period_of(line.points[-1].start, line.grain).last_day
    said = (
        f"{label} by {line.grain}, {line.points[0].period} to {line.points[-1].period}; the table below has the figures"
    )

    def both(figure: charts.Figure) -> tuple[str, str]:
        wide, narrow = (
            charts.trend_chart(
                line, figure, name=f"{key}-{figure}-{width}", label=f"{charts.TITLES[figure]}: {said}",
                events=found.theme.events, width=width,
            )
            for width in (charts.WIDE, charts.NARROW)
        )  # fmt: skip
        return wide, narrow

    spark = charts.sparkline(line, name=f"{key}-spark", label=f"Share of posts: {said}")
    return Drawn(both("share"), both("rate"), spark, shown_events(found.theme.events, first, last))


def _latest(line: Trend) -> Any:
    """The newest point with intervals, as the headline has it; else the newest with posts; else None."""
    sure = [point for point in line.points if point.share_low is not None]
    some = [point for point in line.points if point.posts]
    return sure[-1] if sure else some[-1] if some else None


def _span(report: ReportInput) -> str:
    if not report.posts:
        return "no posts"
    first, last = report.posts[0], max(report.posts, key=lambda post: post.published)
    return f"{figures.day(first.published, first.precision)} to {figures.day(last.published, last.precision)}"


def _left_out(report: ReportInput) -> list[tuple[str, int]]:
    """How many pages are not counted, by reason."""
    rows = report.coverage
    counted = (
        ("without a date", sum(row.undated for row in rows)),
        ("the same text as another post", sum(row.duplicates for row in rows)),
        ("cut short by a paywall or a teaser", sum(row.truncated for row in rows)),
        ("not a post (lists, about pages …)", sum(row.not_posts for row in rows)),
        ("for other reasons", sum(row.other for row in rows)),
    )
    return [(reason, pages) for reason, pages in counted if pages]
