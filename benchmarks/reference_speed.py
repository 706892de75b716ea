"""How many references a second one core reads, and how long the model takes to load.

    python -m benchmarks.reference_speed [--rounds 3]

CPU time of `parse_reference` over the references of each evaluation set; the fastest round counts. Caches of the shapes of
words are warm, as they are after the first few posts. The peer, AnyStyle, reads 220–470 a second with its start.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.reference_gold import SETS, records
from benchmarks.train_references import SHARED
from extract.references import parse_reference


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3, help="how often each set is read")
    asked = arguments.parse_args()
    begun = time.process_time()
    parse_reference("Moss, A. (2016) Long winters. Leeds: Tarn Press.")
    print(f"first reference, the model loaded: {1000 * (time.process_time() - begun):.0f} ms")
    total = count = 0.0
    for name in SETS:
        raws = [record["raw"] for record in records(SHARED, name)]
        best = min(_seconds(raws) for _ in range(asked.rounds))
        total, count = total + best, count + len(raws)
        print(f"{name:16}{len(raws):6} references{len(raws) / best:10.0f} a second")
    print(f"{'all':16}{int(count):6} references{count / total:10.0f} a second")


def _seconds(raws: list[str]) -> float:
    begun = time.process_time()
    for raw in raws:
        parse_reference(raw)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
