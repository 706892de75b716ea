"""Commands that ask the published snapshot: status, doctor, sql, search, kwic, trend, themes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_common import Form, app, here, print_json, print_rows, themes_app
from flows.errors import UNHEALTHY, SectorscopeError

AsJson = Annotated[bool, typer.Option("--json", help="For a program to read.")]


@app.command()
def status(
    context: typer.Context,
    blog: Annotated[str | None, typer.Option(help="One blog, and each promised post that is missing.")] = None,
    as_json: AsJson = False,
) -> None:
    """For every blog: pages found, fetched, failed and why, quarantined, posts held of those promised, last run."""
    from flows.health import statuses, told

    rows = statuses(here(context), [blog] if blog else ())
    if as_json:
        print_json(rows)
    elif rows:
        table = [told(row) for row in rows]
        print_rows(list(table[0]), [list(row.values()) for row in table])
        for reason, count in rows[0]["left_out"].items() if blog else ():
            print(f"left out unasked: {count} ({reason})")
        for missing in (rows[0]["missing"] or []) if blog else []:
            print(f"missing: {missing['url']} ({missing['reason']}; named by {missing['named_by']})")
    else:
        print("blogs.toml names no blog; add one with `sectorscope add URL`", file=sys.stderr)


@app.command()
def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the workspace: settings, contact, archive, warehouse. Exit code 4 where something is wrong."""
    from flows.health import checks

    done = checks(here(context))
    if as_json:
        print_json([{"check": check.name, "ok": check.ok, "says": check.says} for check in done])
    else:
        for check in done:
            print(f"{'ok  ' if check.ok else 'BAD '} {check.name}: {check.says}")
    if not all(check.ok for check in done):
        raise typer.Exit(UNHEALTHY)


@app.command()
def sql(
    context: typer.Context,
    query: Annotated[
        str | None, typer.Argument(help="One query; - reads it from standard input; without it a shell begins.")
    ] = None,
    file: Annotated[Path | None, typer.Option("-i", "--input", help="Read the query from this file.")] = None,
    form: Annotated[Form, typer.Option("-f", "--format", help="How the rows come out.")] = Form.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file (parquet needs it).")] = None,
    files: Annotated[bool, typer.Option("--files", help="The query may read and write other files.")] = False,
) -> None:
    """Ask the published snapshot in SQL, also while a crawl is running. It cannot change anything."""
    from flows.asking import answer
    from flows.shell import shell

    workspace = here(context)
    if file is not None:
        try:
            query = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as refused:
            raise SectorscopeError(f"{file} cannot be read: {refused}.", "Name a file with one query.") from None
    elif query is None and sys.stdin.isatty():
        return shell(workspace, form)
    elif query is None or query == "-":
        query = sys.stdin.read()
    return answer(workspace, query, form, out, files=files)


