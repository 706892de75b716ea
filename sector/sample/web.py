"""Gathers the sample's web: pages from layouts, feeds, files, redirects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sector.sample import wording
from sector.sample.records import Response
from sector.sample.shelf import Shelf, category_of, excerpt, tag_slug

LAYOUTS = Path(__file__).parent / "layouts"
FILTERS: dict[str, Callable[..., object]] = {
    "day_month_year": wording.day_month_year,
    "ordinal_day": wording.ordinal_day,
    "month_day_year": wording.month_day_year,
    "weekday_day": wording.weekday_day,
    "month_year": wording.month_year,
    "iso_moment": wording.iso_moment,
    "excerpt": excerpt,
    "tag_slug": tag_slug,
    "category": category_of,
    "markup": Markup,
}
# The least that a browser takes for a picture: a transparent GIF of one pixel.
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n"


@cache
def layouts() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(LAYOUTS), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(FILTERS)
    return environment


class Web:
    """The answers so far, by (host, path with query)."""

    def __init__(self) -> None:
        self.responses: dict[tuple[str, str], Response] = {}

    def put(
        self, url: str, body: str | bytes, content_type: str = "text/html; charset=utf-8", changed: date | None = None
    ) -> None:
        """``body`` at ``url``; nothing may stand there yet."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if (parts.netloc, target) in self.responses:
            raise ValueError(f"two pages at {url}: give one of the posts another title")
        headers = (("Last-Modified", wording.mail_date(changed)),) if changed else ()
        content = body.encode() if isinstance(body, str) else body
        self.responses[parts.netloc, target] = Response(content_type=content_type, headers=headers, body=content)

    def page(self, url: str, layout: str, shelf: Shelf, *, view: str, changed: date | None = None, **more: Any) -> None:
        """An HTML page from ``layouts/<layout>.html``."""
        self.put(url, render(layout, shelf, view=view, url=url, **more), changed=changed)

    def move(self, url: str, to: str, status: int = 301) -> None:
        """A redirect from ``url``."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        self.responses[parts.netloc, target] = Response(status=status, headers=(("Location", to),))

    def files(self, host: str, *paths: str) -> None:
        """Pictures, style sheets, scripts and PDF files with next to nothing in them."""
        kinds = {
            "pdf": ("application/pdf", PDF), "css": ("text/css", b"body{margin:auto;max-width:60rem}\n"),
            "js": ("text/javascript", b"/* nothing runs here */\n"), "ico": ("image/x-icon", PIXEL),
        }  # fmt: skip
        for path in paths:
            kind, body = kinds.get(path.rpartition(".")[2], ("image/gif", PIXEL))
            self.responses[host, path] = Response(content_type=kind, body=body)


def render(layout: str, shelf: Shelf, **more: Any) -> str:
    """The text of a page. Layouts may use what belongs to other views only behind a test of ``view``."""
    context = {"blog": shelf.blog, "shelf": shelf, "post": None, "posts": (), "title": "", "older": "", "newer": ""}
    return layouts().get_template(f"{layout}.html").render(context | more)
