"""Authors that a page declares in JSON-LD and in meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from extract.linked_data import ORGANISATION_TYPES, Node, articles, resolved, types
from extract.page import Page
from extract.person_words import is_generic, is_organisation
from extract.persons import Credited, as_person, credited
from extract.records import Person
from extract.sight import Sight

Found = list[Person]

_META = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl", "byline",
         "article.author", "creator", "authors", "cxenseparse:author", "rbauthors", "og:article:author", "bt:author", "dc.contributor")  # fmt: skip


# Of plugins and papers: "article:author_name", "cse_author", "shareaholic:article_author_name".
_META_LIKE = re.compile(r"(?<!twitter:)(?:^|[.:_-])(?:article)?[.:_-]?author(?:[._-]?name)?$")


def persons(names: Iterable[Credited], printed: str, source: str) -> Found:
    return [
        Person(name=c.name, given=c.given, family=c.family, honorific=c.honorific, role=c.role, affiliation=c.affiliation,
               is_organisation=c.family is None and is_organisation(c.name), as_printed=printed.strip()[:400], source=source)
        for c in names
    ]  # fmt: skip


def from_jsonld(sight: Sight) -> Iterator[Found]:
    """The authors of the page's article by its JSON-LD; the site itself only where it gives nobody else."""
    nodes = sight.page.linked_data
    for node in articles(nodes):
        found: Found = []
        own: Found = []
        for item in _flat(resolved(node.get("author") or node.get("creator"), nodes)):
            for person in _from_node(item):
                if not is_publisher(sight, person.name):
                    found.append(person)
                elif isinstance(item, dict) or (
                    person.family and not item.isupper()
                ):  # a bare string is often the theme's
                    own.append(person if person.family else replace(person, is_organisation=True))
        if found or own:
            yield found or own


_MOST_LISTS = 50


def _flat(items: list[Any]) -> Iterator[Any]:
    """``items`` with inner lists opened, and with nodes that were written as text read: pages have both by mistake."""
    waiting, opened = list(reversed(items)), 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) and item.lstrip().startswith("{"):
            try:
                item = json.loads(item)
            except (ValueError, RecursionError):
                continue
        if isinstance(item, list) and opened < _MOST_LISTS:
            opened += 1
            waiting.extend(reversed(item))
        else:
            yield item


def _from_node(item: Any) -> Found:
    if isinstance(item, str):
        return _named(item, "jsonld")
    if not isinstance(item, dict):
        return []
    kinds = types(item)
    found: Found = []
    for said in _names_of(item):
        if kinds & ORGANISATION_TYPES and not as_person(said):
            if not is_generic(said):
                found.append(
                    Person(name=" ".join(said.split()), is_organisation=True, as_printed=said, source="jsonld")
                )
        else:
            found.extend(_named(said, "jsonld"))
    return found


def _names_of(node: Node) -> list[str]:
    """The names that a person's or organisation's node gives, whole or in two parts."""
    said = node.get("name")
    names = [
        n.get("name") or n.get("@value") if isinstance(n, dict) else n
        for n in (said if isinstance(said, list) else [said])
    ]
    found = [name for name in names if isinstance(name, str) and name.strip()]
    parts = (node.get("givenName"), node.get("familyName"))
    if not found and all(isinstance(part, str) and part.strip() for part in parts):
        found = [" ".join(map(str, parts))]
    return found


def from_meta(sight: Sight) -> Iterator[Found]:
    """The authors that the page's ``meta`` tags give; the site's own name is none: many a theme puts it on every page."""
    meta = sight.page.meta
    for name in (*_META, *(name for name in meta if name not in _META and _META_LIKE.search(name))):
        found: Found = []
        for said in meta.get(name, ()):
            if "://" not in said and len(said) < 160 and not is_publisher(sight, said):
                found.extend(p for p in _named(said, "meta") if not is_publisher(sight, p.name))
        if len(found) > 1:  # the firm beside who wrote
            found = [p for p in found if not _FIRM.search(p.name)] or found
        if found:
            yield found


def _named(said: str, source: str) -> Found:
    """The people in a declared author: names, or a handle that is no role account."""
    said = " ".join(re.sub(r"<[^>]+>", " ", said).split())
    if is_generic(said):
        return []
    return [p for p in persons(credited(said, marked=True), said, source) if not is_generic(p.name)]


def is_publisher(sight: Sight, name: str) -> bool:
    """Whether a name is the site's own: it says who publishes, not who wrote."""
    own = _bare(name)
    page = sight.page
    names = [
        *page.meta.get("og:site_name", ()),
        *page.meta.get("application-name", ()),
        *page.meta.get("twitter:site", ()),
    ]
    names.extend(sight.site.title_affixes if sight.site else ())
    host = own_host(page)
    return not own or own in map(_bare, [*names, re.sub(r"\.[a-z.]{2,6}$", "", host), host])


_REPLAYED = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/https?://(?:www\.)?([^/:]+)", re.I)


def own_host(page: Page) -> str:
    """The host whose page this is: behind a web archive's own, where it is replayed from one."""
    replayed = _REPLAYED.match(page.path)
    return replayed.group(1).lower() if replayed else page.host


_FIRM = re.compile(r"[\s,]+(?:ltd|limited|inc|llc|gmbh|plc)\.?$", re.I)
_FORM = re.compile(rf"^the\s|{_FIRM.pattern}", re.I)


def _bare(name: str) -> str:
    """The letters of a body's name, without article and legal form."""
    return re.sub(r"\W+", "", _FORM.sub("", name.strip()).lower())
