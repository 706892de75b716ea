"""References and citations in three manners: Harvard, APA, and the loose way in which blogs cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sector.sample.bank import Work
from sector.sample.wording import escaped

Style = Literal["harvard", "apa", "loose"]


def _initials(given: str) -> str:
    return " ".join(f"{part[0]}." for part in given.replace("-", " ").split())


def _listed(names: Sequence[tuple[str, ...]], style: Style) -> str:
    """The names as a reference list prints them."""
    printed = []
    for name in names:
        if len(name) == 1:
            printed.append(name[0])
        elif style == "loose":
            printed.append(f"{name[1]} {name[0]}")
        else:
            printed.append(f"{name[0]}, {_initials(name[1])}")
    last = " and " if style != "apa" else ", & "
    return last.join(filter(None, (", ".join(printed[:-1]), printed[-1])))


def _journal(work: Work, style: Style) -> str:
    match style:
        case "harvard":
            return f"‘{escaped(work.title)}’, <em>{work.container}</em>, {work.volume}({work.issue}), pp. {work.pages}."
        case "apa":
            return f"{escaped(work.title)}. <em>{work.container}, {work.volume}</em>({work.issue}), {work.pages}."
        case "loose":
            return f"{escaped(work.title)}, <em>{work.container}</em> vol. {work.volume}, pp {work.pages}"


def _chapter(work: Work, style: Style) -> str:
    editors = _listed(work.editors, style)
    mark = "eds" if len(work.editors) > 1 else "ed."
    match style:
        case "harvard":
            return (
                f"‘{escaped(work.title)}’, in {editors} ({mark}) <em>{work.container}</em>. "
                f"{work.place}: {work.publisher}, pp. {work.pages}."
            )
        case "apa":
            mark = "Eds." if len(work.editors) > 1 else "Ed."
            return (
                f"{work.title}. In {editors} ({mark}), <em>{work.container}</em> (pp. {work.pages}). {work.publisher}."
            )
        case "loose":
            return f"{work.title}, in <em>{work.container}</em>, edited by {editors}, {work.publisher}"


def _whole(work: Work, style: Style) -> str:
    """A book, report or thesis: what stands alone."""
    title = f"<em>{escaped(work.title)}</em>"
    if work.kind == "thesis":
        form = "PhD thesis"
        return f"{title} [{form}, {work.publisher}]." if style == "apa" else f"{title}. {form}, {work.publisher}."
    match style:
        case "harvard":
            return f"{title}. {work.place}: {work.publisher}."
        case "apa":
            return f"{title}. {work.publisher}."
        case "loose":
            return f"{title}, {work.publisher}, {work.place}"


def reference(work: Work, style: Style) -> str:
    """The entry of a reference list, as HTML."""
    rest = {"article": _journal, "chapter": _chapter}.get(work.kind, _whole)(work, style)
    names = escaped(_listed(work.authors, style))
    match style:
        case "harvard":
            return f"{names} ({work.year}) {rest}"
        case "apa":
            return f"{names}{'' if names.endswith('.') else '.'} ({work.year}). {rest}"
        case "loose":
            return f"{names}, {rest}, {work.year}" if not rest.endswith(".") else f"{names}, {rest[:-1]}, {work.year}"


def cited_names(work: Work, style: Style, *, bracketed: bool) -> str:
    """The names as a citation prints them."""
    families = [name[0] for name in work.authors]
    if len(families) > 2:
        return f"{families[0]} et al" + ("" if style == "loose" else ".")
    return (" & " if style == "apa" and bracketed else " and ").join(families)


def bracket(work: Work, style: Style) -> str:
    """A citation without its brackets: Ashdown, 2016."""
    comma = "" if style == "loose" else ","
    return f"{cited_names(work, style, bracketed=True)}{comma} {work.year}"


def named(work: Work, style: Style) -> str:
    """A citation in the running text: Ashdown (2016)."""
    return f"{cited_names(work, style, bracketed=False)} ({work.year})"
