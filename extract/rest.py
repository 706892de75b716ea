"""Work that makes many objects and hardly a cycle, done while the cycle collector rests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Within, no cycles are collected, unless they were not before or another thread sees to it.

    A page is some ten thousand objects that all live until it is read: to look through them again and again took a fifth
    of the time. What is done within must end soon and leave few cycles.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
