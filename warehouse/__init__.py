"""Records ↔ DuckDB: schema, loading, publishing, and the views and macros for SQL.

One process writes the working database (`Store`); everybody else reads the published snapshot (`open`).
The exports are loaded when first used, so that ``import warehouse`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.health import integrity, status
    from warehouse.query import open, post_views
    from warehouse.rows import tables
    from warehouse.shards import read_shard, write_shard
    from warehouse.store import Store

__all__ = ["Store", "integrity", "open", "post_views", "read_shard", "status", "tables", "write_shard"]

# No function here may have a module's name (`rows`, `export`): importing the module would hide it.
_HOMES = {
    "Store": "store",
    "integrity": "health",
    "open": "query",
    "post_views": "query",
    "read_shard": "shards",
    "status": "health",
    "tables": "rows",
    "write_shard": "shards",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'warehouse' has no attribute {name!r}")
    return getattr(import_module(f"warehouse.{_HOMES[name]}"), name)
