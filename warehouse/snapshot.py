"""Publishing: a copy of the working database that takes the place of the snapshot in one step; the last ones are kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warehouse.errors import SnapshotMissing

ENDING = ".duckdb"
AT_ONCE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot that was published before: ``name`` is the moment (UTC) of its publishing, ``size`` its bytes."""

    name: str
    path: Path
    size: int


def kept(folder: Path) -> list[Snapshot]:
    """The snapshots in ``folder``, newest first."""
    return [
        Snapshot(name=file.name.removesuffix(ENDING), path=file, size=file.stat().st_size)
        for file in sorted(folder.glob(f"*{ENDING}"), reverse=True)
    ]


def restore(name: str, folder: Path, snapshot: Path) -> None:
    """Publish the snapshot called ``name`` in ``folder`` again; the present one is put there in its turn.

    The working database stays as it is: the next run publishes its state. Raises SnapshotMissing.
    """
    there = {one.name: one for one in kept(folder)}
    if name not in there:
        raise SnapshotMissing(name, list(there))
    with there[name].path.open("rb") as source:
        replace_snapshot(source, snapshot, folder=folder, keep=len(there) + 1)


def drop_kept(folder: Path) -> int:
    """Delete the snapshots in ``folder``; how many there were."""
    gone = kept(folder)
    for old in gone:
        old.path.unlink(missing_ok=True)
    return len(gone)


def replace_snapshot(source: BinaryIO, snapshot: Path, *, folder: Path | None = None, keep: int = 0) -> None:
    """Put ``source``, from its beginning, in the place of ``snapshot`` (see `replacing`)."""
    with replacing(snapshot, source, folder=folder, keep=keep):
        pass


@contextmanager
def replacing(snapshot: Path, source: BinaryIO, *, folder: Path | None = None, keep: int = 0) -> Iterator[Path]:
    """A copy of ``source`` beside ``snapshot``, to be altered if need be; at the end it is flushed, then renamed over it.

    At any moment, and after a crash at any moment, ``snapshot`` is the old file or the new one, whole. Who has the old
    one open keeps it. What a killed copy left behind is removed first. The one that was there before goes into
    ``folder``, where the newest ``keep`` stay.
    """
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    for leftover in snapshot.parent.glob(f".{snapshot.name}.*.publishing*"):
        leftover.unlink(missing_ok=True)
    temporary = snapshot.with_name(f".{snapshot.name}.{os.getpid()}.publishing")
    try:
        with temporary.open("wb") as copy:
            _copy(source, copy)
        yield temporary
        _flush(temporary)
        # Left by somebody who wrote into the old snapshot and was cut short: DuckDB would play it into the new one.
        snapshot.with_name(f"{snapshot.name}.wal").unlink(missing_ok=True)
        if folder is not None:
            _put_away(snapshot, folder)
        temporary.replace(snapshot)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush(snapshot.parent)
    if folder is not None:
        for old in kept(folder)[keep:]:
            old.path.unlink(missing_ok=True)


def _copy(source: BinaryIO, copy: BinaryIO) -> None:
    """All of ``source`` into the empty file ``copy``: within the kernel where it can do that, in a quarter of the time."""
    size, done = os.fstat(source.fileno()).st_size, 0
    with suppress(OSError, AttributeError):  # not on every file system, nor on every system
        while done < size and (some := os.copy_file_range(source.fileno(), copy.fileno(), AT_ONCE, done, done)):
            done += some
    if done < size:
        source.seek(done)
        copy.seek(done)
        shutil.copyfileobj(source, copy, AT_ONCE)
    copy.flush()


def _put_away(snapshot: Path, folder: Path) -> None:
    """Give the snapshot a second name in ``folder``: no byte is copied, and no moment is without a snapshot."""
    if not snapshot.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    published = datetime.fromtimestamp(snapshot.stat().st_mtime, UTC)
    second = folder / f"{published:%Y%m%dT%H%M%S.%fZ}{ENDING}"
    with suppress(FileExistsError):  # a run that was killed between this and the renaming has done it
        os.link(snapshot, second)


def _flush(path: Path) -> None:
    """Make a file's content, or the renames in a folder, last through a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
