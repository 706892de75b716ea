"""What a person wrote about one blog: CSS selectors that are heard before all other readers.

They are found with BeautifulSoup, which a person's selectors are known by, in the page's own markup. What they select is
marked there, what they drop is taken out, and the page is then parsed and read as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from extract.calendar_words import dates_in, machine_date
from extract.page import MAX_BYTES, Page, decode, parse_page
from extract.records import BlogRule

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

ROLES = ("title", "author", "date", "body")
MOST_TAGS, LONGEST = 30_000, 2_000_000
"""Tags and characters of a page that rules are applied to: BeautifulSoup needs a second for so many. A page of more, ten
times what the longest posts have, is read as if there were no rules."""
_MARK = "data-sectorscope-"


def selectors(rule: BlogRule) -> Iterator[tuple[str, str]]:
    """The selectors of a rule, each with the name of its entry."""
    for role in ROLES:
        if said := getattr(rule, role):
            yield role, said
    for said in rule.drop:
        yield "drop", said


def problem(selector: str) -> str | None:
    """Why ``selector`` is no CSS selector; None if it is one."""
    from bs4 import BeautifulSoup

    try:
        BeautifulSoup("", "html.parser").css.compile(selector)
    except Exception as wrong:  # noqa: BLE001 - the selector library's errors share no root but this
        return str(wrong).split("\n", 1)[0]
    return None


def ruled_page(
    html: bytes | str,
    url: str,
    content_type: str | None,
    rules: Sequence[BlogRule],
    published: Callable[[Page], date | None],
) -> Page:
    """The page with what the rules select in ``Page.ruled``, and without what they drop.

    Of several rules the first that finds something is heard, entry by entry. A rule with bounds is for posts of those
    days; the day is the one that its own ``date`` gives, else what ``published`` reads on the page without rules.
    """
    from bs4 import BeautifulSoup

    text = html[:MAX_BYTES] if isinstance(html, str) else decode(html[:MAX_BYTES], content_type)
    if len(text) > LONGEST or text.count("<") > MOST_TAGS:
        return parse_page(text, url)
    soup = BeautifulSoup(text, "lxml")
    for rule in in_force(rules, soup, lambda: published(parse_page(text, url))):
        for selector in rule.drop:
            for tag in soup.select(selector):
                tag.decompose()
        for role in ROLES:
            _mark(soup, role, getattr(rule, role))
    page = parse_page(str(soup), url)
    for element in page.root.iter():
        for role in ROLES:
            if element.get(_MARK + role) is not None:
                page.ruled.setdefault(role, []).append(element)
    return page


def in_force(rules: Sequence[BlogRule], soup: BeautifulSoup, published: Callable[[], date | None]) -> list[BlogRule]:
    """The rules that are for a post of this day: those without bounds, and those whose bounds hold it."""
    kept = []
    read: list[date | None] = []
    for rule in rules:
        if rule.since is None and rule.until is None:
            kept.append(rule)
            continue
        day = next((d for tag in (soup.select(rule.date) if rule.date else ()) if (d := day_in(tag))), None)
        if day is None:
            read = read or [published()]
            day = read[0]
        if day is not None and (rule.since or date.min) <= day <= (rule.until or date.max):
            kept.append(rule)
    return kept


def _mark(soup: BeautifulSoup, role: str, selector: str | None) -> None:
    """Mark what ``selector`` finds, unless an earlier rule found something for this role."""
    if not selector or soup.select_one(f"[{_MARK}{role}]") is not None:
        return
    for tag in soup.select(selector):
        tag[_MARK + role] = ""


def day_in(tag: Tag) -> date | None:
    """The day that an element gives in an attribute for machines, else in its text."""
    return day_of({name: str(value) for name, value in tag.attrs.items()}, tag.get_text(" "))


def day_of(attributes: Any, text: str, *, day_first: bool | None = None) -> date | None:
    """The day in an element's ``datetime``, ``content`` or ``title``, else in its text."""
    for name in ("datetime", "content", "title"):
        if (said := attributes.get(name)) and (day := machine_date(said, day_first=day_first)):
            return day
    seen = sorted(dates_in(text, day_first=day_first), key=lambda found: found.precision != "day")
    return seen[0].value if seen else None
