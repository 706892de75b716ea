"""Roles and bodies beside a name: ``Ann Example, Head of Policy at the Example Trust``."""

from __future__ import annotations

import re

from extract.person_names import Credited, as_person
from extract.person_words import ROLE_WORDS, is_organisation, is_role_word

_OFFICE_WORD = re.compile(r"\s+(?:of|at|for|with|from|@)\s+(?=(?:the\s+)?[A-ZÀ-Þ])")
_PLACE_END = re.compile(r"\s+(?:in|at|within|based)\s+(?:the\s+)?[A-Z].*$|[.;(].*$")
_IS_ROLE = re.compile(
    r"^(?P<name>.{3,60}?)\s+(?:is|was)\s+(?:(?:an?|the|our)\s+)?(?P<rest>[A-Z][\w&' -]{2,80}?\s+(?:of|at|for|with)\s+(?:the\s+)?[A-Z].{2,120}|.*)$"
)


def names_role(segment: str) -> bool:
    """Whether a word of ``segment`` is one of those that roles are called by."""
    return any(map(is_role_word, segment.split()))


def with_office(person: Credited, segment: str, *, is_last: bool) -> Credited:
    """``person`` with the role or affiliation that a segment behind the name gives.

    "Head of Policy" is a role where an organisation follows, "Director of the Example Trust" role and organisation.
    """
    said = segment.strip(" .")
    if not said or len(said) > 160 or person.affiliation:
        return person
    is_place = bool(re.match(r"(?:the\s+)?[A-ZÀ-Þ]", said)) and len(said.split()) <= 9
    if person.role:
        return with_post(person, role=person.role, affiliation=place_name(said)) if is_place else person
    post = office(said)
    if post and (is_last or is_organisation(post[1]) or post[1].startswith("the ")) and not is_organisation(post[0]):
        return with_post(person, role=re.sub(r"^(?:an?|the|our)\s+", "", post[0]), affiliation=place_name(post[1]))
    if names_role(said):
        return with_post(person, role=re.sub(r"^(?:an?|the|our)\s+", "", said))
    return with_post(person, affiliation=place_name(said)) if is_place else person


def with_words_around(segment: str) -> Credited | None:
    """The person of a segment that says more than a name, without a comma: a role before or behind it, or their body."""
    return _before_role(segment) or _behind_role(segment) or _of_body(segment)


def _before_role(segment: str) -> Credited | None:
    """The person in ``Ann Example Senior Housing Reporter``: a name with a role behind it and nothing between."""
    tokens = segment.split()
    start = next((i for i, token in enumerate(tokens) if is_role_word(token)), None)
    if (
        start is None
        or not 2 <= start <= 4
        or len(tokens) > 9
        or not all(token[:1].isupper() for token in tokens[start:])
    ):
        return None
    person = as_person(" ".join(tokens[:start]))
    return with_post(person, role=" ".join(tokens[start:])) if person else None


def _behind_role(segment: str) -> Credited | None:
    """The person in ``our Chief Executive Ann Example``, ``Example Trust director Ann Example``."""
    tokens = segment.split()
    for cut in range(max(1, len(tokens) - 4), len(tokens) - 1):
        if tokens[cut - 1].lower() in ROLE_WORDS and (person := as_person(" ".join(tokens[cut:]))):
            first = next(i for i, token in enumerate(tokens) if token.lower() in ROLE_WORDS)
            body = " ".join(tokens[:first])
            return with_post(
                person,
                role=" ".join(tokens[first:cut]),
                affiliation=place_name(body) if body[:1].isupper() and body not in _OUR else None,
            )
    return None


_OUR = frozenset(["Our", "The", "A", "Former"])


def _of_body(segment: str) -> Credited | None:
    """The person in ``Ann Example of the Example Trust``."""
    match = _OFFICE_WORD.search(segment)
    person = as_person(segment[: match.start()]) if match else None
    return with_post(person, affiliation=place_name(segment[match.end() :])) if match and person else None


def role_of(segment: str) -> str | None:
    """The role in what stands before the name: ``our Chief Executive, Ann Example``."""
    role = re.sub(r"^(?:our|the|an?)\s+", "", segment, flags=re.I)
    return role if len(role) <= 60 and names_role(role) else None


def office(text: str) -> tuple[str, str] | None:
    """Role and organisation in ``Head of Policy at the Example Trust``; None if the text names no organisation so.

    They part where "the" follows, else at the last place behind which the words are an organisation's.
    """
    found: tuple[str, str] | None = None
    for match in _OFFICE_WORD.finditer(text):
        role, place = text[: match.start()].strip(), text[match.end() :].strip()
        if not 2 <= len(role) <= 80 or "," in role:
            continue
        if place.startswith("the "):
            return role, place
        if found is None or is_organisation(place.split(",")[0]):
            found = role, place
    return found


def with_post(person: Credited, role: str | None = None, affiliation: str | None = None) -> Credited:
    """``person`` with this role and affiliation in the place of those it had."""
    return Credited(
        name=person.name,
        given=person.given,
        family=person.family,
        honorific=person.honorific,
        role=role,
        affiliation=affiliation,
    )


def place_name(text: str) -> str | None:
    """An organisation's name without article and without where in which parent body it sits."""
    name = _PLACE_END.sub("", re.sub(r"^the\s+", "", text.strip(), flags=re.I)).strip(" ,.")
    return name or None


_APPOINTED = re.compile(r"(?:appointed|elected|named|made|re-?appointed|promoted)\b", re.I)


def from_bio(sentence: str) -> Credited | None:
    """The person in ``Ann Example is Director of the Example Trust.``, role and affiliation included; else None."""
    match = _IS_ROLE.match(sentence)
    if not match:
        return None
    person = as_person(re.sub(r"\s*\(@\w+\)$", "", match["name"]))
    rest = match["rest"].strip()
    post = office(rest)
    if person is None or post is None or not names_role(post[0]) or _APPOINTED.match(rest):
        return None  # news of a person, not a note on the author
    place = re.sub(r"^the\s+", "", re.split(r"[.;(]", post[1])[0].strip(), flags=re.I).strip(" ,")
    return with_post(person, role=re.sub(r"^(?:an?|the)\s+", "", post[0]).strip(), affiliation=place or None)
