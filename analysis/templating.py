"""How pages are made from templates: everything is escaped, what the web wrote cannot reorder or fill a page."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from analysis import figures
from analysis.change_words import interval_said, p_said, percent_change, ratio_said
from analysis.palette import PALETTE, dark_rules

if TYPE_CHECKING:
    import jinja2

LONGEST_TITLE = 160  # characters: real titles are shorter, and a page that has put its text there must not fill ours
LONGEST_ADDRESS = 300

# What has no business in shown text: control characters, and those that turn the direction of all that follows. Right-to-left
# letters need none of them; every quotation stands in an element of its own direction besides (<bdi>).
UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def safe_url(url: str) -> str | None:
    """``url`` if a browser may follow it, that is, if it is http(s) with a host; else None."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def shown(text: str, longest: int = LONGEST_TITLE) -> str:
    """``text`` in one line, without control and direction characters, cut with […] where it is longer than ``longest``."""
    line = " ".join(UNSHOWN.sub("", text[: 4 * longest]).split())
    return line if len(line) <= longest and len(text) <= 4 * longest else line[:longest].rstrip() + " […]"


def quoted(text: str) -> str:
    """``text`` as it stands, but for control and direction characters."""
    return UNSHOWN.sub("", text)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates of `analysis/templates`, with the house's filters."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        percent=figures.percent,
        rate=figures.rate,
        day=figures.day,
        iso=figures.iso,
        count=figures.count,
        ratio=lambda ratio: "–" if ratio is None else percent_change(ratio).replace(" %", f"{figures.NBSP}%"),
        p=p_said,
        q=lambda q: "" if q is None else figures.q(q),
        safe_url=safe_url,
        shown=shown,
        quoted=quoted,
    )
    made.globals.update(
        percent_interval=figures.percent_interval,
        rate_interval=figures.rate_interval,
        ratio_said=ratio_said,
        interval_said=interval_said,
        palette=PALETTE,
        dark_rules=dark_rules(),
        longest_address=LONGEST_ADDRESS,
    )
    return made
