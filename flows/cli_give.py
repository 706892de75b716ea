"""Commands that give something out or take it away: report, snapshot, export, forget."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_common import app, here, not_there, print_json, print_rows, snapshot_app


@app.command()
def report(
    context: typer.Context,
    themes: Annotated[
        list[str] | None, typer.Argument(metavar="[THEME]...", help="Themes of themes.toml; all without it.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="First day, month or year: 2012-04-01, 2012-04, 2012.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, month or year.")] = None,
    by: Annotated[
        str | None, typer.Option(help="year, quarter or month.", show_default="from sectorscope.toml")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder to write to.", show_default="reports/DATE")
    ] = None,
) -> None:
    """Write the trend report: one HTML file, and its figures as CSV."""
    from flows.reporting import Wanted, first_day, last_day, report_of

    wanted = Wanted(themes=tuple(themes or ()), first=first_day(since), last=last_day(until), grain=by, folder=out)
    print(report_of(here(context), wanted))


@snapshot_app.callback(invoke_without_command=True)
def snapshot(context: typer.Context) -> None:
    """Publish the working database again as the snapshot that everyone reads; list and restore older ones."""
    from flows.publishing import publish

    if context.invoked_subcommand is None:
        print(publish(here(context)))


@snapshot_app.command("list")
def snapshot_list(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False
) -> None:
    """The snapshots that were published before, newest first."""
    from flows.publishing import older_snapshots

    rows = older_snapshots(here(context))
    if as_json:
        print_json(rows)
    elif rows:
        print_rows(list(rows[0]), [list(row.values()) for row in rows])
    else:
        print("none is kept yet: each publishing keeps the one before", file=sys.stderr)


@snapshot_app.command("restore")
def snapshot_restore(
    context: typer.Context, name: Annotated[str, typer.Argument(help="As `snapshot list` shows it.")]
) -> None:
    """Publish an older snapshot again, until the next run publishes anew; the present one is kept."""
    from flows.publishing import restore_snapshot

    print(restore_snapshot(here(context), name))


@app.command()
def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    forms: Annotated[
        list[str] | None, typer.Option("-f", "--format", help="csv, jsonl or parquet; may be given again.")
    ] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Full texts too: mind their owners' rights.")] = False,
) -> None:
    """Write the warehouse's tables to files, by default without the posts' full texts."""
    from flows.publishing import exported

    for path in exported(here(context), folder, tuple(forms or ("csv", "parquet")), with_text):
        print(path)


@app.command()
def forget(what: Annotated[str, typer.Argument(metavar="URL")]) -> None:
    """Remove a post, author or blog everywhere (not part of this version)."""
    not_there(
        f"forget {what}",
        "Set enabled = false in blogs.toml to stop crawling a blog; its archive is the folder archive/BLOG.",
    )