@app.command()
def search(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help='Words, "a phrase", begin*, -without, this OR that.')],
    blogs: Annotated[list[str] | None, typer.Option("--blog", help="Only this blog; may be given again.")] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="First day, month or year: 2012-04-01, 2012-04, 2012.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, month or year.")] = None,
    author: Annotated[str | None, typer.Option(help="Any part of an author's name.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many posts.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find posts by their words, the best matches first (BM25), each with a snippet."""
    from flows.reporting import first_day, last_day
    from flows.searching import found, told

    hits, total = found(
        here(context),
        words,
        blogs=blogs or (),
        first=first_day(since),
        last=last_day(until),
        author=author,
        limit=limit,
    )
    told(hits, total, as_json=as_json)


@app.command()
def kwic(
    context: typer.Context,
    term: Annotated[str, typer.Argument(help="A term as in themes.toml: words, * ends a word.")],
    width: Annotated[int, typer.Option(min=0, max=50, help="Words on either side.")] = 8,
    limit: Annotated[int, typer.Option(min=1, help="At most so many lines.")] = 50,
    as_json: AsJson = False,
) -> None:
    """A term in its contexts, with post and date (concordance)."""
    from analysis.terminal import kwic_lines
    from flows.asking import concordances
    from flows.cli_common import in_colour, terminal_columns

    lines, left_over = concordances(here(context), term, width, limit)
    if as_json:
        print_json(
            [
                {name: getattr(line, name) for name in ("url", "blog", "published", "left", "keyword", "right")}
                for line in lines
            ]
        )
        return
    print("\n".join(kwic_lines(lines, columns=terminal_columns(), colour=in_colour())))
    print(f"{len(lines)} shown{', more there: raise --limit' if left_over else ''}", file=sys.stderr)


@app.command()
def trend(
    context: typer.Context,
    theme: Annotated[str, typer.Argument(help="A theme of themes.toml.")],
    by: Annotated[
        str | None, typer.Option(help="year, quarter or month.", show_default="from sectorscope.toml")
    ] = None,
    event: Annotated[
        str | None, typer.Option(metavar="DAY", help="Test what changed at this day (2010-06-22).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A theme over time: share of posts and rate per 10,000 words with 95 % intervals, tests of drift, dates of change."""
    from dataclasses import asdict

    from flows.asking import event_of, trend_of
    from flows.reporting import first_day

    workspace, day = here(context), first_day(event)
    found, changes, lines = trend_of(workspace, theme, by)
    at_event = event_of(workspace, theme, day) if day else None
    if as_json:
        print_json({**asdict(found), "changes": asdict(changes), "event": asdict(at_event[0]) if at_event else None})
        return
    print("\n".join([*lines, *(["", *at_event[1]] if at_event else [])]))


@themes_app.command("test")
def themes_test(
    context: typer.Context,
    theme: Annotated[str | None, typer.Argument(help="One theme; all without it.")] = None,
    mark: Annotated[
        str | None, typer.Option(metavar="NAME", help="Mark hits as this person: right or wrong, one by one.")
    ] = None,
    sample: Annotated[int, typer.Option(min=1, help="With --mark: at most so many hits now.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Per term: hits, posts, share of the theme; from people's marks its precision, and how far they agree.

    Hits come up in a random order that is the same for everybody. Marks are kept in the workspace's folder marks/.
    """
    from flows.asking import term_counts
    from flows.marking import ask, precisions, told

    workspace = here(context)
    if mark is not None:
        if theme is None:
            raise SectorscopeError("No theme was named to mark.", "Write `sectorscope themes test THEME --mark NAME`.")
        print(f"{ask(workspace, theme, mark, sample)} marked", file=sys.stderr)
    rows, unsupported = term_counts(workspace, theme)
    marked, pairs = precisions(workspace, theme) if theme else ([], [])
    if as_json:
        print_json({"terms": rows, "not_counted": unsupported, "precision": marked, "agreement": pairs})
        return
    print_rows(("theme", "term", "hits", "posts", "share of theme"), [tuple(row.values()) for row in rows])
    print("\n".join(told(marked, pairs)), end="\n" if marked else "")
    for line in unsupported:
        print(f"not counted: {line}", file=sys.stderr)


@themes_app.command("suggest")
def themes_suggest(
    context: typer.Context,
    theme: Annotated[str, typer.Argument(help="A theme of themes.toml.")],
    limit: Annotated[int, typer.Option(min=1, help="At most so many terms.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Terms to consider for a theme: used far more in its posts than in others, by several blogs, beside its hits."""
    from flows.asking import terms_suggested

    rows = terms_suggested(here(context), theme, limit)
    if as_json:
        print_json(rows)
    elif rows:
        shown = ("term", "uses", "elsewhere", "log_ratio", "blogs", "near", "example")
        print_rows(("term", "uses", "elsewhere", "log ratio", "blogs", "near a hit", "example"),
                   [[row[name] for name in shown] for row in rows])  # fmt: skip
    else:
        print("no word stands out: too few posts, or nearly all of them have a hit", file=sys.stderr)


@themes_app.command("topics")
def themes_topics(
    context: typer.Context,
    n: Annotated[int, typer.Option("--n", min=2, max=100, help="So many topics.")] = 12,
    by: Annotated[
        str | None, typer.Option(help="year, quarter or month.", show_default="from sectorscope.toml")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What else the posts speak of: topics that an algorithm makes of their words. To look at, not to cite."""
    from dataclasses import asdict

    from analysis.topics import SAID
    from flows.asking import topics_of

    found, lines = topics_of(here(context), n, by)
    if as_json:
        print_json({"note": SAID, **asdict(found)})
        return
    print("\n".join(lines))
