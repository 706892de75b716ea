"""The fictional sector of these tests, as fixtures: pytest's importlib mode lets no test import its neighbour."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from analysis import compile_themes
from analysis.records import PostView
from analysis.report_records import CoverageRow, ReportInput
from analysis.themes import Lexicon

LEXICON: Lexicon = compile_themes(
    {
        "themes": {
            "cuts": {
                "label": "Cuts",
                "terms": ["budget cut*", "austerity", "never met", "lemma:cut/NOUN"],
                "exclude": ["tax cut*"],
                "events": [["2012-04-01", "A budget"], ["2014-06-01", "Another budget"], ["1990-01-01", "Too early"]],
                "note": "Made for tests.",
            },
            "volunteers": {"label": "Volunteers", "terms": ["volunteer*"]},
        }
    }
)
FILLERS = (
    "The hall was full and the tea was strong.",
    "Nobody agreed about the minutes of the last meeting.",
    "We read the new report so that you need not.",
    "It rained, and the roof of the old library leaked again.",
)


def made_post(blog: str, day: date, text: str = "", *, number: int = 0, **more: Any) -> PostView:
    """One post with its hits found."""
    given = {
        "url": f"https://{blog}.example/{day.isoformat()}/{number}",
        "title": f"Notes {number} of {day.isoformat()}",
        "blog": blog,
        "authors": ("Ada Quill",) if number % 3 else (),
        "published": day,
        "precision": "day",
        "words": len(text.split()),
        "text": text,
        "fetched_at": "2026-11-02T09:14:05+00:00",
        "warc": f"{blog}-0001.warc.gz:{number * 1043}",
        "hits": tuple(LEXICON.find(text)),
    }
    return PostView(**{**given, **more})


def planted_posts(
    shares: Mapping[int, float], *, blogs: Sequence[str] = ("ash", "birch", "cedar"), each: int = 20, seed: int = 0
) -> list[PostView]:
    """``each`` posts a blog and year, of which exactly the share planted for that year speaks of cuts, once."""
    rng = random.Random(seed)
    posts = []
    for blog in blogs:
        for year, share in shares.items():
            for number in range(each):
                says = [rng.choice(FILLERS) for _ in range(8)]
                if number < round(share * each):
                    says.insert(
                        rng.randrange(8), f"The {blog} council told group {number} of {year} about new budget cuts."
                    )
                day = date(year, rng.randint(1, 12), rng.randint(1, 28))
                posts.append(made_post(blog, day, " ".join(says), number=number))
    return posts


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans up to each full stop: enough for these texts."""
    return [found.span() for found in re.finditer(r"[^\s.][^.]*\.?", text)]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return LEXICON


@pytest.fixture(scope="session")
def post() -> Callable[..., PostView]:
    return made_post


@pytest.fixture(scope="session")
def planted() -> Callable[..., list[PostView]]:
    return planted_posts


@pytest.fixture(scope="session")
def sentences() -> Callable[[str], list[tuple[int, int]]]:
    return sentence_spans


@pytest.fixture(scope="session")
def report_input() -> Callable[..., ReportInput]:
    """A `ReportInput` of the given posts; any field may be given."""

    def made(posts: Sequence[PostView], **more: Any) -> ReportInput:
        blogs = sorted({one.blog for one in posts})
        counted = {blog: sum(one.blog == blog for one in posts) for blog in blogs}
        rows = tuple(
            CoverageRow(blog=blog, name=f"{blog.title()} Notes", pages=counted[blog] + 6, counted=counted[blog],
                        undated=3, duplicates=2, not_posts=1) for blog in blogs
        )  # fmt: skip
        given: dict[str, Any] = {
            "title": "Cuts and volunteers",
            "sector": "Allotments",
            "posts": tuple(posts),
            "lexicon": LEXICON,
            "data_date": date(2026, 11, 2),
            "command": "sectorscope report --by year",
            "sentences": sentence_spans,
            "coverage": rows,
            "versions": (("sectorscope", "0.1.0"),),
            "resamples": 100,
        }
        return ReportInput(**{**given, **more})

    return made
