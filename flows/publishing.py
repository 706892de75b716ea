"""Publishing the working database, and giving its tables out as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from flows.errors import NothingThere, SectorscopeError
from flows.searching import refresh_index
from flows.workspace import Workspace

if TYPE_CHECKING:
    from warehouse.store import Store

HELD = "SELECT count(*), max(timezone('UTC', fetched_at))::DATE FROM posts"


def publish(workspace: Workspace) -> Path:
    """Make the snapshot anew from the working database. Raises NothingThere where no run has made one."""
    from warehouse.store import Store

    if not workspace.working.exists():
        raise NothingThere("There is no warehouse yet.", "Make it with `sectorscope run`.")
    with Store(workspace.working) as store:
        publish_from(store, workspace)
    refresh_index(workspace)
    return workspace.warehouse


def publish_from(store: Store, workspace: Workspace) -> None:
    """Publish what ``store`` holds as the workspace's snapshot, the older ones kept as its settings say."""
    keep = workspace.settings().warehouse.snapshots
    store.publish(workspace.warehouse, folder=workspace.snapshots, keep=keep)


def older_snapshots(workspace: Workspace) -> list[dict[str, Any]]:
    """Those that were published before, newest first: name, megabytes, posts, and the day of the newest capture."""
    import warehouse
    from warehouse.query import rows
    from warehouse.snapshot import kept

    told = []
    for one in kept(workspace.snapshots):
        with warehouse.open(one.path) as snapshot:
            _, ((posts, newest),) = rows(snapshot, HELD)
        told.append({"name": one.name, "MB": round(one.size / 1e6, 1), "posts": posts, "data until": newest})
    return told


def restore_snapshot(workspace: Workspace, name: str) -> Path:
    """Publish an older snapshot again. Raises SnapshotMissing."""
    from warehouse.snapshot import restore

    restore(name, workspace.snapshots, workspace.warehouse)
    return workspace.warehouse


def exported(
    workspace: Workspace, folder: Path, forms: Sequence[str], *, with_text: bool, in_parts: bool
) -> list[Path]:
    """Write the snapshot's tables to ``folder`` in each of the forms, with a data dictionary and a description for programs."""
    import warehouse
    from warehouse.data_package import described
    from warehouse.export import Format, export

    wanted = [known for known in get_args(Format) if known in forms]
    for form in set(forms) - set(wanted):
        raise SectorscopeError(f"`{form}` is no export format.", f"It must be one of {', '.join(get_args(Format))}.")
    with warehouse.open(workspace.warehouse) as snapshot:
        files = export(snapshot, folder, wanted, with_text=with_text, in_parts=in_parts)
        return files + described(snapshot, folder, files)
