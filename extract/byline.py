"""Who the page says wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.byline_sentences import from_bio_box, from_by_line, from_name_line, from_sentence, from_signature
from extract.declared_authors import Found, from_jsonld, from_meta, is_publisher
from extract.marked_authors import from_far_element, from_learnt_place, from_marked, from_named_element
from extract.records import Person
from extract.sight import Sight

# Most trustworthy first. What is declared is checked against what is shown: see `people`.
READERS: tuple[Callable[[Sight], Iterator[Found]], ...] = (
    from_learnt_place,  # proved on the blog's other pages
    from_jsonld,  # says what it is
    from_marked,  # says what it is, in the page
    from_named_element,  # a class name speaks of an author
    from_by_line,  # the line says so in words
    from_sentence,  # the text says so in words
    from_meta,  # often the site's owner, whoever wrote
    from_far_element,  # as often as not of another post
    from_signature,  # letters and newsletters are signed at the end
    from_bio_box,  # who is introduced at the end has mostly written what stands above
    from_name_line,  # nothing but a name where bylines stand
)


# Not heard against the site's own name where that may be a person's: on a blog named after its author these find somebody else.
_WEAK_READERS = (from_signature, from_bio_box, from_name_line)


def people(sight: Sight) -> tuple[Person, ...]:
    """Who wrote the page, in the order named; empty if it names nobody.

    A sentence that tells role and affiliation is preferred to a bare mention of the same name, and a declared list that
    holds the names found, and more, to those alone.
    """
    found: Found = []
    for read in READERS:
        if read in _WEAK_READERS and any(not p.is_organisation for p in found):
            break
        said = next(iter(read(sight)), [])
        found = found or said  # the site's own name only where no reader has another
        if said and not all(is_publisher(sight, p.name) for p in said):
            found = said
            break
    return tuple(_enriched(_longest(_fullest(found, sight), sight), sight))


def _longest(found: Found, sight: Sight) -> Found:
    """The list of names that holds those of ``found``, and more: a template has room for one name, and three have written."""
    for read in (from_jsonld, from_by_line, from_meta):
        said = next(read(sight), [])
        if {p.name for p in found} < {p.name for p in said}:
            found = said
    return found


def _fullest(found: Found, sight: Sight) -> Found:
    """``found``, or the full names that the page shows where these are accounts or first names.

    "Ann" gives way to "Ann Example"; "ann.example", the account that put the post in place, to whomever a byline names.
    """
    if len(found) != 1 or found[0].family or found[0].is_organisation or is_publisher(sight, found[0].name):
        return found
    handle = found[0].name
    for read in (from_by_line, from_marked, from_named_element, from_sentence, from_bio_box):
        for said in read(sight):
            is_shown = read is not from_bio_box and handle.islower() and handle.isascii()
            if said and all(p.family for p in said) and (is_shown or _is_short_for(handle, said[0])):
                return said
    return found


def _is_short_for(handle: str, person: Person) -> bool:
    """Whether a handle is somebody's first name, or all of it run together."""
    letters = [re.sub(r"[\W_]+", "", name).casefold() for name in (handle, person.given or "", person.name)]
    return (
        letters[0] in letters[1:] or letters[0] == re.sub(r"[\W_]+", "", (person.given or "").split(" ")[0]).casefold()
    )


def _enriched(found: Found, sight: Sight) -> Found:
    """``found`` with honorific, role and affiliation from sentences and lines that name the same persons."""
    if not found or all(p.role and p.affiliation for p in found):
        return found
    told = {
        p.name.lower(): p
        for read in (from_sentence, from_by_line)
        for people_ in read(sight)
        for p in people_
        if p.role or p.affiliation or p.honorific
    }
    return [told.get(p.name.lower(), p) if not (p.role or p.affiliation) else p for p in found]
