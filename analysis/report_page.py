"""The report's page: findings and charts set into the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis import charts, figures
from analysis.change_words import plainest
from analysis.chart_citations import drawn_dots
from analysis.citation_pages import MOST_ROWS, CitationPages, citation_pages
from analysis.evidence import RULE
from analysis.evidence_pages import EvidencePages
from analysis.records import PostView, Trend
from analysis.report_records import CALLED, GivenFile, ReportInput, ThemeFindings
from analysis.surroundings import FEWEST_SHARED
from analysis.templating import environment, shown
from analysis.theme_drawings import drawn_theme
from analysis.trends import FEWEST_POSTS, STEADY
from analysis.who_cites import who_cites
from analysis.word_changes import MOST_POSTS as MOST_COMPARED

KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "building", "NORP": "group",
    "LAW": "law", "EVENT": "event", "PROGRAMME": "programme",
}  # fmt: skip


def report_html(
    report: ReportInput,
    findings: Sequence[ThemeFindings],
    files: Sequence[GivenFile] = (),
    evidence: Mapping[str, EvidencePages] | None = None,
    cites: CitationPages | None = None,
) -> str:
    """The page. ``report`` holds only the posts to show; ``files`` lie beside it, and so does ``evidence``, by theme, and that of ``cites``."""
    names = {row.blog: shown(row.name) for row in report.coverage}
    covered = f"Posts per blog and year: {figures.count(len(report.posts), 'post')}"
    strips = [
        charts.coverage(report.posts, names, name=f"coverage-{width}", label=covered, width=width)
        if report.posts
        else ""
        for width in (charts.WIDE, charts.NARROW)
    ]
    cites = cites or citation_pages(report, who_cites(report.posts), names)
    page = environment().get_template("report.html")
    return page.render(
        report=report,
        themes=[(found, drawn_theme(found, report.posts, names)) for found in findings],
        evidence=evidence or {},
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
        verdicts=CALLED,
        latest=_latest,
        plainest=plainest,
        kinds=KINDS,
        most_compared=MOST_COMPARED,
        fewest_shared=FEWEST_SHARED,
        posts_by_year=_posts_by_year(report.posts),
        event_tests_made=sum(
            test.p is not None
            for one in findings
            for event in one.events
            for test in (event.found.level, event.found.drift)
        ),
        cites=cites,
        most_pairs=MOST_ROWS,
        works_dots=drawn_dots(cites.of.works, names, name="works", label="Works cited, by blog"),
        sites_dots=drawn_dots(
            [row for row in cites.of.sites if not row.is_blog], names, name="sites", label="Sites linked to, by blog"
        ),
    )


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


def _posts_by_year(posts: Sequence[PostView]) -> dict[str, Counter[int]]:
    found: dict[str, Counter[int]] = {}
    for post in posts:
        found.setdefault(post.blog, Counter())[post.published.year] += 1
    return dict(sorted(found.items(), key=lambda item: (min(item[1]), item[0])))
