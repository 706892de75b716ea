"""The flow `report_trends`: from the published snapshot to the report's files."""

# No postponed annotations in modules of flows: Prefect sends a flow to its process without the names they would need.

from collections.abc import Sequence
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import leave_report
from flows.errors import SectorscopeError
from flows.progress import display
from flows.reporting import Wanted, report_of
from flows.workspace import Workspace


@flow(name="report_trends")
def report_trends(root: str, themes: Sequence[str] = ()) -> str | None:
    """Write the report of the workspace at ``root``; gives its path, or None where there is no post to report on."""
    path = write(root, tuple(themes))
    if path:
        leave_report(Path(path))
    return path


@task(name="write report", cache_policy=NO_CACHE)
def write(root: str, themes: tuple[str, ...]) -> str | None:
    job = display().job("report")
    try:
        path = report_of(Workspace(Path(root)), Wanted(themes=themes))
    except SectorscopeError as nothing:
        job.finish(str(nothing))
        return None
    job.finish(str(path))
    return str(path)
