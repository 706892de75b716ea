"""The warehouse as files for other programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal

import duckdb

from warehouse.connection import cursor
from warehouse.errors import QueryFailed

Format = Literal["csv", "jsonl", "parquet"]

ROWS_AT_ONCE = 5_000
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones too: some spreadsheets take them for the plain ones

# name → SQL; every order is a whole one, so that equal warehouses give equal files.
QUERIES = {
    "posts_flat": "SELECT * FROM posts_flat ORDER BY url",
    "posts": "SELECT * EXCLUDE (text) FROM posts ORDER BY canonical_url",
    "texts": "SELECT post_id, canonical_url, text FROM posts ORDER BY canonical_url",
    "blogs": "SELECT * FROM blogs ORDER BY blog",
    "people": "SELECT * FROM people ORDER BY name, person_id",
    "post_people": "SELECT * FROM post_people ORDER BY post_id, position",
    "bib_references": "SELECT * FROM bib_references ORDER BY post_id, position",
    "citations": "SELECT * FROM citations ORDER BY post_id, position",
    "links": "SELECT * FROM links ORDER BY post_id, position",
    "works": "SELECT * FROM works ORDER BY work_id",
    "work_citations": "SELECT * FROM work_citations ORDER BY post_id, how, position",
    "entities": "SELECT * FROM entities ORDER BY label, name",
    "mentions": "SELECT * FROM mentions ORDER BY post_id, position",
    "pages": "SELECT * FROM pages ORDER BY blog, url, digest",
    "quarantine": "SELECT * FROM quarantine ORDER BY blog, url, page_id, stage, reason",
    "themes": "SELECT * FROM themes ORDER BY theme",
    "theme_hits": "SELECT * FROM theme_hits ORDER BY post_id, char_start, char_end, theme, term",
    "coverage": "SELECT * FROM coverage ORDER BY blog, year NULLS LAST",
}


def export(
    con: duckdb.DuckDBPyConnection, folder: Path, formats: Sequence[Format] = ("csv",), *, with_text: bool = False
) -> list[Path]:
    """Write `QUERIES` as ``folder/<name>.<format>`` and return the files; the posts' text only ``with_text``.

    Equal warehouses give byte-equal files, in the forms that `write_rows` describes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, sql in QUERIES.items():
        if name == "texts" and not with_text:
            continue
        for form in formats:
            file, temporary = folder / f"{name}.{form}", folder / f".{name}.{form}.writing"
            with temporary.open("wb") as out:
                write_rows(con, sql, form, out)
            temporary.replace(file)
            files.append(file)
    return files


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


WRITERS: dict[Format, Callable[[Any, BinaryIO], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
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
