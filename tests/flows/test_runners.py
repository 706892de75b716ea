"""Wherever the batches are read, the rows are the same."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def exported(command, demo: Path, tmp_path_factory: pytest.TempPathFactory):
    """What a runner makes of the archive of the demo's two smallest blogs: the export's files, byte by byte."""
    archive = demo / "archive"
    names = sorted(
        (place for place in archive.iterdir()), key=lambda place: sum(f.stat().st_size for f in place.iterdir())
    )

    def made(runner: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp(runner)
        command("init", folder / "w", "--contact", "tests@sectorscope.example")
        settings = (folder / "w" / "sectorscope.toml").read_text(encoding="utf-8")
        settings = settings.replace('task_runner = "thread"', f'task_runner = "{runner}"').replace(
            "batch_size = 200", "batch_size = 15"
        )
        (folder / "w" / "sectorscope.toml").write_text(settings, encoding="utf-8")
        entries = (f'[[blog]]\nkey = "{place.name}"\nurl = "http://{place.name}.example/"\n' for place in names[:2])
        (folder / "w" / "blogs.toml").write_text("".join(entries), encoding="utf-8")
        for place in names[:2]:
            target = folder / "w" / "archive" / place.name
            target.mkdir(parents=True)
            for file in place.iterdir():
                (target / file.name).write_bytes(file.read_bytes())
        command("-w", folder / "w", "rebuild")
        files = command("-w", folder / "w", "export", folder / "out", "-f", "jsonl", "--with-text").stdout.split()
        return {Path(file).name: Path(file).read_bytes() for file in files}

    return made


@pytest.fixture(scope="module")
def threads(exported) -> dict[str, bytes]:
    return exported("thread")


@pytest.mark.parametrize("runner", ["process", "dask"])
def test_the_rows_do_not_depend_on_the_task_runner(exported, threads: dict[str, bytes], runner: str) -> None:
    assert threads["posts.jsonl"]
    assert exported(runner) == threads
