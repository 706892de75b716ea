"""Opening a DuckDB file, with errors that say what to do next."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseBroken, WarehouseBusy, WarehouseError

# What DuckDB says of a file that is not one of its databases, or one that it cannot read.
BROKEN = ("not a valid DuckDB database", "database file version", "corrupt", "serializ", "newer version")


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """`WarehouseBusy` while another process writes ``path``, `WarehouseBroken` where it is no database of ours."""
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        said = str(error)
        if "Could not set lock" in said:
            holder = re.search(r"PID (\d+)", said)
            raise WarehouseBusy(path, int(holder[1]) if holder else None) from error
        if any(sign in said for sign in BROKEN):
            raise WarehouseBroken(path, said.splitlines()[0].rstrip(".!")) from error
        raise WarehouseError(f"{path} cannot be opened: {said}") from error
