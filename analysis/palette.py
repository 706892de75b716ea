"""The colours of charts and page, light and dark, and the SVG that both can use."""

from __future__ import annotations

import re
from html import escape

# Okabe & Ito 2008, "Color universal design": told apart by readers with any colour vision. Light → dark.
PALETTE: dict[str, tuple[str, str]] = {
    "ink": ("#1f2328", "#e8e8e8"),
    "quiet": ("#59636e", "#a9b1ba"),
    "grid": ("#dfe3e8", "#3b4148"),
    "main": ("#0072b2", "#56b4e9"),
    "same": ("#d55e00", "#e69f00"),
    "adjusted": ("#009e73", "#2bb98e"),
    "equal": ("#b3588c", "#cc79a7"),
}


LONG = re.compile(r"-?\d+\.\d{2,}")  # digits below a hundredth of a pixel: half of a drawn chart, and nobody sees them


def light(name: str) -> str:
    return PALETTE[name][0]


def dark_rules() -> str:
    """CSS that turns a chart's light colours into the dark ones; a chart alone keeps its light ones."""
    return "\n".join(
        f'.chart [{what}="{day}"] {{ {what}: {night}; }}'
        for day, night in PALETTE.values()
        for what in ("fill", "stroke")
    )


def inline_svg(svg: str, *, name: str, label: str) -> str:
    """A renderer's SVG made fit to stand in a page: it scales, says what it shows, and owns its ids.

    ``name`` is put before every id, since all charts of a page share one space of ids.
    """
    head = re.match(r"\s*<svg[^>]*?\bviewBox=\"([\d. -]+)\"[^>]*>", svg)
    if head is None:
        raise ValueError("not an SVG with a viewBox: the chart renderer has changed its output")
    body = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg[head.end() :])
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    body = re.sub(r'\b(d|transform|x|y|x1|x2|y1|y2)="[^"]*"', lambda found: LONG.sub(_short, found[0]), body)
    width = head[1].split()[2]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{head[1]}" role="img" aria-label="{escape(label)}" '
        f'style="width:100%;max-width:{width}px;height:auto;overflow:visible">{body}'
    )


def _short(found: re.Match[str]) -> str:
    return f"{round(float(found[0]), 2) + 0.0:g}"
