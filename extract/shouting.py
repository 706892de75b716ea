"""Words in capitals, written as names are, for a model that takes every shouted word for an initialism."""

from __future__ import annotations

import re
from collections.abc import Collection

_SHOUTED = re.compile(r"(?<![\w@#/.])[A-Z]{5,}(?![\w@/])")


def calmed(text: str, initialisms: Collection[str] = ()) -> str:
    """``text`` with words of five capitals and more in title case ("SEARLE" → "Searle"), but for ``initialisms``; of the
    same length, so that offsets hold.

    Initialisms are seldom longer than four letters; surnames in capitals are common in minutes, programmes and lists.
    """
    return _SHOUTED.sub(lambda found: found[0] if found[0] in initialisms else found[0].title(), text)
