"""Whether a load that is killed anywhere loses or doubles anything.

    python -m benchmarks.warehouse_kills [--kills 30] [--posts 1000]

A process loads shards, counts themes and publishes, again and again in small steps; it is killed (SIGKILL) after a random time,
started again, and so on. After each kill the published snapshot must open and pass `doctor`'s checks. In the end the rows
must be those of a process that nobody disturbed. Rows are compared spelt out and sorted, all tables.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.generated_sector import Sector

WRITER = """
import sys
from pathlib import Path
from analysis.coded_lexicon import CodedLexicon
from analysis.themes import compile_themes
from benchmarks.generated_sector import THEMES
from warehouse import Store
from warehouse.shards import shards
folder = Path(sys.argv[1])
lexicon = compile_themes(THEMES)
with Store(folder / "working.duckdb") as store:
    for number, shard in enumerate(shards(folder.parent / "shards")):
        store.load(shard)
        if number % 3 == 0:
            store.publish(folder / "warehouse.duckdb", folder=folder / "snapshots", keep=2)
    store.count_themes(CodedLexicon(lexicon), {theme.key: theme.label for theme in lexicon.themes})
    store.publish(folder / "warehouse.duckdb", folder=folder / "snapshots", keep=2)
"""

# `forms` and `tokens` are compared as `words`: numbers of forms are given in the order in which batches come.
COMPARED = """
SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND table_name NOT IN ('forms', 'tokens', 'runs')
UNION ALL SELECT 'words'
"""


def started(folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(exist_ok=True)
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder)])


def fingerprint(snapshot: Path) -> dict[str, tuple[int, int]]:
    """table → its number of rows, and a sum of their hashes."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        con.execute("SET enable_progress_bar = false")
        tables = [str(name) for (name,) in con.execute(COMPARED).fetchall()]
        found = {}
        for name in tables:
            row = con.execute(f"SELECT count(*), coalesce(sum(hash(t::VARCHAR)), 0) FROM {name} AS t").fetchone()
            assert row
            found[name] = (int(row[0]), int(row[1]))
        return found


def problems(snapshot: Path) -> list[str]:
    import warehouse

    if not snapshot.exists():
        return []
    with warehouse.open(snapshot) as con:
        return warehouse.integrity(con)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    from warehouse import write_shard

    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for number, (batch, _) in enumerate(Sector(given.posts).batches(50)):
            write_shard(place / "shards", f"{number:05d}", batch)
        begun = time.monotonic()
        assert started(place / "whole").wait() == 0
        whole = time.monotonic() - begun
        expected = fingerprint(place / "whole" / "warehouse.duckdb")
        disturbed, bad, killed, late = place / "disturbed", 0, 0, 0
        while killed < given.kills and late < given.kills:
            process = started(disturbed)
            time.sleep(chance.uniform(0.02, 1.0) * whole)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                killed += 1
            else:
                late += 1
            found = problems(disturbed / "warehouse.duckdb")
            bad += bool(found)
            print(f"kill {killed}: {'; '.join(found) or 'sound'}", file=sys.stderr)
        assert started(disturbed).wait() == 0
        same = fingerprint(disturbed / "warehouse.duckdb") == expected
        print(
            f"{killed} kills of a run of {whole:.1f} s: {bad} damaged snapshots; rows {'equal' if same else 'NOT EQUAL'} to an undisturbed run's"
        )
        sys.exit(bool(bad) or not same)


if __name__ == "__main__":
    main()
