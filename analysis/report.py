"""The report: one HTML file that needs neither network nor JavaScript, and beside it what it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.changes_page import write_changes
from analysis.citation_pages import PAGE, citation_pages, citations_html
from analysis.evidence_html import evidence_html
from analysis.evidence_pages import FOLDER, EvidencePages, evidence_pages
from analysis.figure_files import write_files
from analysis.findings import all_findings
from analysis.hit_file import write_hits
from analysis.periods import period_of
from analysis.records import PostView
from analysis.report_page import report_html
from analysis.report_records import GivenFile, ReportInput, ThemeFindings
from analysis.tables import trends_csv
from analysis.who_cites import who_cites

REPORT, TRENDS = "report.html", "trends.csv"

CHECKED = 50  # posts that are counted again before a report is written


def write_report(folder: Path, report: ReportInput) -> Path:
    """Write the report and its CSV files into ``folder`` (made if need be) and return the HTML file's path.

    The same ``report`` gives the same bytes. Everything from the web is escaped; a link is made only of http(s) URLs.
    Raises KeyError for a theme that the lexicon does not have, and ValueError where the posts' hits are not the lexicon's.
    """
    kept = within_dates(report)
    check_hits(kept)
    findings = all_findings(kept)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REPORT).with_suffix(".pdf").unlink(missing_ok=True)  # printed from an older page
    evidence = write_evidence(folder, kept, findings)
    names = {row.blog: row.name for row in kept.coverage}
    cites = citation_pages(kept, who_cites(kept.posts), names)
    citations = citations_html(kept, cites, names, REPORT)
    (folder / FOLDER / PAGE).write_text(citations, encoding="utf-8", newline="")
    files = (
        GivenFile(TRENDS, "Trends", "every point of every chart"),
        write_hits(folder, kept, findings),
        *write_changes(folder, kept, findings),
        *write_files(folder, kept, findings, cites.of),
    )
    for name, text in (
        (TRENDS, trends_csv(kept, findings)),
        (REPORT, report_html(kept, findings, files, evidence, cites)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder / REPORT


def write_evidence(folder: Path, report: ReportInput, findings: Sequence[ThemeFindings]) -> dict[str, EvidencePages]:
    """Write each theme's pages of evidence into a folder of their own, in the place of older ones; gives them by theme."""
    names = {row.blog: row.name for row in report.coverage}
    evidence = {
        found.theme.key: evidence_pages(report, found.theme.key, names, found.surroundings) for found in findings
    }
    (folder / FOLDER).mkdir(exist_ok=True)
    for old in (folder / FOLDER).glob("*.html"):
        old.unlink()
    for pages in evidence.values():
        for name, text in evidence_html(report, pages, names, REPORT):
            (folder / FOLDER / name).write_text(text, encoding="utf-8", newline="")
    return evidence


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
    """The report with only the posts from ``first`` to ``last``, in a fixed order, as columns.

    A post dated to a month or year is within them only if that whole month or year is.
    """
    from analysis.corpus import Corpus

    first, last = report.first or date.min, report.last or date.max
    kept = [post for post in report.posts if first <= post.published and _latest_day(post) <= last]
    return replace(report, posts=Corpus(kept))


def _latest_day(post: PostView) -> date:
    """The last day that the post can be of."""
    return post.published if post.precision == "day" else period_of(post.published, post.precision).last_day
