"""A byline as printed → the persons it names, with honorific, role and affiliation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.byline_labels import without_labels
from extract.person_words import NOT_IN_NAMES, PARTICLES, ROLE_WORDS, is_agency, is_generic, is_organisation


@dataclass(frozen=True, slots=True)
class Credited:
    """One name of a byline. ``given`` and ``family`` are None for a handle or an organisation."""

    name: str
    given: str | None = None
    family: str | None = None
    honorific: str | None = None
    role: str | None = None
    affiliation: str | None = None


_HONORIFIC = re.compile(
    r"((?:(?:the )?(?:rt\.? hon\.?|right hon(?:ourable)?|hon\.?)|dr|prof(?:essor|\.ssa|\.)?|mr|mrs|ms|miss|mx|sir|dame|lord|lady|baroness|baron|rev(?:erend|d)?|cllr|councillor|fr|sr|herr|frau|mag|dipl\.?-?\w*|ing|dott(?:\.ssa)?|ph\.?d)\.?)\s+(?=\S)",
    re.I,
)  # fmt: skip
_CREDENTIALS = re.compile(
    r"(?:[\s,]+(?:ph\.?\s?d|m\.?d|msc|mba|m\.?p\.?h|ma|ba|bsc|ms|rdn?|ldn|cpa|cfp|esq|obe|cbe|mbe|frsa|facp|j\.?d|frs|fba|rn|dds|dvm|m\.?ed|lcsw|mp|msp|ms[cw])\b\.?)+\s*$",
    re.I,
)
_INNER_BY = re.compile(r"(?<!edited )(?<!reviewed )(?<!translated )\b(?:by|von|par|por)\s+(\S.{3,60})$")
_SPLIT = re.compile(
    r"(\s*[;&+/|\n]\s*|\s+(?:and|und|et|with|mit|[Yy]|og|och|(?:e|en)(?=\s+(?-i:[A-ZÀ-Þ])))\s+|,\s*(?:and|und|et)\s+)",
    re.I,
)
_TOKEN = re.compile(r"^(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.\-‐]*|[A-ZÀ-Þ]\.)$")
_OFFICE_WORD = re.compile(r"\s+(?:of|at|for|with|from|@)\s+(?=(?:the\s+)?[A-ZÀ-Þ])")
_PLACE_END = re.compile(r"\s+(?:in|at|within|based)\s+(?:the\s+)?[A-Z].*$|[.;(].*$")
_IS_ROLE = re.compile(
    r"^(?P<name>.{3,60}?)\s+(?:is|was)\s+(?:an?|the|our)?\s*(?P<rest>[A-Z][\w&' -]{2,80}?\s+(?:of|at|for|with)\s+(?:the\s+)?[A-Z].{2,120}|.*)$"
)


def credited(line: str, *, marked: bool = False) -> list[Credited]:
    """The persons named in a byline such as ``By Dr Ann Example, Director of the Example Trust, and Bo Sample``.

    ``marked`` says that the page marks the line as an author's name, so that single words and handles are names too.
    """
    text = without_labels(line)
    if not text or len(text) > 400:
        return []
    people: list[Credited] = []
    for separator, piece in _pieces(_MAIDEN.sub("", text)):
        segments = _segments(piece)
        for i, segment in enumerate(segments):
            person = as_person(segment) or _before_role(segment) or _agency(segment, separator if i == 0 else ",")
            if person is not None and not (i and _is_body_of(segments, i, people)):
                people.append(person)
            elif people and i:
                people[-1] = _with_office(people[-1], segment, is_last=i == len(segments) - 1)
            elif people and separator == "\n" and not people[-1].role and _names_role(segment):
                people[-1] = _with_office(people[-1], segment, is_last=len(segments) == 1)
    if not people and (inner := _INNER_BY.search(text)):
        return credited(inner.group(1))
    if not people and marked:
        people = _handles(text)
    return list({person.name.casefold(): person for person in reversed(people)}.values())[::-1]


_MAIDEN = re.compile(r"(?<=\w) \((?:née )?[A-ZÀ-Þ][\w’'-]+\)(?= [A-ZÀ-Þ])")
"""A former name between given and family name."""


def _is_body_of(segments: list[str], i: int, people: list[Credited]) -> bool:
    """Whether what may be a name is the body that the person before it works for.

    It is in capitals and the name is not (``Ann Example, HALLS NORTH``), or it follows a role and has none itself
    (``Ann Example, Vice President, Harbour Division``).
    """
    if segments[i].isupper() and not segments[0].isupper():
        return True
    return bool(people and people[-1].role) and not any(map(_names_role, segments[i + 1 : i + 2]))


def _agency(segment: str, separator: str) -> Credited | None:
    """A news agency that an "and" or a stroke puts beside the authors; behind a comma it is whom they write for."""
    return Credited(name=segment) if separator not in ("", ",", "\n") and is_agency(segment) else None


def _names_role(segment: str) -> bool:
    return any(word.strip(".,") in ROLE_WORDS for word in segment.lower().split())


def _handles(text: str) -> list[Credited]:
    """Under what name somebody signs who gives no full one; two first names with an "and" are two people."""
    pair = _FIRST_NAMES.fullmatch(text)
    names = list(pair.groups()) if pair else [text]
    return [Credited(name=name) for name in names] if all(map(_is_handle, names)) else []


_FIRST_NAMES = re.compile(r"([A-ZÀ-Þ][^\W\d_]+) (?:and|und|et|y) ([A-ZÀ-Þ][^\W\d_]+)")


def _pieces(text: str) -> list[tuple[str, str]]:
    """``text`` parted where another person begins, each part with the separator before it.

    An "and" within a role or an organisation's name parts nothing.
    """
    split = _SPLIT.split(text)
    pieces = [("", split[0])]
    for separator, piece in zip(split[1::2], split[2::2], strict=True):
        last = pieces[-1][1]
        if separator.strip(" ") != "\n" and not (
            (is_agency(piece) and separator.strip() != "/")
            or any(as_person(next(iter(_segments(side)), "")) for side in (piece, last))
        ):
            pieces[-1] = (pieces[-1][0], last + separator + piece)
        else:
            pieces.append(("\n" if "\n" in separator else separator.strip(), piece))
    return pieces


def _segments(piece: str) -> list[str]:
    bare = _CREDENTIALS.sub("", piece)
    return [
        segment.strip(" .") if len(segment.strip()) > 3 else segment.strip()
        for segment in re.split(r"\s*,\s+|\s+[–—-]\s+|\s*\(|\)\s*", bare)
        if segment.strip()
    ]


def as_person(text: str) -> Credited | None:
    """``text`` as one person's name, or None if it does not look like a name."""
    honorifics: list[str] = []
    rest = _CREDENTIALS.sub("", text.strip(" ,.|"))
    while (match := _HONORIFIC.match(rest)) is not None:
        honorifics.append(match.group(1).strip())
        rest = rest[match.end() :]
    tokens = rest.split()
    if not is_name(tokens):
        return None
    if rest.isupper():
        tokens = [token if len(token) <= 2 else _title_case(token) for token in tokens]
    cut = len(tokens) - 1
    while cut > 1 and tokens[cut - 1].lower().strip(".") in PARTICLES:
        cut -= 1
    return Credited(
        name=" ".join(tokens),
        given=" ".join(tokens[:cut]),
        family=" ".join(tokens[cut:]),
        honorific=" ".join(honorifics) or None,
    )


