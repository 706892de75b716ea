"""What else the posts speak of: topics by non-negative matrix factorisation. An offer to look at, not a finding.

NMF (Lee & Seung 1999, Nature 401:788) of TF-IDF weights, by scikit-learn. Another seed gives other topics; how far they are
the same is measured as the agreement of their top terms (Greene, O'Callaghan & Cunningham 2014, ECML PKDD).
"""

from __future__ import annotations

import hashlib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.periods import is_fine_enough, period_of
from analysis.records import Grain, PostView
from analysis.tokens import folded, token_spans

MOST_POSTS = 4_000  # factorised; of more, a fixed random part
MOST_TERMS = 4_000  # those in most posts
FEWEST_POSTS = 50  # below, a topic is a post
FEWEST_WITH_TERM, MOST_WITH_TERM = (
    5,
    0.5,
)  # posts, and part of the posts: rarer says nothing of others, commoner nothing at all
FEWEST_BLOGS = 2  # with a term, where there are several: else topics are blogs
SHORTEST = 3  # letters of a word
TERMS = 10
EXAMPLES = 3
RUNS = 5
ROUNDS = 150
STABLE = 0.5  # mean agreement below which a topic is called unstable
LEADING = 0.5  # part of a topic's weight that makes it one blog's

SAID = (
    "Exploratory: topics are made by an algorithm from words that stand together, another seed gives others, and nobody has "
    "checked them. Read the examples before you name one; to count it, write a theme of terms that you can defend."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A post that has much of a topic."""

    url: str
    title: str
    blog: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """``terms`` are the weightiest first. ``share`` is the mean part of a post that it has, ``by_period`` the same by period.

    ``stability`` is the mean Jaccard index of its terms with the best-matching topic of runs with other seeds: 1, the same.
    ``leading_blog`` carries ``leading`` of its weight.
    """

    terms: tuple[str, ...]
    share: float
    by_period: tuple[tuple[str, float | None], ...]
    stability: float
    leading_blog: str
    leading: float
    examples: tuple[Example, ...]

    @property
    def caution(self) -> str:
        """What to be warned of, in a few words; empty if nothing."""
        said = [f"one blog’s: {self.leading_blog}"] if self.leading > LEADING else []
        return "; ".join([*(["unstable"] if self.stability < STABLE else []), *said])


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The topics, largest first. ``reason`` says why there are none."""

    topics: tuple[Topic, ...]
    posts: int
    of: int
    seed: int
    runs: int
    reason: str | None = None


def topics(
    posts: Iterable[PostView], *, n: int = 12, period: Grain = "year", seed: int = 0, runs: int = RUNS
) -> Topics:
    """``n`` topics of the posts. The order of the posts does not matter; the same ``seed`` gives the same topics.

    Raises ValueError for fewer than two topics or runs.
    """
    if n < 2 or runs < 2:
        raise ValueError(f"{n} topics in {runs} runs: give two or more of each")
    every = sorted(posts, key=lambda post: post.url)
    kept = _part(every, seed)
    if len(kept) < FEWEST_POSTS:
        return Topics(topics=(), posts=len(kept), of=len(every), seed=seed, runs=runs,
                      reason=f"only {len(kept)} posts: fewer than {FEWEST_POSTS} give no topics")  # fmt: skip
    weights, terms = _weighted(kept)
    if len(terms) < 2 * n:
        return Topics(topics=(), posts=len(kept), of=len(every), seed=seed, runs=runs,
                      reason=f"only {len(terms)} words stand in enough posts and blogs: too few for {n} topics")  # fmt: skip
    fits = [_factorised(weights, n, seed + run) for run in range(runs)]
    best = min(range(runs), key=lambda run: fits[run].error)
    others = [_top_terms(fit.of_terms, terms) for run, fit in enumerate(fits) if run != best]
    found = _described(fits[best], terms, kept, others, period)
    return Topics(topics=found, posts=len(kept), of=len(every), seed=seed, runs=runs)


@dataclass(frozen=True, slots=True)
class _Fit:
    of_posts: Any  # posts × topics
    of_terms: Any  # topics × terms
    error: float


def _part(posts: Sequence[PostView], seed: int) -> list[PostView]:
    if len(posts) <= MOST_POSTS:
        return list(posts)
    drawn = sorted(posts, key=lambda post: hashlib.sha256(f"{seed}|topics|{post.url}".encode()).digest())
    return sorted(drawn[:MOST_POSTS], key=lambda post: post.url)


def _weighted(posts: Sequence[PostView]) -> tuple[Any, list[str]]:
    """TF-IDF weights of the posts' words, posts × terms, and the terms."""
    import numpy as np
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfTransformer

    def words(post: PostView) -> list[str]:
        found = (folded(post.text[start:stop]).removesuffix("'s") for start, stop in token_spans(post.text))
        return [word for word in found if len(word) >= SHORTEST and word.isalpha() and word not in ENGLISH_STOP_WORDS]

    given = [words(post) for post in posts]
    if not any(given):
        return None, []
    counter = CountVectorizer(analyzer=list)
    counts = counter.fit_transform(given)
    there = (counts > 0).astype(int)
    with_term = np.asarray(there.sum(axis=0)).ravel()
    blogs = _blogs_with_term(there, [post.blog for post in posts])
    several = min(FEWEST_BLOGS, len({post.blog for post in posts}))
    use = (with_term >= FEWEST_WITH_TERM) & (with_term <= MOST_WITH_TERM * len(posts)) & (blogs >= several)
    names = counter.get_feature_names_out()
    kept = sorted(use.nonzero()[0].tolist(), key=lambda at: (-with_term[at], names[at]))[:MOST_TERMS]
    if not kept:
        return None, []
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, kept]), [str(names[at]) for at in kept]


