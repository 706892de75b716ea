"""Our public functions in the shapes that the scorers ask for. Only shapes are changed here, nothing is read or judged."""

from __future__ import annotations

from benchmarks.adapters_pages import article_text, article_text_site, metadata, metadata_site
from benchmarks.adapters_references import (
    citations,
    entities,
    entities_batch,
    reference,
    reference_unseen,
    references_section,
)
from benchmarks.adapters_statistics import statistic

__all__ = [
    "article_text",
    "article_text_site",
    "citations",
    "entities",
    "entities_batch",
    "metadata",
    "metadata_site",
    "reference",
    "reference_unseen",
    "references_section",
    "statistic",
]
