"""The warehouse as files for other programs."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal

import duckdb

from warehouse.connection import cursor
from warehouse.errors import QueryFailed

Format = Literal["csv", "jsonl", "parquet", "xlsx"]

ROWS_AT_ONCE = 5_000
SHEET_ROWS, CELL = 1_048_576, 32_767  # what a sheet and a cell of a spreadsheet hold
EXACT = 10**15  # beyond 15 digits a spreadsheet rounds
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones too: some spreadsheets take them for the plain ones

# What a blog's retention lets out of what was read from its posts' texts; and of the texts themselves.
DERIVED = "post_id IN (SELECT post_id FROM posts LEFT JOIN blogs USING (blog) WHERE retention IS DISTINCT FROM 'metadata-only')"
FULL = "post_id IN (SELECT post_id FROM posts LEFT JOIN blogs USING (blog) WHERE coalesce(retention, 'full-local') = 'full-local')"

# name → SQL; every order is a whole one, so that equal warehouses give equal files.
_QUERIES = {
    "posts_flat": "SELECT * FROM posts_flat ORDER BY url",
    "posts": "SELECT * EXCLUDE (text, sketch) REPLACE (CASE WHEN <full> THEN headings ELSE [] END AS headings) "
    "FROM posts ORDER BY canonical_url",
    "texts": "SELECT post_id, canonical_url, text FROM posts WHERE <full> ORDER BY canonical_url",
    "words": "SELECT * FROM words WHERE <full> ORDER BY post_id, position",
    "blogs": "SELECT * FROM blogs ORDER BY blog",
    "people": "SELECT * FROM people ORDER BY name, person_id",
    "post_people": "SELECT * FROM post_people ORDER BY post_id, position",
    "bib_references": "SELECT * FROM bib_references WHERE <derived> ORDER BY post_id, position",
    "citations": "SELECT * FROM citations WHERE <derived> ORDER BY post_id, position",
    "links": "SELECT * FROM links WHERE <derived> ORDER BY post_id, position",
    "works": "SELECT * FROM works WHERE work_id IN (SELECT work_id FROM work_citations WHERE <derived>) ORDER BY work_id",
    "work_citations": "SELECT * FROM work_citations WHERE <derived> ORDER BY post_id, how, position",
    "entities": "SELECT * FROM entities WHERE entity_id IN (SELECT entity_id FROM mentions WHERE <derived>) ORDER BY label, name",
    "mentions": "SELECT * FROM mentions WHERE <derived> ORDER BY post_id, position",
    "pages": "SELECT * FROM pages ORDER BY blog, url, digest",
    "quarantine": "SELECT * FROM quarantine ORDER BY blog, url, page_id, stage, reason",
    "themes": "SELECT * FROM themes ORDER BY theme",
    "theme_hits": "SELECT * FROM theme_hits WHERE <derived> ORDER BY post_id, char_start, char_end, theme, term",
    "copies": "SELECT * FROM copies ORDER BY url",
    "coverage": "SELECT * FROM coverage ORDER BY blog, year NULLS LAST",
}
QUERIES = {name: sql.replace("<full>", FULL).replace("<derived>", DERIVED) for name, sql in _QUERIES.items()}
TEXTS = ("texts", "words")  # from both a text can be read

# Large tables in parts, as analysts ask for them: `PARTED` gives the rows their blog and year.
PARTED = "SELECT t.*, p.blog, year(p.published) AS published_year FROM ({sql}) AS t JOIN posts AS p USING (post_id)"
PARTS = {
    **dict.fromkeys(("texts", "words", "bib_references", "citations", "links", "mentions", "theme_hits"), PARTED),
    "posts": "SELECT *, year(published) AS published_year FROM ({sql})",
    "posts_flat": "SELECT *, left(date, 4)::INTEGER AS published_year FROM ({sql})",
}


def export(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    formats: Sequence[Format] = ("csv",),
    *,
    with_text: bool = False,
    in_parts: bool = False,
) -> list[Path]:
    """Write `QUERIES` as ``folder/<name>.<format>`` and return the files; the posts' text only ``with_text``, and of
    each blog only what its retention lets out. ``in_parts``: Parquet of the large tables (`PARTS`) as
    ``folder/<name>/blog=…/published_year=…/part-0.parquet``, the parts that DuckDB, pandas and polars read as one table.

    Equal warehouses give byte-equal files, in the forms that `write_rows` describes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, sql in QUERIES.items():
        if name in TEXTS and not with_text:
            continue
        for form in formats:
            if in_parts and form == "parquet" and name in PARTS:
                files += write_parts(con, PARTS[name].format(sql=sql), folder / name)
                continue
            file, temporary = folder / f"{name}.{form}", folder / f".{name}.{form}.writing"
            with temporary.open("wb") as out:
                write_rows(con, sql, form, out)
            temporary.replace(file)
            files.append(file)
    return files


