"""A byline as printed → the words that may be names: without labels, dates, clocks, interface words and other people's parts."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.calendar_words import dates_in
from extract.person_words import ROLE_WORDS

# What is said before "by": the kinds of text and the ways it came here, in the languages of the sector's blogs.
_KINDS = (
    "blog(?:ged)?|post(?:ed)?|article|story|text|words?|report|written|authored|published|submitted|created|contributed|reporting|"
    "interview|opinion|analysis|column|added|guest|scritto|publicado|publié|publiée|pubblicato|inserito|articolo|artículo|escrito|"
    "eine?|an?|a cura|geschrieben|veröffentlicht|verfasst|écrit|erstellt|eingestellt|artikel|beitrag|gastbeitrag|kolumne|kommentar|bericht|"
    "reportage|analyse|gepostet"
)
_PREPOSITIONS = "by|von|vom|par|por|da|di|door|av|af"
_NOUNS = "autor(?:in|innen|en|es|e|i)?|authors?|auteur(?:e|s|es)?|verfasser(?:in)?"
_BY = re.compile(
    rf"^\W*(?:(?:this (?:blog|post|article|guest post|piece|entry)(?: post)? (?:is|was|has been) )?(?:(?:{_KINDS})\s+)*(?:{_PREPOSITIONS})\b"
    rf"|(?:(?:{_KINDS})\s+)?(?:{_NOUNS})\b|(?:words|text)\s*(?:&|\+|/|und|and)\s*(?:photos?|fotos?|photography|bilder|pictures|images)\s*(?::|by\b|von\b)|(?:words|text|writer|byline|posted|redakteur|contributors?)(?=\s*:))\s*[:|]?\s*",
    re.I,
)
_GLUED_BY = re.compile(r"^\W*(?:written |posted )?(?:By|by|Von|Par|Por)(?=[A-ZÀ-Þ](?:[a-zà-ÿ]|\.\s?[A-ZÀ-Þ]))")
"""The space between two elements, lost."""
_LONGEST_LABEL = 3  # "By by Ann", "Author: Posted by Ann"

# "Posted on 3 May by", "Posted in Housing by": what tells when and where before it tells who.
_WHEN_FIRST = re.compile(
    rf"^\W*(?:(?:posted|published|updated|filed|created|submitted|eingestellt|veröffentlicht|erstellt|publié|publicado|pubblicato)\s+"
    rf"(?:on|in|under|at|am|um|le|el|il)\b[^|]{{0,60}}?|(?:on|at|am|um)\s*)?(?:\s|[|–—·•,-])*(?=\b(?:(?:posted|written|published)\s+)?(?:{_PREPOSITIONS})\s)",
    re.I,
)
_NO_ROLE_AHEAD = rf"(?![^|•·–—\n]{{0,60}}\b(?:{'|'.join(sorted(ROLE_WORDS))})\b)"  # "Ann Example – Director"
# What follows the names: where and when, other people's parts, the page's own words.
_TAIL = re.compile(
    rf"\s*(?:\b(?:on|at|am|um|le|à|el|il|alle|ore)\s*(?=[|•·–—]|$)|[|•·]|(?:[–—]|\s-\s){_NO_ROLE_AHEAD}"
    r"|\b(?:on|am)\b(?=\s+(?:\w+(?:day|tag)|mittwoch|sonnabend|\w{3,9}\.?\s+\d|\d))|(?:\b(?<!-)|(?<=[a-z]))(?:published|posted|updated|last updated|publiziert|veröffentlicht|aktualisiert|erschienen|publié|publicado|pubblicato|actualizado)\b"
    r"|,?\s*\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}|,?\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|,?\s*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|@\s?\d|[,\s]\s?@\w+$|(?<=[^\W\d_])@\w+(?![\w.-])|(?<=[a-zà-ÿ])(?-i:Twitter|Facebook|LinkedIn|Instagram)\b|\b(?:filed )?under\b|\bfiled in\b|\bgespeichert\b|\bstand\s*(?=:|\||$)"
    r"|\bin\b\s+(?=[A-Z])(?!.*,)|,\s*in\b(?=\s+[A-Z])|\d+ comments?|\b(?:with|mit|avec|con) (?:(?:additional )?reporting by|agenc\w+|agentur\w+|material)\b|\((?:with|mit|avec|con)\b[^)]*\)|\bon behalf of\b|\bleave a\b|\bat \d|\(@|\b(?:edit(?:ed|ing)|review(?:ed|ing)|translat(?:ed|ion)|illustrat(?:ed|ions?)|fact[- ]check(?:ed|ing)|additional \w+) by\b"
    r"|\b(?:photo(?:graph)?s?|fotos?|pictures?|images?|illustration(?:s|en)?|bilder|graphics?|video|kamera)\b\s*(?:by\b|von\b|par\b|:)|\bsymbolbild\b|\s(?:follow|twitter|facebook|linkedin|instagram|bluesky|mastodon|e-?mail|기자)\b).*$",
    re.I,
)  # fmt: skip
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?\b|uhr\b|(?-i:[A-Z]{2,4}\b))?", re.I)

# Lines of those who had another part in it than writing.
_OTHER_PARTS = re.compile(
    r"^\W*(?:(?:(?:medically |technically |fact[- ]?|expert |legally |clinically |(?:revised |new )?edition )*(?:edited|reviewed|checked|verified|(?:additional|further) (?:reporting|research)|photograph\w*|illustrat\w*|"
    r"translated|produced|filmed|übersetz\w*|bearbeitet|geprüft|redigiert|traduit|traducido)|photos?|fotos?|pictures?|images?|illustrations?|graphics?|video|"
    r"editors?(?: verified)?|translat(?:ion|or)s?|reviewers?|übersetzung|mitarbeit|redaktion|lektorat)\b\s*(?:by\b|von\b|par\b|por\b|:)|(?:übersetzung|mitarbeit|lektorat)\b)\s*(?P<who>.*)",
    re.I | re.S,
)  # fmt: skip


def without_labels(line: str) -> str:
    """The lines of a byline that may name its authors, each without label, dates and what follows the names.

    A line that says "by" and names somebody leaves out those below it that do not go on with the list.
    """
    lines = [" ".join(part.split()) for part in line.split("\n")]
    kept: list[str] = []
    skip_next = False
    for part in lines:
        if not part or (len(lines) > 1 and len(part) > 60 and _ABOUT.match(part)):
            continue  # a line about the author, below the name
        other = _OTHER_PARTS.match(part)
        if other is not None:
            skip_next = not other["who"].strip()  # "Edited by", and the name below it
            continue
        if not skip_next:
            who, is_labelled = _named_in(part)
            if is_labelled and who and kept == []:
                rest = _going_on(lines[lines.index(part) + 1 :])
                return "\n".join([who, *rest])
            kept.append(who)
        skip_next = False
    return "\n".join(dict.fromkeys(part for part in kept if part)).strip(_EDGES)


_ABOUT = re.compile(
    r"^\S+(?:\s+\S+){0,4}?(?:,[^,]{3,80},)?\s+(?:is|was|has|writes|works|covers|lives|leads|ist|war|hat|schreibt|arbeitet|leitet)\s"
)
_PICTURE_CREDIT = re.compile(
    r"\S/(?:ritzau scanpix|scanpix|getty(?: images)?|shutterstock|alamy|reuters|afp|ap|epa|dpa|imago|picture[- ]alliance)\W*$|^\W*(?:photo|foto|image|bild|picture)(?:graph)?s?\b.{0,3}(?::|by|von)",
    re.I,
)


def is_picture_credit(text: str) -> bool:
    """Whether a line says who made a picture: ``Ann Example/Getty Images``, ``Photo: Ann Example``."""
    return _PICTURE_CREDIT.search(text) is not None and not _SIGLA.fullmatch(text.strip())


_SIGLA = re.compile(r"[^\W\d_]{2,6}(?:/[^\W\d_]{2,6}){1,2}")
_EDGES = " ,;:|／–—-·•\n"
_GOES_ON = re.compile(r"^(?:and|und|et|y|e|og|en|with|mit|&|,)(?:\s|$)", re.I)


def _going_on(lines: list[str]) -> list[str]:
    """The lines that go on with a list of names: from an "and" or a comma on."""
    found: list[str] = []
    after_and = False
    for part in lines:
        if not (after_and or _GOES_ON.match(part)):
            break
        after_and = bool(re.fullmatch(r"(?:and|und|et|y|e|og|en|with|mit|&|,)\s*", part, re.I))
        found.append(_named_in(part)[0])
    return found


def said_by(line: str) -> str | None:
    """What a line gives behind its "by" or "Author:", without dates around it; None if it has no such label at its front."""
    if "\n" in line or _OTHER_PARTS.match(line):
        return None
    text, is_labelled = _unlabelled(" ".join(line.split()))
    return (_without_tail(text) or None) if is_labelled else None


def is_bare_label(text: str) -> bool:
    """Whether a line is a label and nothing else, so that the name stands in the next: ``Von:``, ``Article by``."""
    return len(text) <= 40 and _unlabelled(text) == ("", True)


def _named_in(part: str) -> tuple[str, bool]:
    """The names of one line; and whether a label says that it names the author."""
    text, is_labelled = _unlabelled(part)
    return _without_tail(text), is_labelled


def _without_tail(text: str) -> str:
    return _TAIL.sub("", text).strip(_EDGES)


@lru_cache(maxsize=256)  # one reader of a page after the other asks about the same lines
def _unlabelled(part: str) -> tuple[str, bool]:
    """A line without the label before its names, and whether it had one."""
    text = _undated(part) if _DIGIT.search(part) else part
    text = _behind(_WHEN_FIRST, text)
    is_labelled = False
    for _ in range(_LONGEST_LABEL):
        bare = _behind(_GLUED_BY, _behind(_BY, text))
        if bare == text:
            break
        text, is_labelled = bare, True
    return text.strip(_EDGES), is_labelled


def _behind(label: re.Pattern[str], text: str) -> str:
    found = label.match(text)
    return text[found.end() :] if found else text


_DIGIT = re.compile(r"\d")


def _undated(text: str) -> str:
    """``text`` with a bar in the place of each date and clock time."""
    for seen in reversed(list(dates_in(text, day_first=True))):
        text = f"{text[: seen.start]} | {text[seen.end :]}"
    return _CLOCK.sub(" | ", text)
