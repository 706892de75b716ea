"""Commands that bring posts in: init, add, inspect, crawl, import, process, run, rebuild, schedule, demo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli_common import app, finish, here, print_json

if TYPE_CHECKING:
    from flows.workspace import Workspace

Blogs = Annotated[
    list[str] | None, typer.Argument(metavar="[BLOG]...", help="Keys of blogs; all enabled ones without it.")
]
Delay = Annotated[float | None, typer.Option(min=0, help="Seconds between two requests to a host, for this run.")]
MaxPages = Annotated[int | None, typer.Option(min=1, help="At most so many pages a blog, for this run.")]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new workspace's folder.")],
    name: Annotated[str, typer.Option(help="What the sector is called in reports.")] = "My sector",
    contact: Annotated[str, typer.Option(help="An address or page where the crawler's operator can be reached.")] = "",
) -> None:
    """Make a workspace: settings, an empty list of blogs, a theme lexicon."""
    from flows.demo import default_themes
    from flows.workspace import make

    workspace = make(folder, name=name, contact=contact, themes=default_themes())
    print(f"made {workspace.root}; next: cd {folder} && sectorscope add URL", file=sys.stderr)
    if not contact:
        print("give a contact in sectorscope.toml before you crawl: sites want to know who calls", file=sys.stderr)


@app.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The blog's home page.")],
    key: Annotated[
        str | None, typer.Option(help="What the blog is called in tables.", show_default="made from the URL")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What the blog is called in reports.", show_default="its title")
    ] = None,
    group: Annotated[str | None, typer.Option(help="A group of blogs that it belongs to.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What was seen, as JSON.")] = False,
) -> None:
    """Look at a blog (robots, platform, feeds, sitemaps, three posts) and write it into blogs.toml."""
    from flows.adding import looked_at, shown, written

    workspace = here(context)
    seen = looked_at(workspace, url, key=key, name=name, group=group)
    if as_json:
        print_json(shown(seen))
    else:
        print(seen.told, file=sys.stderr)
    if dry_run:
        return
    blog = written(workspace, seen)
    print(f"added `{blog.key}`; next: sectorscope run {blog.key}", file=sys.stderr)


@app.command()
def inspect(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="A page of one of the blogs, or any other.")],
    blog: Annotated[
        str | None, typer.Option(help="Key of the blog it belongs to.", show_default="the one in whose scope it lies")
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Ask the site, even if the page is archived.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
) -> None:
    """Show what is read on a page, where it was found and why, and what else might have been taken."""
    from flows.inspecting import inspected

    seen = inspected(here(context), url, key=blog, fetch=fetch)
    if as_json:
        print_json(seen.shown)
    else:
        print(seen.told)


@app.command()
def crawl(
    context: typer.Context,
    blogs: Blogs = None,
    delay: Delay = None,
    max_pages: MaxPages = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Leave out pages that a feed, a sitemap or their address date before this day, month or year."
        ),
    ] = None,
) -> None:
    """Fetch what is new on the blogs into the archive."""
    from flows.reporting import first_day

    first = first_day(since)
    workspace = ready(context)
    from flows.harvest import harvest, runner

    workspace.blogs(blogs or ())
    with shown_progress():
        flow = harvest.with_options(task_runner=runner(workspace.settings().parallel_hosts))
        done = flow(str(workspace.root), blogs or (), overrides(delay, max_pages), first)
    finish([(r.blog, r.problem) for r in done if r.problem], of=len(done))


@app.command(name="import")
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="WARC, WACZ, or a zip or folder of HOST/PATH.")
    ],
    blog: Annotated[str, typer.Option(help="Key of the blog whose pages are taken over.")],
    as_json: Annotated[bool, typer.Option("--json", help="What was taken and left out, as JSON.")] = False,
) -> None:
    """Take captures that others made of a blog into the archive: how dead blogs get in."""
    from dataclasses import asdict

    from crawl.archive import Archive
    from crawl.capture_import import import_captures
    from crawl.errors import CrawlError
    from flows.errors import SectorscopeError

    workspace = here(context)
    (into,) = workspace.blogs([blog])
    try:
        done = import_captures(files, into, Archive(workspace.archive))
    except CrawlError as refused:
        raise SectorscopeError(f"{refused}.", "Nothing was imported.") from refused
    if as_json:
        print_json(asdict(done))
    print(f"{blog}: {done.imported} pages imported; next: sectorscope process {blog}", file=sys.stderr)
    for reason, times in done.left_out:
        examples = [url for why, url in done.examples if why == reason]
        print(f"left out: {times} ({reason}), such as {', '.join(examples)}", file=sys.stderr)


@app.command()
def process(context: typer.Context, blogs: Blogs = None) -> None:
    """Read the archive's new pages into the warehouse, and publish it."""
    workspace = ready(context)
    from flows.enrich import enrich, runner

    workspace.blogs(blogs or ())
    with shown_progress():
        done = enrich.with_options(task_runner=runner(workspace.settings().enrich))(str(workspace.root), blogs or ())
    finish([(r.blog, r.problem) for r in done if r.problem], of=len(done))


@app.command()
def run(context: typer.Context, blogs: Blogs = None, delay: Delay = None, max_pages: MaxPages = None) -> None:
    """Crawl, process and report."""
    workspace = ready(context)
    if not workspace.blogs(blogs or ()):
        from flows.errors import NothingThere

        raise NothingThere("blogs.toml names no blog.", "Add one with `sectorscope add URL`.")
    from flows.pipeline import pipeline

    with shown_progress():
        outcome = pipeline(str(workspace.root), blogs or (), (), overrides(delay, max_pages))
    if outcome.report:
        print(outcome.report)
    finish(outcome.problems, of=len(outcome.harvested))


@app.command()
def rebuild(context: typer.Context) -> None:
    """Make the warehouse again from the archive alone, without the network."""
    workspace = ready(context)
    from flows.enrich import enrich, runner

    with shown_progress():
        flow = enrich.with_options(task_runner=runner(workspace.settings().enrich))
        done = flow(str(workspace.root), (), from_scratch=True)
    finish([(r.blog, r.problem) for r in done if r.problem], of=len(done))


@app.command()
def schedule(
    context: typer.Context,
    cron: Annotated[str, typer.Option(help="When to run, as cron says it, in UTC.")] = "0 6 * * 1",
    blogs: Blogs = None,
) -> None:
    """Serve `pipeline` as a Prefect deployment that runs by itself; goes on until it is stopped."""
    workspace = here(context)
    workspace.blogs(blogs or ())
    from flows.schedule import serve

    serve(workspace, cron, tuple(blogs or ()))


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo's workspace goes.")] = Path("demo-workspace"),
    open_report: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
) -> None:
    """Serve a built-in sample sector on this machine, crawl it for real, and report. Needs no internet."""
    from flows.demo import demonstrate

    report = demonstrate(folder)
    if open_report:
        typer.launch(report.as_uri())


def ready(context: typer.Context) -> Workspace:
    """The workspace, its settings and themes checked before any work begins, with Prefect told where its home is."""
    from flows.lexicon import lexicon_of
    from flows.runtime import prepare

    workspace = here(context)
    workspace.settings()
    lexicon_of(workspace)
    prepare(workspace)
    return workspace


def shown_progress() -> Any:
    from flows.progress import shown

    return shown()


def overrides(delay: float | None, max_pages: int | None) -> dict[str, Any]:
    return {name: value for name, value in (("delay", delay), ("max_pages", max_pages)) if value is not None}
