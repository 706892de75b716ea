"""What a large warehouse costs: size, load, counting a changed lexicon, publishing, search, and each macro.

    python -m benchmarks.warehouse_scale [--posts 100000] [--folder FOLDER]

The posts are made up (`generated_sector`) and written as shards first, which is not counted: a worker with the language model
does that in real life. Loading, counting and publishing run in a process each, so that their peak memory is their own. Times
are wall-clock seconds of one run (macros: the median of three, in a plain DuckDB connection); on a busy machine look at the
processor seconds beside them. The folder is kept if it is named: shards that are there are used again.
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
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.generated_sector import THEMES, Sector, blogs

QUERIES = {
    "theme_trend": "FROM theme_trend('partnership', 'year')",
    "theme_by_blog": "FROM theme_by_blog('partnership')",
    "kwic": "FROM kwic('partnership', 40)",
    "kwic, two words": "FROM kwic('partnership working', 40)",
    "kwic, a common word": "FROM kwic('the cuts', 40)",
    "cooccurrence": "FROM cooccurrence('partnership', 'funding', 'year')",
    "top_entities": "FROM top_entities('ORG', '2012-01-01', '2018-12-31')",
    "entity_trend": "FROM entity_trend('Moor Foundation', 'year')",
    "most_cited": "FROM most_cited(20)",
    "who_cites": "FROM who_cites('On the work')",
    "author_posts": "FROM author_posts('Ada Okafor')",
    "coverage": "FROM coverage",
}


THEME_KEYS = tuple(tomllib.loads(THEMES.read_text(encoding="utf-8"))["themes"])
CHANGES = {
    "count the lexicon": (),
    "count a changed theme": ("funding",),
    "count a lexicon changed in every theme": THEME_KEYS,
}


def measured(work: Callable[[], Any]) -> dict[str, float]:
    begun, used = time.perf_counter(), time.process_time()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "seconds": round(time.perf_counter() - begun, 2),
        "processor seconds": round(time.process_time() - used, 2),
        "peak GB": round(peak, 2),
    }


def load(folder: Path) -> dict[str, Any]:
    from warehouse import Store
    from warehouse.shards import shards

    with Store(folder / "working.duckdb") as store:
        store.save_blogs(blogs())

        def every() -> None:
            for shard in shards(folder / "shards"):
                store.load(shard)

        found: dict[str, Any] = {"load": measured(every)}
        found["mark duplicates"] = measured(store.mark_duplicates)
        return found


def count(folder: Path) -> dict[str, Any]:
    """The default lexicon, then with a term more in one theme, as when a researcher has changed it, and in all."""
    from analysis.coded_lexicon import CodedLexicon
    from analysis.themes import compile_themes
    from warehouse import Store

    given = tomllib.loads(THEMES.read_text(encoding="utf-8"))
    with Store(folder / "working.duckdb") as store:
        found = {}
        for name, changed in CHANGES.items():
            for theme in changed:
                given["themes"][theme]["terms"].append("quartermaster")
            lexicon = CodedLexicon(compile_themes(given, reads_lemmas=True))
            labels = {key: theme["label"] for key, theme in given["themes"].items()}
            found[name] = measured(partial(store.count_themes, lexicon, labels))
        hits = store.connection.execute("SELECT count(*) FROM theme_hits").fetchone()
        return found | {"hits": hits and hits[0], "themes": len(given["themes"])}


def publish(folder: Path) -> dict[str, Any]:
    from warehouse import Store

    with Store(folder / "working.duckdb") as store:
        return {"publish": measured(lambda: store.publish(folder / "warehouse.duckdb"))}


def search(folder: Path) -> dict[str, Any]:
    from warehouse.search import refresh
    from warehouse.search import search as found

    index, snapshot = folder / "search.sqlite", folder / "warehouse.duckdb"
    index.unlink(missing_ok=True)
    asked = {"make the search index": measured(lambda: refresh(index, snapshot))}
    for words in ("community assets", '"mutual aid" council', "partnership*"):
        asked[f"search {words}"] = measured(partial(found, index, words))
    return asked


def ask(folder: Path) -> dict[str, Any]:
    con = duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True)
    con.execute("SET enable_progress_bar = false")
    took: dict[str, Any] = {}
    for name, sql in QUERIES.items():
        times, used = [], []
        for _ in range(3):
            begun, busy = time.perf_counter(), time.process_time()
            rows = con.execute(sql).fetchall()
            times.append(time.perf_counter() - begun)
            used.append(time.process_time() - busy)
        took[name] = {
            "seconds": round(statistics.median(times), 3),
            "processor seconds": round(statistics.median(used), 3),
            "rows": len(rows),
        }
    return took


def check(folder: Path) -> dict[str, Any]:
    import warehouse

    with warehouse.open(folder / "warehouse.duckdb") as con:
        problems: list[str] = []
        return {"integrity": measured(lambda: problems.extend(warehouse.integrity(con))), "problems": problems}


STEPS = {step.__name__: step for step in (load, count, publish, search, ask, check)}


def make(folder: Path, posts: int) -> int:
    """Write the shards; gives the bytes of all texts."""
    from warehouse import write_shard

    known = folder / "bytes"
    if known.exists():
        return int(known.read_text())
    size = 0
    for number, (batch, letters) in enumerate(Sector(posts).batches()):
        write_shard(folder / "shards", f"{number:05d}", batch)
        size += letters
    known.write_text(str(size))
    return size


def run(folder: Path, posts: int, steps: list[str]) -> dict[str, Any]:
    raw = make(folder, posts)
    found: dict[str, Any] = {"posts": posts, "raw text MB": round(raw / 1e6)}
    if "load" in steps:
        (folder / "working.duckdb").unlink(missing_ok=True)
    for step in steps:
        words = [sys.executable, "-m", "benchmarks.warehouse_scale", "--folder", str(folder), "--step", step]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        found |= json.loads(done.stdout)
        print(json.dumps(json.loads(done.stdout), indent=1), file=sys.stderr)
    if (folder / "warehouse.duckdb").exists():
        size = (folder / "warehouse.duckdb").stat().st_size
        found |= {"warehouse MB": round(size / 1e6), "warehouse / raw text": round(size / raw, 2)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--steps", default=",".join(STEPS), help="only these, of a folder where the others were done")
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(json.dumps(run(folder, given.posts, given.steps.split(",")), indent=1))


if __name__ == "__main__":
    main()