def _blogs_with_term(there: Any, blogs: Sequence[str]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {blog: at for at, blog in enumerate(sorted(set(blogs)))}
    rows = [place[blog] for blog in blogs]
    of_blog = csr_matrix((np.ones(len(rows)), (rows, range(len(rows)))), shape=(len(place), len(rows)))
    return np.asarray(((of_blog @ there) > 0).sum(axis=0)).ravel()


def _factorised(weights: Any, n: int, seed: int) -> _Fit:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n_components=n, init="random", random_state=seed, max_iter=ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a run that is not quite done shows in the stability
        of_posts = model.fit_transform(weights)
    return _Fit(of_posts, model.components_, float(model.reconstruction_err_))


def _top_terms(of_terms: Any, terms: Sequence[str]) -> list[tuple[str, ...]]:
    """Of each topic the weightiest terms, equal ones by name."""
    return [
        tuple(terms[at] for at in sorted(range(len(terms)), key=lambda at: (-row[at], terms[at]))[:TERMS])
        for row in of_terms
    ]


def stability(topic_terms: Sequence[Sequence[str]], others: Sequence[Sequence[Sequence[str]]]) -> list[float]:
    """Of each topic the mean over other runs of its terms' Jaccard index with the topic that it is matched to there.

    Topics are matched one to one, so that the sum is greatest (the Hungarian method).
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    found = np.zeros(len(topic_terms))
    for other in others:
        alike = np.array([[len({*a} & {*b}) / len({*a} | {*b}) for b in other] for a in topic_terms])
        rows, columns = linear_sum_assignment(-alike)
        found[rows] += alike[rows, columns]
    return [float(value) for value in found / len(others)]


def _described(
    fit: _Fit, terms: Sequence[str], posts: Sequence[PostView], others: Sequence[Sequence[Sequence[str]]], grain: Grain
) -> tuple[Topic, ...]:
    import numpy as np

    sums = fit.of_posts.sum(axis=1, keepdims=True)
    parts = fit.of_posts / np.where(sums > 0, sums, 1)  # a post without any of the terms has no topic
    named = _top_terms(fit.of_terms, terms)
    stable = stability(named, others)
    periods = [
        period_of(post.published, grain).name if is_fine_enough(post.precision, grain) else None for post in posts
    ]
    means = {name: parts[[at for at, period in enumerate(periods) if period == name]].mean(axis=0)
             for name in sorted({period for period in periods if period is not None})}  # fmt: skip
    made = []
    for k in range(len(named)):
        by_blog: Counter[str] = Counter()
        for post, part in zip(posts, parts[:, k], strict=True):
            by_blog[post.blog] += part
        blog, most = min(by_blog.items(), key=lambda item: (-item[1], item[0]))
        total = sum(by_blog.values())
        made.append(
            Topic(
                terms=named[k], share=float(parts[:, k].mean()), by_period=tuple((name, float(mean[k])) for name, mean in means.items()),
                stability=stable[k], leading_blog=blog, leading=float(most / total) if total else 0.0,
                examples=_examples(posts, fit.of_posts[:, k].__getitem__),
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda topic: (-topic.share, topic.terms)))


def _examples(posts: Sequence[PostView], weight: Callable[[int], float]) -> tuple[Example, ...]:
    """The posts with most of the topic, of different blogs as far as there are."""
    order = sorted(range(len(posts)), key=lambda at: (-weight(at), posts[at].url))
    first: dict[str, int] = {}
    for at in order:
        first.setdefault(posts[at].blog, at)
    chosen = [*first.values(), *(at for at in order if first[posts[at].blog] != at)][:EXAMPLES]
    return tuple(
        Example(url=posts[at].url, title=posts[at].title, blog=posts[at].blog) for at in chosen if weight(at) > 0
    )
