"""A byline as printed → the persons it names, with honorific, role and affiliation."""

from __future__ import annotations

import re

from extract.byline_labels import without_labels
from extract.offices import from_bio, names_role, role_of, with_office, with_post, with_words_around
from extract.person_names import CREDENTIALS, Credited, as_person, handles
from extract.person_words import is_agency

__all__ = ["Credited", "as_person", "credited", "from_bio", "names_role"]

_INNER_BY = re.compile(r"(?<!edited )(?<!reviewed )(?<!translated )\b(?:by|von|par|por)\s+(\S.{3,60})$")
_SPLIT = re.compile(
    r"(\s*[;&+/|\n]\s*|\s+(?:and|und|et|with|mit|[Yy]|og|och|(?:e|en)(?=\s+(?-i:[A-ZÀ-Þ])))\s+|,\s*(?:and|und|et)\s+)",
    re.I,
)


def credited(line: str, *, marked: bool = False) -> list[Credited]:
    """The persons named in a byline such as ``By Dr Ann Example, Director of the Example Trust, and Bo Sample``.

    ``marked`` says that the page marks the line as an author's name, so that single words and handles are names too.
    """
    text = without_labels(line) if len(line) <= _LONGEST_LINE else ""
    if not text or len(text) > _LONGEST_BYLINE:
        return []
    people: list[Credited] = []
    for separator, piece in _pieces(_MAIDEN.sub("", text)):
        segments = _segments(piece)
        found = False
        for i, segment in enumerate(segments):
            person = as_person(segment) or (with_words_around(segment) if i == 0 else None)
            if person is None and i == 0:
                person = _agency(segment, separator)
            if person is not None and not (i and _is_body_of(segments, i, people)):
                people.append(with_post(person, role=role_of(segments[0])) if i == 1 and not found else person)
                found = True
            elif people and i:
                people[-1] = with_office(people[-1], segment, is_last=i == len(segments) - 1)
            elif people and separator == "\n" and not people[-1].role and names_role(segment):
                people[-1] = with_office(people[-1], segment, is_last=len(segments) == 1)
    if not people and (inner := _INNER_BY.search(text)):
        return credited(inner.group(1))
    if not people and marked:
        people = handles(text)
    return list({person.name.casefold(): person for person in reversed(people)}.values())[::-1]


_LONGEST_LINE, _LONGEST_BYLINE = 2_000, 400
"""Letters of an element that may hold a byline, and of the names in it."""
_MAIDEN = re.compile(r"(?<=\w) \((?:née )?[A-ZÀ-Þ][\w’'-]+\)(?= [A-ZÀ-Þ])")
"""A former name between given and family name."""


def _is_body_of(segments: list[str], i: int, people: list[Credited]) -> bool:
    """Whether what may be a name is the body that the person before it works for.

    It is in capitals and the name is not (``Ann Example, HALLS NORTH``), or it follows a role and has none itself
    (``Ann Example, Vice President, Harbour Division``).
    """
    if segments[i].isupper() and not segments[0].isupper():
        return True
    return bool(people and people[-1].role) and not any(map(names_role, segments[i + 1 : i + 2]))


def _agency(segment: str, separator: str) -> Credited | None:
    """A news agency that an "and" or a stroke puts beside the authors; behind a comma it is whom they write for, behind "with" their source."""
    return Credited(name=segment) if separator not in ("", ",", "\n", "with", "mit") and is_agency(segment) else None


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
    bare = CREDENTIALS.sub("", piece)
    return [
        segment.strip(" .") if len(segment.strip()) > 3 else segment.strip()
        for segment in re.split(r"\s*,\s+|\s+[–—-]\s+|\s*\(|\)\s*", bare)
        if segment.strip()
    ]
