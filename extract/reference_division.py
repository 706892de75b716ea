"""Title, container, editors, place and publisher: dividing what is left of a reference when the certain parts are taken."""

from __future__ import annotations

import re

from extract.imprint import PIECE, SPACE, WHEN, take_imprint, take_last_name, take_last_place
from extract.names import UPPER, is_organisation, scan_names, whole_names
from extract.publishers import is_place, is_publisher
from extract.reference_draft import COMMA, UPPERS, Draft, last_match, sentence_breaks

_GENRE = re.compile(
    r"[(\[]?\b(?P<genre>(?:unpublished\s+|unver[öo]ff\.?\s+)?(?:ph\.?\s?d\.?|d\.?phil\.?|doctoral|master[’']?s?(?:\s+of\s+\w+)?|m\.?a\.?|m\.?sc\.?|mba|bachelor[’']?s?|"
    r"th[èe]se\s+de|tese\s+de|habilitations?)\s*(?:in\s+\w+\s+)?[-\s]?(?:thesis|dissertation|doctorat|doutorado|schrift))\b[)\]]?", re.IGNORECASE,
)  # fmt: skip
_PRESENTED = re.compile(
    r"[(\[]?\b(?:(?:unpublished|conference|working)\s+)?(?:paper\s+|poster\s+|lecture\s+|keynote\s+)?(?:presented|delivered|given|read|prepared)\s+(?:at|to|for|on)\s+", re.IGNORECASE
)  # fmt: skip
_CONFERENCE_END = re.compile(
    r"\b(?:conference|symposium|congress|workshop|meeting|seminar|convention)\b", re.IGNORECASE
)
_IN = re.compile(
    rf"(?:(?<=[.,;:?!)”’\"'»\0])|(?<=[.,;:?!)”’\"'»\0]\s)|(?<=\s[-–]\s))\s*\(?\b(?:In|IN|in|Em|En|Dans)\b\s*(?::\s*|\s+(?=[“‘\"'(„«{UPPERS}]))|\s//\s"
)
_EDITED_BY = re.compile(
    rf"[,.(\[/]?\s*\b(?:edited\s+by|eds?\.?\s+by|eds?\.|hrsg\.?\s+von|hg\.?\s+von|org\.)\s+(?={UPPER})", re.IGNORECASE
)
_EDITORS_MARKED = re.compile(
    r"[^\0()]{3,120}(?:\(\s*(?:eds?|editors?|hrsg|hgg?|orgs?|coords?)\.?\s*\)|,\s+eds?\.(?=\s+[A-Z“‘]))", re.IGNORECASE
)
_EDITION = re.compile(
    r"\s*[,.(\[]*\s*\b(?:\d{1,2}(?:st|nd|rd|th|[ªa°])?\.?|first|second|third|fourth|fifth|sixth|rev(?:ised|\.)?|new|updated|expanded)\s+(?:rev(?:ised|\.)\s+)?"
    r"(?:ed(?:n|ition)?|aufl(?:age)?|[ée]d(?:ition)?)\b\.?[)\]]?", re.IGNORECASE,
)  # fmt: skip
_NUMBERED_SERIES = re.compile(r"\b(?:working|discussion|policy|research|occasional)\s+papers?\b", re.IGNORECASE)
# What abbreviated names of journals begin with: "Proc. Natl. Acad. Sci." stands where others have a title.
_JOURNAL_START = re.compile(
    r"\s*(?:[A-Z]{1,5}|Proc|Phys|Physica|Am|Ann|Rev|Nucl|Astron|Astrophys|Chem|Biol|Math|Trans|Bull|Acta|Arch|Int|Eur|Europhys|Can|Aust|Appl|Adv|Biochem|"
    r"Biophys|Clin|Comm|Commun|Comput|Electron|Exp|Geophys|Inorg|Inst|Jpn|Lett|Mat|Mater|Mech|Med|Mod|Mol|Nat|Neurosci|Opt|Org|Philos|Phil|Prog|"
    r"Psychol|Publ|Rep|Sci|Soc|Solid State|Spectrochim|Surf|Theor|Zh|New J|Ber|C|J|Z)\.?(?:\s[A-Z][a-z]{0,8})?[.,]"
)
_HOLDER = re.compile(rf"[\s,]+({UPPER}{{2,8}})(?=[,.;\s]|$)")


def divide(draft: Draft, title: tuple[int, int] | None) -> None:
    """Labels title, container, editors, place and publisher; ``title`` is the span of a quoted title."""
    _take_genre(draft)
    if title is not None:
        draft.take("title", *title)
        _divide_behind_title(draft, title[1] + 1)
        return
    start = draft.start
    if (marker := _in_marker(draft)) is not None:
        draft.take("title", start, marker.start())
        _divide_host(draft, marker.end(), has_in=True)
    elif (met := _PRESENTED.search(draft.rest, start + 5)) is not None:
        draft.take("title", start, met.start())
        _divide_host(draft, met.end(), has_in=True)
    elif draft.has("genre"):
        genre = draft.span("genre")
        assert genre is not None
        draft.take("title", start, max(start, min(_chunk_end(draft.rest, start), genre.start)))
        _take_school(draft, genre.end)
    else:
        _divide_plain(draft)


