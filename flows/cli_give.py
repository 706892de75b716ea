"""Commands that give something out or take it away: report, snapshot, export, forget."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_common import app, here, print_json, print_rows, snapshot_app


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
    png: Annotated[bool, typer.Option("--png", help="The charts as PNG too.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print it as PDF too: needs Chromium or Chrome.")] = False,
) -> None:
    """Write the trend report: one HTML file, and beside it its figures as CSV, XLSX, Parquet, JSON and SVG.

    The report's path goes to stdout; its themes at a glance, and what changed since the last report, to stderr.
    """
    from flows.earlier import told_of
    from flows.printing import browser, print_pdf
    from flows.reporting import Wanted, first_day, last_day, report_of

    if pdf:
        browser()  # before the work begins
    wanted = Wanted(
        themes=tuple(themes or ()), first=first_day(since), last=last_day(until), grain=by, folder=out, png=png
    )
    workspace = here(context)
    path = report_of(workspace, wanted)
    print("\n".join(told_of(workspace.reports, path)), file=sys.stderr)
    print(path)
    if pdf:
        print(print_pdf(path))


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
        list[str] | None, typer.Option("-f", "--format", help="csv, jsonl, parquet or xlsx; may be given again.")
    ] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Full texts too: mind their owners' rights.")] = False,
    in_parts: Annotated[
        bool, typer.Option("--in-parts", help="Large tables as Parquet in folders by blog and year.")
    ] = False,
) -> None:
    """Write the warehouse's tables to files, by default without the posts' full texts."""
    from flows.publishing import exported

    for path in exported(
        here(context), folder, tuple(forms or ("csv", "parquet")), with_text=with_text, in_parts=in_parts
    ):
        print(path)


@app.command()
def forget(
    context: typer.Context,
    url: Annotated[str | None, typer.Argument(metavar="[URL]", help="The address of a post.")] = None,
    author: Annotated[str | None, typer.Option(help="Every post that this name signs.")] = None,
    blog: Annotated[str | None, typer.Option(help="A whole blog, by its key.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a post, an author's posts or a blog everywhere, the archive too, and never take it in again."""
    from flows.forgetting import forget as forgotten
    from flows.forgetting import sought

    workspace = here(context)
    pages = sought(workspace, url=url, author=author, blog=blog)
    count = sum(len(urls) for urls in pages.values())
    if not yes:
        typer.confirm(f"Remove {count} pages of {', '.join(pages)} for good?", abort=True, err=True)
    for line in forgotten(workspace, pages, url=url, author=author, blog=blog):
        print(line)
