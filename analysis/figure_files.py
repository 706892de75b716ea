"""The report's figures as files for other programs: CSV, XLSX, Parquet, JSON, SVG, PNG. Equal figures give equal bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis import charts
from analysis.bibliography import bibtex, csl_json, quoted_posts
from analysis.chart_citations import dots, dots_spec
from analysis.event_tests import marks_of
from analysis.figure_tables import Table, Value, figure_tables
from analysis.report_records import GivenFile, ReportInput, ThemeFindings, WhoCites
from analysis.tables import as_csv
from analysis.templating import quoted

FOLDER = "files"
FIGURES, WORKBOOK, POSTS = "figures.json", "figures.xlsx", "posts.parquet"
BIBTEX, CSL = "quoted.bib", "quoted.csl.json"
SCHEMA = 1  # of figures.json: raised when a field changes its meaning or goes
CELL = 32_767  # characters that a spreadsheet's cell holds
WIDEST = 60  # characters of a column
SIGNIFICANT = 12  # digits: beyond, machines differ
PNG_SCALE = 2


def figure_files(
    report: ReportInput, findings: Sequence[ThemeFindings], cites: WhoCites
) -> Iterator[tuple[GivenFile | None, str, bytes]]:
    """The name and content of each file, with what a reader is told of it (None: told with the one before)."""
    tables = figure_tables(report, findings, cites)
    yield _given(WORKBOOK, "Workbook", "every table of this report, a sheet each"), WORKBOOK, workbook(tables)
    about = f"all figures for programs, with the lexicon, versions and seed they rest on ({len(tables)} tables)"
    yield _given(FIGURES, "Figures as JSON", about), FIGURES, figures_json(report, findings)
    told: GivenFile | None = GivenFile(f"{FOLDER}/csv/", "Tables as CSV", "the workbook’s sheets as plain text")
    for table in tables:
        yield told, f"csv/{table.name}.csv", as_csv(table.names, table.rows).encode()
        told = None
    told = GivenFile(f"{FOLDER}/parquet/", "Tables as Parquet", "the same with types, for DuckDB, pandas, polars and R")
    for table in tables:
        yield told, f"parquet/{table.name}.parquet", parquet(table)
        told = None
    yield (
        _given(POSTS, "Posts", "the posts that were counted, with day, words and capture"),
        POSTS,
        parquet(posts(report)),
    )
    names = {row.blog: row.name for row in report.coverage}
    cited = quoted_posts(findings)
    yield _given(BIBTEX, "Quoted posts as BibTeX", "for LaTeX, Zotero, JabRef"), BIBTEX, bibtex(cited, names).encode()
    yield _given(CSL, "Quoted posts as CSL-JSON", "for Zotero and pandoc"), CSL, csl_json(cited, names).encode()
    yield from _charts(findings, report)
    names = {row.blog: quoted(row.name) for row in report.coverage}
    for what, things in (("works", list(cites.works)), ("sites", [row for row in cites.sites if not row.is_blog])):
        found = dots(things)
        if found:
            spec = dots_spec(found, names)
            yield None, f"charts/cited-{what}.svg", charts.standalone(spec, f"Who cites what: {what} by blog").encode()
            if report.png:
                yield None, f"charts/cited-{what}.png", charts.png(spec, PNG_SCALE)


def write_files(
    folder: Path, report: ReportInput, findings: Sequence[ThemeFindings], cites: WhoCites
) -> tuple[GivenFile, ...]:
    """Write them into ``folder/files`` and give what the report's page says of them. Older charts there are taken away."""
    told = []
    for old in (folder / FOLDER / "charts").glob("*-*.[ps][nv]g"):
        old.unlink()
    for given, name, content in figure_files(report, findings, cites):
        path = folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if given:
            told.append(given)
    return tuple(told)


def _given(name: str, title: str, note: str) -> GivenFile:
    return GivenFile(f"{FOLDER}/{name}", title, note)


def posts(report: ReportInput) -> Table:
    """The posts that were counted."""
    columns = (
        ("url", str), ("title", str), ("authors", str), ("blog", str), ("published", date), ("precision", str),
        ("words", int), ("fetched_at", str), ("warc", str),
    )  # fmt: skip
    rows = tuple(
        (post.url, post.title[:CELL], "; ".join(post.authors), post.blog, post.published, post.precision, post.words,
         post.fetched_at, post.warc) for post in report.posts
    )  # fmt: skip
    return Table("posts", columns, rows)


