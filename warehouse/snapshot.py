"""Publishing: a copy of the working database that takes the place of the snapshot in one step."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO


def replace_snapshot(source: BinaryIO, snapshot: Path) -> None:
    """Copy ``source`` from its beginning over ``snapshot``: to a temporary file beside it, flushed, then renamed.

    At any moment, and after a crash at any moment, ``snapshot`` is the old file or the new one, whole. Who has the old
    one open keeps it. What a killed copy left behind is removed first.
    """
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    for leftover in snapshot.parent.glob(f".{snapshot.name}.*.publishing"):
        leftover.unlink(missing_ok=True)
    temporary = snapshot.with_name(f".{snapshot.name}.{os.getpid()}.publishing")
    source.seek(0)
    try:
        with temporary.open("wb") as copy:
            shutil.copyfileobj(source, copy, 8 * 1024 * 1024)
            copy.flush()
            os.fsync(copy.fileno())
        # Left by somebody who wrote into the old snapshot and was cut short: DuckDB would play it into the new one.
        snapshot.with_name(f"{snapshot.name}.wal").unlink(missing_ok=True)
        temporary.replace(snapshot)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(snapshot.parent)


def _flush_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
