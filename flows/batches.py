"""Reading a batch of captures into a Parquet shard: a plain function of plain values, so that it runs in this process,
in a pool or on a Dask cluster alike. The archive and the shard folder must be reachable from where it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from crawl.archive import Archive
from crawl.errors import CrawlError
from crawl.records import Fetch
from extract.records import FetchedPage, Post, Quarantined, SiteProfile
from warehouse.records import PageRead

if TYPE_CHECKING:
    from extract.entities import EntityReader


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
    read = list(annotated([page_read(archive, batch, fetch) for fetch in batch.fetches]))
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
        post = extract_post(page.body, page.final_url, content_type=page.content_type, site=batch.profile)
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


def annotated(pages: Sequence[PageRead]) -> Iterator[PageRead]:
    """The pages, posts in English with the entities they name. The model runs once over all of their texts."""
    from dataclasses import replace

    chosen = [i for i, page in enumerate(pages) if page.post and page.post.kind == "post" and is_english(page.post)]
    reader = entity_reader() if chosen else None
    found = dict(zip(chosen, reader.read(pages[i].post.text for i in chosen), strict=True)) if reader else {}  # type: ignore[union-attr]
    for i, page in enumerate(pages):
        if i in found and reader:
            yield replace(page, mentions=tuple(found[i]), annotator=reader.version)
        else:
            yield page


def is_english(post: Post) -> bool:
    """Whether the language model, which knows English only, may read the post. Unknown counts as English if there is text."""
    return bool(post.text) and (post.language is None or post.language.split("-")[0] == "en")


@lru_cache(maxsize=1)
def entity_reader() -> EntityReader:
    """The language model, loaded once a process."""
    from extract.entities import load_ner

    return load_ner()
