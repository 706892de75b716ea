"""Batches on disk: what a worker read, as Parquet, for the one loader that has the database open."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from warehouse.errors import RowsBroken
from warehouse.schemas import BATCH, schema


def write_shard(folder: Path, name: str, tables: dict[str, Any]) -> Path:
    """Write ``tables`` as ``folder/name/<table>.parquet`` and return that folder.

    It gets its name only when all of it is on disk: a shard that can be seen is whole. An older one gives way.
    """
    import pyarrow.parquet as pq

    shard, making, old = folder / name, folder / f".{name}.making", folder / f".{name}.old"
    for leftover in (making, old):
        shutil.rmtree(leftover, ignore_errors=True)
    making.mkdir(parents=True)
    for table in BATCH:
        pq.write_table(tables[table], making / f"{table}.parquet", compression="zstd")
    if shard.exists():
        shard.rename(old)
    making.rename(shard)
    shutil.rmtree(old, ignore_errors=True)
    return shard


def read_shard(shard: Path) -> dict[str, Any]:
    """The tables of one shard. `RowsBroken` where a file is missing or is not what this version writes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = {}
    for table in BATCH:
        file = shard / f"{table}.parquet"
        try:
            found[table] = pq.read_table(file, schema=schema(table))
        except (OSError, pa.ArrowException) as error:
            raise RowsBroken(f"{file} cannot be loaded ({error}): delete {shard} and process again") from error
    return found


def shards(folder: Path) -> list[Path]:
    """The whole shards in ``folder``, by name; those still being written are not among them."""
    if not folder.exists():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
