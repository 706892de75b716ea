"""The file of themes: what may stand in it, and a clear word on what is wrong with it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from analysis.tokens import TOKEN, folded, joint, tidy
from analysis.trie import KEPT, Word

SCHEMA = 1
FILE_KEYS = ("schema", "possessives", "themes")
THEME_KEYS = ("label", "terms", "exclude", "near", "near_any", "events", "sources", "note")
TERM_KEYS = ("terms", "exclude", "near", "near_any")

KEEPS_CASE = "Aa:"
LEMMA = "lemma:"
NOT_COUNTED = (
    "lemmas are counted only over texts that the language model has read; write the forms as they stand in texts"
)
LEMMA_WORD = re.compile(r"lemma:(?P<lemma>[^\W_]+(?:['’][^\W_]+)*)(?:/(?P<pos>\w+))?(?P<rest>\S*)")
PARTS_OF_SPEECH = (  # Universal Dependencies 2, without punctuation
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
PATTERN_SIGNS = re.compile(r"[\\|()\[\]{}^?]")  # whoever writes these expects regular expressions
WILDCARD = re.compile(r"(?<!\S)\*(?!\S)|(?<=\w)\*(?!\w)")  # a lone * or one that ends a word
TERM_TOKEN = re.compile(rf"{LEMMA_WORD.pattern}|(?:{TOKEN.pattern})\*?|\*")
THEME_KEY = re.compile(r"[a-z][a-z0-9_]*")
SHORTEST_STEM = 2  # "a*" would count a tenth of all words


class ThemesBroken(ValueError):
    """The themes cannot be used: one line that names the file, the line if known, the theme, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day to mark on charts and to test: did the rate change with it? It marks; it explains nothing."""

    day: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A named list of terms. The terms are as written in the file; `Lexicon` counts them."""

    key: str
    label: str
    terms: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_any: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsupportedTerm:
    """A term that this version does not count, and why. ``role`` is the list that it stands in."""

    theme: str
    role: str
    term: str
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What was read from a file (or mapping) of themes."""

    themes: tuple[Theme, ...]
    possessives: bool
    unsupported: tuple[UnsupportedTerm, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the themes come from, so that an error can point at it."""

    name: str
    text: str = ""

    def broken(self, theme: str | None, what: str, near: str | None = None) -> ThemesBroken:
        line = self._line(theme, near)
        where = self.name + (f":{line}" if line else "") + (f": theme {theme!r}" if theme else "")
        return ThemesBroken(f"{where}: {what}")

    def _line(self, theme: str | None, near: str | None) -> int | None:
        lines = self.text.splitlines()
        header = re.compile(rf"\s*\[\s*themes\s*\.\s*[\"']?{re.escape(theme or '')}[\"']?\s*\]")
        begin = next((n for n, line in enumerate(lines) if theme and header.match(line)), 0)
        if near is not None:
            return (
                next((n + 1 for n, line in enumerate(lines) if n >= begin and near in line), begin + 1)
                if lines
                else None
            )
        return begin + 1 if theme and lines else None


