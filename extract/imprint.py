"""Place and publisher of a reference: "Leeds: Moor Press", "Leeds, Moor Press", "Moor Press, Leeds"."""

from __future__ import annotations

import re

from extract.names import LETTER, UPPER, is_organisation
from extract.publishers import is_place, is_publisher
from extract.reference_draft import MONTH, Draft, sentence_breaks

SPACE = " .,:;()–-\0"
"""What stands between the parts of a reference and belongs to none."""
# A stretch between commas, brackets and full stops; the stops of "D.C.", "J.M. Dent" and "Inc.," divide nothing.
PIECE = re.compile(r"(?:[^,.;()\0]|(?<=[A-Z])\.|\.(?=\w|,|\s?&))+")
WHEN = re.compile(rf"\s*[,.(]\s*(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?\b{MONTH}\b[^,]{{0,20}}$", re.IGNORECASE)
_PLACE_PUBLISHER = re.compile(
    rf"(?:(?<=[.,;(?!)\0”’\"])|(?<=[.,;(?!)\0”’\"]\s))\s*(?P<location>{UPPER}[^\0:;()?!]{{1,60}}?)\s?:\s?(?P<publisher>[\"“]?{UPPER}[^\0:;()?!]{{1,80}})(?=[\0;()]|$)"
)


def take_imprint(draft: Draft, start: int, floor: int = 0) -> int | None:
    """Takes place and publisher of the work whose title begins at ``start``; says where they begin.

    They stand behind ``floor``, and are not the first thing behind ``start``.
    """
    text = draft.rest
    for match in reversed(list(_PLACE_PUBLISHER.finditer(text, start + 1))):
        place = _place_start(text, *match.span("location"))
        if place is None or place < floor or not text[start:place].strip(SPACE):
            continue
        end = next((left for left, _ in sentence_breaks(text, *match.span("publisher"))), match.end("publisher"))
        if not _reads_as_imprint(text[place : match.end("location")], text[match.start("publisher") : end]):
            continue
        draft.take("location", place, match.end("location"))
        draft.take("publisher", match.start("publisher"), end)
        return place
    return _take_unmarked_publisher(draft, start, floor)


def _reads_as_imprint(place: str, publisher: str) -> bool:
    """Whether "x: y" is a place with its publisher, and not a title with its subtitle."""
    if is_place(place) or is_publisher(publisher):
        return True
    words = publisher.split()
    return len(words) <= 6 and len(place.split()) <= 3 and all(not w[0].islower() or len(w) <= 3 for w in words)


def _place_start(text: str, start: int, end: int) -> int | None:
    """Where the place name at the end of this stretch begins, if it is one: the words behind the last break."""
    breaks = list(sentence_breaks(text, start, end))
    start = breaks[-1][1] if breaks else start
    piece = text[start:end]
    if (is_place(piece) or breaks) and len(piece.split()) <= 6:
        return start
    comma = piece.rfind(", ")
    while comma != -1:
        if is_place(piece[comma + 2 :]) and not is_place(piece[:comma].split(", ")[-1]):
            return start + comma + 2
        comma = piece.rfind(", ", 0, comma)
    if len(piece.split()) <= 5 and re.fullmatch(rf"(?:{LETTER}|[.,'’/&\s-])+", piece):
        return start
    return None


def _take_unmarked_publisher(draft: Draft, start: int, floor: int) -> int | None:
    """Takes "…, Leeds, Moor Press" or "… Moor Press, Leeds" at the end; says where it begins, or None.

    Commas, brackets and full stops divide the text. The publisher is the last piece or the one before a place: a town of
    the table must stand beside it, or the piece must hold a publisher's word.
    """
    text = draft.rest
    pieces = [m.span() for m in PIECE.finditer(text, start) if m.group().strip(SPACE)]
    places = [i for i, p in enumerate(pieces) if is_place(text[slice(*p)])]
    if len(pieces) < 2 or pieces[-1][0] < floor:
        return None
    last = len(pieces) - 1
    first_place = last
    while first_place >= 0 and (first_place in places or _is_region(text[slice(*pieces[first_place])])):
        first_place -= 1
    first_place += 1
    if first_place <= last and first_place in places and first_place >= 2:
        before = pieces[first_place - 1]
        if not _is_name(text[slice(*before)]) or not _is_likely(text[slice(*before)]):
            return None
        draft.take("location", pieces[first_place][0], pieces[last][1])
        draft.take("publisher", *before)
        return before[0]
    if last - 1 in places and last >= 2 and _is_name(text[slice(*pieces[last])]):
        draft.take("location", *pieces[last - 1])
        draft.take("publisher", *pieces[last])
        return pieces[last - 1][0]
    if is_publisher(text[slice(*pieces[last])]) and _is_name(text[slice(*pieces[last])]):
        draft.take("publisher", *pieces[last])
        return pieces[last][0]
    return None


def _is_likely(text: str) -> bool:
    """Whether a name before a town is a publisher's and not the end of a title: by its words, or as short as an acronym."""
    return is_publisher(text) or is_organisation(text) or len(text.split()) <= 2


def _is_region(text: str) -> bool:
    return re.fullmatch(r"\s*(?:[A-Z]{2,3}|[A-Z]\.[A-Z]\.)\s*", text) is not None


def _is_name(text: str) -> bool:
    """Whether a piece can be a publisher: short, and every longer word of it is capitalised."""
    words = text.strip(SPACE).split()
    if WHEN.search(", " + text.strip(SPACE)) or any(c.isdigit() for c in text):
        return False
    return 0 < len(words) <= 8 and all(not w[0].islower() or len(w) <= 3 for w in words) and words[0][0].isupper()


def take_last_place(draft: Draft, start: int, end: int) -> int:
    """Takes a town at the end ("… in transition, Bristol."), and says where what stands before it ends."""
    pieces = [m.span() for m in PIECE.finditer(draft.rest, start, end) if m.group().strip(SPACE)]
    if len(pieces) > 1 and is_place(draft.rest[slice(*pieces[-1])]):
        draft.take("location", *pieces[-1])
        return pieces[-1][0]
    return end


def take_last_name(draft: Draft, start: int) -> None:
    """Takes the only name behind volume or pages ("… (Vol. 2), Heron and Daughters") for the publisher."""
    pieces = [m.span() for m in PIECE.finditer(draft.rest, start) if m.group().strip(SPACE)]
    if len(pieces) == 1 and _is_name(draft.rest[slice(*pieces[0])]):
        draft.take("location" if is_place(draft.rest[slice(*pieces[0])]) else "publisher", *pieces[0])
