"""Runs that follow one another: a killed run goes on, an unchanged web costs little and adds nothing."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

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
RUN_TABLES = {"runs", "fetches", "migrations"}


def rows(command, folder: Path) -> dict[str, list[str]]:
    """Every row of the snapshot but for what tells when it was fetched, table by table, sorted."""
    tables = command(
        "-w", folder, "sql", "-f", "jsonl", "select table_name from duckdb_tables() order by 1"
    ).stdout.splitlines()
    found = {}
    for table in (json.loads(line)["table_name"] for line in tables):
        if table not in RUN_TABLES:
            lines = command("-w", folder, "sql", "-f", "jsonl", f'from "{table}"').stdout.splitlines()
            found[table] = sorted(
                json.dumps({k: v for k, v in json.loads(line).items() if k not in VOLATILE}, sort_keys=True)
                for line in lines
            )
    return found


def killed(start, folder: Path, after: int, server) -> None:
    """Start `sectorscope run` and kill it without warning once the web has answered ``after`` requests."""
    process = start("-w", folder, "run")
    limit = time.monotonic() + 120
    while len(server.log) < after and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.005)
    assert process.poll() is None, "the run was over before it could be killed"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_run_goes_on_and_a_second_run_adds_nothing(
    command, start, workspace: Path, sector_server, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    for file in ("sectorscope.toml", "blogs.toml", "themes.toml"):
        (whole / file).write_bytes((workspace / file).read_bytes())
    command("-w", whole, "run")
    undisturbed, asked = rows(command, whole), len(sector_server.log)
    assert undisturbed["posts"]

    killed(start, workspace, asked + asked // 3, sector_server)
    before = len(sector_server.log)
    command("-w", workspace, "run")
    assert rows(command, workspace) == undisturbed
    again = len(sector_server.log) - before
    assert again < asked, "what was fetched before the kill is not asked again"

    before = len(sector_server.log)
    command("-w", whole, "run")
    second = list(sector_server.log)[before:]
    assert rows(command, whole) == undisturbed
    fresh = [entry for entry in second if entry.status == 200]
    assert [entry for entry in fresh if entry.path != "/robots.txt"] == [], "an unchanged page is not sent twice"
