"""Answers from the published snapshot: SQL, concordances, trends, term counts."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.cli_common import Form, fits, print_json, print_markdown, print_records, print_rows
from flows.errors import SectorscopeError
from flows.lexicon import counted_lexicon_of, lexicon_of
from flows.reporting import checked, grained
from flows.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from analysis.changepoint import Changes
    from analysis.drift import Interrupted
    from analysis.marking import Sampled
    from analysis.records import Concordance, PostView, Trend
    from analysis.topics import Topics
    from warehouse.export import Format


FORMATS: dict[Form, Format] = {Form.csv: "csv", Form.jsonl: "jsonl", Form.parquet: "parquet"}


def answer(workspace: Workspace, query: str, form: Form, out: Path | None, *, files: bool = False) -> None:
    """Run one query on the snapshot and print its rows, or write them to ``out``. ``files``: it may use other files too."""
    import warehouse
    from warehouse.export import write_rows
    from warehouse.query import rows

    if form is Form.parquet and out is None:
        raise SectorscopeError("Parquet is not for a terminal.", "Name a file with -o FILE.parquet.")
    with (
        warehouse.open(workspace.warehouse, files=files) as snapshot,
        out.open("wb") if out else nullcontext(sys.stdout.buffer) as sink,
        redirect_stdout(io.TextIOWrapper(sink, encoding="utf-8", write_through=True)) as text,
    ):
        if form in FORMATS:
            write_rows(snapshot, query, FORMATS[form], sink)
        else:
            show(*rows(snapshot, query), form)
        text.detach()


def show(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Form) -> None:
    """Print rows for a person: a table, Markdown or JSON."""
    if form is Form.json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form is Form.markdown:
        print_markdown(columns, rows)
    elif fits(columns):
        print_rows(columns, rows)
    else:
        print_records(columns, rows)


def concordances(workspace: Workspace, term: str, width: int, limit: int) -> tuple[list[Concordance], bool]:
    """The first ``limit`` contexts of a theme or a term, newest posts first, and whether there are more."""
    import warehouse
    from analysis.kwic import chosen_lexicon, concordance
    from warehouse.query import post_views, posts_with_lemma, tags

    lexicon = lexicon_of(workspace)
    lemmas = chosen_lexicon(term, lexicon, reads_lemmas=True).lemmas
    with warehouse.open(workspace.warehouse) as snapshot:
        having = posts_with_lemma(snapshot, lemmas) if lemmas else set()

        def tags_of(post: PostView) -> list[tuple[str, str] | None] | None:
            return tags(snapshot, post.url) if post.url in having else None

        posts = sorted(post_views(snapshot), key=lambda post: (post.published, post.url), reverse=True)
        lines = list(islice(concordance(posts, term, lexicon, width, tags_of), limit + 1))
    return lines[:limit], len(lines) > limit


def trend_of(workspace: Workspace, theme: str, by: str | None) -> tuple[Trend, Changes, list[str]]:
    """A theme's trend, its changepoints, and lines for a terminal. Dates are looked for by month."""
    from analysis.changepoint import changepoints
    from analysis.terminal import trend_lines
    from analysis.trends import trend

    lexicon = counted_lexicon_of(workspace)
    checked((theme,), lexicon)
    settings = workspace.settings().report
    posts = posts_of(workspace, lexicon.digest)
    grain = grained(by or settings.grain)
    found = trend(posts, theme, period=grain, seed=settings.seed, resamples=settings.resamples)
    changes = changepoints(posts, theme, period="month", seed=settings.seed)
    return found, changes, trend_lines(found, lexicon[theme].label, changes)


def event_of(workspace: Workspace, theme: str, day: date) -> tuple[Interrupted, list[str]]:
    """What changed in a theme's rate at ``day``, by months, and the sentences that say it."""
    from analysis import figures
    from analysis.change_words import event_said
    from analysis.drift import interrupted
    from analysis.panel import panel_of

    lexicon = counted_lexicon_of(workspace)
    checked((theme,), lexicon)
    name = f"{workspace.settings().report.seed}|{theme}"
    found = interrupted(panel_of(posts_of(workspace, lexicon.digest), theme, "month"), day, name=name)
    return found, [said.replace(figures.NBSP, " ") for said in event_said(found)]


def term_counts(workspace: Workspace, theme: str | None) -> tuple[list[dict[str, Any]], list[str]]:
    """Hits and posts per term of the lexicon, and the terms that this version does not count."""
    lexicon = counted_lexicon_of(workspace)
    wanted = checked((theme,) if theme else (), lexicon)
    hits: Counter[tuple[str, str]] = Counter()
    posts: Counter[tuple[str, str]] = Counter()
    for post in posts_of(workspace, lexicon.digest):
        met = Counter((hit.theme, hit.term) for hit in post.hits if hit.theme in wanted)
        hits.update(met)
        posts.update(met.keys())
    totals: Counter[str] = Counter()
    for (name, _), count in hits.items():
        totals[name] += count
    rows = [
        {
            "theme": name,
            "term": term,
            "hits": count,
            "posts": posts[name, term],
            "share": round(count / totals[name], 3),
        }
        for (name, term), count in sorted(
            hits.items(), key=lambda item: (wanted.index(item[0][0]), -item[1], item[0][1])
        )
    ]
    return rows, [str(line) for line in lexicon.unsupported]


def hits_to_mark(workspace: Workspace, theme: str) -> tuple[str, list[Sampled]]:
    """The lexicon's digest, and the theme's hits in the order in which people mark them."""
    from analysis.marking import in_marking_order

    lexicon = counted_lexicon_of(workspace)
    checked((theme,), lexicon)
    return lexicon.digest, in_marking_order(posts_of(workspace, lexicon.digest), theme)


def terms_suggested(workspace: Workspace, theme: str, n: int) -> list[dict[str, Any]]:
    """Terms that the theme may lack, with their evidence."""
    from analysis.suggestion import suggestions

    lexicon = lexicon_of(workspace)
    checked((theme,), lexicon)
    return [
        {
            "term": one.term,
            "uses": one.keyness.target,
            "elsewhere": one.keyness.reference,
            "log_ratio": round(one.keyness.log_ratio, 2),
            "z": round(one.keyness.z, 1),
            "q": one.q,
            "blogs": one.keyness.groups,
            "dp": one.keyness.dp if one.keyness.dp is None else round(one.keyness.dp, 2),
            "near": one.near,
            "example": one.example,
            "url": one.url,
        }
        for one in suggestions(posts_of(workspace, None), lexicon, theme, n=n)
    ]


def topics_of(workspace: Workspace, n: int, by: str | None) -> tuple[Topics, list[str]]:
    """Topics of the countable posts, and lines for a terminal."""
    from analysis.terminal import topic_lines
    from analysis.topics import topics

    settings = workspace.settings().report
    grain = grained(by or settings.grain)
    found = topics(posts_of(workspace, None), n=n, period=grain, seed=settings.seed)
    return found, topic_lines(found)


def posts_of(workspace: Workspace, lexicon_digest: str | None) -> list[PostView]:
    """The countable posts of the snapshot, with the hits of that lexicon (None: without hits)."""
    import warehouse
    from warehouse.query import post_views

    with warehouse.open(workspace.warehouse) as snapshot:
        return list(post_views(snapshot, lexicon_digest))
