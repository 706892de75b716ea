"""Page → post: boilerplate, title, byline, date, references, citations, entities. Pure: values in, values out.

The public functions are loaded when they are first asked for, so that importing this room stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extract.version import EXTRACTOR_VERSION

if TYPE_CHECKING:
    from extract.citations import link_citations
    from extract.entities import load_ner
    from extract.post import extract_post
    from extract.references import parse_reference
    from extract.site import learn_site

__all__ = ["EXTRACTOR_VERSION", "extract_post", "learn_site", "link_citations", "load_ner", "parse_reference"]

_HOMES = {
    "extract_post": "extract.post",
    "learn_site": "extract.site",
    "parse_reference": "extract.references",
    "link_citations": "extract.citations",
    "load_ner": "extract.entities",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    found = getattr(import_module(home), name)
    globals()[name] = found
    return found
