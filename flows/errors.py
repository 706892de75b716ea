"""Errors that end a command: one line saying what is wrong, and what to do next.

SectorscopeError        code 1
├── NotAWorkspace       the folder holds no sectorscope.toml
├── SettingsBroken      sectorscope.toml or blogs.toml cannot be read as it is
├── UnknownBlog         code 2: the command line names a blog that blogs.toml has not
└── NothingThere        there is nothing yet to answer from
"""

from __future__ import annotations

# Exit codes of the command line
OK, ERROR, USAGE, PARTIAL, UNHEALTHY = 0, 1, 2, 3, 4


class SectorscopeError(Exception):
    """``message`` says what is wrong, ``hint`` what to do next; ``code`` is the command's exit code."""

    code = ERROR

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotAWorkspace(SectorscopeError):
    pass


class SettingsBroken(SectorscopeError):
    pass


class UnknownBlog(SectorscopeError):
    code = USAGE


class NothingThere(SectorscopeError):
    pass
