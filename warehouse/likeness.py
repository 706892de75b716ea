"""How alike two texts are: MinHash sketches to find the pairs that may be, shingles to be sure. Pure.

Likeness is Broder's resemblance (1997, "On the resemblance and containment of documents"): of all sequences of `SHINGLE`
words that either text has, the share that both have; case and punctuation do not matter. A sketch (Broder 2000) holds,
for each of `HASHES` hash functions, the least value over the text's sequences; two sketches agree in a place as often as
the texts are alike. Cut into bands (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, §3.4), sketches that agree
in a whole band are candidates: with 16 bands of 4, a pair that is alike by 0.8 is missed once in 4,000.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from typing import Any

SHINGLE = 5  # words
HASHES, BANDS = 64, 16
LEAST = 0.8  # from here on two texts are the same post
FEWEST = 50  # words; shorter texts are copies only with the very same wording

WORD = re.compile(r"\w+")
_PRIME = (1 << 31) - 1  # with factors below 2^31, products fit 62 bits


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(said: Sequence[str]) -> set[int]:
    """A 32-bit number (CRC-32) for each sequence of `SHINGLE` words."""
    coded = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in said]
    rows = zip(*(coded[n:] for n in range(SHINGLE)), strict=False)
    return {zlib.crc32(b"%d %d %d %d %d" % row) for row in rows}


def sketch(said: Sequence[str]) -> list[int] | None:
    """The bands of the text's MinHash sketch, a 63-bit number each; None below `FEWEST` words."""
    import numpy as np

    if len(said) < FEWEST:
        return None
    values = np.fromiter(shingles(said), np.uint64) % _PRIME
    factors, shifts = _functions()
    least = ((values[:, None] * factors + shifts) % _PRIME).min(axis=0).reshape(BANDS, -1)
    mixed = np.zeros(BANDS, np.uint64)
    for column in least.T:
        mixed = (mixed * np.uint64(0x9E3779B97F4A7C15)) ^ column  # wraps: a multiplicative hash
    return [int(value) for value in mixed >> np.uint64(1)]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    left, right = shingles(words(one)), shingles(words(other))
    return len(left & right) / len(left | right) if left or right else 0.0


def _functions() -> tuple[Any, Any]:
    """The factors and shifts of the hash functions: fixed for good, or old sketches would be worth nothing."""
    import numpy as np

    drawn = np.random.RandomState(1997).randint(1, _PRIME, (2, HASHES)).astype(np.uint64)
    return drawn[0], drawn[1]
