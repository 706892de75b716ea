"""The bank of sentences: reads `sentences/*.toml` once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sector.sample.records import Author

SENTENCES = Path(__file__).parent / "sentences"
TOPIC_FILES = ("topics-places", "topics-organisations", "topics-people")


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    subject: str
    tags: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    open: tuple[str, ...]
    points: tuple[str, ...]
    stories: tuple[str, ...]
    quotes: tuple[str, ...]
    list_intro: str
    list: tuple[str, ...]
    close: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return (*self.open, *self.points, *self.stories, *self.quotes, self.list_intro, *self.list, *self.close)


@dataclass(frozen=True, slots=True)
class Theme:
    """A planted theme: ``sentences`` are (text, how many of its terms stand in it)."""

    key: str
    words: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Voice:
    open: tuple[str, ...]
    close: tuple[str, ...]
    link: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that posts cite. An organisation as author is a name of one part."""

    kind: str
    authors: tuple[tuple[str, ...], ...]
    year: int
    title: str
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    editors: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    topics: tuple[Topic, ...]
    themes: Mapping[str, Theme]
    voices: Mapping[str, Voice]
    citing: Mapping[str, tuple[str, ...]]
    works: tuple[Work, ...]
    cast: Mapping[str, tuple[str, ...]]
    authors: Mapping[str, tuple[Author, ...]]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SENTENCES / f"{name}.toml").read_text(encoding="utf-8"))


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with its arrays as tuples, nested ones too."""
    return {
        key: tuple(tuple(item) if isinstance(item, list) else item for item in value)
        if isinstance(value, list)
        else value
        for key, value in table.items()
    }


def _theme(key: str, table: Mapping[str, Any]) -> Theme:
    sentences = tuple((text, group["hits"]) for group in table["sentence"] for text in group["texts"])
    return Theme(key, tuple(table["words"]), tuple(table["titles"]), tuple(table["headings"]), sentences)


@cache
def bank() -> Bank:
    """All sentences, works and names."""
    cast = _read("cast")
    authors = {
        blog: tuple(Author(**person) for person in table["people"]) for blog, table in cast.pop("authors").items()
    }
    return Bank(
        topics=tuple(Topic(**_tuples(table)) for name in TOPIC_FILES for table in _read(name)["topic"]),
        themes={key: _theme(key, table) for key, table in _read("themes").items()},
        voices={key: Voice(**_tuples(table)) for key, table in _read("voices").items()},
        citing=_tuples(_read("citing")),
        works=tuple(Work(**_tuples(work)) for work in _read("works")["work"]),
        cast=_tuples(cast),
        authors=authors,
    )
