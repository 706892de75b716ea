"""What a block of text is remembered by, on this page and on its blog's others."""

from __future__ import annotations

import hashlib


def digest_of(text: str) -> str:
    """What a block is remembered by: its words, whatever their case and spacing."""
    return hashlib.sha256(" ".join(text.lower().split()).encode("utf-8", "replace")).hexdigest()[:16]