def _title_case(token: str) -> str:
    return "-".join("'".join(part.capitalize() for part in piece.split("'")) for piece in token.split("-"))


def is_name(tokens: list[str]) -> bool:
    """Whether the words look like a person's name: two to five capitalised words, none of them a word of furniture."""
    if not 2 <= len(tokens) <= 5 or sum(map(len, tokens)) > 50:
        return False
    folded = [token.lower().strip(".,’'") for token in tokens]
    words = [
        word for i, word in enumerate(folded) if len(word) > 1 or not (tokens[i][-1] == "." or i)
    ]  # "A." is no article
    if folded[0] in PARTICLES - {
        "de",
        "van",
        "von",
        "el",
        "la",
        "al",
        "di",
        "da",
        "du",
        "le",
        "ten",
        "ter",
        "del",
    } or any(word in NOT_IN_NAMES or word in ROLE_WORDS for word in words):
        return False
    if folded[-1] in PARTICLES:
        return False
    proper = [bool(_TOKEN.match(token)) for token in tokens]
    return (
        proper[-1]
        and all(ok or word in PARTICLES for ok, word in zip(proper, folded, strict=True))
        and sum(proper) >= 2
        and not any(c.isdigit() for c in "".join(tokens))
        and (len(folded[-1].strip(".")) > 1 or (len(tokens) > 2 and len(folded[-2]) > 2))
    )


