"""The text of an element, in the ways that the readers of small things need it."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

MANY = 2_000
"""Of elements, tags or values of one sort, how many are looked at: a page's own stand among the first, also on pages with a
thousand comments. Limits work, never text."""

_BREAKING = frozenset({
    "div", "p", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "ul", "dd", "dt", "section", "figure", "figcaption",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "svg", "noscript", "button"})


def text_of(element: Element) -> str:
    """All text of an element, its white space folded."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def heading_of(element: Element, longest: int) -> str:
    """The text of a heading, up to a little more than ``longest``.

    What breaks its lines parts words, soft hyphens do not, and ``small`` holds what stands beside it.
    """
    if not len(element):
        return " ".join((element.text or "").replace("\u00ad", "").split())
    pieces: list[str] = []
    total = 0
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        if inner.tag in _BREAKING:
            pieces.append(" ")
        if event == "end":
            said = inner.tail if inner is not element else None
        elif inner.tag == "small" or inner.tag in _SILENT:
            events.skip_subtree()
            continue
        else:
            said = inner.text
        if said:
            pieces.append(said)
            total += len(said.strip())
            if total > longest:
                break
    return " ".join("".join(pieces).replace("\u00ad", "").split())


def label_of(element: Element, longest: int) -> str:
    """The text of a small element, inline pieces kept apart; empty if it is longer than ``longest``."""
    pieces: list[str] = []
    total = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        total += len(piece)
        if total > 3 * longest:
            return ""
    text = " ".join(" ".join(pieces).split())
    return text if len(text) <= longest else ""


def lines_of(element: Element, longest: int = 700) -> str:
    """The text of an element, a line for each block in it, inline pieces kept apart, so that names do not run together.

    Empty if there is more than ``longest`` of it, or more elements than so many letters have need of.
    """
    pieces: list[str] = []
    total = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        pieces.append("\n" if inner.tag in _BREAKING else " ")
        if event == "start":
            said = "" if inner.tag in _SILENT else inner.text
        else:
            said = inner.tail if inner is not element else ""
        if said:
            pieces.append(" ".join(said.split()) if said.strip() else " ")
            total += len(said)
        if total > longest or len(pieces) > 2 * longest:
            return ""
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line.replace(" ,", ",") for line in lines if line)
