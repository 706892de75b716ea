"""Publishing the working database, and giving its tables out as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from flows.errors import NothingThere, SectorscopeError
from flows.workspace import Workspace


def publish(workspace: Workspace) -> Path:
    """Make the snapshot anew from the working database. Raises NothingThere where no run has made one."""
    from warehouse.store import Store

    if not workspace.working.exists():
        raise NothingThere("There is no warehouse yet.", "Make it with `sectorscope run`.")
    with Store(workspace.working) as store:
        store.publish(workspace.warehouse)
    return workspace.warehouse


def exported(workspace: Workspace, folder: Path, forms: Sequence[str], with_text: bool) -> list[Path]:
    """Write the snapshot's tables to ``folder`` in each of the forms; gives the files."""
    import warehouse
    from warehouse.export import Format, export

    wanted = [known for known in get_args(Format) if known in forms]
    for form in set(forms) - set(wanted):
        raise SectorscopeError(f"`{form}` is no export format.", f"It must be one of {', '.join(get_args(Format))}.")
    with warehouse.open(workspace.warehouse) as snapshot:
        return export(snapshot, folder, wanted, with_text=with_text)