def write_parts(con: duckdb.DuckDBPyConnection, sql: str, folder: Path) -> list[Path]:
    """Write what ``sql`` gives (with columns ``blog`` and ``published_year``) as a Parquet dataset in ``folder``, made anew."""
    import pyarrow as pa
    import pyarrow.dataset as ds

    rows = cursor(con).execute(sql).to_arrow_reader(ROWS_AT_ONCE)
    keys = pa.schema([rows.schema.field("blog"), rows.schema.field("published_year")])
    shutil.rmtree(folder, ignore_errors=True)
    ds.write_dataset(
        rows, folder, format="parquet", partitioning=ds.partitioning(keys, flavor="hive"), use_threads=False,
        basename_template="part-{i}.parquet", max_partitions=100_000, max_open_files=500,
        file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
    )  # fmt: skip
    return sorted(folder.rglob("*.parquet"))


def write_rows(con: duckdb.DuckDBPyConnection, sql: str, form: Format, out: BinaryIO) -> None:
    """Write what ``sql`` gives to ``out``, a batch at a time; `QueryFailed` with DuckDB's message where it refuses.

    CSV is UTF-8 with a header; lists and structs are JSON in it. A CSV cell that a spreadsheet would take for a formula
    (text that begins with ``= + - @``, a tab or a line end) gets a ``'`` in front; JSON Lines and Parquet hold the
    values as they are, but for numbers that JSON does not know (NaN, infinity), which are null.
    """
    try:
        reader = cursor(con).execute(sql).to_arrow_reader(ROWS_AT_ONCE)
        WRITERS[form](reader, out)
    except duckdb.Error as error:
        raise QueryFailed(str(error)) from error


def write_csv(reader: Any, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(reader.schema.names)
    for row in _rows(reader):
        lines.writerow([cell(value) for value in row])
    text.detach()


def write_jsonl(reader: Any, out: BinaryIO) -> None:
    names = reader.schema.names
    for row in _rows(reader):
        out.write(_json(dict(zip(names, row, strict=True))).encode() + b"\n")


def write_parquet(reader: Any, out: BinaryIO) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(out, reader.schema, compression="zstd") as file:
        for batch in reader:
            file.write_batch(batch)


def write_xlsx(reader: Any, out: BinaryIO) -> None:
    """A workbook whose text is text: no cell can be a formula or a link, whatever it begins with.

    What a sheet cannot hold goes on: rows on a second one; a text beyond a cell's limit is cut and ends in an ellipsis.
    """
    import xlsxwriter

    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "nan_inf_to_errors": True, **as_text})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - so that the same rows are the same bytes
    at = SHEET_ROWS
    for row in _rows(reader):
        if at >= SHEET_ROWS:
            sheet, at = book.add_worksheet(), 1
            sheet.write_row(0, 0, reader.schema.names)
        for column, value in enumerate(row):
            _write_cell(sheet, at, column, value)
        at += 1
    if not book.worksheets():
        book.add_worksheet().write_row(0, 0, reader.schema.names)
    book.close()


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal) and abs(float(value)) < EXACT:
        sheet.write_number(row, column, float(value))
    else:  # whole numbers that a spreadsheet would round (our keys) are text too
        text = value if isinstance(value, str) else _json(value).strip('"')
        text = "".join(c for c in text if c >= " " or c in "\t\n\r")
        sheet.write_string(row, column, text if len(text) <= CELL else text[: CELL - 1] + "…")


WRITERS: dict[Format, Callable[[Any, BinaryIO], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}


def cell(value: Any) -> Any:
    """``value`` as a CSV cell that no spreadsheet runs (OWASP, "CSV Injection")."""
    if isinstance(value, list | dict):
        value = _json(value)
    elif isinstance(value, datetime):
        value = value.isoformat()
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def _rows(reader: Any) -> Iterator[tuple[Any, ...]]:
    for batch in reader:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return value


def _plain(value: Any) -> Any:
    """What JSON has no form for: sums of whole numbers come as Decimal, moments and days in ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)
