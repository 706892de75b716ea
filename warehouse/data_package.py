"""What goes with an export so that others understand it: a data dictionary, and a description that programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

DICTIONARY = """
SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS type, c.comment AS meaning
FROM duckdb_columns() AS c
WHERE c.schema_name = 'main' AND NOT c.internal AND list_contains(?, c.table_name)
ORDER BY c.table_name, c.column_index
"""
MEANINGS = """
SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'
UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
"""

# DuckDB's types as the Table Schema names them (Data Package v2, "Table Schema", field types); else string.
TYPES = {
    "BIGINT": "integer", "INTEGER": "integer", "HUGEINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
    "DATE": "date", "TIMESTAMP WITH TIME ZONE": "datetime",
}  # fmt: skip
MEDIA = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}


def described(con: duckdb.DuckDBPyConnection, folder: Path, files: Sequence[Path]) -> list[Path]:
    """Write ``data-dictionary.csv`` (every column that was exported, its type and meaning, from the warehouse's own
    comments) and ``datapackage.json`` (Data Package v2) for the exported ``files`` in ``folder``; gives the two."""
    from warehouse.connection import cursor
    from warehouse.export import write_csv

    names = sorted({file.stem for file in files})
    dictionary, package = folder / "data-dictionary.csv", folder / "datapackage.json"
    explained = cursor(con).execute(DICTIONARY, [names]).to_arrow_table()
    with dictionary.open("wb") as out:
        write_csv(explained.to_reader(), out)
    meanings = dict(cursor(con).execute(MEANINGS).fetchall())
    columns: dict[str, list[dict[str, Any]]] = {}
    for table, column, kind, meaning in (tuple(row.values()) for row in explained.to_pylist()):
        field = {"name": column, "type": TYPES.get(kind, "array" if kind.endswith("[]") else "string")}
        columns.setdefault(table, []).append(field | ({"description": meaning} if meaning else {}))
    resources = [
        {"name": f"{file.stem}-{file.suffix[1:]}", "path": file.name, "mediatype": MEDIA[file.suffix[1:]]}
        | ({"description": meanings[file.stem]} if meanings.get(file.stem) else {})
        | ({"schema": {"fields": columns[file.stem]}} if file.stem in columns else {})
        for file in sorted(files)
    ]
    said = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "sectorscope-export",
        "description": "Tables of a Sectorscope warehouse. Texts of blogs belong to their authors.",
        "resources": resources,
    }
    package.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [dictionary, package]
