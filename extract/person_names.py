"""The form of a person's name, and of the other names under which people and bodies sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.person_words import NOT_IN_NAMES, PARTICLES, is_generic, is_organisation, is_role_word


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
CREDENTIALS = re.compile(
    r"(?:[\s,]+(?:ph\.?\s?d|m\.?d|msc|mba|m\.?p\.?h|ma|ba|bsc|ms|rdn?|ldn|cpa|cfp|esq|obe|cbe|mbe|frsa|facp|j\.?d|frs|fba|rn|dds|dvm|m\.?ed|lcsw|mp|msp|ms[cw])\b\.?)+\s*$",
    re.I,
)
_TOKEN = re.compile(r"^(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.\-‐]*|[A-ZÀ-Þ]\.)$")


def as_person(text: str) -> Credited | None:
    """``text`` as one person's name, or None if it does not look like a name."""
    honorifics: list[str] = []
    rest = CREDENTIALS.sub("", text.strip(" ,.|"))
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
    } or any(word in NOT_IN_NAMES or is_role_word(word) for word in words):
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
        and text.lower().split()[-1] not in _NO_LAST_WORDS
    )


_NO_LAST_WORDS = frozenset(["on", "at", "for", "in", "of", "to", "by", "the", "and", "from", "with", "via", "as", "says", "said", "sagt", "sagte", "schreibt", "dit", "dice", "disse"])  # fmt: skip


_SIGLA = re.compile(r"[^\W\d_]{2,6}(?:/[^\W\d_]{2,6}){1,2}")
"""The short signs of an editor and an agency, ``ab/dpa``."""


def handles(text: str) -> list[Credited]:
    """Under what name somebody signs who gives no full one; two first names with an "and" are two people."""
    pair = _FIRST_NAMES.fullmatch(text)
    names = list(pair.groups()) if pair else [text]
    return [Credited(name=name) for name in names] if all(map(_is_handle, names)) else []


_FIRST_NAMES = re.compile(r"([A-ZÀ-Þ][^\W\d_]+) (?:and|und|et|y) ([A-ZÀ-Þ][^\W\d_]+)")
