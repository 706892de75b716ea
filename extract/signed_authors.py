"""Authors whom only the place of their name tells: under the title, at the foot of the text, in a box about them, in answers to comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from extract.byline_labels import said_by
from extract.calendar_words import dates_in
from extract.declared_authors import Found, persons
from extract.elements import lines_of
from extract.given_names import is_given_name
from extract.layout import Block
from extract.marked_authors import AUTHOR_HREF
from extract.person_words import is_generic
from extract.persons import Credited, as_person, credited, names_role
from extract.places import zones_above
from extract.sight import Sight
from extract.zones import Names


def from_signature(sight: Sight) -> Iterator[Found]:
    """The article's last line, where it is a name: with a role, behind a dash, or alone right behind the last sentence."""
    blocks = sight.page.layout.blocks
    for i in range(min(len(blocks), sight.end + 2) - 1, max(sight.start, sight.end - 4), -1):
        block = blocks[i]
        if len(block.text) > 100 or block.is_heading or block.link_density > 0.5 or sight.is_elsewhere(block.element):
            continue
        names = credited(_lines(block).lstrip("–—- ")) if _SIGNED.match(block.text) else []
        if len(names) != 1 or is_generic(names[0].name):
            continue
        if _is_said_before(sight, i):
            continue  # who is quoted there
        is_set_off = _has_given_name(names[0]) or _SET_RIGHT.search(_style(block)) is not None
        if names[0].role or block.text[0] in "–—-" or (i >= sight.end - 1 and _closes(sight, i) and is_set_off):
            yield persons(names, block.text, "signature")


_SIGNED = re.compile(r"^[–—-]?\s*(?:[A-ZÀ-Þ][\w.'’-]*\s+){1,3}[A-ZÀ-Þ][\w.'’-]+(?:,?\s+[^.!?]{3,60})?$")


_SET_RIGHT = re.compile(
    r"text-align:\s*right|(?:^|\s)(?:has-)?(?:text-)?(?:align-?right|right-?align)(?:\s|$)|^right\b", re.I
)
"""As letters and newspapers set the name of who signs: in a style, or by the classes of editors."""


def _style(block: Block) -> str:
    element = block.element
    return " ".join(element.get(name) or "" for name in ("align", "class", "style"))


def _lines(block: Block) -> str:
    return "".join(part for part, _ in block.parts)


def _is_said_before(sight: Sight, i: int) -> bool:
    """Whether what stands before a line is a quotation, whose speaker the line names then."""
    before = sight.page.layout.blocks[i - 1]
    text = before.text
    return (text[0] in _QUOTES and text[-1] in _QUOTES) or any(
        next(b.element.iterancestors("blockquote"), None) is not None or b.tag == "blockquote"
        for b in (before, sight.page.layout.blocks[i])
    )


_QUOTES = "\"'“”‘’„«»"


def _has_given_name(person: Credited) -> bool:
    return person.honorific is not None or is_given_name((person.given or "").split(" ")[0])


def _closes(sight: Sight, i: int) -> bool:
    """Whether a line that is a name and nothing else stands right behind a paragraph, and is no picture's."""
    block, before = sight.page.layout.blocks[i], sight.page.layout.blocks[i - 1]
    return (
        block.tag in ("p", "div")
        and len(before.text) > 60
        and as_person(block.text) is not None
        and "caption" not in zones_above(block.element)
    )


def from_name_line(sight: Sight) -> Iterator[Found]:
    """A line that is a name and nothing else, or several with their offices, between title and text, or above the title."""
    if sight.title_at is None:
        return
    blocks = sight.page.layout.blocks
    for i in range(max(0, sight.title_at - 2), min(len(blocks), sight.start + 2, sight.title_at + 4)):
        block = blocks[i]
        if i == sight.title_at or block.is_heading or len(block.text) > 180 or sight.is_elsewhere(block.element):
            continue
        if several := _several(sight, block):
            yield persons(several, block.text, "name line")
        if len(block.text) > 100:
            continue
        person = _lone_name(block.text, is_caption="caption" in zones_above(block.element))
        if (
            person is None or is_generic(person.name) or _is_in_address(person.name, sight)
        ):  # "Log Out" has the form of a name
            continue
        if _is_evident(sight, i, person):
            yield persons([person], block.text, "name line")


