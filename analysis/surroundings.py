"""Who writes on a theme, whom its posts name, what they cite, and which other themes they speak of. Descriptions, no tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from analysis.collocation import shared_posts
from analysis.records import Named, Site, Work
from analysis.report_records import AuthorRow, NameRow, ReportInput, SharedTheme, SiteRow, Surroundings, WorkRow
from analysis.word_changes import word_change

if TYPE_CHECKING:
    from analysis.corpus import Corpus, Ints
    from analysis.things import Things

MOST_ROWS = 12
FEWEST_SHARED = 5  # posts with both themes, for a ratio to chance
FEWEST_POSTS = 2  # a name or work of one post is that post's, not the theme's
FEWEST_BLOGS = 2  # where there are several: what one blog alone names says who that blog is


def all_surroundings(report: ReportInput) -> dict[str, Surroundings]:
    """The surroundings of every theme reported, by its key."""
    from analysis.corpus import corpus_of
    from analysis.things import Things

    keys = tuple(report.themes or report.lexicon.keys)
    corpus = corpus_of(report.posts)
    shared = shared_themes(corpus, {key: report.lexicon[key].label for key in keys})
    authors, named = Things(corpus, lambda post: post.authors), Things(corpus, lambda post: post.named)
    works, sites = Things(corpus, lambda post: post.cited), Things(corpus, lambda post: post.linked)
    found = {}
    for key in keys:
        on = corpus.counts_of(key).nonzero()[0]
        fewest_blogs = min(FEWEST_BLOGS, len(_blogs(corpus, on)))
        found[key] = Surroundings(
            authors=author_rows(corpus, on, authors),
            unsigned=len(on) - authors.having(on),
            names=name_rows(corpus, on, named, fewest_blogs),
            works=work_rows(corpus, on, works),
            citing=works.having(on),
            sites=site_rows(corpus, on, sites, fewest_blogs),
            shared=shared[key],
            words=word_change(corpus, key, report.grain, seed=report.seed),
        )
    return found


def author_rows(corpus: Corpus, on: Ints, authors: Things[str]) -> tuple[AuthorRow, ...]:
    """The names that sign most of the posts ``on`` a theme. Two people of one name are not told apart."""
    return tuple(
        AuthorRow(
            name=name,
            posts_with_hit=len(signed),
            posts=authors.posts(name),
            blogs=_blogs(corpus, signed),
            first=corpus[int(signed[0])].published,
            last=corpus[int(signed[-1])].published,
        )
        for name, signed in authors.most(on, MOST_ROWS)
    )


def name_rows(corpus: Corpus, on: Ints, named: Things[Named], fewest_blogs: int) -> tuple[NameRow, ...]:
    """The entities that most of the posts ``on`` a theme name, beside the share of all other posts that name them."""
    others = len(corpus) - len(on)
    return tuple(
        NameRow(
            name=entity.name,
            label=entity.label,
            posts=len(naming),
            blogs=len(_blogs(corpus, naming)),
            share=len(naming) / len(on),
            elsewhere=(named.posts(entity) - len(naming)) / others if others else None,
        )
        for entity, naming in named.most(on, MOST_ROWS, fewest_posts=FEWEST_POSTS, fewest_blogs=fewest_blogs)
    )


def work_rows(corpus: Corpus, on: Ints, works: Things[Work]) -> tuple[WorkRow, ...]:
    """The works that most of the posts ``on`` a theme cite, in a reference list or by a link."""
    return tuple(
        WorkRow(
            work=work, posts=len(citing), blogs=len(_blogs(corpus, citing)), all_posts=works.posts(work),
            all_blogs=works.blogs(work),
        )
        for work, citing in works.most(on, MOST_ROWS)
    )  # fmt: skip


def site_rows(corpus: Corpus, on: Ints, sites: Things[Site], fewest_blogs: int) -> tuple[SiteRow, ...]:
    """The sites that most of the posts ``on`` a theme link to."""
    return tuple(
        SiteRow(
            site=site, posts=len(citing), blogs=len(_blogs(corpus, citing)), all_posts=sites.posts(site),
            all_blogs=sites.blogs(site),
        )
        for site, citing in sites.most(on, MOST_ROWS, fewest_posts=FEWEST_POSTS, fewest_blogs=fewest_blogs)
    )  # fmt: skip


def shared_themes(corpus: Corpus, labels: Mapping[str, str]) -> dict[str, tuple[SharedTheme, ...]]:
    """For each theme of ``labels`` the others that share a post with it, those first that are there most above what chance gives."""
    found: dict[str, list[SharedTheme]] = {key: [] for key in labels}
    for pair in shared_posts(_together(corpus, labels)):
        for one, other in (pair.themes, pair.themes[::-1]) if pair.both else ():
            times = pair.both / pair.expected if pair.both >= FEWEST_SHARED else None
            found[one].append(
                SharedTheme(theme=other, label=labels[other], both=pair.both, expected=pair.expected, times=times)
            )
    return {key: tuple(sorted(rows, key=lambda row: (-(row.times or 0), row.theme))) for key, rows in found.items()}


def _together(corpus: Corpus, wanted: Collection[str]) -> dict[frozenset[str], int]:
    """How many posts have just these of the ``wanted`` themes."""
    import numpy as np

    themes = [theme for theme in corpus.themes if theme in wanted]
    if not themes:
        return {frozenset(): len(corpus)}
    rows = np.column_stack([corpus.counts_of(theme) for theme in themes]) > 0
    sets, posts = np.unique(rows, axis=0, return_counts=True)
    return {
        frozenset(theme for theme, is_there in zip(themes, row, strict=True) if is_there): int(count)
        for row, count in zip(sets.tolist(), posts, strict=True)
    }


def _blogs(corpus: Corpus, posts: Ints) -> tuple[str, ...]:
    return tuple(corpus.blogs[number] for number in sorted(set(corpus.blog[posts].tolist())))
