"""The page that lists a workspace's reports, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from analysis.templating import environment

INDEX = "index.html"
HEAD = 8192  # characters: title and description stand before anything long


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report as the index shows it: its folder, and what its page says of itself."""

    folder: str
    title: str
    description: str


class _Head(HTMLParser):
    """The title and the description of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.description, self.is_in_title = "", "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.is_in_title = tag == "title"
        if tag == "meta" and given.get("name") == "description":
            self.description = given.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        self.is_in_title = self.is_in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        self.title += data if self.is_in_title else ""


def write_index(reports: Path, sector: str, report_file: str) -> Path:
    """Write ``index.html`` into ``reports``, over every folder in it that holds a ``report_file``; gives its path."""
    page = (
        environment()
        .get_template("index.html")
        .render(sector=sector, listed=listed(reports, report_file), report_file=report_file)
    )
    (reports / INDEX).write_text(page, encoding="utf-8", newline="")
    return reports / INDEX


def listed(reports: Path, report_file: str) -> list[Listed]:
    """The reports in ``reports``, by the names of their folders (the day of their data), the newest first."""
    found = []
    for path in sorted(reports.glob(f"*/{report_file}"), reverse=True):
        with path.open(encoding="utf-8") as file:
            head = _Head(file.read(HEAD))
        folder = path.parent.name
        found.append(Listed(folder=folder, title=head.title.strip() or folder, description=head.description))
    return found