def _several(sight: Sight, block: Block) -> list[Credited]:
    """The people whom all of a line names, with offices or without, each known for one by an honorific or a given name."""
    text = block.text
    if " and " not in text and " & " not in text and " und " not in text:
        return []
    if _SPEAKS.search(text) or "caption" in zones_above(block.element):
        return []
    people = credited(text)
    title = sight.page.layout.blocks[sight.title_at or 0].text.casefold()
    is_named = len(people) > 1 and _starts_with(text, people[0]) and len(people) * _MOST_WORDS >= len(text.split())
    if is_named and all(p.family and not is_generic(p.name) and _has_given_name(p) for p in people):
        return [] if any(p.name.casefold() in title for p in people) else people
    return []


_MOST_WORDS = 12  # of a name and its office


def _is_evident(sight: Sight, i: int, person: Credited) -> bool:
    """Whether more than its form says that a line is a person's name: two capitalised words may be anything.

    A link to an author's page; a role, an honorific or an account with it; a given name; a day printed beside it; the same
    line over again behind the article, at the head of a note. A line that is linked elsewhere is a section's or a
    product's, and one that the title repeats is its subject.
    """
    blocks = sight.page.layout.blocks
    href = next((href for _, href in blocks[i].parts if href), "")
    if href or person.name.casefold() in blocks[sight.title_at or 0].text.casefold():
        is_own = person.name.casefold().replace(" ", "-") in href.casefold() and _has_given_name(person)
        return bool(AUTHOR_HREF.search(href)) or is_own
    if person.role or _ACCOUNT.search(blocks[i].text) or _has_given_name(person):
        return True
    behind = blocks[max(sight.end - 1, i + 3) : sight.end + _BIO_REACH]
    if any(b.text == blocks[i].text and len(after.text) > 60 for b, after in pairwise(behind)):
        return True
    beside = [blocks[j].text for j in (i - 1, i + 1) if 0 <= j < len(blocks) and len(blocks[j].text) <= 80]
    return any(names_role(text) or next(dates_in(text, day_first=sight.day_first or True), None) for text in beside)


def _lone_name(text: str, *, is_caption: bool) -> Credited | None:
    """The person whose name is all of a line, with an account or with role and organisation: so under a portrait too."""
    person = as_person(_ACCOUNT.sub("", said_by(text) or text))
    if person is None or is_caption:
        offices = credited(text) if text.count(",") in (1, 2) and not _SPEAKS.search(text) else []
        person = offices[0] if len(offices) == 1 and offices[0].role and _starts_with(text, offices[0]) else None
    return person


_SPEAKS = re.compile(r"[.!?]$|[“”\":;]")
"""Marks of a sentence or of speech, which no name with its office has."""


def _starts_with(text: str, person: Credited) -> bool:
    return text.casefold().removeprefix(f"{person.honorific or ''} ".casefold()).startswith(person.name.casefold())


_ACCOUNT = re.compile(r",?\s*@\w+$")


def _is_in_address(name: str, sight: Sight) -> bool:
    """Whether the page's address holds the words of a name, not behind ``/author/``: a section's or the title's then."""
    slug = "-".join(re.findall(r"\w+", unfolded(name)))
    path = unfolded(sight.page.path)
    return re.search(rf"(?<![a-z0-9]){re.escape(slug)}(?![a-z0-9])", path) is not None and not AUTHOR_HREF.search(path)


_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "_": "-", "+": "-"})


