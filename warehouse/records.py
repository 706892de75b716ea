"""The unit that the warehouse loads: one captured page and all that was read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.records import Token
from extract.records import EntityMention, Post, Quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """A capture, its place in the archive, and what was read from it.

    ``post`` is None where reading failed; then ``quarantined`` says why. ``profile`` names the SiteProfile that it was read with,
    and what else of its blog (its rules, what feeds and sitemaps say of the page); ``annotator`` is the name and version of what
    found the mentions (None: it was not run, because the page is no post or not in English). ``words`` counts the word tokens of the
    article text; ``tokens`` are those that themes are counted in.
    """

    blog: str
    url: str
    status: int
    how: str
    digest: str
    fetched_at: datetime
    warc_file: str
    warc_offset: int
    profile: str | None
    post: Post | None
    words: int = 0
    mentions: tuple[EntityMention, ...] = ()
    tokens: Sequence[Token] = ()
    annotator: str | None = None
    quarantined: Quarantined | None = None
