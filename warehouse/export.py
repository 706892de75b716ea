"""The warehouse as files for other programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import duckdb

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

    Equal warehouses give byte-equal files. Lists and structs are JSON in CSV files. A CSV cell that a spreadsheet would
    take for a formula (text that begins with ``= + - @``, a tab or a line end) gets a ``'`` in front; JSON Lines and
    Parquet hold the values as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, sql in QUERIES.items():
        if name == "texts" and not with_text:
            continue
        for form in formats:
            file = folder / f"{name}.{form}"
            temporary = folder / f".{name}.{form}.writing"
            reader = con.cursor().execute(sql).to_arrow_reader(ROWS_AT_ONCE)
            WRITERS[form](reader, temporary)
            temporary.replace(file)
            files.append(file)
    return files


def write_csv(reader: Any, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(reader.schema.names)
        for row in _rows(reader):
            lines.writerow([cell(value) for value in row.values()])


def write_jsonl(reader: Any, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        for row in _rows(reader):
            out.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")


def write_parquet(reader: Any, file: Path) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(file, reader.schema, compression="zstd") as out:
        for batch in reader:
            out.write_batch(batch)


WRITERS: dict[Format, Callable[[Any, Path], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}


def cell(value: Any) -> Any:
    """``value`` as a CSV cell that no spreadsheet runs (OWASP, "CSV Injection")."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    elif isinstance(value, datetime):
        value = _plain(value)
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def _rows(reader: Any) -> Iterator[dict[str, Any]]:
    for batch in reader:
        yield from batch.to_pylist()


def _plain(value: Any) -> str:
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
