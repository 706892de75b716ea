"""Bring a working database to the present schema, and give it the views and macros.

Migrations are numbered SQL files, each run once, in order, in a transaction of its own, and recorded in the table
`migrations`. Views and macros hold no rows: they are dropped before the migrations and made anew after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import WarehouseBroken

if TYPE_CHECKING:
    import duckdb

RECORD = """
CREATE TABLE IF NOT EXISTS migrations (name VARCHAR PRIMARY KEY);
COMMENT ON TABLE migrations IS 'The schema files that were run on this warehouse';
COMMENT ON COLUMN migrations.name IS 'Name of the file';
"""

# Columns that a view, or a table in `spare`, takes over from a table mean what they mean there.
PASSED_THROUGH = """
SELECT taker.schema_name || '.' || taker.table_name, taker.column_name, giver.comment
FROM duckdb_columns() AS taker JOIN duckdb_columns() AS giver USING (database_name, column_name)
WHERE database_name = current_database() AND taker.comment IS NULL AND giver.comment IS NOT NULL
    AND giver.schema_name = 'main' AND giver.table_name = CASE
        WHEN column_name = 'page_id' THEN 'pages'
        WHEN taker.table_name IN ('posts_judged', 'posts_countable', 'posts_searched') THEN 'posts'
        WHEN taker.schema_name = 'spare' THEN taker.table_name
    END
ORDER BY ALL
"""


def sql_files(folder: str) -> Iterator[tuple[str, str]]:
    """(name, text) of the SQL files of ``warehouse/<folder>``, by name."""
    for file in sorted(files("warehouse").joinpath(folder).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            yield file.name, file.read_text(encoding="utf-8")


def migrate(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Run the migrations that ``con`` still lacks and return their names; `WarehouseBroken` if it is ahead of us."""
    con.execute(RECORD)
    done = {str(name) for (name,) in con.execute("SELECT name FROM migrations").fetchall()}
    ours = dict(sql_files("migrations"))
    if unknown := sorted(done - ours.keys()):
        raise WarehouseBroken(
            path, f"a newer version of Sectorscope wrote it ({', '.join(unknown)}); update Sectorscope"
        )
    missing = [name for name in ours if name not in done]
    if missing:
        drop_views(con)
    for name in missing:
        con.execute("BEGIN")
        try:
            con.execute(ours[name])
            con.execute("INSERT INTO migrations VALUES (?)", [name])
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    return missing


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make all views and macros as the files say, in one transaction; those without a file go."""
    con.execute("BEGIN")
    try:
        drop_views(con)
        for _, text in sql_files("views"):
            con.execute(text)
        for name, column, comment in con.execute(PASSED_THROUGH).fetchall():
            said = comment.replace("'", "''")
            con.execute(f"COMMENT ON COLUMN {name}.{column} IS '{said}'")
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def drop_views(con: duckdb.DuckDBPyConnection) -> None:
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary"
    for (name,) in con.execute(views).fetchall():
        con.execute(f'DROP VIEW "{name}"')
    macros = """
        SELECT DISTINCT function_name, function_type = 'table_macro' FROM duckdb_functions()
        WHERE database_name = current_database() AND NOT internal AND function_type IN ('macro', 'table_macro')
    """
    for name, is_table in con.execute(macros).fetchall():
        con.execute(f'DROP MACRO {"TABLE" if is_table else ""} "{name}"')