def parquet(table: Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32()}
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    arrays = {name: pa.array(column, kinds[kind]) for (name, kind), column in zip(table.columns, columns, strict=True)}
    out = io.BytesIO()
    pq.write_table(pa.table(arrays), out, compression="zstd")
    return out.getvalue()


def workbook(tables: Sequence[Table]) -> bytes:
    """XLSX with a sheet for each table, its header fixed. Text is text: no cell can be a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, **as_text})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - so that the same rows are the same bytes
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables:
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for at, (name, _) in enumerate(table.columns):
            sheet.write_string(0, at, name, bold)
            longest = max((len(str(row[at])) for row in table.rows if row[at] is not None), default=0)
            sheet.set_column(at, at, min(WIDEST, max(len(name), longest) + 1))
        for number, row in enumerate(table.rows, 1):
            for at, value in enumerate(row):
                _write(sheet, number, at, value, day)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Value, day: Any) -> None:
    if isinstance(value, date):
        if value.year >= 1900:
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
        else:
            sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        text = quoted(value)
        sheet.write_string(row, column, text if len(text) <= CELL else text[: CELL - 1] + "…")


def figures_json(report: ReportInput, findings: Sequence[ThemeFindings]) -> bytes:
    """All figures, and what they rest on. Numbers are rounded to `SIGNIFICANT` digits, days in ISO 8601."""
    told = {
        "schema": SCHEMA,
        "title": report.title,
        "sector": report.sector,
        "data_date": report.data_date,
        "command": report.command,
        "versions": dict(report.versions),
        "lexicon": report.lexicon.digest,
        "grain": report.grain,
        "first": report.first,
        "last": report.last,
        "seed": report.seed,
        "resamples": report.resamples,
        "posts": len(report.posts),
        "blogs": sorted({post.blog for post in report.posts}),
        "themes": {found.theme.key: _theme(report, found) for found in findings},
    }
    return json.dumps(_plain(told), ensure_ascii=False, indent=1).encode() + b"\n"


def _theme(report: ReportInput, found: ThemeFindings) -> dict[str, object]:
    theme, line = found.theme, asdict(found.trend)
    for name in ("points", "same_blogs"):
        line[name] = [{key: value for key, value in point.items() if key != "theme"} for point in line[name]]
    return {
        "label": theme.label,
        "lexicon": report.lexicon.only([theme.key]).digest,
        "counted": {role: sorted(getattr(theme, role)) for role in ("terms", "near", "near_any", "exclude")},
        "headline": found.headline,
        "change": found.change,
        "newest_against_oldest": found.direction,
        "trend": {key: value for key, value in line.items() if key != "theme"},
        "changes": {key: value for key, value in asdict(found.changes).items() if key != "theme"},
        "events": [
            {
                "day": one.event.day,
                "label": one.event.label,
                "level": asdict(one.found.level),
                "drift": asdict(one.found.drift),
            }
            for one in found.events
        ],
        "terms": [asdict(row) for row in found.terms],
        "blogs": [asdict(row) for row in found.blogs],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT}g}") if value == value and abs(value) != float("inf") else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _charts(findings: Sequence[ThemeFindings], report: ReportInput) -> Iterator[tuple[GivenFile | None, str, bytes]]:
    told: GivenFile | None = GivenFile(
        f"{FOLDER}/charts/", "Charts", "each chart as SVG" + (" and PNG" if report.png else "")
    )
    for found in findings:
        if not found.trend.points:
            continue
        for figure in charts.TITLES:
            changes = found.changes if figure == "rate" else None  # as on the page
            marks = marks_of(found.events) if figure == "rate" else None
            spec = charts.trend_spec(found.trend, figure, found.theme.events, changes=changes, marks=marks)
            name = f"charts/{found.theme.key}-{figure}"
            yield told, f"{name}.svg", charts.standalone(spec, f"{found.theme.label}: {charts.TITLES[figure]}").encode()
            told = None
            if report.png:
                yield None, f"{name}.png", charts.png(spec, PNG_SCALE)
