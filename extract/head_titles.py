"""The titles that a page's head gives, and what the site puts around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from extract.linked_data import articles, texts
from extract.page import Page
from extract.records import SiteProfile

SEPARATOR = re.compile(r"\s+[|–—·»«•:>/\\~-]+\s+|\s*[|»«•]+\s*|\s+::\s+|:\s+(?=[A-Z][\w.& ]{2,40}$)")
_WORDS = re.compile(r"\w+")


def words(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower().replace("’", "'").replace("'", "")))


def head_titles(page: Page) -> list[str]:
    """The titles that the head gives, the most exact first."""
    said = [t for node in articles(page.linked_data) for key in ("headline", "name") for t in texts(node.get(key))][:2]
    for name in (
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "title",
    ):
        said.extend(page.meta.get(name, ())[:1])
    if page.head_title:
        said.append(page.head_title)
    said = [unescape(text) for text in said]  # some systems escape twice
    return [text for text in dict.fromkeys(said) if _WORDS.search(text) and not is_site_name(text, page, None)] or (
        [page.head_title] if page.head_title else []
    )


def is_site_name(text: str, page: Page, site: SiteProfile | None) -> bool:
    own = words(text)
    names = [*_site_names(page), *(site.title_affixes if site is not None else ())]
    return any(own == words(name) for name in names)


_AROUND = " |–—-·»«•:>/~"


def without_affixes(text: str, page: Page, site: SiteProfile | None, said: Sequence[str] = ()) -> str:
    """``text`` without the site's name before or behind it; ``said`` are the head's titles, one of which may be the bare one.

    Short last pieces that are not known for the site's name are cut only from the window's title: what is declared
    apart from it has a subtitle there, if anything.
    """
    bare = next((other for other in said if len(other) >= _BARE and _is_lengthened(text, other)), None)
    for affix in [*(site.title_affixes if site is not None else ()), *_site_names(page)]:
        for cut in (text.removesuffix(affix), text.removeprefix(affix)):
            rest = cut.strip(_AROUND)
            if cut != text and rest and (affix[0] in _AROUND or affix[-1] in _AROUND or not cut[-1].isalnum()):
                return bare or rest
    pieces = SEPARATOR.split(text)
    if bare or len(pieces) == 1:
        return bare or text
    names = [words(name) for name in _site_names(page)]
    host = re.sub(r"[^a-z0-9]", "", page.host)
    last, first = words(pieces[-1]), words(pieces[0])
    if last and (last in names or last.replace(" ", "") in host or host.split(".")[0] in last.replace(" ", "")):
        return text[: text.rfind(pieces[-1])].rstrip(_AROUND)
    if first and (first in names or first.replace(" ", "") in host):
        return text[text.find(pieces[0]) + len(pieces[0]) :].lstrip(_AROUND)
    is_longer = len(first.split()) >= 3 and len(first.split()) > len(last.split())
    if text == page.head_title and is_longer and len(pieces[-1].split()) <= 4:
        return text[: text.rfind(pieces[-1])].rstrip(_AROUND)
    return text


_BARE = 20  # characters: shorter titles begin others by chance


def _is_lengthened(text: str, other: str) -> bool:
    """Whether ``text`` is another of the head's titles with something hung on behind a bar or a dash."""
    return text.startswith(other) and text[len(other) :].lstrip()[:1] in tuple("|–—-·»«•~")


def _site_names(page: Page) -> list[str]:
    return [*page.meta.get("og:site_name", ()), *page.meta.get("application-name", ())]
