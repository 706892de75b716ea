"""The trail of links that says where in the site a page stands."""

from __future__ import annotations

from extract.elements import Element, text_of
from extract.linked_data import types
from extract.page import Page
from extract.records import Breadcrumb
from extract.zones import Names

_TRAILS = Names(r"breadcrumb|(?:^|[\s-])crumbs")
_LONGEST = 12  # steps; more is a menu


def breadcrumbs(page: Page, title: str | None) -> tuple[Breadcrumb, ...]:
    """The steps above the page, outermost first, as shown; else as JSON-LD lists them. The page itself is no step."""
    steps = next(
        (found for element in page.layout.elements(_TRAILS) if (found := _shown(page, element))), None
    ) or _listed(page)
    own = " ".join((title or "").lower().split())
    return tuple(step for step in steps if step.text.lower() != own)


def _shown(page: Page, element: Element) -> list[Breadcrumb]:
    links = list(element.iter("a"))
    if not 1 <= len(links) <= _LONGEST:
        return []
    steps = []
    for link in links:
        text = text_of(link).strip("»›>/ ")
        if text:
            steps.append(Breadcrumb(text=text, url=page.absolute(link.get("href") or "")))
    return steps


def _listed(page: Page) -> list[Breadcrumb]:
    for node in page.linked_data:
        items = node.get("itemListElement")
        if "breadcrumblist" not in types(node) or not isinstance(items, list):
            continue
        steps = []
        for item in items[:_LONGEST]:
            if not isinstance(item, dict):
                continue
            inner = item.get("item")
            name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
            href = inner.get("@id") or inner.get("url") if isinstance(inner, dict) else inner
            if isinstance(name, str) and name.strip():
                steps.append(
                    Breadcrumb(text=" ".join(name.split()), url=page.absolute(href) if isinstance(href, str) else None)
                )
        if steps:
            return steps
    return []
