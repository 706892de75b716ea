"""Whether 3/4/2012 is a day in April or in March on a page: by its blog, its country, or its other dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract.calendar_words import dates_in
from extract.page import Page
from extract.records import SiteProfile

# Blogs of these countries' hosts, and pages under an address such as /en-gb/.
_DAY_FIRST_HOSTS = re.compile(r"\.(?:uk|ie|au|nz|in|za|eu|scot|wales|cymru|de|fr|it|es|nl|at|ch|be|pt|br|pl)$")
_DAY_FIRST_PATHS = re.compile(r"/(?:en[-_](?:gb|uk|ie|au|nz|in|za|eu)|(?!en)[a-z]{2}[-_][a-z]{2})(?:/|$)", re.I)
_US_LANGUAGE = re.compile(r"en[-_]us", re.I)


def day_first_on(page: Page, site: SiteProfile | None) -> bool | None:
    """Whether 3/4/2012 means April on this page; None if nothing tells."""
    if site is not None and site.day_first is not None:
        return site.day_first
    if _DAY_FIRST_HOSTS.search(page.host) or _DAY_FIRST_PATHS.match(page.path):
        return True
    said = page.root.get("lang") or page.first_meta("og:locale") or ""
    if said and not said.lower().startswith("en"):
        return True
    if said.lower().startswith("en-") and not _US_LANGUAGE.match(said):  # en-US is the default of many a theme
        return True
    return _order_proved(page)


_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")
_LONGEST_LINE = 60  # characters


def _order_proved(page: Page) -> bool | None:
    """The order that the page's own figures prove; else the one in which they give a day that the page spells out elsewhere."""
    lines = [*_short_lines(page)]
    figures = {(int(a), int(b), int(year)) for a, _, b, year in _FIGURES.findall("\n".join(lines))}
    figures = {(a, b, year) for a, b, year in figures if a != b and max(a, b) <= 31 and min(a, b) <= 12}
    votes = {a > 12 for a, b, _ in figures if max(a, b) > 12}
    if not votes and figures:
        spelt = {seen.value for line in lines for seen in dates_in(line) if seen.precision == "day"}
        votes = {
            first
            for a, b, year in figures
            for first in (True, False)
            if date(year, b if first else a, a if first else b) in spelt
        }
    return votes.pop() if len(votes) == 1 else None


def _short_lines(page: Page) -> Iterator[str]:
    for block in page.layout.blocks:
        if len(block.text) <= _LONGEST_LINE:
            yield block.text
    for element in page.times:
        yield element.get("datetime") or ""
    for values in page.meta.values():
        yield from (value for value in values if len(value) <= _LONGEST_LINE)
