"""Reading a batch of captures into a Parquet shard: a plain function of plain values, so that it runs in this process,
in a pool or on a Dask cluster alike. The archive and the shard folder must be reachable from where it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.records import Fetch
from extract.records import EntityMention, FetchedPage, Post, Quarantined, ReadWord, SiteProfile
from warehouse.records import PageRead

if TYPE_CHECKING:
    from extract.entities import EntityReader


READING = Lock()
"""One thread at a time may use the language model: spaCy's pipelines are not safe for several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Captures of one blog to be read with one profile, and the shard to write."""

    archive: str
    blog: str
    fetches: tuple[Fetch, ...]
    profile: SiteProfile
    shards: str
    name: str


def read_batch(batch: Batch) -> str:
    """Read every capture of the batch and write what was read; gives the shard's folder.

    A page that cannot be read is quarantined with its reason: it becomes a row, and the others go on.
    """
    from warehouse.rows import tables
    from warehouse.shards import write_shard

    archive = Archive(Path(batch.archive))
    read = annotated([page_read(archive, batch, fetch) for fetch in batch.fetches])
    return str(write_shard(Path(batch.shards), batch.name, tables(read)))


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
            page.body, page.final_url, content_type=page.content_type, site=batch.profile, as_of=page.fetched_at.date()
        )
        words = word_count(post.text)
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
        profile=batch.profile.digest,
        post=post,
        words=words,
        quarantined=quarantined,
    )


def annotated(pages: Sequence[PageRead]) -> list[PageRead]:
    """The pages, posts with their tokens; posts in English also with lemmas, parts of speech and the entities they name.

    The model runs once over all of their texts.
    """
    from analysis.annotation import annotated_tokens
    from extract.words import sentence_spans

    chosen = {i: page.post.text for i, page in enumerate(pages) if page.post and is_annotatable(page.post)}
    found: dict[int, tuple[list[EntityMention], list[ReadWord]]] = {}
    annotator = None
    if chosen:
        with READING:
            reader = language_model()
            found = dict(zip(chosen, reader.annotate(chosen.values()), strict=True))
        annotator = reader.version
    done = []
    for i, page in enumerate(pages):
        mentions, words = found.get(i, ([], []))
        is_post = page.post is not None and page.post.kind == "post"
        text = page.post.text if page.post and is_post else ""
        tokens = annotated_tokens(text, sentence_spans(text), words) if text else []
        done.append(replace(page, mentions=tuple(mentions), tokens=tokens, annotator=annotator if i in found else None))
    return done


def is_annotatable(post: Post) -> bool:
    """Whether the language model, which knows English only, is to read it. A text of unknown language counts as English."""
    return post.kind == "post" and bool(post.text) and (post.language or "en").split("-")[0] == "en"


@lru_cache(maxsize=1)
def language_model() -> EntityReader:
    """The language model, loaded once a process."""
    from extract.entities import load_ner

    return load_ner(with_words=True)
