"""What cannot be read is set aside with its reason, counted and shown; nothing else is lost."""

from __future__ import annotations

import json
from pathlib import Path

from crawl.archive import Archive


def test_a_damaged_capture_costs_only_itself(command, demo: Path, tmp_path: Path) -> None:
    archive = demo / "archive"
    key = min(
        (place for place in archive.iterdir()), key=lambda place: sum(f.stat().st_size for f in place.iterdir())
    ).name
    folder = tmp_path / "w"
    command("init", folder, "--contact", "tests@sectorscope.example")
    (folder / "blogs.toml").write_text(f'[[blog]]\nkey = "{key}"\nurl = "http://a.example/"\n')
    (folder / "archive" / key).mkdir(parents=True)
    for file in (archive / key).iterdir():
        (folder / "archive" / key / file.name).write_bytes(file.read_bytes())
    latest = Archive(folder / "archive").latest(key)
    victim = latest[len(latest) // 2]
    segment = folder / "archive" / str(victim.warc_file)
    damaged = bytearray(segment.read_bytes())
    damaged[int(victim.warc_offset or 0) + 40 : int(victim.warc_offset or 0) + 60] = b"\0" * 20
    segment.write_bytes(bytes(damaged))

    command("-w", folder, "process")
    row = json.loads(command("-w", folder, "status", "--json").stdout)[0]
    assert row["quarantined"] == 1
    told = command("-w", folder, "sql", "-f", "jsonl", "select url, stage, reason from quarantine").stdout
    assert json.loads(told)["url"] == victim.url
    assert json.loads(told)["reason"]
    whole = {f.url for f in latest} - {victim.url}
    kept = command(
        "-w", folder, "sql", "-f", "jsonl", "select url from pages where extractor_version is not null"
    ).stdout
    assert {json.loads(line)["url"] for line in kept.splitlines()} == whole
