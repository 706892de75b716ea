"""Crawl real archives through the replay proxy, read their posts, and judge both.

    python -m benchmarks.crawl_archives -o DIR [--site NAME ...] [--again] [--faults "--error-rate 0.1 ..."]

Each archive of shared/sites is one blog, crawled from its front page with no delay of our own, read with what was learnt of it,
and judged by shared/tools/judge_crawl.py. DIR keeps the archive, the proxy's log and the posts. ``--again`` crawls it a second
time, which should transfer next to nothing; it works on the DIR of a run before. ``--faults`` goes to the proxy as it is.
At the end the WARC files are read by another reader (fastwarc), digests and all.
"""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl_speed import AGENT, SHARED, host_of, replayed
from crawl.archive import Archive
from crawl.records import CrawlSettings, CrawlSummary
from crawl.walk import crawl
from extract.post import extract_post
from extract.records import Blog
from extract.site import learn_site
from flows.learning import sample

SITES = SHARED / "sites"
JUDGE = SHARED / "tools" / "judge_crawl.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One archive to crawl: its name, where the proxy listens, the folder of the results."""

    name: str
    proxy: str
    folder: Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--site", action="append", help="an archive of shared/sites (default: all)")
    parser.add_argument("--again", action="store_true", help="crawl what DIR holds a second time; posts are not read")
    parser.add_argument("--faults", default="", help="options for the replay proxy")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if not SITES.is_dir():
        parser.error(f"{SITES} is not there: put the evaluation sets beside the checkout")
    names = asked.site or sorted(path.stem for path in SITES.glob("*.zip"))
    asked.output.mkdir(parents=True, exist_ok=True)
    log = asked.output / ("requests-again.jsonl" if asked.again else "requests.jsonl")
    log.unlink(missing_ok=True)
    with replayed(SITES, "--log", str(log), *asked.faults.split()) as proxy, ProcessPoolExecutor(asked.workers) as pool:
        jobs = [Job(name=name, proxy=proxy, folder=asked.output) for name in names]
        for name, (summary, seconds) in zip(names, pool.map(crawled, jobs), strict=True):
            print(f"{name:20} {told(summary)}, {seconds:.0f} s", flush=True)
        if not asked.again:
            posts = [post for some in pool.map(kept, jobs) for post in some]
            (asked.output / "posts.jsonl").write_text("".join(json.dumps(post) + "\n" for post in posts))
    print_log(log)
    if asked.again:
        return 0
    judged = ["--sites", str(SITES), *(f"--site={name}" for name in names)]
    judged += [
        "--got",
        str(asked.output / "posts.jsonl"),
        "--log",
        str(log),
        "--json",
        str(asked.output / "judged.json"),
    ]
    subprocess.run([sys.executable, str(JUDGE), *judged, "--agent", AGENT.split("/")[0]], check=True)
    return print_check(asked.output / "archive")


def crawled(job: Job) -> tuple[CrawlSummary, float]:
    url = f"http://{host_of(SITES / f'{job.name}.zip')}/"
    settings = CrawlSettings(user_agent=AGENT, delay=0.0, proxy=job.proxy)
    began = time.monotonic()
    blog = Blog(key=job.name, name=job.name, url=url, scope=url)
    return crawl(blog, Archive(job.folder / "archive"), settings), time.monotonic() - began


def kept(job: Job) -> list[dict[str, object]]:
    """What the pages of a crawled archive are read as posts, one for each canonical URL."""
    archive = Archive(job.folder / "archive")
    latest = [archive.holding(fetch) for fetch in archive.latest(job.name)]
    site = learn_site((fetch.url, archive.read(fetch).body) for fetch in sample(latest))
    posts: dict[str, dict[str, object]] = {}
    for fetch in sorted(latest, key=lambda fetch: (len(fetch.url), fetch.url)):
        page = archive.read(fetch)
        post = extract_post(page.body, page.final_url, content_type=page.content_type, site=site)
        if post.kind == "post" and (post.canonical_url not in posts or post.canonical_url == fetch.url):
            posts[post.canonical_url] = {
                "url": fetch.url, "title": post.title, "why": post.kind_reason,
                "date": str(post.published.value) if post.published else None,
                "authors": [person.name for person in post.people],
            }  # fmt: skip
    return list(posts.values())


def told(summary: CrawlSummary) -> str:
    said = f"{summary.fetched} fetched, {summary.unchanged} unchanged, {summary.redirected} redirected, {summary.excluded} left out"
    failed = ", ".join(f"{reason} {count}" for reason, count in summary.failed)
    return f"{said}{f', failed: {failed}' if failed else ''}{'' if summary.is_complete else ', NOT COMPLETE'}"


def print_log(log: Path) -> None:
    """How many requests of each kind the proxy saw, and whether a host was asked again before it wanted to be."""
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    kinds = collections.Counter(f"{row['status']}{' cut off' if row['fault'] == 'drop' else ''}" for row in rows)
    print(f"{len(rows)} requests: {dict(sorted(kinds.items()))}")
    early = refused = 0
    resting: dict[str, float] = {}
    for row in sorted(rows, key=lambda row: row["t"]):
        if (until := resting.pop(row["host"], None)) is not None and row["t"] < until - 0.02:
            early += 1
        if row["status"] in (429, 503):
            refused += 1
            resting[row["host"]] = row["t"] + 1.0  # the proxy's Retry-After
    print(f"{refused} times told to wait, {early} times asked before the second was over")


def print_check(folder: Path) -> int:
    """Let another reader check every record of all segments, block and payload digests too; how many files it refuses."""
    reader = Path(sys.executable).with_name("fastwarc")
    segments = sorted(folder.glob("*/*.warc.gz"))
    broken = 0
    for segment in segments:
        done = subprocess.run([reader, "check", "-p", "-q", segment], stdout=subprocess.PIPE, text=True)
        broken += done.returncode != 0
    print(f"fastwarc check: {len(segments)} segments, {broken} with errors")
    return broken


if __name__ == "__main__":
    raise SystemExit(main())
