"""Pages that were read → rows, pure: no database, no files.

Keys are hashes of what a row identifies, so that workers which know nothing of each other make the same rows.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from analysis.records import Token
from crawl.records import Fetch
from extract.records import Dated, Name, Post, Reference, utc
from warehouse.likeness import sketch, words
from warehouse.records import PageRead
from warehouse.schemas import BATCH, as_columns, as_table, schema

FEWEST_WORDS = 20  # below, the same wording is no sign of a copy: "Watch the video below" stands in many posts


def key(*parts: str) -> int:
    """A positive 63-bit number for ``parts``: BLAKE2b (RFC 7693), its highest bit dropped."""
    said = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big") >> 1


def post_id(canonical_url: str) -> int:
    return key(canonical_url)


def text_digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def wording_digest(said: Sequence[str]) -> str | None:
    """The same for texts with the same words (`likeness.words`) in the same order; None below `FEWEST_WORDS` words."""
    return text_digest(" ".join(said)) if len(said) >= FEWEST_WORDS else None


def person_id(name: str) -> int:
    return key(" ".join(unicodedata.normalize("NFC", name).casefold().split()))


def tables(batch: Iterable[PageRead]) -> dict[str, Any]:
    """``batch`` as one `pyarrow.Table` for each name in `schemas.BATCH`, in an order that does not depend on its own.

    Of a capture that comes twice, the last one counts. Pages that are no posts give a row in ``pages`` only.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in BATCH}
    entities: dict[int, dict[str, Any]] = {}
    by_id = {key(read.blog, read.url, read.digest): read for read in batch}
    for page_id, read in sorted(by_id.items()):
        rows["pages"].append(_page(page_id, read))
        if read.quarantined:
            rows["quarantine"].append(_quarantined(page_id, read))
        if not read.post or read.post.kind != "post":
            continue
        rows["posts"].append(_post(page_id, read, read.post))
        for name, children in _children(read, read.post).items():
            rows[name] += ({"page_id": page_id, "position": at, **child} for at, child in enumerate(children))
        for mention in read.mentions:
            entity = {"label": mention.label, "name": mention.name}
            entities[key(mention.label, mention.name)] = entity
    rows["entities"] = [{"entity_id": entity_id, **entity} for entity_id, entity in sorted(entities.items())]
    coded = coded_tokens(
        (page_id, read.tokens) for page_id, read in sorted(by_id.items()) if read.post and read.post.kind == "post"
    )
    return {name: as_table(name, rows[name]) for name in BATCH if name not in coded} | coded


def coded_tokens(pages: Iterable[tuple[int, Sequence[Token]]]) -> dict[str, Any]:
    """The tokens of (page_id, tokens) as two tables: ``forms``, and ``tokens`` that name them by number.

    The numbers hold within the batch; the loader gives those of the warehouse.
    """
    numbers: dict[tuple[str, str, str | None, str | None], int] = {}
    columns: dict[str, list[Any]] = {kind.name: [] for kind in schema("tokens")}
    for page_id, tokens in pages:
        columns["page_id"] += [page_id] * len(tokens)
        columns["position"] += range(len(tokens))
        columns["sentence"] += [token.sentence for token in tokens]
        columns["char_start"] += [token.start for token in tokens]
        columns["form_id"] += [
            numbers.setdefault((token.form, token.folded, token.lemma, token.pos), len(numbers)) for token in tokens
        ]
        columns["gap"] += [token.gap for token in tokens]
    forms: dict[str, list[Any]] = {
        "form_id": list(numbers.values()),
        **{name: [known[at] for known in numbers] for at, name in enumerate(("form", "folded", "lemma", "pos"))},
    }
    return {"forms": as_columns("forms", forms), "tokens": as_columns("tokens", columns)}