def _take_genre(draft: Draft) -> None:
    if (match := last_match(_GENRE, draft.rest, draft.start + 5)) is not None:
        draft.take_groups(match)


def _divide_plain(draft: Draft) -> None:
    """No "in", no quotation marks: an article if it has a volume, else a book, else a page of the web."""
    text, start = draft.rest, draft.start
    end = _chunk_end(text, start)
    if draft.has("volume", "issue"):
        left, right = _last_break(text, start, end)
        is_journal = draft.has("authors") and (
            _JOURNAL_START.match(text, start, left + 1) if left < end else _is_short(draft, start, end)
        )
        if left < end and not is_journal:
            draft.take("title", start, left)
            draft.take("container", right, end)
        else:
            draft.take("container" if is_journal else "title", start, end)
        take_imprint(draft, start, floor=end)
        return
    published = take_imprint(draft, start)
    if published is not None:
        draft.take("title", start, _before_edition(text, start, min(end, published)))
        return
    words_end = min(end, take_last_place(draft, start, end))
    if words_end < end and not draft.has("pages", "url"):
        left, right = words_end, words_end  # a town behind the title and no publisher: a book
    else:
        left, right = (
            _last_break(text, start, words_end) if draft.has("pages") else _loose_break(text, start, words_end)
        )
    end = words_end
    draft.take("title", start, _before_edition(text, start, left))
    if right < end:
        _take_loose_end(draft, right, end)


def _is_short(draft: Draft, start: int, end: int) -> bool:
    """Whether undivided words before a volume are a journal's name (no title given), and no book's title."""
    return draft.has("pages") and len(draft.rest[start:end].split()) <= 6


def _divide_behind_title(draft: Draft, at: int) -> None:
    text = draft.rest
    while at < len(text) and text[at] in " ,.;:”’\"'":
        at += 1
    if (translated := re.compile(r"\[[^\[\]\0]{3,200}\][\s.,;:]*").match(text, at)) is not None:
        at = translated.end()
    if draft.has("genre"):
        genre = draft.span("genre")
        assert genre is not None
        _take_school(draft, genre.end)
        return
    marked = re.compile(r"\(?\b(?:in|em|en|dans)\b:?\s*", re.IGNORECASE).match(text, at)
    _divide_host(draft, marked.end() if marked is not None else at, has_in=marked is not None)


def _in_marker(draft: Draft) -> re.Match[str] | None:
    """ "In" before the work that holds this one: with a colon, a capital, or before editors, pages or a volume."""
    for match in _IN.finditer(draft.rest, draft.start + 3):
        word = match.group().strip(" (")
        if word.endswith((":", "/")) or word[:1].isupper() or draft.has("pages", "volume"):
            return match
        listed = scan_names(draft.rest, match.end())
        if listed is not None and (listed.are_editors or listed.is_strong):
            return match
        if re.search(r"\b(?:eds?|hrsg|hg)\b\.?", draft.rest[match.end() : match.end() + 200], re.IGNORECASE):
            return match
    return None


def _divide_host(draft: Draft, at: int, *, has_in: bool) -> None:
    """The work that holds this one: its editors, its name, and who published it where."""
    at = _take_editors(draft, at, has_in=has_in)
    text = draft.rest
    end = _chunk_end(text, at)
    if (met := _PRESENTED.match(text, at)) is not None:
        at = met.end()
    if (by := _EDITED_BY.search(text, at)) is not None and not draft.has("editors"):
        listed = scan_names(text, by.end())
        if listed is not None:
            draft.take("editors", by.end(), listed.end)
            draft.blank(by.start(), listed.end)
            text, end = draft.rest, min(end, by.start())
    published = take_imprint(draft, at, floor=end if draft.has("volume") and not draft.has("editors") else 0)
    if published is None:
        first_part = text.find(",", at, end)
        if (
            named := last_match(_CONFERENCE_END, text, at, end if first_part == -1 else first_part)
        ) is not None and not draft.has("volume"):
            _divide_conference(draft, at, named.end(), end)
            return
        end = min(end, take_last_place(draft, at, end))
    if published is None and draft.has("editors"):
        take_last_name(draft, end)
    end = min(end, published if published is not None else end)
    if published is not None and published <= at:
        return  # nothing but a publisher behind a quoted title: a book
    if not has_in and published is None and not draft.has("volume", "pages", "issue"):
        _take_loose_end(draft, at, end)
    else:
        draft.take("container", at, _before_edition(text, at, end))


def _divide_conference(draft: Draft, start: int, named: int, end: int) -> None:
    """ "… Research Conference ABC, Leeds, September 2018": its name, who held it, and where."""
    text = draft.rest
    stop = re.compile(r"[^,.;(\0]*").match(text, named, end)
    assert stop is not None
    if (held_by := _HOLDER.fullmatch(text, named, stop.end())) is not None:
        draft.take("publisher", *held_by.span(1))
        draft.take("container", start, named)
    else:
        draft.take("container", start, stop.end())
    named = stop.end()
    for piece in PIECE.finditer(text, named, end):
        if is_place(piece.group()):
            draft.take("location", *piece.span())
            return


