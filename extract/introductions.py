"""Authors whom a sentence introduces: "This blog is written by …", "Ann Example, director of the Example Trust, reflects on …"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from extract.declared_authors import Found, persons
from extract.person_words import is_generic
from extract.persons import Credited, credited, from_bio
from extract.sight import Sight

_TITLE = r"(?:(?:Dr|Prof(?:essor)?|Rev(?:d|erend)?|Sir|Dame|Cllr|Lord|Lady|Baroness|Mr|Mrs|Ms|Miss)\.?\s+)?"
_NAME = rf"{_TITLE}[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:(?:de|la|van|von|der|al|el|bin|ap|du|di)\s+)*[A-ZÀ-Þ][\w.'’-]+){{1,3}}"
# What an author does in a standfirst. Not "says" and "tells": so are the quoted and the interviewed introduced.
_AUTHORS_DO = (
    "writes|blogs|reflects|shares|explores|considers|discusses|outlines|examines|looks|sets out|explains|introduces|asks|argues|"
    "makes the case|responds|takes a look|describes|investigates|reviews"
)
_TEXTS = r"(?:blog(?:\s?post)?|post|article|piece|essay|column|entry|opinion piece)"

# Name, pattern with the group "who" (a byline then), why. The first that matches a line, and names somebody, counts.
_SENTENCES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "written by",
        re.compile(
            rf"^(?:this (?:guest )?{_TEXTS}(?: post)? (?:is|was|has been|comes|came) |(?:guest |blog )?(?:post|blog|article) )"
            r"(?:written|contributed|authored|posted|by|from)\b(?: by)?\s+(?P<who>.{4,300}?)\.?$",
            re.I,
        ),
        "says so in words",
    ),
    (
        "guest",
        re.compile(
            rf"^(?:(?:this|today['’]s|our|an?)\s+)?(?:is\s+)?(?:an?\s+)?guest\s+(?:{_TEXTS}|blogger|author|contributor|columnist|writer)(?: post)?"
            r"(?:,|:)?\s+(?:(?:is|comes|came|was|written|contributed)\s+)?(?:by\s+|from\s+)?(?P<who>.{4,300}?)\.?$",
            re.I,
        ),
        "hosts introduce their guests so",
    ),
    (
        "writes X",
        re.compile(
            r"^.{20,240}?,\s+(?:writes|says|argues|asks|reports|explains)\s+(?P<who>[A-ZÀ-Þ][\w.'’-]+(?:\s+[\w.'’-]+){1,3})\W*$"
        ),
        "the whole line is the author's thesis",
    ),
    (
        "X reflects",
        re.compile(
            rf"^(?:In (?:this|our latest|the latest|her|his|their|a)\s(?:\w+\s){{0,2}}?{_TEXTS},?\s+)?"
            rf"(?P<who>(?:(?:[Oo]ur\s)?[^.,;:!?“\"]{{3,60}},?\s)?{_NAME}(?:(?:,|\sof|\sfrom|\sat|\s\()[^.;:!?“\"]{{2,120}}?)??)[,)]?\s+(?:{_AUTHORS_DO})\b[^“\"]{{0,250}}$"
        ),
        "standfirsts say what the author does in the text",
    ),
)
_LONGEST = 400
_PLAIN = frozenset({"written by", "guest"})
"""The sentences that say nothing else than who wrote: an account that put the post in place does not stand against them."""


_INTERVIEW = re.compile(r"\binterview|\bq\s?&\s?a\b|\bin conversation\b", re.I)
"""There, who discusses and explains is the one who is asked."""


def from_statement(sight: Sight) -> Iterator[Found]:
    """The people whom a line before or at the head of the text says to have written it: ``This guest blog is by Ann Example``."""
    blocks = sight.page.layout.blocks
    for block in blocks[max(0, sight.start - 3) : sight.start + 2]:
        if len(block.text) <= _LONGEST and not sight.is_elsewhere(block.element):
            found = [
                p for p in persons(introduced(block.text, _PLAIN), block.text, "sentence") if not is_generic(p.name)
            ]
            if found:
                yield found


def from_sentence(sight: Sight) -> Iterator[Found]:
    """The people whom a sentence between the title and the first paragraphs introduces as the text's authors."""
    blocks = sight.page.layout.blocks
    for i in range(max(0, sight.start - 3), min(len(blocks), sight.start + 4)):
        text = blocks[i].text
        if len(text) > _LONGEST or sight.is_elsewhere(blocks[i].element):
            continue
        names = introduced(text) if not _INTERVIEW.search(f"{sight.title} {text}") else introduced(text, _PLAIN)
        if not names and i <= sight.start + 2 and (bio := from_bio(text)):
            names = [bio]
        found = [p for p in persons(names, text, "sentence") if not is_generic(p.name)]
        if found:
            yield found


def introduced(text: str, kinds: Container[str] | None = None) -> list[Credited]:
    """The authors that one sentence (of these ``kinds``, if given) introduces; empty if it introduces none."""
    for kind, pattern, _ in _SENTENCES:
        said = pattern.match(text) if kinds is None or kind in kinds else None
        names = [p for p in credited(said["who"]) if p.family] if said else []
        if names:
            return names
    return []