def read_themes(path_or_mapping: Path | str | Mapping[str, Any]) -> ThemeFile:
    """The themes of a TOML file, or of a mapping of the same shape. Raises `ThemesBroken`."""
    if isinstance(path_or_mapping, Mapping):
        return _checked(path_or_mapping, _Source("themes"))
    path = Path(path_or_mapping)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ThemesBroken(f"{path}: there is no such file; name an existing themes file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ThemesBroken(f"{path}: cannot be read ({error}); it must be a text file in UTF-8") from error
    source = _Source(str(path), text)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemesBroken(f"{path}: is not valid TOML: {error}; mend that line") from error
    return _checked(given, source)


def _checked(given: Mapping[str, Any], source: _Source) -> ThemeFile:
    _known(given, FILE_KEYS, source, None)
    if given.get("schema", SCHEMA) != SCHEMA:
        raise source.broken(
            None, f"schema {given['schema']!r} is not known; this version reads schema = {SCHEMA}", "schema"
        )
    possessives = given.get("possessives", True)
    if not isinstance(possessives, bool):
        raise source.broken(None, "possessives must be true or false", "possessives")
    tables = given.get("themes")
    if not isinstance(tables, Mapping) or not tables:
        raise source.broken(None, "has no themes; add a table such as [themes.volunteering] with a label and terms")
    unsupported: list[UnsupportedTerm] = []
    themes = tuple(_theme(key, table, source, unsupported) for key, table in tables.items())
    return ThemeFile(themes, possessives, tuple(unsupported))


def _theme(key: str, table: Any, source: _Source, unsupported: list[UnsupportedTerm]) -> Theme:
    if not THEME_KEY.fullmatch(key):
        raise source.broken(key, "a theme's key is lower-case letters, digits and _; rename it")
    if not isinstance(table, Mapping):
        raise source.broken(key, f"must be a table; write [themes.{key}] with a label and terms")
    _known(table, THEME_KEYS, source, key)
    label = table.get("label")
    if not isinstance(label, str) or not label.strip():
        raise source.broken(key, 'needs a label, such as label = "Volunteering"')
    lists = {name: _strings(table, name, source, key) for name in (*TERM_KEYS, "sources")}
    if not lists["terms"]:
        raise source.broken(key, 'needs terms, such as terms = ["volunteer*"]')
    if bool(lists["near"]) != bool(lists["near_any"]):
        raise source.broken(key, "near and near_any work together; give both or neither")
    for role in TERM_KEYS:
        for term in lists[role]:
            term_words(term, partial(source.broken, key, near=term))
            if LEMMA in term:
                unsupported.append(UnsupportedTerm(theme=key, role=role, term=term, reason=NOT_COUNTED))
    note = table.get("note")
    if note is not None and not isinstance(note, str):
        raise source.broken(key, "note must be a text", "note")
    return Theme(key=key, label=label.strip(), **lists, events=_events(table, source, key), note=note)


def term_words(term: str, broken: Callable[[str], Exception] = ThemesBroken) -> tuple[Word, ...]:
    """The words of ``term`` as the trie takes them. What is wrong with it is raised as ``broken(message)``."""
    if PATTERN_SIGNS.search(term):
        raise broken(
            f"term {term!r}: terms are words, not patterns; only * at a word's end has a meaning; write each form"
        )
    keeps_case = term.startswith(KEEPS_CASE)
    body = term.removeprefix(KEEPS_CASE)
    if body.count("*") != len(WILDCARD.findall(body)):
        raise broken(f"term {term!r}: * may only end a word or stand alone for any one word; move it")
    words: list[Word] = []
    before: int | None = None
    for found in TERM_TOKEN.finditer(body):
        gap = "" if before is None else joint(body[before : found.start()].replace("*", ""))
        if gap is None:
            raise broken(f"term {term!r}: a term cannot run over a paragraph break; make it one line")
        before = found.end()
        if found["lemma"]:
            words.append(_lemma_word(found, gap, term, broken))
            continue
        token = found[0].rstrip("*")
        is_stem = found[0].endswith("*")
        if is_stem and token and len(token) < SHORTEST_STEM:
            raise broken(
                f"term {term!r}: {token}* would match too much; give at least {SHORTEST_STEM} letters before *"
            )
        key = KEPT + tidy(token) if keeps_case and token else folded(token)
        words.append(Word(key=key, is_stem=is_stem, gap=gap))
    if not any(word.key for word in words):
        raise broken(f"term {term!r}: has no word in it; write a word or take it out")
    return tuple(words)


def _lemma_word(found: re.Match[str], gap: str, term: str, broken: Callable[[str], Exception]) -> Word:
    """``lemma:cut/NOUN``, or ``lemma:cut`` for any part of speech."""
    pos = found["pos"] or ""
    if found["rest"]:
        raise broken(f"term {term!r}: nothing may follow a lemma but /NOUN, /VERB …; take out {found['rest']!r}")
    if pos and pos not in PARTS_OF_SPEECH:
        raise broken(f"term {term!r}: {pos!r} is no part of speech; known are {', '.join(PARTS_OF_SPEECH)}")
    return Word(key=folded(found["lemma"]), gap=gap, pos=pos)


def _events(table: Mapping[str, Any], source: _Source, key: str) -> tuple[Event, ...]:
    events = []
    given = table.get("events", [])
    for event in given if isinstance(given, list | tuple) else [given]:
        match event:
            case [str() | date() as day, str() as label] if label.strip():
                try:
                    events.append(Event(day=date.fromisoformat(str(day)), label=label.strip()))
                except ValueError:
                    raise source.broken(
                        key, f"event {label!r}: {day!r} is no day; write it as 2010-06-22", label
                    ) from None
            case _:
                raise source.broken(key, f'event {event!r}: write it as ["2010-06-22", "What happened"]', "events")
    return tuple(sorted(events, key=lambda event: (event.day, event.label)))


def _strings(table: Mapping[str, Any], name: str, source: _Source, key: str) -> tuple[str, ...]:
    given = table.get(name, ())
    if not isinstance(given, list | tuple) or not all(isinstance(item, str) for item in given):
        raise source.broken(key, f'{name} must be a list of texts, such as {name} = ["one", "two"]', name)
    return tuple(item.strip() for item in given)


def _known(table: Mapping[str, Any], keys: Iterable[str], source: _Source, theme: str | None) -> None:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, list(keys), n=1)
            advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(keys)}"
            raise source.broken(theme, f"{key!r} is not known here; {advice}", key)
