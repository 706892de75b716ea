"""What a person sees while a run goes on: bars on a terminal, plain lines elsewhere. Always on stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress

PLAIN_EVERY = 15.0  # seconds between two plain lines of one job


class Job(Protocol):
    """One line of the display: ``update`` says how far it is (``now``: even where lines are kept few), ``finish`` what
    came of it."""

    def update(self, done: int, total: int | None = None, note: str = "", *, now: bool = False) -> None: ...

    def finish(self, note: str) -> None: ...


class PlainJob:
    """A job told in plain lines: when it starts, now and then, and when it ends."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.last = time.monotonic()
        say(f"{name}: started")

    def update(self, done: int, total: int | None = None, note: str = "", *, now: bool = False) -> None:
        if now or time.monotonic() - self.last >= PLAIN_EVERY:
            self.last = time.monotonic()
            say(f"{self.name}: {done}{f' of {total}' if total else ''} {note}".rstrip())

    def finish(self, note: str) -> None:
        say(f"{self.name}: {note}")


class Display:
    """Gives out jobs; safe to use from several threads."""

    def __init__(self, bars: Progress | None = None) -> None:
        self.bars = bars
        self.lock = threading.Lock()

    def job(self, name: str) -> Job:
        with self.lock:
            return PlainJob(name) if self.bars is None else BarJob(self.bars, name)


class BarJob:
    """A job drawn as a bar by Rich."""

    def __init__(self, bars: Progress, name: str) -> None:
        self.bars = bars
        self.name = name
        self.task = bars.add_task(name, total=None, note="")

    def update(self, done: int, total: int | None = None, note: str = "", *, now: bool = False) -> None:  # noqa: ARG002 - a bar always shows at once
        self.bars.update(self.task, completed=done, total=total, note=note)

    def finish(self, note: str) -> None:
        self.bars.remove_task(self.task)
        self.bars.console.print(f"{self.name}: {note}", highlight=False)


_display = Display()


def display() -> Display:
    """The display that the command line has opened, or one of plain lines (a scheduled run, a worker)."""
    return _display


@contextmanager
def shown() -> Iterator[None]:
    """Draw bars while the block runs, where stderr is a terminal."""
    global _display
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        _display = Display(bars)
        try:
            yield
        finally:
            _display = Display()


def say(line: str) -> None:
    """One plain line for the person at the terminal or the reader of a log."""
    print(line, file=sys.stderr, flush=True)
