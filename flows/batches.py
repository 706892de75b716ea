"""Reading a batch of captures into a Parquet shard: a plain function of plain values, so that it runs in this process,
in a pool or on a Dask cluster alike. The archive and the shard folder must be reachable from where it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.records import Fetch
from crawl.tombstones import Tombstones
from extract.records import BlogRule, FetchedPage, ListedPost, Post, Quarantined, ReadWord, SiteProfile
from warehouse.records import PageRead

if TYPE_CHECKING:
    from extract.entities import EntityReader


FORGOTTEN = "forgotten"
"""The reason of a page that came in again under another address: `enrich` takes it out of the archive too."""

READING = Lock()
"""One thread at a time may use the language model: spaCy's pipelines are not safe for several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Captures of one blog to be read with one profile and its rules, and the shard to write. ``stamp`` names both.

    ``listed`` is what the blog's feeds and sitemaps say of the captures, by URL.
    """

    archive: str
    blog: str
    fetches: tuple[Fetch, ...]
    profile: SiteProfile
    rules: tuple[BlogRule, ...]
    stamp: str
    shards: str
    name: str
    listed: Mapping[str, ListedPost] = field(default_factory=dict)
    tombstones: Tombstones = Tombstones()  # noqa: RUF009 - it is frozen


def read_batch(batch: Batch) -> str:
    """Read every capture of the batch and write what was read; gives the shard's folder.

    A page that cannot be read is quarantined with its reason: it becomes a row, and the others go on.
    """
    from warehouse.rows import tables
    from warehouse.shards import write_shard

    archive = Archive(Path(batch.archive))
    read = annotated([page_read(archive, batch, fetch) for fetch in batch.fetches])
    return str(write_shard(Path(batch.shards), batch.name, tables(read)))


def page_stamp(stamp: str, listed: ListedPost | None) -> str:
    """What one page is read with: the profile and rules of its blog, and what the blog's lists say of it, if anything."""
    return f"{stamp}~{listed.digest}" if listed is not None else stamp


def page_read(archive: Archive, batch: Batch, fetch: Fetch) -> PageRead:
    """One capture, its post read (not yet annotated), or quarantined."""
    from extract.post import extract_post
    from extract.words import word_count

    post: Post | None = None
    quarantined: Quarantined | None = None
    words = 0
    try:
        page: FetchedPage = archive.read(fetch)
        post = extract_post(
            page.body,
            page.final_url,
            content_type=page.content_type,
            site=batch.profile,
            rules=batch.rules,
            as_of=page.fetched_at.date(),
            listed=batch.listed.get(fetch.url),
        )
        if is_forgotten(post, batch.tombstones):
            post, quarantined = None, Quarantined(url=fetch.url, stage="crawl", reason=FORGOTTEN)
        words = word_count(post.text) if post else 0
    except CrawlError as broken:
        quarantined = Quarantined(url=fetch.url, stage="crawl", reason=str(broken))
    except Exception as broken:  # noqa: BLE001 - one strange page must not cost the others; it is counted and shown
        quarantined = Quarantined(url=fetch.url, stage="extract", reason=f"{type(broken).__name__}: {broken}"[:300])
    return PageRead(
        blog=batch.blog,
        url=fetch.url,
        status=fetch.status or 0,
        how=fetch.how,
        digest=fetch.digest or "",
        fetched_at=fetch.fetched_at,
        warc_file=fetch.warc_file or "",
        warc_offset=fetch.warc_offset or 0,
        profile=page_stamp(batch.stamp, batch.listed.get(fetch.url)),
        post=post,
        words=words,
        quarantined=quarantined,
    )


def is_forgotten(post: Post, stones: Tombstones) -> bool:
    """Whether the post, or somebody who signs it, is to stay forgotten."""
    return stones.has_page(post.canonical_url) or any(stones.has_person(person.name) for person in post.people)


def annotated(pages: Sequence[PageRead]) -> list[PageRead]:
    """The pages, posts with their tokens; posts in English also with lemmas, parts of speech and the entities they name.

    The model runs once over all of their texts.
    """
    chosen = {i: page.post.text for i, page in enumerate(pages) if page.post and is_annotatable(page.post)}
    if not chosen:
        return [with_tokens(page) for page in pages]
    with READING:
        reader = language_model()
        read = dict(zip(chosen, reader.annotate(chosen.values()), strict=True))
    return [
        replace(with_tokens(page, read[i][1]), mentions=tuple(read[i][0]), annotator=reader.version)
        if i in read
        else with_tokens(page)
        for i, page in enumerate(pages)
    ]


def with_tokens(page: PageRead, words: Sequence[ReadWord] = ()) -> PageRead:
    """The page with the tokens of its text, if it is a post; ``words`` are what the language model read in it."""
    from analysis.annotation import annotated_tokens
    from extract.words import sentence_spans

    if page.post is None or page.post.kind != "post" or not page.post.text:
        return page
    return replace(page, tokens=annotated_tokens(page.post.text, sentence_spans(page.post.text), words))


def is_annotatable(post: Post) -> bool:
    """Whether the language model, which knows English only, is to read it. A text of unknown language counts as English."""
    return post.kind == "post" and bool(post.text) and (post.language or "en").split("-")[0] == "en"


@lru_cache(maxsize=1)
def language_model() -> EntityReader:
    """The language model, loaded once a process."""
    from extract.entities import load_ner

    return load_ner(with_words=True)
