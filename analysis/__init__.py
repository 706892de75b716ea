"""Posts and theme hits → findings → report. Pure, but for reading a file of themes and writing a report's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.changepoint import changepoints
    from analysis.keywords import keyness
    from analysis.kwic import concordance
    from analysis.report import write_report
    from analysis.themes import compile_themes
    from analysis.trends import trend

__all__ = ["changepoints", "compile_themes", "concordance", "keyness", "trend", "write_report"]

_HOMES = {
    "changepoints": "changepoint",
    "compile_themes": "themes",
    "concordance": "kwic",
    "keyness": "keywords",
    "trend": "trends",
    "write_report": "report",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
