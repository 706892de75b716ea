"""Marks of hits, right or wrong: asked for on the terminal, kept as CSV in the workspace, one file a theme and person."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import SectorscopeError
from flows.workspace import Workspace

if TYPE_CHECKING:
    from analysis.marking import Key, Mark, Sampled

COLUMNS = ("theme", "url", "start", "end", "term", "published", "text", "mark", "lexicon")
ANSWERS: dict[str, Mark | None] = {"r": "right", "right": "right", "w": "wrong", "wrong": "wrong", "s": None, "": None}
PERSON = re.compile(r"[A-Za-z0-9_-]{1,40}")


def folder(workspace: Workspace) -> Path:
    return workspace.root / "marks"


def file_of(workspace: Workspace, theme: str, person: str) -> Path:
    """Where a person's marks of a theme are kept. Raises SectorscopeError for a name that makes no file name."""
    if not PERSON.fullmatch(person):
        raise SectorscopeError(f"`{person}` cannot name a file of marks.", "Give letters, digits, - or _, 40 at most.")
    return folder(workspace) / f"{theme}.{person}.csv"


def marks_of(workspace: Workspace, theme: str) -> dict[str, dict[Key, Mark]]:
    """Every person's marks of a theme. Raises SectorscopeError for a line that cannot be read."""
    found: dict[str, dict[Key, Mark]] = {}
    for path in sorted(folder(workspace).glob(f"{theme}.*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                if not row.get("mark"):
                    continue
                try:
                    key, mark = (row["url"], int(row["start"]), int(row["end"])), ANSWERS[row["mark"].strip().lower()]
                except (KeyError, ValueError, TypeError):
                    raise SectorscopeError(
                        f"{path}:{number} is no mark.",
                        "A mark is right or wrong; url, start and end must stay as they were.",
                    ) from None
                if mark is not None:
                    found.setdefault(path.name.split(".")[1], {})[key] = mark
    return found


def ask(workspace: Workspace, theme: str, person: str, most: int) -> int:
    """Show hits in the fixed random order and keep each answer at once; gives how many were marked."""
    from flows.asking import hits_to_mark

    path = file_of(workspace, theme, person)
    lexicon, order = hits_to_mark(workspace, theme)
    hidden = not_quoted(workspace)
    done = marks_of(workspace, theme).get(person, {})
    waiting = [hit for hit in order if hit.key not in done][:most]
    marked = 0
    for place, hit in enumerate(waiting, start=1):
        answer = _answer(hit, f"{place} of {len(waiting)}")
        if answer == "q":
            break
        if (mark := ANSWERS[answer]) is not None:
            _keep(path, theme, hit, mark, lexicon, quotes=hit.key[0] not in hidden)
            marked += 1
    return marked


def _answer(hit: Sampled, place: str) -> str:
    from analysis.terminal import sampled_lines
    from flows.cli_common import in_colour

    print("\n".join(sampled_lines(hit, place, colour=in_colour())), file=sys.stderr)
    while True:
        print("right, wrong, skip or quit? [r/w/s/q] ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        given = line.strip().lower()
        if not line or given in {"q", "quit"}:
            return "q"
        if given and given in ANSWERS:
            return given


def _keep(path: Path, theme: str, hit: Sampled, mark: Mark, lexicon: str, *, quotes: bool) -> None:
    from analysis.tables import neutral

    path.parent.mkdir(exist_ok=True)
    is_new = not path.exists()
    text = neutral(f"{hit.left} [{hit.keyword}] {hit.right}") if quotes else ""
    with path.open("a", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        if is_new:
            rows.writerow(COLUMNS)
        rows.writerow((theme, *hit.key, neutral(hit.term), hit.published, text, mark, lexicon))
        out.flush()
        os.fsync(out.fileno())


def not_quoted(workspace: Workspace) -> set[str]:
    """The posts whose blog lets nothing out but what was derived (`retention`): marks of them hold no text."""
    import warehouse
    from warehouse.health import not_quotable

    with warehouse.open(workspace.warehouse) as snapshot:
        return not_quotable(snapshot)


def remove_marks(workspace: Workspace, posts: Collection[str]) -> int:
    """Take every line about ``posts`` out of everybody's marks; how many those were."""
    return _rewritten(workspace, lambda row: None if row.get("url") in posts else row)


def remove_quotes(workspace: Workspace, posts: Collection[str]) -> int:
    """Empty the text in every line about ``posts``, the mark stays; how many those were."""
    return _rewritten(workspace, lambda row: {**row, "text": ""} if row.get("url") in posts else row)


def _rewritten(workspace: Workspace, change: Callable[[dict[str, str]], dict[str, str] | None]) -> int:
    """Put each file of marks whole in the place of the old one, where ``change`` makes other lines of it, None for no line."""
    changed = 0
    for path in sorted(folder(workspace).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            columns, old = reader.fieldnames or (), list(reader)
        new = [change(row) for row in old]
        if new == old:
            continue
        changed += sum(one != other for one, other in zip(old, new, strict=True))
        temporary = path.with_suffix(".csv.new")
        with temporary.open("w", encoding="utf-8", newline="") as out:
            rows = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
            rows.writeheader()
            rows.writerows(row for row in new if row is not None)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    return changed


def precisions(workspace: Workspace, theme: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Precision of the theme and its terms from everybody's marks, and the agreement of every two people."""
    from analysis.marking import agreed, agreements, precision
    from flows.asking import hits_to_mark

    marks = marks_of(workspace, theme)
    if not marks:
        return [], []
    _, order = hits_to_mark(workspace, theme)
    rows = [asdict(row) for row in precision(order, agreed(marks))]
    pairs = [
        {"one": one, "other": other, "both_marked": both, **asdict(found)}
        for one, other, both, found in agreements(marks)
    ]
    return rows, pairs


def told(rows: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> Iterator[str]:
    """The same in sentences."""
    for row in rows:
        if row["marked"]:
            name = row["term"] or "the theme"
            interval = f" (95 %: {row['low']:.0%}–{row['high']:.0%})" if row["low"] is not None else ""
            yield f"precision of {name}: {row['share']:.0%}{interval}, {row['right']} of {row['marked']} marked right"
            if row["unmarked"]:
                yield f"  no interval: {row['unmarked']} hits earlier in the order are not marked yet"
    for pair in pairs:
        kappa, alpha = (("–" if pair[name] is None else f"{pair[name]:.2f}") for name in ("kappa", "alpha"))
        yield (
            f"{pair['one']} and {pair['other']} marked {pair['both_marked']} hits both: {pair['share']:.0%} alike, "
            f"Cohen's κ {kappa}, Krippendorff's α {alpha}"
        )
