"""What a page says of itself in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]

ARTICLE_TYPES = frozenset({
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle",
    "backgroundnewsarticle", "advertisercontentarticle", "liveblogposting", "scholarlyarticle", "techarticle", "report",
    "socialmediaposting", "medicalscholarlyarticle", "review", "howto", "discussionforumposting",
})  # fmt: skip
PAGE_TYPES = frozenset({"webpage", "itempage", "medicalwebpage", "faqpage", "recipe", "podcastepisode"})
ORGANISATION_TYPES = frozenset({"organization", "newsmediaorganization", "corporation", "ngo", "localbusiness",
                                "educationalorganization", "website", "brand", "governmentorganization"})  # fmt: skip

_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_MAX_NODES = 2_000
"""Nodes looked at on one page: catalogues list thousands, and the article's own node comes early."""


def parse_linked_data(scripts: Iterable[str]) -> Iterator[Node]:
    """The nodes of a page's JSON-LD scripts, graphs and lists opened; scripts that are no JSON are left out."""
    seen = 0
    for script in scripts:
        for node in _nodes(_parsed(script)):
            seen += 1
            if seen > _MAX_NODES:
                return
            yield node


def _parsed(script: str) -> Any:
    text = _WRAPPERS.sub("", script.strip()).strip().rstrip(";")
    if not text:
        return None
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


_SALVAGE = re.compile(r'"(datePublished|dateModified|headline|@type)"\s*:\s*"((?:[^"\\\n]|\\.){1,300})"')


def _salvaged(text: str) -> Node | None:
    """The plain fields of broken JSON (raw quotes or line breaks in some other field), where each is given once."""
    found: Node = {}
    for key, value in _SALVAGE.findall(text):
        if key != "@type" and found.setdefault(key, value) != value:
            return None
        if key == "@type" and value.lower() in ARTICLE_TYPES:
            found[key] = value
    return found if "@type" in found else None


def _nodes(value: Any) -> Iterator[Node]:
    """Depth-first, without recursion: hostile pages nest deeply."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(reversed(here))
        elif isinstance(here, dict):
            yield here
            for key in ("mainEntity", "mainEntityOfPage", "@graph", "hasPart"):
                inner = here.get(key)
                if isinstance(inner, dict | list):
                    waiting.append(inner)


def types(node: Node) -> frozenset[str]:
    """The node's types in lower case, without a vocabulary's prefix."""
    said = node.get("@type")
    names = said if isinstance(said, list) else [said]
    return frozenset(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str))


def articles(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that describe an article; else those that describe the page as a whole."""
    known = list(nodes)
    found = [node for node in known if types(node) & ARTICLE_TYPES]
    return found or [node for node in known if types(node) & PAGE_TYPES]


def texts(value: Any) -> list[str]:
    """The strings in a value that may be a string, a list of strings, or nodes with ``@value``."""
    values = value if isinstance(value, list) else [value]
    found = [v.get("@value") if isinstance(v, dict) else v for v in values]
    return [" ".join(v.split()) for v in found if isinstance(v, str) and v.strip()]


def resolved(value: Any, nodes: Iterable[Node]) -> list[Any]:
    """``value`` as a list, each ``{"@id": …}`` pointer replaced by the node it points to, where the page has it."""
    values = value if isinstance(value, list) else [value]
    out: list[Any] = []
    named: dict[str, Node] | None = None
    for item in values[:_MAX_NODES]:
        if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
            if named is None:
                named = _named(nodes)
            out.append(named.get(item["@id"], item))
        else:
            out.append(item)
    return out


def _named(nodes: Iterable[Node]) -> dict[str, Node]:
    """The nodes with a name by their ``@id``; the first of several."""
    found: dict[str, Node] = {}
    for node in nodes:
        if isinstance(node.get("@id"), str) and "name" in node:
            found.setdefault(node["@id"], node)
    return found
