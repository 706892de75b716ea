"""A small sector, made up: builders for what the other rooms would hand over."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.annotation import annotated_tokens
from analysis.coded_lexicon import CodedLexicon
from analysis.themes import compile_themes
from crawl.records import Fetch
from extract.records import (
    Breadcrumb,
    Citation,
    Dated,
    EntityMention,
    Heading,
    Link,
    Name,
    Person,
    Post,
    Quarantined,
    Reference,
    payload_digest,
)
from extract.words import sentence_spans
from warehouse.records import PageRead
from warehouse.store import Store

BLOG = "harbour"
HOST = "https://harbour-voices.example"
TEXT = (
    "Small charities in Eastmere have carried the weight of the cuts for a decade now.\n\n"
    "Why it matters\n\n"
    "The Eastmere Trust showed that partnership takes time (Okafor and Lind, 2016), and that trust between "
    "a council and a voluntary group is slow to build and quick to lose. 🌊 Partnership is work."
)


def make_person(name: str, **fields: Any) -> Person:
    return Person(**{"name": name, "as_printed": f"By {name}", "source": "byline", **fields})


def make_post(
    canonical_url: str, text: str = TEXT, published: Dated | date | None = date(2019, 10, 2), **fields: Any
) -> Post:
    """A post whose references, citations and links are those that stand in ``text``."""
    if isinstance(published, date):
        published = Dated(value=published, precision="day", source="meta", as_printed=published.isoformat())
    paragraphs = text.split("\n\n")
    citations = tuple(
        Citation(para=para, start=found.start(), end=found.end(), as_printed=found[0], references=(0,))
        for para, paragraph in enumerate(paragraphs)
        for found in re.finditer(r"\(Okafor[^)]*\)", paragraph)
    )
    trust = text.find("Eastmere Trust")
    has_trust = trust >= 0
    said: dict[str, Any] = {
        "canonical_url": canonical_url,
        "kind": "post",
        "kind_reason": "article markup",
        "title": "Ten years on",
        "title_source": "h1",
        "people": (make_person("Ada Okafor", given="Ada", family="Okafor", honorific="Dr", role="Director"),),
        "published": published,
        "modified": None,
        "text": text,
        "body_source": "article",
        "headings": (Heading(level=2, text="Why it matters", start=text.find("Why it matters")),) if has_trust else (),
        "links": (
            (Link(url="https://eastmere-trust.example/", text="Eastmere Trust", start=trust, end=trust + 14),)
            if has_trust
            else ()
        ),
        "breadcrumbs": (Breadcrumb(text="Home", url=HOST), Breadcrumb(text="Blog")),
        "tags": ("funding",),
        "references": (
            Reference(
                as_printed="Okafor, A. and Lind, B. (2016) Slow trust. Eastmere: Tidewater Press.",
                kind="book",
                authors=(Name(family="Okafor", given="A."), Name(family="Lind", given="B.")),
                year="2016",
                title="Slow trust",
            ),
        )
        if citations
        else (),
        "citations": citations,
        "language": "en",
        "is_truncated": False,
        "extractor_version": "1",
    }
    return Post(**{**said, **fields})


def make_page(url: str = f"{HOST}/ten-years", post: Post | str | None = "", **fields: Any) -> PageRead:
    """A capture of ``url``; ``post`` may be a text, and is the default post where it is not given."""
    if isinstance(post, str):
        post = make_post(url, post or TEXT)
    body = repr(post).encode()
    mentions = tuple(
        EntityMention(start=found.start(), end=found.end(), text=found[0], label=label, name=found[0])
        for name, label in (("Eastmere Trust", "ORG"), ("Eastmere", "GPE"))
        for found in re.finditer(name, post.text if post else "")
    )
    said: dict[str, Any] = {
        "blog": BLOG,
        "url": url,
        "status": 200,
        "how": "link",
        "digest": payload_digest(body),
        "fetched_at": datetime(2026, 1, 5, 12, 0, tzinfo=UTC),
        "warc_file": "harbour-0001.warc.gz",
        "warc_offset": 512,
        "profile": "f00d",
        "post": post,
        "words": len(re.findall(r"\w+", post.text)) if post else 0,
        "mentions": mentions,
        "tokens": annotated_tokens(post.text, sentence_spans(post.text)) if post else (),
        "annotator": "ner 3.8" if post else None,
        "quarantined": None if post else Quarantined(url=url, stage="extract", reason="no text could be decoded"),
    }
    return PageRead(**{**said, **fields})


def make_fetch(url: str = f"{HOST}/ten-years", **fields: Any) -> Fetch:
    said: dict[str, Any] = {
        "blog": BLOG,
        "crawl": "2026-01-05",
        "url": url,
        "how": "link",
        "via": HOST,
        "outcome": "fetched",
        "reason": None,
        "status": 200,
        "location": None,
        "content_type": "text/html",
        "size": 2048,
        "digest": "sha1:ABC",
        "etag": None,
        "last_modified": None,
        "fetched_at": datetime(2026, 1, 5, 12, 0, tzinfo=UTC),
        "warc_file": "harbour-0001.warc.gz",
        "warc_offset": 512,
    }
    return Fetch(**{**said, **fields})


def with_post(page: PageRead, **fields: Any) -> PageRead:
    """``page``, its post changed in some fields."""
    assert page.post
    return replace(page, post=replace(page.post, **fields))


def count_terms(store: Store, **themes: Sequence[str]) -> str:
    """Count a lexicon of these themes, each with its terms; gives the lexicon's digest."""
    given = {key: {"label": key.title(), "terms": list(terms)} for key, terms in themes.items()}
    lexicon = compile_themes({"themes": given})
    store.count_themes(CodedLexicon(lexicon), {theme.key: theme.label for theme in lexicon.themes})
    return lexicon.digest


def all_rows(con: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order that depends on the rows alone."""
    tables = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL"
    ).fetchall()
    return {name: con.execute(f"SELECT t::VARCHAR FROM {name} AS t ORDER BY ALL").fetchall() for (name,) in tables}


@pytest.fixture(scope="session")
def person() -> Callable[..., Person]:
    return make_person


@pytest.fixture(scope="session")
def post() -> Callable[..., Post]:
    return make_post


@pytest.fixture(scope="session")
def page() -> Callable[..., PageRead]:
    return make_page


@pytest.fixture(scope="session")
def fetch() -> Callable[..., Fetch]:
    return make_fetch


@pytest.fixture(scope="session")
def changed() -> Callable[..., PageRead]:
    return with_post


@pytest.fixture(scope="session")
def counted() -> Callable[..., str]:
    return count_terms


@pytest.fixture(scope="session")
def everything() -> Callable[[Any], dict[str, list[tuple[Any, ...]]]]:
    return all_rows


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working database without rows, made once: to copy."""
    path = tmp_path_factory.mktemp("empty") / "working.duckdb"
    Store(path).close()
    return path


@pytest.fixture
def working(tmp_path: Path, empty: Path) -> Path:
    path = tmp_path / ".sectorscope" / "working.duckdb"
    path.parent.mkdir()
    shutil.copy(empty, path)
    return path


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


@pytest.fixture
def store(working: Path) -> Iterator[Store]:
    with Store(working) as opened:
        yield opened
