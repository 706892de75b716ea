"""What the commands share: the application, the workspace they work in, and how rows are printed."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from flows.errors import ERROR

if TYPE_CHECKING:
    from flows.workspace import Workspace

WIDTH = 200  # of a table that goes to no terminal
COLUMN = 8  # characters that a column needs to be read; with less, a row is told line by line
RECORD_CELL = 300  # characters of a value that is told so

# Plain help: drawing it with Rich costs as much time as all the rest of a short command.
app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
themes_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look at the theme lexicon.")
app.add_typer(themes_app, name="themes")
snapshot_app = typer.Typer(rich_markup_mode=None)
app.add_typer(snapshot_app, name="snapshot")


class Form(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"
    markdown = "markdown"


def here(context: typer.Context) -> Workspace:
    """The workspace that the command line names."""
    from flows.workspace import opened

    return opened(context.obj or Path())


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table for a person: drawn on a terminal, tab-aligned text elsewhere."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    rows = list(rows)
    for row in rows:
        table.add_row(*("" if value is None else plain(value) for value in row))
    width = None if sys.stdout.isatty() else WIDTH
    Console(width=width, highlight=False, markup=False, emoji=False).print(table)


def print_records(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One line for each value, for rows of more columns than a line has room for; a long text shows its beginning."""
    size = max(map(len, columns), default=0)
    for number, row in enumerate(rows, start=1):
        print(f"— row {number}")
        for column, value in zip(columns, row, strict=True):
            told = "" if value is None else " ".join(plain(value).split())
            print(f"{column:{size}}  {told if len(told) <= RECORD_CELL else told[:RECORD_CELL] + ' …'}".rstrip())


def fits(columns: Sequence[str]) -> bool:
    """Whether a table of these columns leaves each some room on a line."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    return width >= COLUMN * len(columns)


def print_markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table in the Markdown of GitHub (its specification, §4.10): a bar in a cell is escaped."""

    def line(cells: Iterable[Any]) -> str:
        return "| " + " | ".join("" if cell is None else plain(cell).replace("|", r"\|") for cell in cells) + " |"

    print(line(columns))
    print("|" + "---|" * len(columns))
    for row in rows:
        print(line(row))


def plain(value: Any) -> str:
    """A value as a cell of a table: lists joined, no control characters (they could redraw a terminal)."""
    if isinstance(value, list | tuple):
        return ", ".join(plain(v) for v in value)
    if isinstance(value, float):
        return f"{value:.4g}"
    return "".join(c if c.isprintable() else "�" for c in " ".join(str(value).split()))


def terminal_columns() -> int:
    """How wide the terminal is; 160 where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 160


def in_colour() -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def finish(problems: Sequence[tuple[str, str]], *, of: int) -> None:
    """End a run: name the blogs that failed and exit with 3, or with 1 where every blog failed; else return."""
    from flows.errors import PARTIAL

    for blog, problem in problems:
        print(f"{blog}: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(ERROR if len({blog for blog, _ in problems}) >= of else PARTIAL)