def fetch_rows(fetches: Iterable[Fetch]) -> Any:
    """``fetches`` as a `pyarrow.Table`; a line that comes twice is one row."""
    rows: dict[int, dict[str, Any]] = {}
    for fetch in fetches:
        moment = utc(fetch.fetched_at)
        fetch_id = key(fetch.blog, fetch.crawl, fetch.url, moment.isoformat(), fetch.outcome)
        rows[fetch_id] = {"fetch_id": fetch_id} | {name: getattr(fetch, name) for name in Fetch.__slots__}
    return as_table("fetches", list(rows.values()))


def _capture(read: PageRead) -> dict[str, Any]:
    return {
        "blog": read.blog,
        "url": read.url,
        "digest": read.digest,
        "fetched_at": utc(read.fetched_at),
        "warc_file": read.warc_file,
        "warc_offset": read.warc_offset,
    }


def _page(page_id: int, read: PageRead) -> dict[str, Any]:
    row = {"page_id": page_id, **_capture(read), "status": read.status, "how": read.how, "profile": read.profile}
    if (post := read.post) is None:
        return row
    return row | {
        "kind": post.kind,
        "kind_reason": post.kind_reason,
        "canonical_url": post.canonical_url,
        "post_id": post_id(post.canonical_url) if post.kind == "post" else None,
        "extractor_version": post.extractor_version,
        "annotator": read.annotator,
    }


def _quarantined(page_id: int, read: PageRead) -> dict[str, Any]:
    assert read.quarantined
    row = {"page_id": page_id, **_capture(read), "stage": read.quarantined.stage, "reason": read.quarantined.reason}
    del row["digest"]
    return row


def _post(page_id: int, read: PageRead, post: Post) -> dict[str, Any]:
    said = words(post.text)
    return {
        "page_id": page_id,
        "post_id": post_id(post.canonical_url),
        "canonical_url": post.canonical_url,
        **_capture(read),
        "title": post.title,
        "title_source": post.title_source,
        **_dated("published", post.published),
        **_dated("modified", post.modified),
        "text": post.text,
        "text_digest": text_digest(post.text),
        "wording_digest": wording_digest(said),
        "sketch": sketch(said),
        "body_source": post.body_source,
        "words": read.words,
        "language": post.language,
        "is_truncated": post.is_truncated,
        "size_limit": post.limit,
        "headings": [{"level": h.level, "text": h.text, "char_start": h.start} for h in post.headings],
        "breadcrumbs": [{"text": crumb.text, "url": crumb.url} for crumb in post.breadcrumbs],
        "tags": list(post.tags),
        "extractor_version": post.extractor_version,
        "profile": read.profile,
        "annotator": read.annotator,
    }


def _dated(column: str, dated: Dated | None) -> dict[str, Any]:
    if dated is None:
        return {}
    return {
        column: dated.value,
        f"{column}_precision": dated.precision,
        f"{column}_source": dated.source,
        f"{column}_as_printed": dated.as_printed,
    }


def _children(read: PageRead, post: Post) -> dict[str, list[dict[str, Any]]]:
    return {
        "post_people": [
            {"person_id": person_id(person.name)} | {name: getattr(person, name) for name in type(person).__slots__}
            for person in post.people
        ],
        "bib_references": [_reference(reference) for reference in post.references],
        "citations": [
            {
                "para": citation.para,
                "char_start": citation.start,
                "char_end": citation.end,
                "as_printed": citation.as_printed,
                "reference_positions": list(citation.references),
            }
            for citation in post.citations
        ],
        "links": [{"url": a.url, "text": a.text, "char_start": a.start, "char_end": a.end} for a in post.links],
        "mentions": [
            {"entity_id": key(m.label, m.name), "text": m.text, "char_start": m.start, "char_end": m.end}
            for m in read.mentions
        ],
    }


def _reference(reference: Reference) -> dict[str, Any]:
    row = {name: getattr(reference, name) for name in Reference.__slots__}
    row["authors"] = [_name(name) for name in reference.authors]
    row["editors"] = [_name(name) for name in reference.editors]
    row["spans"] = [{"field": span.field, "char_start": span.start, "char_end": span.end} for span in reference.spans]
    return row


def _name(name: Name) -> dict[str, str | None]:
    return {"family": name.family, "given": name.given, "literal": name.literal}
