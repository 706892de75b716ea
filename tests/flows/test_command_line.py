"""The command line: every command is there or says that it is not, and each mistake gets one line and its exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app

COMMANDS = [
    "init",
    "add",
    "inspect",
    "crawl",
    "import",
    "process",
    "report",
    "run",
    "status",
    "doctor",
    "sql",
    "search",
    "kwic",
    "trend",
    "themes",
    "schedule",
    "snapshot",
    "export",
    "forget",
    "rebuild",
    "demo",
]


@pytest.fixture
def empty(command, tmp_path: Path) -> Path:
    """A new workspace without blogs."""
    command("init", tmp_path / "w", "--contact", "a@b.example")
    return tmp_path / "w"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output


def one_line(done, code: int, *words: str) -> None:
    """The command ended with ``code`` and one line on stderr that holds ``words``."""
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == []


@pytest.mark.parametrize(
    "words", [("run",), ("status",), ("sql", "select 1"), ("crawl",), ("doctor",)], ids=lambda w: w[0]
)
def test_outside_a_workspace(command, tmp_path: Path, words: tuple[str, ...]) -> None:
    one_line(command(*words, cwd=tmp_path, check=False), 1, "is not a Sectorscope workspace", "sectorscope init")


def test_a_workspace_is_found_from_a_folder_below_it(command, empty: Path) -> None:
    (empty / "deep" / "er").mkdir(parents=True)
    assert "themes" in command("doctor", cwd=empty / "deep" / "er", check=False).stdout


def test_init_leaves_an_existing_workspace_alone(command, empty: Path) -> None:
    before = {file.name: file.read_bytes() for file in empty.iterdir() if file.is_file()}
    one_line(command("init", empty, check=False), 1, "is a workspace already")
    assert before == {file.name: file.read_bytes() for file in empty.iterdir() if file.is_file()}


def test_run_without_a_blog(command, empty: Path) -> None:
    one_line(command("run", cwd=empty, check=False), 1, "names no blog", "sectorscope add")


def test_an_unknown_blog_is_a_usage_error(command, empty: Path) -> None:
    (empty / "blogs.toml").write_text('[[blog]]\nkey = "known"\nurl = "http://a.example/"\n')
    one_line(command("crawl", "unknwon", cwd=empty, check=False), 2, "no blog `unknwon`", "known")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("sectorscope.toml", "[crawl]\ndelai = 1", ("unknown entry `delai`", "delay")),
        ("sectorscope.toml", "[crawl]\ndelay = 'slow'", ("[crawl] delay",)),
        ("sectorscope.toml", "[enrich]\ntask_runner = 'cloud'", ("task_runner", "'thread'")),
        ("sectorscope.toml", "[crawl\n", ("not valid TOML", "line 1")),
        ("blogs.toml", '[[blog]]\nkey = "a"\n', ("blog 1", "no http(s) url")),
        ("blogs.toml", '[[blog]]\nurl = "http://a.example/"\nscop = "x"\n', ("unknown entry `scop`", "scope")),
        ("blogs.toml", '[[blog]]\nurl = "http://a.example/"\n' * 2, ("two blogs have the key",)),
        ("themes.toml", "schema = 1\n[themes.x]\nlabel = \nterms = []\n", ("themes.toml", "line 3")),
        ("themes.toml", "schema = 1\n[themes.x]\nlabel = 'X'\nterms = 'a'\n", ("themes.toml", "terms")),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(".toml") else "",
)
def test_a_broken_file_is_named_with_its_entry(
    command, empty: Path, file: str, text: str, words: tuple[str, ...]
) -> None:
    (empty / "blogs.toml").write_text('[[blog]]\nkey = "a"\nurl = "http://a.example/"\n')
    (empty / file).write_text(text)
    one_line(command("run", cwd=empty, check=False), 1, *words)
    assert not (empty / "archive").exists(), "nothing is crawled with settings that are not understood"


def test_captures_of_others_are_imported(command, empty: Path) -> None:
    (empty / "blogs.toml").write_text('[[blog]]\nkey = "a"\nurl = "http://a.example/"\n')
    for host in ("a.example", "b.example"):
        (empty / "capture" / host).mkdir(parents=True)
        (empty / "capture" / host / "index.html").write_text("<!DOCTYPE html><html><body>hill</body></html>")
    done = command("import", "capture", "--blog", "a", cwd=empty)
    assert "a: 1 pages imported; next: sectorscope process a" in done.stderr
    assert "left out: 1 (out of scope), such as http://b.example/" in done.stderr
    assert list((empty / "archive" / "a").glob("*-import-00000.warc.gz"))
    one_line(command("import", "blogs.toml", "--blog", "a", cwd=empty, check=False), 1, "is no WARC", "Nothing was")


def test_questions_before_the_first_run(command, empty: Path) -> None:
    one_line(command("sql", "select 1", cwd=empty, check=False), 1, "sectorscope run")
    one_line(command("report", cwd=empty, check=False), 1, "sectorscope run")
    one_line(command("snapshot", cwd=empty, check=False), 1, "sectorscope run")


def test_posts_are_found_by_their_words(command, demo: Path) -> None:
    done = command("-w", demo, "search", "partnership", "--from", "2015", "--limit", "2")
    assert " of " in done.stderr
    assert done.stdout.count("http://") == 2
    (best,) = json.loads(
        command("-w", demo, "search", "partnership", "--from", "2015", "--limit", "1", "--json").stdout
    )
    assert "**" in best["snippet"]
    assert best["published"] >= "2015"
    assert best["url"] in done.stdout
    one_line(command("-w", demo, "search", "--", "-gone", check=False), 1, "give at least one word")


def test_older_snapshots_are_listed_and_published_again(command, demo: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "copy"
    shutil.copytree(demo, workspace, ignore=shutil.ignore_patterns("archive", "reports"))
    command("snapshot", cwd=workspace)
    newest, *_ = json.loads(command("snapshot", "list", "--json", cwd=workspace).stdout)
    assert newest["posts"] > 200
    assert newest["name"] in command("snapshot", "list", cwd=workspace).stdout
    assert command("snapshot", "restore", newest["name"], cwd=workspace).stdout.endswith("warehouse.duckdb\n")
    one_line(
        command("snapshot", "restore", "2001", cwd=workspace, check=False), 1, "no snapshot called 2001", newest["name"]
    )


def test_doctor_insists_on_a_contact(command, tmp_path: Path) -> None:
    command("init", tmp_path / "w")
    done = command("doctor", cwd=tmp_path / "w", check=False)
    assert done.returncode == 4
    assert "BAD  contact" in done.stdout


def test_schedule_refuses_what_is_no_cron_line(command, empty: Path) -> None:
    one_line(command("schedule", "--cron", "tomorrow", cwd=empty, check=False), 1, "is not a cron schedule")
