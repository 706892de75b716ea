"""Counting another lexicon in the posts that were published, without a run: the snapshot is replaced by a copy that has its counts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from warehouse.counting import Counts
from warehouse.snapshot import replacing
from warehouse.store import Store


def recount(snapshot: Path, lexicon: Counts, labels: Mapping[str, str]) -> int:
    """Bring the hits in ``snapshot`` to what ``lexicon`` counts (`Store.count_themes`); in how many posts something was counted.

    Its posts stay as they are, so no older snapshot is put away. Readers are not disturbed, as by `Store.publish`. Nobody
    may publish meanwhile: keep the working database open.
    """
    with snapshot.open("rb") as source, replacing(snapshot, source) as copy, Store(copy) as store:
        counted = store.count_themes(lexicon, labels)
        store.connection.execute("CHECKPOINT")
        return counted
