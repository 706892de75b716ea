"""The stored tokens as columns of numbers, post by post, and the hits that a lexicon finds in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import duckdb

    from warehouse.counting import Reader

ROWS_AT_ONCE = 1_000_000


class OutOfOrder(Exception):
    """The tokens of a post do not follow one another as they come out of the database."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Tokens, a number in each column for each: `numpy` arrays of one length."""

    post_id: Any
    position: Any
    char_start: Any
    form_id: Any
    gap: Any

    def __len__(self) -> int:
        return len(self.post_id)

    def __getitem__(self, rows: slice) -> Columns:
        return Columns(*(getattr(self, name)[rows] for name in Columns.__slots__))

    def __add__(self, more: Columns) -> Columns:
        return Columns(*(np.concatenate((getattr(self, name), getattr(more, name))) for name in Columns.__slots__))


def hits(tokens: duckdb.DuckDBPyConnection, reader: Reader, sizes: Mapping[int, int]) -> Any:
    """What ``reader`` finds in the result ``tokens`` (the names of `Columns`), as a `pyarrow.Table`.

    ``sizes`` are the characters of each form. Of a term of several tokens form_id is NULL. Raises OutOfOrder.
    """
    import pyarrow as pa

    length = np.zeros(max(sizes, default=0) + 1, np.int32)
    length[list(sizes)] = list(sizes.values())
    found: dict[str, list[Any]] = {name: [] for name in ("post_id", "term_id", "char_start", "char_end", "form_id")}
    for some in whole_posts(tokens):
        hit = reader.hits(np.cumsum(some.position == 0), some.form_id, some.gap)
        first, last = some.form_id[hit.first], some.form_id[hit.last]
        found["post_id"].append(pa.array(some.post_id[hit.first]))
        found["term_id"].append(pa.array(hit.term))
        found["char_start"].append(pa.array(some.char_start[hit.first]))
        found["char_end"].append(pa.array(some.char_start[hit.last] + length[last]))
        found["form_id"].append(pa.array(first, mask=hit.first != hit.last))
    kinds = (pa.int64(), pa.int64(), pa.int32(), pa.int32(), pa.int32())
    return pa.table({name: pa.chunked_array(found[name], kind) for name, kind in zip(found, kinds, strict=True)})


def whole_posts(tokens: duckdb.DuckDBPyConnection) -> Iterator[Columns]:
    """Columns of about `ROWS_AT_ONCE` rows that end where a post does. Raises OutOfOrder."""
    waiting: Columns | None = None
    for batch in tokens.to_arrow_reader(ROWS_AT_ONCE):
        some = Columns(*(batch.column(name).to_numpy() for name in Columns.__slots__))
        rows = some if waiting is None else waiting + some
        _check_order(rows)
        begin = int(np.flatnonzero(rows.position == 0)[-1])
        if begin:
            yield rows[:begin]
        waiting = rows[begin:]
    if waiting is not None and len(waiting):
        yield waiting


def _check_order(rows: Columns) -> None:
    is_same = rows.post_id[1:] == rows.post_id[:-1]
    if len(rows) and (rows.position[0] or not np.array_equal(rows.position[1:], (rows.position[:-1] + 1) * is_same)):
        raise OutOfOrder
