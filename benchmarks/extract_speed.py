"""CPU time of reading a page's body and metadata, beside trafilatura's on the same pages in the same run.

    python -m benchmarks.extract_speed --peer /path/to/venv/bin/python

The peer runs in an interpreter of its own that has trafilatura; without ``--peer`` only our own time is shown. Each page
is read ``--rounds`` times and its fastest time counts; what is compared is the median and the mean over the pages. All
pages are read before one is read again, so that nothing remembered of a page serves itself; and all readers read a page
right after each other, so that a machine that is busy for a while is busy for all.
Ours is title, body, date, people and kind (`extract.post.read_page`); whole posts, with references, citations and
language, are shown beside it. The peer is `trafilatura.extract(fast=True)`, which reads the body alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SETS = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "article"
NAMES = ("scrapinghub", "wcxb-article")

# Runs in the peer's interpreter: reads pages as JSON lines, answers each with the milliseconds it took.
_PEER = """
import json, sys, time
import trafilatura
for line in sys.stdin:
    page = json.loads(line)
    begun = time.process_time()
    trafilatura.extract(page["html"], url=page["url"], fast=True, with_metadata=False)
    print(1000 * (time.process_time() - begun), flush=True)
"""

Read = Callable[[str, str], object]


def pages(every: int) -> list[dict[str, str]]:
    """Every so many pages of the two sets."""
    found = []
    for name in NAMES:
        with gzip.open(SETS / f"dev-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                found.append({"html": row["html"], "url": row.get("url") or ""})
    return found[::every]


def own_time(row: dict[str, str], read: Read) -> float:
    """The milliseconds of CPU that ``read`` takes for a page."""
    begun = time.process_time()
    read(row["html"], row["url"])
    return 1000 * (time.process_time() - begun)


def peer_reader(python: str) -> Callable[[dict[str, str]], float]:
    """The same for trafilatura under ``python``: a function from page to milliseconds; raises EOFError if it cannot run."""
    peer = subprocess.Popen([python, "-c", _PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def read(row: dict[str, str]) -> float:
        assert peer.stdin is not None and peer.stdout is not None
        peer.stdin.write(json.dumps(row) + "\n")
        said = peer.stdout.readline()
        if not said:
            raise EOFError(f"{python} does not run trafilatura: is it installed there?")
        return float(said)

    return read


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--peer", help="a Python that has trafilatura")
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--every", type=int, default=1, help="only every so many pages")
    asked = arguments.parse_args()
    if not SETS.is_dir():
        print(f"no evaluation sets at {SETS}: nothing to time", file=sys.stderr)
        return 0
    from extract.page import parse_page
    from extract.post import extract_post, read_page

    rows = pages(asked.every)
    readers: dict[str, Callable[[dict[str, str]], float]] = {
        "body and metadata": lambda row: own_time(row, lambda h, u: read_page(parse_page(h, u), None)),
        "whole post": lambda row: own_time(row, extract_post),
    }
    if asked.peer:
        readers["trafilatura fast"] = peer_reader(asked.peer)
    for row in rows[:5]:
        for read in readers.values():
            read(row)  # what is loaded once is no page's cost
    times = {name: [float("inf")] * len(rows) for name in readers}
    for _ in range(asked.rounds):
        for i, row in enumerate(rows):
            for name, read in readers.items():
                times[name][i] = min(times[name][i], read(row))
    print(f"{len(rows)} pages, CPU milliseconds a page\n{'':20}{'median':>8}{'mean':>8}")
    for name, found in times.items():
        print(f"{name:20}{statistics.median(found):8.2f}{statistics.fmean(found):8.2f}")
    if asked.peer:
        own, peer = times["body and metadata"], times["trafilatura fast"]
        by_median = statistics.median(peer) / statistics.median(own)
        print(f"body and metadata: {by_median:.2f} × as fast by the median, {sum(peer) / sum(own):.2f} × by the sum")
    return 0


if __name__ == "__main__":
    sys.exit(main())
