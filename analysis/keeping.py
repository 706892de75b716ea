"""Results that one report leaves for the next: a pure function asked the same again need not work it out again.

Nothing is kept unless whoever makes the report offers a place for it (`keeping`); a figure is the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Ask = Callable[[Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]
"""Gives what a function makes of its arguments, from an earlier time if it can."""

_ask: ContextVar[Ask | None] = ContextVar("ask", default=None)


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """``function`` with its results kept, where there is a place for them.

    Only for a function of a module whose result depends on its arguments and on nothing else; both must be plain values that
    can be pickled. Worth it where it takes longer than reading a small file.
    """

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        ask = _ask.get()
        return function(*args, **kwargs) if ask is None else ask(function, args, kwargs)

    return asked


@contextmanager
def keeping(ask: Ask) -> Iterator[None]:
    """Within, what `kept` functions are asked goes through ``ask``."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)
