"""What can go wrong in the warehouse. Each message says what to do next.

WarehouseError
├── WarehouseMissing    there is no snapshot yet
├── SnapshotMissing     no snapshot of that name was kept
├── WarehouseBusy       another process is writing
├── WarehouseBroken     the file is no database that this version can read
├── RowsBroken          rows that contradict what is stored, or a shard that is not whole
├── LexiconNotCounted   the theme counts at hand are those of another lexicon
├── QueryFailed         DuckDB refuses a statement
└── SearchRefused       a search that asks for nothing, or an index that cannot be used
"""

from __future__ import annotations

from pathlib import Path


class WarehouseError(Exception):
    """The base of all errors that this room raises on purpose."""


class WarehouseMissing(WarehouseError):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"there is no warehouse at {self.path} yet: run `sectorscope run` in the workspace first"


class SnapshotMissing(WarehouseError):
    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name, known)
        self.name, self.known = name, known

    def __str__(self) -> str:
        there = f"there are {', '.join(self.known)}" if self.known else "none is kept yet"
        return f"no snapshot called {self.name} is kept: {there}"


class WarehouseBusy(WarehouseError):
    """``holder`` is the number of the process that holds the file, where the system tells it."""

    def __init__(self, path: Path, holder: int | None) -> None:
        super().__init__(path, holder)
        self.path, self.holder = path, holder

    def __str__(self) -> str:
        who = f" (process {self.holder})" if self.holder else ""
        return f"another run{who} is writing {self.path}: wait for it or stop it, then try again"


class WarehouseBroken(WarehouseError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return (
            f"{self.path} cannot be used: {self.reason}. You can move it away and run `sectorscope rebuild`: "
            "everything in it can be made again from the archive"
        )


class RowsBroken(WarehouseError):
    """Nothing of the batch was loaded."""


class LexiconNotCounted(WarehouseError):
    def __init__(self, asked: str, stored: str | None) -> None:
        super().__init__(asked, stored)
        self.asked, self.stored = asked, stored

    def __str__(self) -> str:
        counted = f"were counted with lexicon {self.stored}" if self.stored else "are not counted yet"
        return f"the posts {counted}, not with lexicon {self.asked}: run `sectorscope process` to count them"


class QueryFailed(WarehouseError):
    """Carries DuckDB's own message, which names the place in the statement."""


class SearchRefused(WarehouseError):
    """The message says what to do instead."""
