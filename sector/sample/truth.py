"""What is true of the sample, as JSON: every post, and every theme by year. `python -m sector.sample.truth` writes it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sector.sample.plan import THEMES, YEARS
from sector.sample.posts import build_posts
from sector.sample.records import SamplePost
from sector.sample.wording import plain

TRUTH = Path(__file__).with_name("truth.json")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def truth(posts: Iterable[SamplePost]) -> dict[str, Any]:
    """``posts``: one entry each. ``themes``: per theme and year the expected share and what stands in countable posts.

    Countable are whole posts that are no one's copy. ``words`` counts runs of letters and digits, joined by a hyphen
    or an apostrophe, so other counters differ by a per cent or two. ``expected_share`` is the mean of the chances.
    """
    posts = tuple(posts)
    counted = {post.url: words(post) for post in posts}
    countable = [post for post in posts if post.kind == "post"]
    by_blog = {blog: [post for post in countable if post.blog == blog] for blog in dict.fromkeys(p.blog for p in posts)}
    return {
        "posts": [_entry(post, counted[post.url]) for post in posts],
        "themes": {theme: _years(theme, countable, counted) for theme in THEMES},
        "themes_by_blog": {
            theme: {blog: _years(theme, own, counted) for blog, own in by_blog.items()} for theme in THEMES
        },
    }  # fmt: skip


def words(post: SamplePost) -> int:
    """Words of the article text."""
    return sum(len(_WORD.findall(text)) for text in post.paragraphs)


def _entry(post: SamplePost, length: int) -> dict[str, Any]:
    return {
        "url": post.url,
        "blog": post.blog,
        "title": post.title,
        "date": post.published.isoformat(),
        "precision": post.precision,
        "authors": [author.name for author in post.authors],
        "kind": post.kind,
        "duplicate_of": post.duplicate_of,
        "words": length,
        "references": [plain(reference) for reference in post.references],
        "citations": [{"as_printed": cited.as_printed, "references": list(cited.references)} for cited in post.citations],
        "hits": {theme: post.hits[theme] for theme in THEMES if post.hits.get(theme)},
    }  # fmt: skip


def _years(theme: str, posts: list[SamplePost], counted: Mapping[str, int]) -> dict[str, dict[str, float]]:
    years = {}
    for year in YEARS:
        own = [post for post in posts if post.published.year == year]
        if not own:
            continue
        years[str(year)] = {
            "expected_share": round(sum(post.expected[theme] for post in own) / len(own), 4),
            "posts": len(own),
            "posts_with_hit": sum(1 for post in own if post.hits.get(theme)),
            "hits": sum(post.hits.get(theme, 0) for post in own),
            "words": sum(counted[post.url] for post in own),
        }
    return years


def as_json(known: dict[str, Any]) -> str:
    """The truth with a line for each post and for each theme's year, so that a change shows in a diff."""
    lines = [
        "{",
        '"posts": [',
        ",\n".join(json.dumps(post, ensure_ascii=False) for post in known["posts"]),
        "],",
    ]
    lines.append(f'"themes": {_nested(known["themes"])},')
    lines.append(f'"themes_by_blog": {_nested(known["themes_by_blog"])}')
    return "\n".join([*lines, "}", ""])


def _nested(table: dict[str, Any]) -> str:
    rows = (
        f"{json.dumps(key)}: {{\n"
        + ",\n".join(f"  {json.dumps(inner)}: {json.dumps(value)}" for inner, value in values.items())
        + "\n}"
        for key, values in table.items()
    )
    return "{\n" + ",\n".join(rows) + "\n}"


if __name__ == "__main__":
    TRUTH.write_text(as_json(truth(build_posts())), encoding="utf-8")
    sys.stdout.write(f"{TRUTH}\n")
