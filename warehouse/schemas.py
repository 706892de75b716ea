"""The columns of a batch, as Arrow and Parquet carry them from the workers to the loader.

They are those of the tables in `migrations`, but for what only the loader knows. Child rows are keyed by the page that
they were read from: which page of several speaks for a post is settled when they are loaded.
"""

from __future__ import annotations

from functools import cache
from typing import Any

NAMES = "names"  # STRUCT(family, given, literal)[]
HEADINGS = "headings"  # STRUCT(level, text, char_start)[]
BREADCRUMBS = "breadcrumbs"  # STRUCT(text, url)[]
SPANS = "spans"  # STRUCT(field, char_start, char_end)[]

_CAPTURE = "digest:text fetched_at:moment warc_file:text warc_offset:int64"

COLUMNS = {
    "pages": f"page_id:int64 blog:text url:text {_CAPTURE} status:int32 how:text kind:text kind_reason:text "
    "canonical_url:text post_id:int64 extractor_version:text profile:text annotator:text",
    "posts": f"page_id:int64 post_id:int64 canonical_url:text blog:text url:text {_CAPTURE} title:text title_source:text "
    "published:date published_precision:text published_source:text published_as_printed:text "
    "modified:date modified_precision:text modified_source:text modified_as_printed:text "
    "text:text text_digest:text wording_digest:text sketch:int64s body_source:text words:int32 language:text is_truncated:bool size_limit:text "
    f"headings:{HEADINGS} breadcrumbs:{BREADCRUMBS} tags:texts extractor_version:text profile:text annotator:text",
    "post_people": "page_id:int64 position:int32 person_id:int64 name:text given:text family:text honorific:text "
    "role:text affiliation:text is_organisation:bool as_printed:text source:text",
    "bib_references": f"page_id:int64 position:int32 as_printed:text kind:text authors:{NAMES} et_al:bool "
    f"editors:{NAMES} year:text title:text container:text volume:text issue:text pages:text publisher:text "
    f"location:text genre:text doi:text url:text accessed:text spans:{SPANS}",
    "citations": "page_id:int64 position:int32 para:int32 char_start:int32 char_end:int32 as_printed:text "
    "reference_positions:ints",
    "links": "page_id:int64 position:int32 url:text text:text char_start:int32 char_end:int32",
    "mentions": "page_id:int64 position:int32 entity_id:int64 text:text char_start:int32 char_end:int32",
    "entities": "entity_id:int64 label:text name:text",
    "forms": "form_id:int32 form:text folded:text lemma:text pos:text",
    "tokens": "page_id:int64 position:int32 sentence:int32 char_start:int32 form_id:int32 gap:text",
    "quarantine": "page_id:int64 blog:text url:text stage:text reason:text fetched_at:moment warc_file:text "
    "warc_offset:int64",
    "fetches": "fetch_id:int64 blog:text crawl:text url:text how:text via:text outcome:text reason:text status:int32 "
    "location:text content_type:text size:int64 digest:text etag:text last_modified:text fetched_at:moment "
    "warc_file:text warc_offset:int64",
    "works": "work_id:int64 kind:text authors:texts year:text title:text container:text doi:text url:text",
    "work_citations": "work_id:int64 post_id:int64 how:text position:int32",
}

BATCH = (
    "pages", "posts", "post_people", "bib_references", "citations", "links", "mentions", "entities", "forms", "tokens",
    "quarantine",
)  # fmt: skip


@cache
def schema(table: str) -> Any:
    """The `pyarrow.Schema` of ``table``."""
    import pyarrow as pa

    def struct(**fields: Any) -> Any:
        return pa.list_(pa.struct(list(fields.items())))

    text, integer = pa.string(), pa.int32()
    types = {
        "text": text,
        "int64": pa.int64(),
        "int32": integer,
        "bool": pa.bool_(),
        "date": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
        "texts": pa.list_(text),
        "ints": pa.list_(integer),
        "int64s": pa.list_(pa.int64()),
        NAMES: struct(family=text, given=text, literal=text),
        HEADINGS: struct(level=integer, text=text, char_start=integer),
        BREADCRUMBS: struct(text=text, url=text),
        SPANS: struct(field=text, char_start=integer, char_end=integer),
    }
    columns = (column.split(":") for column in COLUMNS[table].split())
    return pa.schema([(name, types[kind]) for name, kind in columns])


def as_columns(table: str, columns: dict[str, list[Any]]) -> Any:
    """As `as_table`, for rows by the hundred thousand: a list for each column."""
    import pyarrow as pa

    kinds = schema(table)
    try:
        return pa.table([pa.array(columns[kind.name], kind.type) for kind in kinds], schema=kinds)
    except UnicodeEncodeError:
        return pa.table([pa.array(_encodable(columns[kind.name]), kind.type) for kind in kinds], schema=kinds)


def as_table(table: str, rows: list[dict[str, Any]]) -> Any:
    """``rows`` as a `pyarrow.Table` with the schema of ``table``.

    Text that no file can hold (half a surrogate pair, from a broken page) gets ``?`` in its place, one for one, so
    that offsets still hold.
    """
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(rows, schema=schema(table))
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_encodable(row) for row in rows], schema=schema(table))


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return value
