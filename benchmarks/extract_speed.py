"""CPU time of reading a page's body and metadata, beside trafilatura's on the same pages in the same run.

    python -m benchmarks.extract_speed --peer /path/to/venv/bin/python

The peer runs in an interpreter of its own that has trafilatura; without ``--peer`` only our own time is shown. Each page
is read ``--rounds`` times and its fastest time counts; what is compared is the median and the mean over the pages.
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
from collections.abc import Callable, Sequence
from pathlib import Path

SETS = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "article"
NAMES = ("scrapinghub", "wcxb-article")

# Runs in the peer's interpreter: reads pages as JSON lines, writes the milliseconds of each.
_PEER = """
import json, sys, time
import trafilatura
rounds = int(sys.argv[1])
for line in sys.stdin:
    page = json.loads(line)
    best = 1e9
    for _ in range(rounds):
        begun = time.process_time()
        trafilatura.extract(page["html"], url=page["url"], fast=True, with_metadata=False)
        best = min(best, time.process_time() - begun)
    print(1000 * best)
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


def own_times(rows: Sequence[dict[str, str]], rounds: int, read: Read) -> list[float]:
    """The milliseconds of CPU that ``read`` takes for each page, the fastest of ``rounds``."""
    for row in rows[:5]:
        read(row["html"], row["url"])  # what is loaded once is no page's cost
    found = []
    for row in rows:
        best = float("inf")
        for _ in range(rounds):
            begun = time.process_time()
            read(row["html"], row["url"])
            best = min(best, time.process_time() - begun)
        found.append(1000 * best)
    return found


def peer_times(rows: Sequence[dict[str, str]], rounds: int, python: str) -> list[float]:
    """The same for trafilatura under ``python``; raises CalledProcessError where it cannot run."""
    command = [python, "-c", _PEER, str(rounds)]
    said = "".join(json.dumps(row) + "\n" for row in rows)
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


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
    times = {
        "body and metadata": own_times(rows, asked.rounds, lambda html, url: read_page(parse_page(html, url), None)),
        "whole post": own_times(rows, asked.rounds, extract_post),
    }
    if asked.peer:
        times["trafilatura fast"] = peer_times(rows, asked.rounds, asked.peer)
    print(f"{len(rows)} pages, CPU milliseconds a page\n{'':20}{'median':>8}{'mean':>8}")
    for name, found in times.items():
        print(f"{name:20}{statistics.median(found):8.2f}{statistics.fmean(found):8.2f}")
    if asked.peer:
        peer = statistics.median(times["trafilatura fast"])
        print(f"body and metadata: {peer / statistics.median(times['body and metadata']):.2f} × as fast as trafilatura")
    return 0


if __name__ == "__main__":
    sys.exit(main())
