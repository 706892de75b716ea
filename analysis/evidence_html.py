"""The pages of evidence: for each theme the posts that were counted, with their sentences and captures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.evidence_pages import MOST_POSTS, MOST_SENTENCES, EvidencePages, ShownPeriod
from analysis.report_records import ReportInput
from analysis.templating import environment

HEADINGS = {
    "blog": "By blog", "term": "By term", "author": "By author", "name": "By name in the text", "work": "By work cited",
    "site": "By site linked to", "theme": "By other theme",
}  # fmt: skip


def evidence_html(
    report: ReportInput, pages: EvidencePages, names: Mapping[str, str], report_file: str
) -> Iterator[tuple[str, str]]:
    """File name and text of each page of one theme."""
    template = environment().get_template("evidence.html")
    for number in range(len(pages.pages)):
        yield (
            pages.file(number),
            template.render(
                report=report,
                pages=pages,
                number=number,
                names=names,
                most=MOST_POSTS,
                most_sentences=MOST_SENTENCES,
                report_file=report_file,
                parts_named=_parts_named,
                headings=HEADINGS,
            ),
        )


def _parts_named(periods: tuple[ShownPeriod, ...]) -> str:
    """What a page is called among the others: its first and last period."""
    names = [period.name or "other dates" for period in periods]
    return "no posts" if not names else names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
