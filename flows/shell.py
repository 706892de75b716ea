"""The shell of `sectorscope sql`: questions in SQL, one after the other, to the published snapshot."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from flows.asking import show
from flows.cli_common import Form
from flows.workspace import Workspace

HELP = """\
A query ends with ;   Tab completes tables, columns and macros; the arrows go through what was asked before.
\\d            what there is: tables, views and macros      \\d NAME   what is in one, and what it means
\\f FORMAT     table, markdown or json                      \\q        leave (or Ctrl-D)      \\?   this help"""

RELATIONS = """
SELECT table_name AS name, 'table' AS kind, comment FROM duckdb_tables() WHERE schema_name = 'main'
UNION ALL SELECT view_name, 'view', comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT DISTINCT function_name, 'macro', comment FROM duckdb_functions()
    WHERE database_name = current_database() AND NOT internal AND function_type LIKE '%macro'
ORDER BY kind, name
"""
COLUMNS = """
SELECT column_name AS name, data_type AS type, comment FROM (
    SELECT column_name, data_type, comment, column_index FROM duckdb_columns() WHERE table_name = $asked
    UNION ALL SELECT DISTINCT function_name, 'macro(' || array_to_string(parameters, ', ') || ')', comment, 0
        FROM duckdb_functions() WHERE function_name = $asked AND database_name = current_database() AND NOT internal
    UNION ALL SELECT $asked, NULL, 'nothing is called so: see \\d', 0
        WHERE $asked NOT IN (SELECT table_name FROM duckdb_columns())
            AND $asked NOT IN (SELECT function_name FROM duckdb_functions() WHERE NOT internal)
) ORDER BY column_index
"""
NAMES = """
SELECT DISTINCT name FROM (
    SELECT column_name AS name FROM duckdb_columns() WHERE NOT internal
    UNION ALL SELECT table_name FROM duckdb_columns() WHERE NOT internal
    UNION ALL SELECT function_name || '(' FROM duckdb_functions() WHERE NOT internal
) ORDER BY name
"""
WORDS = ("SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "LIMIT", "JOIN", "USING", "HAVING", "DISTINCT", "count(")


def shell(workspace: Workspace, form: Form, ask: Callable[[str], str] = input) -> None:
    """Read queries with ``ask`` and print their rows until the end of input; an error is one line, and the shell goes on.

    Each question goes to the snapshot that is published at that moment.
    """
    with_history(workspace)
    print(f"Sectorscope: {workspace.root.name}. \\? for help.", file=sys.stderr)
    waiting: list[str] = []
    while True:
        try:
            line = ask("   ... " if waiting else "sql> ").rstrip()
        except EOFError:
            return
        except KeyboardInterrupt:
            print(file=sys.stderr)
            waiting.clear()
            continue
        if not waiting and line.startswith("\\"):
            if line.split()[0] == "\\q":
                return
            form = commanded(workspace, line.split(), form)
        elif line.endswith(";"):
            answered(workspace, "\n".join([*waiting, line]), form)
            waiting.clear()
        elif line or waiting:
            waiting.append(line)


def commanded(workspace: Workspace, words: Sequence[str], form: Form) -> Form:
    """Do what a line that begins with a backslash says; gives the format that holds from now on."""
    name, *rest = words
    if name == "\\d" and rest:
        answered(workspace, COLUMNS.replace("$asked", "'" + rest[0].lower().replace("'", "''") + "'"), form)
    elif name == "\\d":
        answered(workspace, RELATIONS, form)
    elif name == "\\f" and rest and rest[0] in (Form.table, Form.markdown, Form.json):
        return Form(rest[0])
    else:
        print(HELP, file=sys.stderr)
    return form


def answered(workspace: Workspace, query: str, form: Form) -> None:
    import warehouse
    from warehouse.errors import WarehouseError
    from warehouse.query import rows

    try:
        with warehouse.open(workspace.warehouse) as snapshot:
            show(*rows(snapshot, query), form)
    except WarehouseError as error:
        print(f"error: {error}", file=sys.stderr)


def with_history(workspace: Workspace) -> None:
    """Arrows, history and completion, where this Python has readline and a person is typing."""
    if not sys.stdin.isatty():
        return
    with suppress(ImportError):
        import atexit
        import readline

        history = workspace.hidden / "sql_history"
        with suppress(OSError):
            readline.read_history_file(history)
        with suppress(OSError):
            history.parent.mkdir(exist_ok=True)
            atexit.register(partial(readline.write_history_file, history))
        names = (*names_in(workspace), *WORDS)
        readline.set_completer(partial(completion, names))
        readline.parse_and_bind("tab: complete")


def names_in(workspace: Workspace) -> list[str]:
    """The tables, columns and macros of the snapshot, to complete what is typed."""
    import warehouse

    with warehouse.open(workspace.warehouse) as snapshot:
        return [str(name) for (name,) in snapshot.execute(NAMES).fetchall()]


def completion(names: Sequence[str], begun: str, nth: int) -> str | None:
    """The ``nth`` name that begins so, as readline asks for it; case does not matter."""
    fitting = [name for name in names if name.lower().startswith(begun.lower())]
    return fitting[nth] if nth < len(fitting) else None
