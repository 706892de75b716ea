"""Opening a DuckDB file, with errors that say what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import WarehouseBroken, WarehouseBusy, WarehouseError

# What DuckDB says of a file that is not one of its databases, or one that it cannot read.
BROKEN = ("not a valid DuckDB database", "database file version", "corrupt", "serializ", "newer version")


# Larger row groups than DuckDB's own pack the tokens into 6 bytes each instead of 10 to 14, and leave no holes in the file.
# They need the storage format of DuckDB 1.2 (2025), which every later version reads.
LAYOUT = "(STORAGE_VERSION 'v1.2.0', ROW_GROUP_SIZE 491520)"

# The write-ahead log may grow so far before it is worked in: each time, row groups that are not full are written anew.
LOG = "256MB"

# Without it, a query that takes two seconds draws a bar into standard output, between the rows of a CSV file.
QUIET = "SET enable_progress_bar = false"


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """`WarehouseBusy` while another process writes ``path``, `WarehouseBroken` where it is no database of ours."""
    try:
        con = duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise _told(path, error) from error
    locked = con.execute("SELECT current_setting('lock_configuration')").fetchone()
    if not (locked and locked[0]):
        con.execute(QUIET)
    return con


def connect_writer(path: Path) -> duckdb.DuckDBPyConnection:
    """As `connect`, for writing, in the layout that fits many small rows; the file is made where there is none."""
    con = duckdb.connect()
    con.execute(QUIET)
    try:
        name = str(path).replace("'", "''")
        con.execute(f"ATTACH '{name}' AS working {LAYOUT}")
        con.execute("USE working")
        con.execute(f"SET checkpoint_threshold = '{LOG}'")
    except duckdb.Error as error:
        con.close()
        raise _told(path, error) from error
    return con


def copy_database(con: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    """Copy the working database of ``con`` to the new file ``fresh``: rows, comments, views and macros."""
    name = str(fresh).replace("'", "''")
    con.execute(f"ATTACH '{name}' AS fresh {LAYOUT}")
    try:
        con.execute("COPY FROM DATABASE working TO fresh")
        con.execute("CHECKPOINT fresh")
    finally:
        con.execute("DETACH fresh")


def cursor(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second connection to what ``con`` has open: results that are still being read there stay whole."""
    second = con.cursor()
    attached = "SELECT 1 FROM duckdb_databases() WHERE database_name = 'working' AND current_database() <> 'working'"
    if second.execute(attached).fetchone():
        second.execute("USE working")
    return second


def _told(path: Path, error: duckdb.Error) -> WarehouseError:
    said = str(error)
    if "Could not set lock" in said:
        holder = re.search(r"PID (\d+)", said)
        return WarehouseBusy(path, int(holder[1]) if holder else None)
    if any(sign in said for sign in BROKEN):
        return WarehouseBroken(path, said.splitlines()[0].rstrip(".!"))
    return WarehouseError(f"{path} cannot be opened: {said}")


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, **tables: Any) -> Iterator[None]:
    """Arrow tables that SQL can read by these names, as long as the block lasts."""
    for name, table in tables.items():
        con.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            con.unregister(name)
