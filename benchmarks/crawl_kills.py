"""Kill a crawl at random moments, go on each time, and compare what comes of it with an undisturbed crawl.

    python -m benchmarks.crawl_kills [--site pezholio] [--kills 20] [--seed 0]

The crawl is a process of its own that gets SIGKILL, as a machine that loses power would stop it; the moments are drawn from the
time that the undisturbed crawl took. Compared are the ledgers (every URL, what came of it, its digest), the bodies as the archive
gives them, and the posts read from them. Printed is also how often the proxy was asked more than once for the same URL: at most
the answer in flight may be lost at each kill.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crawl_archives import SITES, Job, kept
from benchmarks.crawl_speed import AGENT, SHARED, host_of, replayed
from crawl.archive import Archive

CRAWL = """
import sys
from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.walk import crawl
from extract.records import Blog
name, url, folder, proxy, agent = sys.argv[1:]
settings = CrawlSettings(user_agent=agent, delay=0.0, proxy=proxy)
summary = crawl(Blog(key=name, name=name, url=url, scope=url), Archive(folder), settings)
assert summary.is_complete
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", default="pezholio", help="an archive of shared/sites (default: %(default)s)")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with replayed(SITES, "--log", str(folder / "undisturbed.jsonl"), *LATENCY) as proxy:
            began = time.monotonic()
            started(asked.site, folder / "undisturbed", proxy).wait()
            whole = time.monotonic() - began
        with replayed(SITES, "--log", str(folder / "killed.jsonl"), *LATENCY) as proxy:
            kills = killed(asked.site, folder / "killed", proxy, asked.kills, whole, random.Random(asked.seed))
        undisturbed, disturbed = held(folder / "undisturbed", asked.site), held(folder / "killed", asked.site)
        same = {what: undisturbed[what] == disturbed[what] for what in undisturbed}
        requests = collections.Counter(
            (row["host"], row["path"]) for row in map(json.loads, (folder / "killed.jsonl").read_text().splitlines())
        )
    again = sum(times - 1 for times in requests.values())
    print(f"{asked.site}: {kills} kills of a crawl of {whole:.1f} s; the same as undisturbed: {same}")
    print(f"{requests.total()} requests, {again} of them a second time")
    return 0 if all(same.values()) and again <= kills and kills >= asked.kills else 1


LATENCY = ["--latency-ms", "20"]
"""As real servers have it; so a kill finds an answer in flight."""


def started(site: str, folder: Path, proxy: str) -> subprocess.Popen[bytes]:
    url = f"http://{host_of(SHARED / 'sites' / f'{site}.zip')}/"
    command = [sys.executable, "-c", CRAWL, site, url, str(folder / "archive"), proxy, AGENT]
    return subprocess.Popen(command, cwd=Path(__file__).parent.parent)


def killed(site: str, folder: Path, proxy: str, kills: int, whole: float, rng: random.Random) -> int:
    """Kill the crawl ``kills`` times, then let it end; how often it was really killed before its end.

    Each part lasts as long as its share of the whole, drawn at random, beside what it costs to start.
    """
    done = 0
    for _ in range(kills):
        process = started(site, folder, proxy)
        try:
            process.wait(timeout=STARTING + rng.uniform(0.0, 2 * whole / kills))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            done += 1
    if Archive(folder / "archive").unfinished(site) is not None or not Archive(folder / "archive").endings(site):
        started(site, folder, proxy).wait()
    return done


STARTING = 0.35
"""Seconds until a crawl's first request, so that kills do not all fall before it."""


def held(folder: Path, site: str) -> dict[str, object]:
    archive = Archive(folder / "archive")
    ledger = archive.ledger(site)
    return {
        "ledger": sorted(
            (f.url, f.outcome, f.reason or "", f.status or 0, f.digest or "", f.how, f.via or "") for f in ledger
        ),
        "bodies": {f.url: archive.read(f).body for f in archive.latest(site)},
        "posts": kept(Job(name=site, proxy="", folder=folder)),
    }


if __name__ == "__main__":
    raise SystemExit(main())
