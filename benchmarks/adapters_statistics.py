"""The statistics that analysis/ offers, in the shape that the reference cases ask for; None for what it does not offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from analysis.intervals import PER_WORDS, clopper_pearson, exact_rate, wilson
from analysis.kwic import concordance
from analysis.records import PostView
from analysis.themes import Lexicon, compile_themes

Given = dict[str, Any]

FIRST_LINES = 15  # as the reference lists them: in order, so several lines of one document are told apart by place


def statistic(kind: str, given: Given, corpus: Given | None) -> Given | None:
    """What analysis/ makes of one reference case; ``corpus`` is the tokenised corpus that the case names, if any."""
    offered = OFFERED.get(kind)
    return None if offered is None else offered(given, corpus or {})


def proportion_ci(given: Given, _: Given) -> Given:
    hits, posts = given["x"], given["n"]
    return {"wilson95": wilson(hits, posts), "clopper_pearson95": clopper_pearson(hits, posts)}


def rate_ci(given: Given, _: Given) -> Given:
    hits, words = given["count"], given["tokens"]
    return {"rate_per_10k": hits / words * PER_WORDS, "exact95": exact_rate(hits, words)}


def dictionary(given: Given, corpus: Given) -> Given:
    patterns = given["patterns"]
    per_doc = [len(_lexicon(patterns).find(doc["tokens"])) for doc in corpus["docs"]]
    words = sum(len(doc["tokens"].split()) for doc in corpus["docs"])
    return {
        "total": sum(per_doc),
        "docs_with": sum(hits > 0 for hits in per_doc),
        "per_doc": per_doc,
        "per_pattern_alone": {
            pattern: sum(len(_lexicon([pattern]).find(doc["tokens"])) for doc in corpus["docs"]) for pattern in patterns
        },
        "rate_per_10k_total": sum(per_doc) / words * PER_WORDS,
    }


def kwic(given: Given, corpus: Given) -> Given:
    posts = [_post(doc) for doc in corpus["docs"]]
    lines = list(concordance(posts, given["pattern"], _lexicon([given["pattern"]]), given["window"]))
    first = [{"left": line.left, "hit": line.keyword, "right": line.right} for line in lines[:FIRST_LINES]]
    return {"n": len(lines), "first": first}


def _lexicon(patterns: list[str]) -> Lexicon:
    """The patterns as one theme, in the reference's manner: ``government`` does not count ``government's``."""
    return compile_themes({"possessives": False, "themes": {"theme": {"label": "theme", "terms": patterns}}})


def _post(doc: Given) -> PostView:
    return PostView(
        url=doc["id"], title=doc["id"], blog="corpus", authors=(), published=date(doc["year"], 1, 1), precision="year",
        words=len(doc["tokens"].split()), text=doc["tokens"],
    )  # fmt: skip


OFFERED: dict[str, Callable[[Given, Given], Given]] = {
    "proportion_ci": proportion_ci,
    "rate_ci": rate_ci,
    "dictionary": dictionary,
    "kwic": kwic,
}