def _take_editors(draft: Draft, at: int, *, has_in: bool) -> int:
    """Takes the editors that stand at ``at``, and says where the work's title begins."""
    text = draft.rest
    listed = scan_names(text, at)
    if listed is not None and not listed.are_editors and not (has_in and listed.has_initials):
        listed = None
    if listed is None or not listed.are_editors:
        marked = _EDITORS_MARKED.match(text, at)
        listed = (whole_names(text, at, marked.end()) if marked is not None else None) or listed
        if marked is not None and listed is not None:
            listed_end = marked.end()
        elif listed is not None:
            listed_end = listed.end
        else:
            return at
    else:
        listed_end = listed.end
    draft.take("editors", listed.names[0].start, listed_end)
    behind = re.compile(r"[\s,.:;()\0]*(?:\d{4}(?=[),]\s?)[)\s,.:;]*)?").match(text, listed_end)
    return behind.end() if behind is not None else listed_end


def _take_school(draft: Draft, at: int) -> None:
    """Behind a thesis' genre stands the university, and perhaps its town."""
    pieces = [m.span() for m in PIECE.finditer(draft.rest, at) if m.group().strip(SPACE)]
    pieces = [p for p in pieces if not re.fullmatch(r"[\s(]*unpublished[\s)]*", draft.rest[slice(*p)], re.IGNORECASE)]
    named = [
        p for p in pieces if re.search(r"universit|college|institut|school of", draft.rest[slice(*p)], re.IGNORECASE)
    ]
    named = named[-1:] or [p for p in pieces if is_organisation(draft.rest[slice(*p)])][:1] or pieces[:1]
    for piece in named:
        draft.take("publisher", *piece)
    place = next((p for p in pieces if p not in named and is_place(draft.rest[slice(*p)])), None)
    if place is not None:
        draft.take("location", *place)


def _take_loose_end(draft: Draft, start: int, end: int) -> None:
    """What follows a title when nothing tells what it is: a publisher if it looks like one, else where it appeared."""
    said = draft.rest[start:end]
    if is_publisher(said) or (
        not draft.has("url", "pages") and is_organisation(said) and not _NUMBERED_SERIES.search(said)
    ):
        draft.take("publisher", start, end)
    elif len(said.split()) <= 12 and not WHEN.search(", " + said.strip(SPACE)):
        draft.take("container", start, _before_edition(draft.rest, start, end))


# --- where the title ends ------------------------------------------------------------------------------------------------


def _chunk_end(text: str, at: int) -> int:
    """Where the first thing taken behind ``at`` begins."""
    end = text.find("\0", at + 1)
    while end != -1 and not text[at:end].strip(SPACE):
        end = text.find("\0", end + 1)
    return len(text) if end == -1 else end


def _outer_breaks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence breaks that stand outside square brackets (a title's translation) and before the last words."""
    breaks = [b for b in sentence_breaks(text, start, end) if b[1] < end]
    return [b for b in breaks if text.count("[", start, b[0]) <= text.count("]", start, b[0])]


def _last_break(text: str, start: int, end: int) -> tuple[int, int]:
    """The break before a journal's name: the last one that does not stand behind an abbreviated word of that name."""
    end_of_words = start + len(text[start:end].rstrip(SPACE))
    breaks = _outer_breaks(text, start, end_of_words)
    for i in range(len(breaks) - 1, -1, -1):
        left, right = breaks[i]
        before = text[breaks[i - 1][1] if i else start : left].split()
        if i == 0 or len(before) > 2 or any(len(word) > 7 for word in before):
            inside = last_match(COMMA, text, start, left)
            if inside is not None and _JOURNAL_START.match(text, inside.end(), left + 1):
                return inside.start(), inside.end()  # "A title, Proc. Some Acad."
            comma = [m for m in COMMA.finditer(text, right, end) if m.end() < end_of_words]
            if text[left - 1] in "?!" and comma and len(text[right : comma[-1].start()].split()) > 5:
                return comma[-1].start(), comma[-1].end()  # "What works? A long subtitle, Some Journal"
            return left, right
    commas = [(m.start(), m.end()) for m in COMMA.finditer(text, start, end) if m.end() < end_of_words]
    return commas[-1] if commas else (end, end)


def _loose_break(text: str, start: int, end: int) -> tuple[int, int]:
    end_of_words = start + len(text[start:end].rstrip(SPACE))
    breaks = _outer_breaks(text, start, end_of_words)
    if not breaks:
        breaks = [(m.start(), m.end()) for m in COMMA.finditer(text, start, end) if m.end() < end_of_words]
    return breaks[-1] if breaks else (end, end)


def _before_edition(text: str, start: int, end: int) -> int:
    """Where the words end, without an edition ("2nd edn") or a month behind them."""
    if (when := WHEN.search(text[start:end].rstrip(SPACE))) is not None:
        end = start + when.start()
    match = last_match(_EDITION, text, start, end)
    return match.start() if match is not None and not text[match.end() : end].strip(SPACE) else end
