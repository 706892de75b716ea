"""What is to stay forgotten: digests of addresses, names and blogs, so that nothing of them comes in again.

The file lies in the archive, because the archive is what is kept. It says nothing of what was forgotten: each entry is
BLAKE2b (RFC 7693), keyed with a salt of this archive, of a normalised address or name. Who has the file can only ask it
about an address or name that he knows already.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from crawl.urls import same_page_key

NAME = "forgotten.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstones:
    """The digests of one archive; empty where nothing was forgotten."""

    salt: str = ""
    digests: frozenset[str] = frozenset()

    def has_page(self, url: str) -> bool:
        return self._has("page", same_page_key(url))

    def has_person(self, name: str) -> bool:
        return self._has("person", folded(name))

    def has_blog(self, scope: str) -> bool:
        return self._has("blog", same_page_key(scope))

    def with_pages(self, urls: Iterable[str]) -> Tombstones:
        return self._with("page", map(same_page_key, urls))

    def with_person(self, name: str) -> Tombstones:
        return self._with("person", [folded(name)])

    def with_blog(self, scope: str) -> Tombstones:
        return self._with("blog", [same_page_key(scope)])

    def _has(self, kind: str, said: str) -> bool:
        return bool(self.digests) and self._digest(kind, said) in self.digests

    def _with(self, kind: str, said: Iterable[str]) -> Tombstones:
        salted = replace(self, salt=self.salt or secrets.token_hex(16))
        return replace(salted, digests=self.digests | {salted._digest(kind, one) for one in said})

    def _digest(self, kind: str, said: str) -> str:
        told = f"{kind}\0{said}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=16, key=bytes.fromhex(self.salt)).hexdigest()


def folded(name: str) -> str:
    """The form that names are compared by: as the warehouse tells people apart."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def read_tombstones(archive: Path) -> Tombstones:
    """Those of the archive in the folder ``archive``. Raises ValueError where the file is damaged: guessing would let
    in again what somebody asked to have removed."""
    try:
        said = json.loads((archive / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Tombstones()
    return Tombstones(salt=str(said["salt"]), digests=frozenset(map(str, said["digests"])))


def write_tombstones(archive: Path, stones: Tombstones) -> None:
    """Put ``stones`` in the place of what the archive has: whole, or not at all."""
    archive.mkdir(parents=True, exist_ok=True)
    aside = archive / f".{NAME}.new"
    with aside.open("w", encoding="utf-8") as file:
        json.dump({"salt": stones.salt, "digests": sorted(stones.digests)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(archive / NAME)
