"""Authors that a page declares in JSON-LD and in meta tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from extract.linked_data import ORGANISATION_TYPES, articles, resolved, types
from extract.person_words import is_generic, is_organisation
from extract.persons import Credited, as_person, credited
from extract.records import Person
from extract.sight import Sight

Found = list[Person]

_META = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl", "byline",
         "article.author", "creator", "authors", "cxenseparse:author", "rbauthors", "og:article:author", "bt:author", "dc.contributor")  # fmt: skip


def persons(names: Iterable[Credited], printed: str, source: str) -> Found:
    return [
        Person(name=c.name, given=c.given, family=c.family, honorific=c.honorific, role=c.role, affiliation=c.affiliation,
               is_organisation=c.family is None and is_organisation(c.name), as_printed=printed.strip()[:400], source=source)
        for c in names
    ]  # fmt: skip


def from_jsonld(sight: Sight) -> Iterator[Found]:
    nodes = sight.page.linked_data
    for node in articles(nodes):
        found: Found = []
        for item in resolved(node.get("author") or node.get("creator"), nodes):
            found.extend(_from_node(sight, item))
        if found:
            yield found


def _from_node(sight: Sight, item: Any) -> Found:
    if isinstance(item, str):
        return _named(sight, item, "jsonld")
    if not isinstance(item, dict):
        return []
    name = item.get("name")
    names = name if isinstance(name, list) else [name]
    kinds = types(item)
    found: Found = []
    for said in names:
        if isinstance(said, dict):
            said = said.get("name") or said.get("@value")
        if not isinstance(said, str) or not said.strip():
            continue
        if kinds & ORGANISATION_TYPES and not as_person(said):
            if not is_publisher(sight, said) and not is_generic(said):
                found.append(
                    Person(name=" ".join(said.split()), is_organisation=True, as_printed=said, source="jsonld")
                )
        else:
            found.extend(_named(sight, said, "jsonld"))
    return found


def from_meta(sight: Sight) -> Iterator[Found]:
    for name in _META:
        found: Found = []
        for said in sight.page.meta.get(name, ()):
            if "://" not in said and len(said) < 160:
                found.extend(_named(sight, said, "meta"))
        if found:
            yield found


def _named(sight: Sight, said: str, source: str) -> Found:
    """The people in a declared author: names, or a handle that is neither the site's name nor a role account."""
    said = " ".join(re.sub(r"<[^>]+>", " ", said).split())
    if is_generic(said) or is_publisher(sight, said):
        return []
    return [p for p in persons(credited(said, marked=True), said, source) if not is_generic(p.name)]


def is_publisher(sight: Sight, name: str) -> bool:
    """Whether a name is the site's own: it says who publishes, not who wrote."""
    own = re.sub(r"\W+", "", name.lower())
    page = sight.page
    names = [
        *page.meta.get("og:site_name", ()),
        *page.meta.get("application-name", ()),
        *page.meta.get("twitter:site", ()),
    ]
    names.extend(sight.site.title_affixes if sight.site else ())
    host = re.sub(r"\.[a-z.]{2,6}$", "", page.host)
    return not own or any(own == re.sub(r"\W+", "", n.lower()) for n in names) or own == re.sub(r"\W+", "", host)
