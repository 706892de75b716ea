"""The layouts that a blog had over the years: which pages were made by one, and by which one a page was made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extract.layout import Layout
from extract.records import SiteProfile

_ALIKE = 0.55
"""Share of common elements (Jaccard) from which two pages have one layout. Posts differ in what is embedded in them; a new
theme renames nearly everything."""
_FITS = 0.6
"""Share of a layout's marks that a page must show to be read by it."""
_MARKED = 0.9
"""Share of a layout's pages on which an element must stand to be one of its marks."""
_MOST_MARKS = 24
_DEEPEST = 14  # levels: below lies what an author embeds
_VARIABLE = re.compile(r"\d{2,}|^(?:post|category|tag|author|page|id|status|format|type|comment|depth|byuser)-|^(?:has|is|wp|js)-")  # fmt: skip


def elements_of(layout: Layout) -> frozenset[str]:
    """A page's named elements, each as ``tag.class.id``, without names that change from page to page."""
    found = set()
    for box in layout.boxes:
        if box.hints and next(islice(box.element.iterancestors(), _DEEPEST, None), None) is None:
            names = [name for name in box.hints.split() if not _VARIABLE.search(name)]
            if names:
                found.add(".".join([box.tag, *names[:3]]))
    return frozenset(found)


def clusters(pages: Sequence[frozenset[str]]) -> list[list[int]]:
    """The indices of pages made by one layout, the largest group first: whoever is alike, or alike to one who is."""
    left = list(range(len(pages)))
    groups = []
    while left:
        group, front = [], [left.pop(0)]
        while front:
            here = front.pop()
            group.append(here)
            near = [i for i in left if _alike(pages[here], pages[i])]
            front += near
            left = [i for i in left if i not in set(near)]
        groups.append(sorted(group))
    return sorted(groups, key=lambda group: (-len(group), group))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return not (one or other) or len(one & other) >= _ALIKE * len(one | other)


def marks(pages: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """The elements that stand on nearly all ``pages`` of a layout, those first that are rarest on its blog's ``others``."""
    seen = Counter(name for page in pages for name in page)
    elsewhere = Counter(name for page in others for name in page)
    common = [name for name, n in seen.items() if n >= _MARKED * len(pages)]
    return tuple(sorted(sorted(common, key=lambda name: (elsewhere[name], name))[:_MOST_MARKS]))


def fitted(site: SiteProfile, layout: Layout) -> SiteProfile:
    """``site`` with the layout that this page was made by in the place of the blog's usual one."""
    if not site.templates:
        return site
    here = elements_of(layout)
    best, best_share = None, _FITS
    for template in site.templates:
        share = sum(mark in here for mark in template.marks) / max(1, len(template.marks))
        if share > best_share:
            best, best_share = template, share
    return replace(site, layout=best) if best is not None else site
