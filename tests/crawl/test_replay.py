"""Two real archives, replayed: every reachable post is found, politely and without detours."""

import collections
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.urls import same_page_key
from crawl.walk import crawl
from extract.records import Blog

SHARED = Path(__file__).parents[3] / "shared"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation sets are not here")]


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture
def smallest():
    """The names of the two smallest archives."""
    zips = sorted((SHARED / "sites").glob("*.zip"), key=lambda path: path.stat().st_size)
    return [path.stem for path in zips[:2]]


@pytest.fixture
def proxy(tmp_path):
    log = tmp_path / "requests.jsonl"
    command = [
        sys.executable,
        SHARED / "tools" / "replay_proxy.py",
        "--sites",
        SHARED / "sites",
        "--port",
        "0",
        "--log",
        log,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())[1]
        yield f"http://127.0.0.1:{port}", log
        process.terminate()
        process.stdout.close()


def test_every_reachable_post_of_real_archives_is_found(smallest, proxy, tmp_path, clock):
    url, log = proxy
    settings = CrawlSettings(user_agent="Sectorscope/0.1 (+https://sectorscope.example/crawler)", delay=0.0, proxy=url)
    archive = Archive(tmp_path / "archive")
    for name in smallest:
        host = urlsplit(rows(SHARED / "sites" / f"pages-{name}.jsonl.gz")[0]["url"]).hostname
        blog = Blog(key=name, name=name, url=f"http://{host}/", scope=f"http://{host}/")
        assert crawl(blog, archive, settings, clock=clock, sleep=clock.sleep).is_complete
        posts = {
            same_page_key(row["url"])
            for row in rows(SHARED / "sites" / f"truth-{name}.jsonl.gz")
            if row.get("reachable", True)
        }
        got = {same_page_key(fetch.url) for fetch in archive.latest(name)}
        assert len(posts & got) >= 0.99 * len(posts)
    asked = collections.Counter((row["host"], row["path"]) for row in map(json.loads, log.read_text().splitlines()))
    assert max(asked.values()) == 1
    assert asked.total() < 200
