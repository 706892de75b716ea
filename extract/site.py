"""What one blog's pages have in common: furniture, title affixes, addresses, and where title, date, byline and body stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.addresses import address_shapes
from extract.records import SiteProfile, Template
from extract.site_clock import utc_offset
from extract.site_furniture import caption_places, furniture, furniture_places
from extract.site_leaves import FEWEST, Leaf, chosen, leaves_of
from extract.site_places import body_places, date_places, signature_places, title_places
from extract.site_templates import clusters, elements_of, marks


def learn_site(pages: Iterable[tuple[str, bytes | str]]) -> SiteProfile:
    """What the pages of one blog, given as (url, html), have in common; their order does not matter.

    Of fewer than five pages nothing is learnt. Listings may be among the pages: only those that look like posts count,
    and a post met twice counts once.
    """
    looked_at = chosen(pages)
    if len(looked_at) < FEWEST:
        return SiteProfile(pages=len(looked_at))
    leaves, listings = leaves_of(looked_at)
    if len(leaves) < FEWEST:
        return SiteProfile(pages=len(leaves))
    day_first = _day_first(leaves)
    repeated = furniture(leaves)
    digests = frozenset(block.digest for block in repeated)
    layout, names = _template(leaves, day_first, digests)
    posts, lists = address_shapes([leaf.page.url for leaf in leaves], listings)
    return SiteProfile(
        pages=len(leaves),
        furniture=repeated,
        title_affixes=_affixes([leaf.page.head_title or "" for leaf in leaves]),
        layout=layout,
        templates=_templates(leaves, day_first, digests),
        author_names=names,
        day_first=day_first,
        utc_offset=utc_offset(leaves, layout.date_places, day_first),
        post_addresses=posts,
        listing_addresses=lists,
    )


def _template(
    leaves: Sequence[Leaf], day_first: bool | None, digests: frozenset[str]
) -> tuple[Template, tuple[str, ...]]:
    """Where things stand on these posts, and the names that their bylines gave."""
    bylines, names = signature_places(leaves)
    template = Template(
        pages=len(leaves),
        title_places=title_places(leaves),
        byline_places=bylines,
        date_places=date_places(leaves, day_first),
        body_places=body_places(leaves),
        furniture_places=furniture_places(leaves, digests),
        caption_places=caption_places(leaves),
    )
    return template, names


def _templates(leaves: Sequence[Leaf], day_first: bool | None, digests: frozenset[str]) -> tuple[Template, ...]:
    """The blog's layouts, where it had several, each with enough posts to learn from."""
    elements = [elements_of(leaf.page.layout) for leaf in leaves]
    groups = [group for group in clusters(elements) if len(group) >= FEWEST]
    if len(groups) < 2:
        return ()
    found = []
    for group in groups:
        inside = set(group)
        here = [elements[i] for i in group]
        others = [names for i, names in enumerate(elements) if i not in inside]
        template, _ = _template([leaves[i] for i in group], day_first, digests)
        found.append(replace(template, marks=marks(here, others)))
    return tuple(found)


# --- titles -------------------------------------------------------------------------------------------------------------

_SEPARATED = re.compile(r"\s*(?:[|–—·»«•:>/~-]|::)+\s+")


def _affixes(titles: Sequence[str]) -> tuple[str, ...]:
    """What most titles begin or end with, from a separator on."""
    ends: Counter[str] = Counter()
    for said in set(titles):
        found = set()
        for match in _SEPARATED.finditer(said):
            found.add(said[match.start() :].strip())
            found.add(said[: match.end()].strip())
        ends.update(affix for affix in found if len(affix) > 2)
    most = max(FEWEST, 0.5 * len(set(titles)))
    common = [affix for affix, n in ends.items() if n >= most]
    return tuple(sorted(common, key=lambda affix: (-len(affix), affix)))


def _day_first(leaves: Sequence[Leaf]) -> bool | None:
    """The order that the blog's unambiguous numeric dates prove; None where none does, or they disagree."""
    votes = {True: 0, False: 0}
    pattern = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)\d\d(?![\d/])")
    for leaf in leaves:
        for block in leaf.page.layout.blocks:
            if len(block.text) <= 120:
                for first, _, second in pattern.findall(block.text):
                    if int(first) > 12 >= int(second):
                        votes[True] += 1
                    elif int(second) > 12 >= int(first):
                        votes[False] += 1
    if min(votes.values()) * 10 > max(votes.values()) or not any(votes.values()):
        return None
    return votes[True] > votes[False]
