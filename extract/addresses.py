"""What the URLs of a blog's posts look like, and those of its listings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

_FEWEST = 3
"""Pages that must share a shape before it says anything."""
_MOST = 12  # shapes kept
# What a piece of a path is, behind which other, where it is not the same word on all pages.
_PIECES = (
    ("{year}", "", re.compile(r"(?:19|20)\d\d")),
    ("{month}", "{year}", re.compile(r"0?[1-9]|1[0-2]")),
    ("{day}", "{month}", re.compile(r"0?[1-9]|[12]\d|3[01]")),
    ("{number}", "", re.compile(r"\d+")),
)


def address_shapes(posts: Sequence[str], listings: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The shapes that only posts have, and those that only listings have, the most frequent first."""
    fixed = _fixed_words([*posts, *listings])
    of_posts = Counter(shape(url, fixed) for url in posts)
    of_listings = Counter(shape(url, fixed) for url in listings)
    return _kept(of_posts, of_listings), _kept(of_listings, of_posts)


def shape(url: str, fixed: Iterable[str] = ()) -> str:
    """A URL's path with ``{year}``, ``{number}`` … and ``*`` for what changes; words in ``fixed`` stay as they are."""
    path, query = _parts(url)
    words = set(fixed)
    pieces: list[str] = []
    for piece in path.split("/"):
        pieces.append(_piece(piece, words, pieces[-1] if pieces else ""))
    asked = "&".join(f"{key}=*" for key, _ in sorted(parse_qsl(query)))
    return "/".join(pieces) + (f"?{asked}" if asked else "")


def words_of(shapes: Iterable[str]) -> frozenset[str]:
    """The folders that stand in learnt shapes as they are."""
    return frozenset(piece for known in shapes for piece in known.split("/")[:-1] if piece.isalpha())


def _piece(piece: str, fixed: set[str], before: str) -> str:
    if not piece or piece in fixed:
        return piece
    return next((name for name, after, p in _PIECES if (not after or after == before) and p.fullmatch(piece)), "*")


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/", ""
    return unquote(parts.path or "/").lower(), parts.query


def _fixed_words(urls: Sequence[str]) -> frozenset[str]:
    """Folders that several pages share: ``blog``, ``category``."""
    seen = Counter(piece for url in urls for piece in {p for p in _parts(url)[0].split("/")[:-1] if p.isalpha()})
    return frozenset(piece for piece, n in seen.items() if n >= max(_FEWEST, 0.02 * len(urls)))


def _kept(these: Counter[str], others: Counter[str]) -> tuple[str, ...]:
    kept = [shape_ for shape_, n in these.items() if n >= _FEWEST and others[shape_] <= 0.02 * n]
    return tuple(sorted(kept, key=lambda shape_: (-these[shape_], shape_))[:_MOST])
