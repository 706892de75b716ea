"""Full-text search over the published snapshot, for the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from flows.cli_common import plain, print_json
from flows.workspace import Workspace

if TYPE_CHECKING:
    from warehouse.search import SearchHit


def refresh_index(workspace: Workspace) -> None:
    """Bring the search index to the published snapshot. It comes after publishing: nobody waits for it."""
    from warehouse.search import refresh

    refresh(workspace.search_index, workspace.warehouse)


def found(
    workspace: Workspace,
    words: str,
    *,
    blogs: Sequence[str],
    first: date | None,
    last: date | None,
    author: str | None,
    limit: int,
) -> tuple[list[SearchHit], int]:
    """The best matches and how many there are; an index that is behind the snapshot is brought up to date first."""
    from warehouse.errors import WarehouseMissing
    from warehouse.search import is_current, search

    workspace.blogs(blogs)
    if not workspace.warehouse.exists():
        raise WarehouseMissing(workspace.warehouse)
    if not is_current(workspace.search_index, workspace.warehouse):
        refresh_index(workspace)
    return search(workspace.search_index, words, blogs=blogs, first=first, last=last, author=author, limit=limit)


def told(hits: Sequence[SearchHit], total: int, *, as_json: bool) -> None:
    """Print what was found: for a program with ``**`` around the words that matched, for a person in colour."""
    from warehouse.search import MARK, UNMARK

    if as_json:
        print_json([asdict(hit) | {"snippet": hit.snippet.replace(MARK, "**").replace(UNMARK, "**")} for hit in hits])
        return
    strong, weak = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    for hit in hits:
        print(f"{hit.published or 'undated':10}  {strong}{plain(hit.title)}{weak}")
        print(f"            {plain(', '.join((*hit.authors, hit.blog)))} · {plain(hit.url)}")
        marks = {MARK: strong, UNMARK: weak}
        print("            " + "".join(c if c.isprintable() else marks.get(c, "�") for c in hit.snippet) + "\n")
    print(
        f"{len(hits)} of {total} posts shown" + (": raise --limit for more" if total > len(hits) else ""),
        file=sys.stderr,
    )