def unfolded(text: str) -> str:
    """``text`` as addresses spell it: small, without accents."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_ASCII))
    return "".join(c for c in bare if not unicodedata.combining(c))


def from_bio_box(sight: Sight) -> Iterator[Found]:
    """A name at the end of the article that heads a line about its bearer: ``Ann Example`` / ``Ann Example is …``.

    Or one in a part of the page that is named as about the author. Where several people are so presented they are the subject.
    """
    blocks = sight.page.layout.blocks
    found: list[tuple[Block, Credited]] = []
    for i in range(max(sight.start + 1, sight.end - _BIO_REACH), min(len(blocks) - 1, sight.end + 8)):
        person = as_person(_ALL_POSTS.sub("", blocks[i].text)) if len(blocks[i].text) <= 60 else None
        if person is None or person.given is None or sight.is_elsewhere(blocks[i].element):
            continue
        is_box = i >= sight.end - 1 and "author" in zones_above(blocks[i].element) and not is_generic(person.name)
        if is_box or _is_about(person, blocks[i + 1].text):
            found.append((blocks[i], person))
    if len({person.name for _, person in found}) == 1:
        block, person = found[0]
        yield persons([person], block.text, "bio")


# The link of such boxes to the author's other posts.
_ALL_POSTS = re.compile(
    r"^(?:(?:view|see|read)\s+)?(?:all|more)(?:\s+(?:posts|articles|stories|entries))?\s+(?:by|from)\s+"
    r"|^(?:alles|mehr|alle\s+(?:beiträge|artikel)|weitere\s+(?:beiträge|artikel))\s+von\s+|^(?:voir\s+)?tous\s+les\s+articles\s+(?:de|par)\s+"
    r"|^ver\s+todas\s+las\s+entradas\s+(?:de|por)\s+|\s*[→»›]$",
    re.I,
)
_BIO_REACH = 12  # blocks: notes, references and sign-up forms follow the box in some themes


def _is_about(person: Credited, told: str) -> bool:
    """Whether a line begins as notes on people do: ``Ann Example, a warden, is …``, ``Ann writes …``."""
    return bool(
        re.match(
            rf"(?:{re.escape(person.name)}|{re.escape(person.given or person.name)})(?:,[^.]{{3,80}},)? "
            r"(?:is|has|was|works|writes|leads|ist|hat|war|arbeitet|schreibt|leitet|est|es|è)\b",
            told,
        )
    )


def from_full_name(sight: Sight, first_name: str) -> Found:
    """The full name under which a note beside the article introduces somebody known by a first name: ``Ann Example – warden, …``.

    Of an account of two names, ``ann.example``, the name as the end of the article signs it: ``(Ann B. Example)``.
    """
    if parts := _ACCOUNT_OF_NAMES.fullmatch(first_name):
        return _signed_in_full(sight, parts["given"], parts["family"])
    told = re.compile(
        rf"(?P<name>{re.escape(first_name)}(?:\s+[A-ZÀ-Þ][\w.'’-]*){{1,3}}?)(?:,|\s+[–—-]|\s+(?:is|was|has|writes|ist|war|hat|schreibt|est|es|è)\b)"
    )
    blocks = sight.page.layout.blocks
    top = sight.title_at if sight.title_at is not None else sight.start
    for i in (*range(sight.end, min(len(blocks), sight.end + 8)), *range(max(0, top - 3), min(len(blocks), top + 12))):
        block = blocks[i]
        if (
            "author" in zones_above(block.element)
            and (said := told.match(block.text))
            and not sight.is_elsewhere(block.element)
        ):
            person = as_person(said["name"])
            if person is not None:
                return persons([person], block.text, "bio")
    return []


_ACCOUNT_OF_NAMES = re.compile(r"(?P<given>[a-z]{2,})[._-](?P<family>[a-z]{2,})")


def _signed_in_full(sight: Sight, given: str, family: str) -> Found:
    signed = re.compile(rf"(?:^|[(–—]\s*)({given}(?:\s+[A-Z]\.)*\s+{family})\)?(?:\W*$)", re.I)
    for block in sight.page.layout.blocks[max(sight.start, sight.end - 3) : sight.end + 2]:
        said = signed.search(block.text[-80:])
        person = as_person(said[1]) if said and said[1][0].isupper() else None
        if person is not None:
            return persons([person], block.text[-80:], "signature")
    return []


_OWN_COMMENT = Names(r"^bypostauthor$")
_COMMENTER = Names(r"^(?:fn|comment-author(?:-name)?|commentauthor|author)$")


def from_own_comments(sight: Sight) -> Iterator[Found]:
    """Who answers the comments as the post's author: WordPress marks such comments ``bypostauthor`` under any theme."""
    page = sight.page
    for comment in page.layout.elements(_OWN_COMMENT):
        inside = set(comment.iter())
        for element in page.layout.elements(_COMMENTER):
            if element in inside:
                said = _SAYS.sub("", lines_of(element, 120)).split("\n")[0]
                names = [p for p in persons(credited(said, marked=True), said, "own comment") if not is_generic(p.name)]
                if names:
                    yield names
                    return


_SAYS = re.compile(r"\s+(?:says?|said|sagte?|meint|schreibt|dit|dice|disse)\b.*|\s*:\s*$", re.I | re.S)
