"""The names that stand in a reference: a list of authors or editors, in the orders that styles print them.

"Moss, Ada", "Moss, A. B.", "Moss AB", "A. B. Moss", "Ada Moss", "MOSS, A.; REED, C.", "Moss, A. and B. Reed",
"Moss A, Reed C, et al.", and organisations, which stay whole. The grammar is a table of forms, each one linear regex,
tried at one place after another; nothing here backtracks over the list.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from extract.records import Name
from extract.words import word_set


def letter_class(test: Callable[[str], bool]) -> str:
    """The characters of Latin, Greek and Cyrillic that pass ``test``, as the inside of a regex class."""
    blocks = (*range(0x41, 0x530), *range(0x1E00, 0x2000))
    found = [c for c in blocks if c <= sys.maxunicode and chr(c).isalpha() and test(chr(c))]
    ranges: list[list[int]] = []
    for c in found:
        if ranges and c == ranges[-1][1] + 1:
            ranges[-1][1] = c
        else:
            ranges.append([c, c])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


UPPER = f"[{letter_class(str.isupper)}]"
LOWER = f"[{letter_class(str.islower)}]"
LETTER = r"[^\W\d_]"
APOSTROPHES = "'’‘ʼ`´"
HYPHENS = "‐‑‒–-"  # the plain one last: it stands at the end of character classes

# Longest first, so that "van der" is not read as "van" and a name "der".
PARTICLES = (
    "van der", "van den", "van de", "von der", "von dem", "de la", "de las", "de los", "dos", "das", "del", "della",
    "dello", "delle", "dalla", "den", "der", "des", "van", "von", "vom", "zur", "zum", "ter", "ten", "bin", "ben", "dal",
    "di", "da", "do", "du", "de", "la", "le", "el", "al", "af", "av", "zu", "st.",
)  # fmt: skip
PARTICLE = "(?:" + "|".join(re.escape(p) for p in PARTICLES) + rf"|d[{APOSTROPHES}])"
WORD = rf"(?:{UPPER}[{APOSTROPHES}])?{UPPER}(?:{LETTER}|[{APOSTROPHES}{HYPHENS}](?={LETTER}))+"
INITIAL = rf"{UPPER}{LOWER}{{0,2}}\."
INITIALS = rf"{INITIAL}(?:\s?[{HYPHENS}]?\s?{INITIAL}){{0,4}}"
BARE = rf"(?:{UPPER}(?:[\s{HYPHENS}]?{UPPER}){{1,3}}(?![\w{APOSTROPHES}]|[{HYPHENS}]\w)|{UPPER}(?![\w.{APOSTROPHES}]|[{HYPHENS}]\w))"
SUFFIX = r"(?:,?\s(?:Jr\.?|Sr\.?|II|III|IV)(?!\w))?"
FAMILY = rf"(?:(?:{PARTICLE}|{PARTICLE.replace('(?:', '(?i:', 1)})\s?){{0,2}}{WORD}(?:\s(?:{PARTICLE}\s)?{WORD}){{0,2}}"
GIVEN = rf"{WORD}(?:\s{WORD}){{0,2}}(?:\.?\s{INITIALS})?(?:\s{UPPER}(?![\w.]))?(?:\s{PARTICLE}(?=[,.;:\s(]|$))?"
CAPITALS = rf"{UPPER}(?:{UPPER}|[{APOSTROPHES}{HYPHENS}](?={UPPER})){{2,}}(?!{LOWER})"
MIXED = rf"{UPPER}{LOWER}(?:{LETTER}|[{APOSTROPHES}{HYPHENS}](?={LETTER}))*"
AFTER = rf"(?=\s*(?:[,.;:/()\[&\"“‘]|$)|\s+(?:and|und|et|y|e|with|eds?\.|{UPPER}?\d))"

# The forms in the order they are tried. The strong ones hold an initial or stand inverted, and need no more evidence.
FORMS: tuple[tuple[str, str], ...] = (
    ("capital family", rf"(?P<family>{CAPITALS}(?:\s{CAPITALS})?)\s(?P<given>{MIXED}(?:\s{MIXED})?(?:\s{INITIALS})?){AFTER}"),
    ("inverted initials", rf"(?P<family>{FAMILY}){SUFFIX},\s*(?P<given>{INITIALS}(?:\s?{UPPER}(?=\s*[,;&(]|\s+(?:and|AND)\b))?(?:\s{PARTICLE}(?=[,.;:\s(]))?)"),
    ("inverted bare", rf"(?P<family>{FAMILY}){SUFFIX},\s*(?P<given>{BARE})"),
    ("natural initials", rf"(?P<given>{INITIALS}\s?|{UPPER}(?:\s{UPPER})?\s)(?P<family>{FAMILY}){SUFFIX}"),
    ("trailing initials", rf"(?P<family>{FAMILY})\s(?P<given>(?:{BARE}|{INITIALS}(?!\s(?:{PARTICLE}\s)?{WORD}(?:\s*[,;(/]|\s*$|\s(?:and|&)\s)))(?:\s{PARTICLE}(?=[,.;:\s(]))?){SUFFIX}"),
    ("inverted given", rf"(?P<family>{FAMILY}){SUFFIX},\s*(?P<given>{GIVEN}){AFTER}"),
    ("natural given", rf"(?P<given>{WORD}(?:\s{INITIALS}|\s{UPPER}(?![\w.])|\s{WORD}(?=\s(?:{PARTICLE}\s)?{UPPER})){{0,3}})"
                      rf"\s(?P<family>(?:{PARTICLE}\s?)?{WORD}){SUFFIX}{AFTER}"),
)  # fmt: skip
_FORMS = {name: re.compile(pattern) for name, pattern in FORMS}
_WORDS_ONLY = {"natural given", "inverted given", "capital family"}
# Which forms may follow a name of a form. "Moss, Ada and Carl Reed": after an inverted first name come natural ones.
_FOLLOWERS: dict[str, tuple[str, ...]] = {
    "inverted initials": ("inverted initials", "natural initials", "inverted bare", "trailing initials"),
    "inverted bare": ("inverted bare", "inverted initials", "trailing initials", "natural initials"),
    "natural initials": ("natural initials", "natural given"),
    "trailing initials": ("trailing initials", "inverted bare", "inverted initials", "natural initials"),
    "capital family": ("capital family",),
    "inverted given": ("inverted given", "natural initials", "natural given", "inverted initials"),
    "natural given": ("natural given", "natural initials"),
}

_ARTICLE = re.compile(r"(?:The|Der|Die|Das|Les?|La|Los|Las|O|A|An)\s")
_NO_NAME = re.compile(r"(?:The|An?)\s")  # "Le Goff, J." and "La Porta R" are people, "The Trust, A." is nobody
# Behind an "and" a name may stand in its natural order, whatever the order of those before it.
_CONJOINED = ("natural initials", "natural given")

_AND = re.compile(r"\s*[,;]?\s*(?:&(?:amp;)?\.?,?|\b(?:and|AND|und|et|y|e|with|ve|og|och|en)\b)\s*(?!al\b)")
_SEPARATOR = re.compile(r"\s*[;,/]\s*|\s*[–—]\s+|\s/\s")
_ET_AL = re.compile(
    r"\s*[,;]?\s*(?:\(?\bet\.?\s*al\b\.?\)?|(?:and|&)\s+(?:others|colleagues)\b|\bu\.\s?a\.|\[et al\.?\])",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*,?\s*[(\[]?\s*\b(?:eds?\b\.?|editors?\b|edited by\b|hrsg\b\.?|hgg?\b\.|orgs?\b\.|coords?\b\.?|dir\b\.|comps?\b\.?)\s*[)\]]?",
    re.IGNORECASE,
)

# Words that make a name an organisation's. Whole words, any case.
ORGANISATION_WORDS = word_set(
    "academy action administration agency alliance archive archives assembly assembly's association authority bank board bureau cabinet "
    "campaign centre center charity church college commission committee community confederation conference congress "
    "consortium cooperative corporation council court department directorate division education eurostat executive federation "
    "forum foundation fund government group health home house initiative inquiry institut institute institution "
    "international library ministry mission movement museum nations network observatory office organisation organization parliament "
    "partnership party police programme project research secretariat senate service services society staff statistics survey "
    "taskforce team trust union unit united university ngo ltd inc plc gmbh"
)


# "In 2012, Leeds closed four halls" begins with a year, but names nobody before it.
_NO_FIRST_WORDS = word_set(
    "in on at by from since until during after before around between as for to and but when while it this that see"
)
# "Halls in (2016)" is a title that goes on, and no organisation.
_NO_LAST_WORDS = word_set("in on at by of for from to and or the a an with as is are was")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name and where it stands in the text it was read from."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameList:
    """Names one after another. ``end`` is behind the last (and behind "et al." and an editor's mark)."""

    names: tuple[PrintedName, ...]
    et_al: bool
    are_editors: bool
    end: int
    is_strong: bool
    """Whether a name is inverted or has initials, so that it can hardly be the beginning of a title."""
    has_initials: bool = False
    """Whether some name has initials: "Field, Study" may be two words of a title, "Field, S." is a person."""


def is_organisation(text: str) -> bool:
    """Whether the words of ``text`` say that it names an organisation."""
    return any(w.casefold() in ORGANISATION_WORDS for w in re.findall(r"[^\W\d_]+", text))


def scan_names(text: str, start: int = 0, end: int | None = None) -> NameList | None:
    """The list of names that begins at ``start``, or None if no person's name stands there."""
    end = len(text) if end is None else end
    names: list[PrintedName] = []
    used: set[str] = set()
    forms: tuple[str, ...] = tuple(_FORMS)
    at, et_al, conjoined = start, False, False
    while at < end:
        found = _first_form(text, at, end, forms)
        if found is None:
            break
        form, match = found
        names.append(PrintedName(_name(match), match.start(), match.end()))
        used.add(form)
        forms, at = _FOLLOWERS[form], match.end()
        if (more := _ET_AL.match(text, at, end)) is not None:
            et_al, at = True, more.end()
            break
        step, conjoined = _step(text, at, end, conjoined, form)
        if step is None:
            break
        if conjoined:
            forms = (*forms, *_CONJOINED)
        if (more := _ET_AL.match(text, step, end)) is not None:
            et_al, at = True, more.end()
            break
        if _first_form(text, step, end, forms) is None:
            break
        at = step
    if not names:
        return None
    role = _ROLE.match(text, at, end)
    at = role.end() if role else at
    return NameList(tuple(names), et_al, role is not None, at, used != {"natural given"}, not used <= _WORDS_ONLY)


def _step(text: str, at: int, end: int, conjoined: bool, form: str) -> tuple[int | None, bool]:
    """Where the next name would begin, and whether an "and" has been seen: behind it only "and" leads on."""
    if (m := _AND.match(text, at, end)) is not None:
        return m.end(), True
    if not conjoined and (m := _SEPARATOR.match(text, at, end)) is not None:
        return m.end(), False
    if form == "inverted initials" and text[at - 1 : at + 1] == ". " and _FORMS[form].match(text, at + 1, end):
        return at + 1, conjoined  # "Moss, A. Reed, C. and Hale, B."
    return None, conjoined


def _first_form(text: str, at: int, end: int, forms: tuple[str, ...]) -> tuple[str, re.Match[str]] | None:
    for form in forms:
        match = _FORMS[form].match(text, at, end)
        if match is None or (_ARTICLE if form in _WORDS_ONLY else _NO_NAME).match(match.group()):
            continue
        if is_organisation(match.group()):
            continue
        if form == "inverted given" and (_reads_as_two(match) or _reads_as_title(match)):
            continue
        return form, match
    return None


def _reads_as_two(match: re.Match[str]) -> bool:
    """Whether "Ada Moss, Carl Reed" was taken for one inverted name: both halves are a given name and a family name."""
    first, second = match.group("family").split(), match.group("given").split()
    return len(first) > 1 and first[0].casefold() not in PARTICLES and len(second) > 1 and not second[-1].endswith(".")


# "Ada Moss, Collaboration without end": what follows the comma goes on as a title does
_GOES_ON = re.compile(r"\s+(?!(?:and|et|with|und|e|y)\b)[a-z]")


def _reads_as_title(match: re.Match[str]) -> bool:
    """Whether the given name is the first word of a title, and "Ada Moss" before the comma the whole name."""
    return len(match.group("family").split()) > 1 and _GOES_ON.match(match.string, match.end()) is not None


def _name(match: re.Match[str]) -> Name:
    family, given = " ".join(match.group("family").split()), " ".join(match.group("given").split())
    if (
        match.string[match.start("given") : match.end("given")].isupper()
        and len(given) > 3
        and not family.isupper()
        and "." not in given
    ):
        family, given = given, family  # "MOSS Ada": the family name is the one in capitals
    before, _, last = given.rpartition(" ")
    if before and last.casefold() in PARTICLES and match.start("given") < match.start("family"):
        family, given = f"{last} {family}", before  # "Peter Van der Hoek"
    return Name(family=family, given=given)


def whole_names(text: str, start: int, end: int) -> NameList | None:
    """The names of a stretch that holds nothing else. What is no person's name is one organisation.

    None when the stretch is empty, or too long to be anybody's name.
    """
    while end > start and text[end - 1] in " \t,.;:(-–—":
        end -= 1
    while start < end and text[start] in " \t,;:":
        start += 1
    if start >= end:
        return None
    listed = scan_names(text, start, end)
    if listed is not None and _is_nothing(text[listed.end : end]):
        return listed
    if listed is not None and len(listed.names) > 1:
        return listed
    stretch = text[start:end]
    role = re.search(_ROLE.pattern + r"\s*$", stretch, re.IGNORECASE)
    if (et_al := re.search(_ET_AL.pattern + r"[\s,.]*$", stretch, re.IGNORECASE)) is not None:
        stretch = stretch[: et_al.start()]
    elif role is not None and role.start() > 0:
        stretch = stretch[: role.start()]
    if len(stretch.split()) > 14 or not stretch.strip(" .,") or stretch.split()[0].casefold() in _NO_FIRST_WORDS:
        return listed
    if stretch.split()[-1].casefold() in _NO_LAST_WORDS:
        return listed
    if listed is not None and listed.is_strong and not is_organisation(stretch):
        return listed
    if _FAMILIES.fullmatch(stretch.strip()) is not None and not is_organisation(stretch):
        alone = list(_FAMILY.finditer(text, start, start + len(stretch)))
        names = tuple(PrintedName(Name(family=" ".join(m.group().split())), m.start(), m.end()) for m in alone)
        return NameList(names, et_al is not None, role is not None, end, False)
    literal = Name(literal=" ".join(stretch.split()))
    printed = PrintedName(literal, start, start + len(stretch))
    return NameList((printed,), et_al is not None, role is not None, end, False)


# "Moss and Reed (2010)", "Moss / van Dyke": the way of blogs.
_FAMILY = re.compile(rf"(?:{PARTICLE}\s)?{WORD}")
_FAMILIES = re.compile(
    rf"{_FAMILY.pattern}(?:\s*[,/]\s*{_FAMILY.pattern})*\s*(?:,\s*)?(?:\b(?:and|et)\b|&|/)\s*{_FAMILY.pattern}"
)


def behind_et_al(text: str, at: int) -> int:
    """Where an "et al." that stands at ``at`` ends; ``at`` if none does."""
    match = _ET_AL.match(text, at)
    return match.end() if match is not None else at


def _is_nothing(text: str) -> bool:
    return not re.search(r"\w", text)