def _is_handle(text: str) -> bool:
    """A single word, or a short phrase, under which somebody signs."""
    return (
        len(text) <= 60
        and len(text.split()) <= (6 if is_organisation(text) else 3)
        and not is_generic(text)
        and (bool(_SIGLA.fullmatch(text)) or not re.search(r"[:/?!<>{}\n]|^@|^#|\d{4}|https?|\w\.[a-z]{2,4}\b", text))
        and bool(re.search(r"[^\W\d_]{2}", text))
    )


_SIGLA = re.compile(r"[^\W\d_]{2,6}(?:/[^\W\d_]{2,6}){1,2}")
"""The short signs of an editor and an agency, ``ab/dpa``."""


def _with_office(person: Credited, segment: str, *, is_last: bool) -> Credited:
    """``person`` with the role or affiliation that a segment behind the name gives.

    "Head of Policy" is a role where an organisation follows, "Director of the Example Trust" role and organisation.
    """
    said = segment.strip(" .")
    if not said or len(said) > 160 or person.affiliation:
        return person
    is_place = bool(re.match(r"(?:the\s+)?[A-ZÀ-Þ]", said)) and len(said.split()) <= 9
    if person.role:
        return _made(person, role=person.role, affiliation=place_name(said)) if is_place else person
    post = office(said)
    if post and (is_last or is_organisation(post[1]) or post[1].startswith("the ")):
        return _made(person, role=post[0], affiliation=place_name(post[1]))
    if any(word.strip(".,") in ROLE_WORDS for word in said.lower().split()):
        return _made(person, role=said)
    return _made(person, affiliation=place_name(said)) if is_place else person


def _before_role(segment: str) -> Credited | None:
    """The person in ``Ann Example Senior Housing Reporter``: a name with a role behind it and nothing between."""
    tokens = segment.split()
    start = next((i for i, token in enumerate(tokens) if token.lower().strip(".,") in ROLE_WORDS), None)
    if (
        start is None
        or not 2 <= start <= 4
        or len(tokens) > 9
        or not all(token[:1].isupper() for token in tokens[start:])
    ):
        return None
    person = as_person(" ".join(tokens[:start]))
    return _made(person, role=" ".join(tokens[start:])) if person else None


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


def _made(person: Credited, role: str | None = None, affiliation: str | None = None) -> Credited:
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


def from_bio(sentence: str) -> Credited | None:
    """The person in ``Ann Example is Director of the Example Trust.``, role and affiliation included; else None."""
    match = _IS_ROLE.match(sentence)
    if not match:
        return None
    person = as_person(match["name"])
    rest = match["rest"].strip()
    post = office(rest)
    if person is None or post is None or not any(word in ROLE_WORDS for word in post[0].lower().split()):
        return None
    place = re.sub(r"^the\s+", "", re.split(r"[.;(]", post[1])[0].strip(), flags=re.I).strip(" ,")
    return _made(person, role=re.sub(r"^(?:an?|the)\s+", "", post[0]).strip(), affiliation=place or None)
