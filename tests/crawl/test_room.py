import subprocess
import sys
from pathlib import Path

import crawl

HEAVY = ("httpx", "httpcore", "lxml", "feedparser", "warcio", "protego", "w3lib", "bs4", "prefect", "duckdb")


def test_importing_the_room_loads_nothing_heavy():
    code = f"import sys, crawl, crawl.records; print([name for name in {HEAVY!r} if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == "[]"


def test_public_names_are_there():
    for name in crawl.__all__:
        assert getattr(crawl, name).__module__.startswith("crawl.")


def test_only_the_fetcher_uses_httpx():
    users = [path.name for path in Path(crawl.__file__).parent.glob("*.py") if "import httpx" in path.read_text()]
    assert users == ["fetcher.py"]


def test_errors_say_what_to_do(tmp_path):
    assert "wait until it ends" in str(crawl.ArchiveLocked(tmp_path))
    assert str(crawl.ArchiveBroken(tmp_path, "is bad")).endswith("is bad")
