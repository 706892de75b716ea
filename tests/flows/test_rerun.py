"""Runs that follow one another: a killed run goes on, an unchanged web costs little and adds nothing."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import warehouse

# What tells when and where a page was fetched, not what was read from it
VOLATILE = {
    "fetched_at",
    "warc_file",
    "warc_offset",
    "first_seen",
    "last_seen",
    "loaded_at",
    "run_id",
    "started_at",
    "finished_at",
}
RUN_TABLES = {"runs", "fetches", "migrations", "forms"}
SPELT_OUT = {"tokens": "words"}  # the numbers of forms are given in the order in which batches come


def rows(folder: Path) -> dict[str, list[str]]:
    """Every row of the snapshot but for what tells when it was fetched, table by table, sorted."""
    found = {}
    with warehouse.open(folder / "warehouse.duckdb") as snapshot:
        for (table,) in snapshot.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
        ).fetchall():
            if table not in RUN_TABLES:
                told = snapshot.execute(f'from "{SPELT_OUT.get(table, table)}"')
                names = [column[0] for column in told.description]
                found[table] = sorted(
                    repr([(n, v) for n, v in zip(names, row, strict=True) if n not in VOLATILE])
                    for row in told.fetchall()
                )
    return found


def exported(command, folder: Path, out: Path) -> dict[str, bytes]:
    """Every file of an export, full texts and words too."""
    command("-w", folder, "export", out, "-f", "csv", "-f", "parquet", "--with-text")
    return {file.name: file.read_bytes() for file in out.iterdir()}


def killed(start, folder: Path, after: int, server) -> None:
    """Start `sectorscope run` and kill it without warning once the web has answered ``after`` requests."""
    process = started(start, folder, after, server)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def started(start, folder: Path, after: int, server):
    """`sectorscope run`, going on in a process of its own, once the web has answered ``after`` requests in all."""
    process = start("-w", folder, "run")
    limit = time.monotonic() + 120
    while len(server.log) < after and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.005)
    assert process.poll() is None, "the run was over too soon"
    return process


def test_a_killed_run_goes_on_and_a_second_run_adds_nothing(
    command, start, workspace: Path, sector_server, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    for file in ("sectorscope.toml", "blogs.toml", "themes.toml"):
        (whole / file).write_bytes((workspace / file).read_bytes())
    command("-w", whole, "run")
    undisturbed, asked = rows(whole), len(sector_server.log)
    assert undisturbed["posts"]

    killed(start, workspace, asked + asked // 3, sector_server)
    before = len(sector_server.log)
    command("-w", workspace, "run")
    assert rows(workspace) == undisturbed
    again = len(sector_server.log) - before
    assert again < asked, "what was fetched before the kill is not asked again"

    before = len(sector_server.log)
    process = started(start, whole, before + 5, sector_server)
    answer = command("-w", whole, "sql", "-f", "csv", "select count(*) from posts_flat").stdout
    assert process.poll() is None, "the run was over before the question was answered"
    assert answer.splitlines()[1] == str(len(undisturbed["posts"])), "readers see the last snapshot while a crawl runs"
    assert process.wait(timeout=280) == 0
    second = list(sector_server.log)[before:]
    assert rows(whole) == undisturbed
    before_rebuild = exported(command, whole, tmp_path / "before")
    command("-w", whole, "rebuild")
    assert exported(command, whole, tmp_path / "after") == before_rebuild, "byte for byte"
    assert rows(whole) == undisturbed, "what the second crawl only confirmed is still the first one's"
    fresh = [entry for entry in second if entry.status == 200]
    assert [entry for entry in fresh if entry.path != "/robots.txt"] == [], "an unchanged page is not sent twice"
