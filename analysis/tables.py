"""The report's figures as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from analysis.records import TrendPoint
from analysis.report_records import ReportInput, ThemeFindings
from analysis.templating import quoted

if TYPE_CHECKING:
    from analysis.corpus import Corpus

# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV injection"); an apostrophe in front stops that.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTEXT = 80  # characters either side of a hit

TREND_COLUMNS = (
    "theme", "label", "line", "period", "start", "posts", "posts_with_hit", "blogs", "words", "hits",
    "share", "share_low", "share_high", "rate_per_10000", "rate_low", "rate_high", "lexicon", "data_date",
)  # fmt: skip
HIT_COLUMNS = (
    "theme", "term", "text", "left", "right", "start", "end", "url", "title", "authors", "blog", "published", "precision",
    "fetched_at", "warc", "lexicon",
)  # fmt: skip

Cell = str | int | float | date | None


def neutral(cell: Cell) -> Cell:
    """``cell``, unable to act as a formula. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def harmless(cell: Cell) -> Cell:
    """`neutral`, and without the characters that turn the direction of what follows, or control a terminal."""
    if isinstance(cell, str) and not (cell.isascii() and cell.isprintable()):
        cell = quoted(cell)
    return neutral(cell)


def trends_csv(report: ReportInput, findings: Iterable[ThemeFindings]) -> str:
    """Every point of every theme: the line over all blogs (``all``), then that of the steady ones (``same blogs``)."""
    rows = (
        _trend_row(found, which, point, report)
        for found in findings
        for which, points in (("all", found.trend.points), ("same blogs", found.trend.same_blogs))
        for point in points
    )
    return as_csv(TREND_COLUMNS, rows)


def hits_csv(report: ReportInput, findings: Iterable[ThemeFindings]) -> str:
    """Every hit that a figure counts, with its post and the capture that was read, theme by theme, by date."""
    from analysis.corpus import corpus_of

    corpus = corpus_of(report.posts)
    themes = [found.theme.key for found in findings]
    return as_csv(HIT_COLUMNS, (row for theme in themes for row in _hit_rows(theme, corpus, report.lexicon.digest)))


def _trend_row(found: ThemeFindings, which: str, point: TrendPoint, report: ReportInput) -> Sequence[Cell]:
    return (
        found.theme.key, found.theme.label, which, point.period, point.start.isoformat(), point.posts,
        point.posts_with_hit, point.blogs, point.words, point.hits, *(_rounded(value) for value in (
            point.share, point.share_low, point.share_high, point.rate, point.rate_low, point.rate_high,
        )), report.lexicon.digest, report.data_date.isoformat(),
    )  # fmt: skip


def _hit_rows(theme: str, corpus: Corpus, digest: str) -> Iterator[Sequence[Cell]]:
    hits = corpus.hits
    for at in corpus.hits_of(theme).tolist():
        post, start, end = corpus[int(hits.post[at])], int(hits.start[at]), int(hits.end[at])
        left, right = post.text[max(0, start - CONTEXT) : start], post.text[end : end + CONTEXT]
        yield (
            theme, corpus.terms[hits.term[at]], corpus.forms[hits.form[at]], " ".join(left.split()), " ".join(right.split()),
            start, end, post.url, post.title, "; ".join(post.authors), post.blog, post.published.isoformat(), post.precision,
            post.fetched_at, post.warc, digest,
        )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A header and the rows, days in ISO 8601, each cell `harmless`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()
