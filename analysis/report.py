"""The report: one HTML file that needs neither network nor JavaScript, and beside it what it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from analysis import charts, figures
from analysis.chart_events import shown_events
from analysis.evidence import RULE
from analysis.findings import all_findings
from analysis.palette import PALETTE, dark_rules
from analysis.periods import period_of
from analysis.records import PostView, Trend
from analysis.report_records import GivenFile, ReportInput, ThemeFindings
from analysis.tables import hits_csv, trends_csv
from analysis.theme_file import Event
from analysis.trends import FEWEST_POSTS, STEADY

if TYPE_CHECKING:
    import jinja2

REPORT, TRENDS, HITS = "report.html", "trends.csv", "hits.csv"

FILES = (
    GivenFile(TRENDS, "Trends", "every point of every chart"),
    GivenFile(HITS, "Hits", "every hit, with its post, the time it was fetched and its archive record"),
)

CHECKED = 50  # posts that are counted again before a report is written

VERDICTS = {"more": "higher", "less": "lower", "unclear": "no change shown", "too little": "too little to tell"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A theme's charts, each for a wide and a narrow page, and the events on them."""

    share: tuple[str, str]
    rate: tuple[str, str]
    spark: str
    events: list[tuple[int, Event]]


def write_report(folder: Path, report: ReportInput) -> Path:
    """Write the report and its CSV files into ``folder`` (made if need be) and return the HTML file's path.

    The same ``report`` gives the same bytes. Everything from the web is escaped; a link is made only of http(s) URLs.
    Raises KeyError for a theme that the lexicon does not have, and ValueError where the posts' hits are not the lexicon's.
    """
    kept = within_dates(report)
    check_hits(kept)
    findings = all_findings(kept)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        (TRENDS, trends_csv(kept, findings)),
        (HITS, hits_csv(kept, findings)),
        (REPORT, report_html(kept, findings)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder / REPORT


def check_hits(report: ReportInput) -> None:
    """Count some posts again, evenly spaced: the report prints the lexicon's digest, so its hits must be that lexicon's.

    Themes that name lemmas cannot be counted again from the text alone.
    """
    lexicon = report.lexicon.only(report.themes or report.lexicon.keys)
    if lexicon.reads_lemmas:
        lexicon = lexicon.only(key for key in lexicon.keys if not lexicon.only([key]).has_lemmas)
    for post in report.posts[:: max(1, len(report.posts) // CHECKED)]:
        given = {(hit.theme, hit.start, hit.end) for hit in post.hits if hit.theme in lexicon}
        if given != {(hit.theme, hit.start, hit.end) for hit in lexicon.find(post.text)}:
            raise ValueError(
                f"{post.url}: its hits are not those of the lexicon {report.lexicon.digest}; count the posts again"
            )


def within_dates(report: ReportInput) -> ReportInput:
    """The report with only the posts from ``first`` to ``last``, in a fixed order.

    A post dated to a month or year is within them only if that whole month or year is.
    """
    first, last = report.first or date.min, report.last or date.max
    kept = [post for post in report.posts if first <= post.published and _latest_day(post) <= last]
    return replace(report, posts=tuple(sorted(kept, key=lambda post: (post.published, post.blog, post.url))))


def _latest_day(post: PostView) -> date:
    """The last day that the post can be of."""
    return post.published if post.precision == "day" else period_of(post.published, post.precision).last_day


def report_html(report: ReportInput, findings: Sequence[ThemeFindings], files: Sequence[GivenFile] = FILES) -> str:
    """The page. ``report`` holds only the posts to show; ``files`` lie beside it."""
    names = {row.blog: row.name for row in report.coverage}
    covered = f"Posts per blog and year: {figures.count(len(report.posts), 'post')}"
    strips = [
        charts.coverage(report.posts, names, name=f"coverage-{width}", label=covered, width=width)
        if report.posts
        else ""
        for width in (charts.WIDE, charts.NARROW)
    ]
    page = _environment().get_template("report.html")
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
        palette=PALETTE,
        dark_rules=dark_rules(),
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


def safe_url(url: str) -> str | None:
    """``url`` if a browser may follow it, that is, if it is http(s) with a host; else None."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


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


def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=figures.percent,
        rate=figures.rate,
        day=figures.day,
        iso=figures.iso,
        count=figures.count,
        safe_url=safe_url,
    )
    environment.globals.update(percent_interval=figures.percent_interval, rate_interval=figures.rate_interval)
    return environment
