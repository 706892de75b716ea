"""Whether readers wait for a load, or see half of one: `sectorscope sql` beside a load of 5,000 posts.

    python -m benchmarks.warehouse_readers [--posts 5000] [--queries 200]

A process loads shards and publishes after every fifth, again and again until all is asked; beside it queries run one after
the other, each a `sectorscope sql` of its own.
Every answer must be of one published state: as many posts with tokens as posts, and posts in whole batches. Measured is the
time of each query from start to end, the start of Python included, with the load and without it; how much of it the process
did not work itself (``waiting``: for the database, the disk, or its turn on a processor that others use); and the
same query in this process, where there is no Python to start (``within a process``: opening the file, asking, closing).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import warehouse
from benchmarks.generated_sector import Sector
from flows.workspace import make

BATCH = 100
WRITER = f"""
import itertools, sys
from pathlib import Path
from warehouse import Store
from warehouse.shards import shards
folder = Path(sys.argv[1])
with Store(folder / ".sectorscope" / "working.duckdb") as store:
    for rounds in itertools.count():
        for number, shard in enumerate(shards(folder / "made")):
            if rounds and (folder / "enough").exists():
                sys.exit()
            store.load(shard)
            if number % {max(1, 500 // BATCH)} == 0:
                store.publish(folder / "warehouse.duckdb", folder=folder / "snapshots", keep=3)
        store.publish(folder / "warehouse.duckdb")
"""
QUERY = "select (select count(*) from posts) as posts, (select count(distinct post_id) from tokens) as tokened"


def asked(folder: Path) -> tuple[float, float, dict[str, Any] | str]:
    """Seconds, those of them in which the process did not work, and the row, or what went wrong."""
    words = [sys.executable, "-m", "flows.cli", "-w", str(folder), "sql", "-f", "json", QUERY]
    begun, worked = time.perf_counter(), worked_by_children()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    row = json.loads(done.stdout)[0] if done.returncode == 0 else done.stderr
    return took, max(0.0, took - (worked_by_children() - worked)), row


def worked_by_children() -> float:
    """Processor seconds of the processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def asked_here(folder: Path) -> float:
    begun = time.perf_counter()
    with warehouse.open(folder / "warehouse.duckdb") as snapshot:
        snapshot.execute(QUERY).fetchall()
    return time.perf_counter() - begun


def told(seconds: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(seconds), 2), "longest": round(max(seconds), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=int, default=5000)
    parser.add_argument("--queries", type=int, default=200)
    given = parser.parse_args()
    from warehouse import Store, write_shard

    with tempfile.TemporaryDirectory() as temporary:
        workspace = make(Path(temporary), name="Readers", contact="bench@sectorscope.example", themes="")
        for number, (batch, _) in enumerate(Sector(given.posts).batches(BATCH)):
            write_shard(workspace.root / "made", f"{number:05d}", batch)
        with Store(workspace.working) as store:
            store.publish(workspace.warehouse)
        alone = [asked(workspace.root) for _ in range(10)]
        alone_here = [asked_here(workspace.root) for _ in range(10)]
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(workspace.root)])
        times, waits, here, wrong, beside, seen = [], [], [], [], 0, set()
        for _ in range(given.queries):
            is_loading = writer.poll() is None
            took, waited, answer = asked(workspace.root)
            times.append(took)
            waits.append(waited)
            here.append(asked_here(workspace.root))
            beside += is_loading
            if isinstance(answer, str) or answer["posts"] != answer["tokened"] or answer["posts"] % BATCH:
                wrong.append(answer)
            else:
                seen.add(answer["posts"])
        (workspace.root / "enough").touch()
        failed = writer.wait()
        print(json.dumps({
            "queries": len(times), "beside the load": beside, "wrong or failed": wrong, "states seen": len(seen),
            "alone": told([took for took, _, _ in alone]), "during the load": told(times),
            "waiting, alone": told([waited for _, waited, _ in alone]), "waiting, beside the load": told(waits),
            "within a process, alone": told(alone_here), "within a process, beside the load": told(here),
            "load failed": failed,
        }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
