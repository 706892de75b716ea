"""The command line `sectorscope`. Commands import what they need when they run, so that `--help` answers at once.

Data goes to stdout, everything said to a person to stderr. Exit codes: 0 ok, 1 error, 2 usage, 3 partial (some blogs
failed; they are named), 4 unhealthy (`doctor`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import cli_ask, cli_collect, cli_give
from flows.cli_common import app
from flows.errors import ERROR, SectorscopeError

__all__ = ["app", "cli_ask", "cli_collect", "cli_give", "main"]


# The order in which `--help` shows the commands: as a newcomer meets them
ORDER = {
    name: place
    for place, name in enumerate(
        (
            "init",
            "add",
            "inspect",
            "run",
            "crawl",
            "process",
            "report",
            "status",
            "doctor",
            "sql",
            "kwic",
            "trend",
            "search",
        )
    )
}
app.registered_commands.sort(key=lambda command: ORDER.get(command.name or command.callback.__name__, len(ORDER)))  # type: ignore[union-attr]


SERVER_LATE = "attempting to connect to ephemeral Prefect API server"  # how Prefect's error for it reads


@app.callback()
def sectorscope(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option("--workspace", "-w", help="The workspace's folder.", show_default="this folder, or one above it"),
    ] = Path(),
) -> None:
    """Keep an archive of a sector's blogs, and see how its themes move over the years, with the evidence."""
    context.obj = workspace


def main() -> None:
    """Run the command line; an error that a user can mend is one line, anything else a traceback."""
    # Our matrices are small: threads that share them spin, and sum in another order on another number of processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except KeyboardInterrupt:
        print("stopped; what was fetched is kept, and the next run goes on from there", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # `sectorscope sql … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if SERVER_LATE in str(error):
            error = SectorscopeError(
                "Prefect's server did not start in time.", "Try again when the machine is less busy."
            )
        if not isinstance(error, expected()):
            raise
        line = " ".join(str(error).rstrip(" ^\n").split())  # DuckDB points at the place with a line of its own
        print(f"error: {line}", file=sys.stderr)
        sys.exit(getattr(error, "code", ERROR))


def expected() -> tuple[type[Exception], ...]:
    """The errors that the rooms raise for a user to read. Looked up late: most runs never need them."""
    from analysis.themes import ThemesBroken
    from crawl.errors import CrawlError
    from warehouse.errors import WarehouseError

    return (SectorscopeError, CrawlError, ThemesBroken, WarehouseError)


if __name__ == "__main__":
    main()
