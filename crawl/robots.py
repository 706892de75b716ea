"""robots.txt by RFC 9309, parsed by protego. Pure.

Two things are asked of protego here: that its rules are matched by searching for the parts between the ``*`` and not
by a regular expression (a real file with thirty ``*`` in a rule would hang), which versions from 0.7 do and a test
measures; and that it is given the product token alone, because it looks for group names anywhere in what it is given,
and a contact address in the User-Agent could match somebody else's group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crawl.urls import canonical

MAX_BYTES = 500 * 1024
"""RFC 9309 §2.5: at least so much must be read; what follows is ignored."""

MAX_DELAY = 60.0
"""Crawl-delay is no part of RFC 9309, and some files ask for a day. A longer one counts as one minute."""

MAX_SITEMAPS = 100

_IS_PAGE = re.compile(rb"\s*(?:<!doctype|<html|<\?xml)", re.I)
_TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True)
class Robots:
    """What one origin's robots.txt says to us. ``reachable`` False: it could not be read, so all is forbidden."""

    text: str = ""
    agent: str = "*"
    reachable: bool = True

    @cached_property
    def _rules(self) -> Any:
        from protego import Protego

        return Protego.parse(self.text)

    def allows(self, url: str) -> bool:
        return self.reachable and bool(self._rules.can_fetch(url, self.agent))

    @property
    def delay(self) -> float | None:
        """Crawl-delay in seconds, at most `MAX_DELAY`."""
        said = self._rules.crawl_delay(self.agent)
        return None if said is None else min(float(said), MAX_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Canonical URLs of the sitemaps it names, in its order."""
        named = (canonical(str(line)) for line in self._rules.sitemaps)
        return tuple(dict.fromkeys(url for url in named if url))[:MAX_SITEMAPS]


def product_token(user_agent: str) -> str:
    """The name by which robots.txt addresses a crawler: ``Sectorscope`` of ``Sectorscope/1.0 (+mailto:…)``."""
    match = _TOKEN.match(user_agent)
    return match[0] if match else "*"


def parsed(body: bytes, user_agent: str) -> Robots:
    """The rules in ``body``. An HTML page in the place of robots.txt says nothing."""
    if _IS_PAGE.match(body.removeprefix(b"\xef\xbb\xbf")):
        body = b""
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
    return Robots(text, product_token(user_agent))


def from_answer(status: int | None, body: bytes, user_agent: str) -> Robots:
    """RFC 9309 §2.3.1: 2xx: its rules; 4xx: no rules; 429, 5xx or no answer (None): all is forbidden for now.

    (429 is a 4xx, yet it says "not now", not "there is none".)
    """
    token = product_token(user_agent)
    if status is None or status == 429 or status >= 500:
        return Robots("", token, reachable=False)
    return parsed(body, user_agent) if 200 <= status < 300 else Robots("", token)
