"""Who the page says wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.byline_layouts import (
    from_about_box,
    from_known_name,
    from_portrait,
    from_sections,
    from_tagline,
    from_teaser,
)
from extract.byline_sentences import from_by_line
from extract.declared_authors import Found, from_jsonld, from_meta, is_publisher, persons
from extract.elements import lines_of
from extract.introductions import from_sentence, from_statement
from extract.marked_authors import from_far_element, from_learnt_place, from_marked, from_named_element
from extract.persons import credited
from extract.records import Person
from extract.sight import Sight
from extract.signed_authors import from_bio_box, from_full_name, from_name_line, from_own_comments, from_signature


def from_rule(sight: Sight) -> Iterator[Found]:
    """Where the blog's own rules say: each element names one author or several."""
    lines = [lines_of(element) for element in sight.page.ruled.get("author", ())]
    found = [person for line in lines for person in persons(credited(line, marked=True), line, "rule")]
    if found:
        yield list({person.name: person for person in reversed(found)}.values())[::-1]


# Most trustworthy first. What is declared is checked against what is shown: see `people`.
READERS: tuple[Callable[[Sight], Iterator[Found]], ...] = (
    from_statement,  # the post itself says so, and nothing else
    from_learnt_place,  # proved on the blog's other pages
    from_jsonld,  # says what it is
    from_marked,  # says what it is, in the page
    from_named_element,  # a class name speaks of an author
    from_by_line,  # the line says so in words
    from_known_name,  # under which other posts of the blog appeared
    from_sections,  # a post in several voices names each
    from_sentence,  # the text says so in words
    from_portrait,  # who is pictured at the head, with an office
    from_teaser,  # who is said to look at the matter
    from_meta,  # often the site's owner, whoever wrote
    from_far_element,  # as often as not of another post
    from_signature,  # letters and newsletters are signed at the end
    from_bio_box,  # who is introduced at the end has mostly written what stands above
    from_name_line,  # nothing but a name where bylines stand
    from_own_comments,  # the theme hides who wrote, but not who answers
    from_about_box,  # whose weblog it is
    from_tagline,  # likewise
)


# Not heard against the site's own name where that may be a person's: on a blog named after its author these find somebody else.
_WEAK_READERS = (from_signature, from_bio_box, from_name_line, from_own_comments, from_about_box, from_tagline)


class _Heard:
    """What each reader says of a page, asked once."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self._said: dict[Callable[[Sight], Iterator[Found]], list[Found]] = {}

    def all(self, read: Callable[[Sight], Iterator[Found]]) -> list[Found]:
        if read not in self._said:
            self._said[read] = list(read(self.sight))
        return self._said[read]

    def first(self, read: Callable[[Sight], Iterator[Found]]) -> Found:
        return next(iter(self.all(read)), [])


def people(sight: Sight) -> tuple[Person, ...]:
    """Who wrote the page, in the order named; empty if it names nobody.

    A sentence that tells role and affiliation is preferred to a bare mention of the same name, and a list that holds the
    names found, and more, to those alone.
    """
    heard = _Heard(sight)
    ruled = next(from_rule(sight), None)
    if ruled is not None:
        return tuple(_enriched(ruled, heard))
    found: Found = []
    for read in READERS:
        if read in _WEAK_READERS and any(not p.is_organisation for p in found):
            break
        said = heard.first(read)
        found = found or said  # the site's own name only where no reader has another
        if said and not all(is_publisher(sight, p.name) for p in said):
            found = said
            break
    found = _longest(_fullest(_shown_twice(found, heard), heard), heard)
    return tuple(_enriched(found, heard))


def _shown_twice(found: Found, heard: _Heard) -> Found:
    """``found``, or whom both the byline shown and the ``meta`` tags name where JSON-LD names others: two witnesses against one.

    Content systems give JSON-LD the account that put the post in place.
    """
    if not found or found[0].source != "jsonld":
        return found
    named = {p.name.casefold() for p in heard.first(from_meta)}
    if not named or named & {p.name.casefold() for p in found}:
        return found
    shown = heard.first(from_by_line) or heard.first(from_named_element)
    names = {p.name.casefold() for p in shown}
    return shown if names & named and not names & {p.name.casefold() for p in found} else found


def _longest(found: Found, heard: _Heard) -> Found:
    """The list of names that holds those of ``found``, and more: a template has room for one name, and three have written."""
    for read in (from_jsonld, from_by_line, from_meta):
        said = heard.first(read)
        if {p.name for p in found} < {p.name for p in said if p.family}:
            found = said
    return found


def _fullest(found: Found, heard: _Heard) -> Found:
    """``found``, or the full names that the page shows where these are accounts or first names.

    "Ann" gives way to "Ann Example"; "ann.example", the account that put the post in place, to whomever a byline names.
    """
    if len(found) != 1 or found[0].family or found[0].is_organisation or is_publisher(heard.sight, found[0].name):
        return found
    handle = found[0].name
    for read in (from_by_line, from_marked, from_named_element, from_sentence, from_bio_box):
        for said in heard.all(read):
            is_shown = read is not from_bio_box and handle.islower() and handle.isascii()
            if said and all(p.family for p in said) and (is_shown or _is_short_for(handle, said[0])):
                return said
    return from_full_name(heard.sight, handle) or found


def _is_short_for(handle: str, person: Person) -> bool:
    """Whether a handle is somebody's first name, or all of it run together."""
    letters = [re.sub(r"[\W_]+", "", name).casefold() for name in (handle, person.given or "", person.name)]
    return (
        letters[0] in letters[1:] or letters[0] == re.sub(r"[\W_]+", "", (person.given or "").split(" ")[0]).casefold()
    )


def _enriched(found: Found, heard: _Heard) -> Found:
    """``found`` with honorific, role and affiliation from sentences and lines that name the same persons."""
    if not found or all(p.role and p.affiliation for p in found):
        return found
    told = {
        p.name.lower(): p
        for read in (from_sentence, from_by_line)
        for people_ in heard.all(read)
        for p in people_
        if p.role or p.affiliation or p.honorific
    }
    return [told.get(p.name.lower(), p) if not (p.role or p.affiliation) else p for p in found]
