"""Behind every count the posts it counts: which posts of a theme are shown on which page, and where a number links to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.evidence import hit_sentences
from analysis.records import Grain, PostView
from analysis.report_records import Evidence, ReportInput, Surroundings
from analysis.theme_file import Theme

if TYPE_CHECKING:
    from analysis.corpus import Corpus, Ints

FOLDER = "evidence"
MOST_POSTS = 1000  # a theme: some hundred screens; hits.csv has the others too
PER_PAGE = 250
MOST_SENTENCES = 5  # a post
COARSE = "coarse"  # stands for the period of posts that are dated too coarsely for one


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as an evidence page shows it. ``number`` counts from 1 through the theme's pages; ``more`` hits are not quoted."""

    number: int
    post: PostView
    hits: int
    sentences: tuple[Evidence, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPeriod:
    """The posts of one period with a hit; ``left_out`` of them are not shown. ``name`` is None for dates too coarse."""

    name: str | None
    posts: tuple[ShownPost, ...]
    left_out: int

    @property
    def anchor(self) -> str:
        return f"p-{self.name or COARSE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A blog, term, author … in the first page's index: the numbers of its posts that are shown, and how many are not."""

    anchor: str
    name: str
    numbers: tuple[int, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePages:
    """All posts of a theme that are shown, page by page, and the indexes to them: by blog, by term …"""

    theme: Theme
    pages: tuple[tuple[ShownPeriod, ...], ...]
    indexes: Mapping[str, Mapping[object, Entry]]
    posts: int
    shown: int
    last: tuple[int, ...]  # the number of each page's last post

    def file(self, page: int = 0) -> str:
        """The file of the page numbered from 0."""
        return f"{self.theme.key}.html" if page == 0 else f"{self.theme.key}-{page + 1}.html"

    def period(self, name: str) -> str | None:
        """Where the posts of a period stand, from the report; None where it has none."""
        for number, page in enumerate(self.pages):
            if any(period.name == name for period in page):
                return f"{FOLDER}/{self.file(number)}#p-{name}"
        return None

    def where(self, index: str, thing: object) -> str | None:
        """Where the posts of a blog, term, author … are listed, from the report; None where there are none."""
        entry = self.indexes.get(index, {}).get(thing)
        return f"{FOLDER}/{self.file()}#{entry.anchor}" if entry else None

    def post(self, number: int) -> str:
        """Where a post stands, from the first page."""
        place = bisect_left(self.last, number)
        return f"{self.file(place) if place else ''}#n{number}"


def evidence_pages(
    report: ReportInput, key: str, names: Mapping[str, str], around: Surroundings | None = None
) -> EvidencePages:
    """The posts with a hit of the theme ``key``. Of more than `MOST_POSTS` each period keeps its first in a fixed random order.

    ``names`` are those of blogs. The authors, names, works and themes of ``around`` get an index, as blogs and terms do.
    """
    import numpy as np

    from analysis.corpus import corpus_of

    corpus = corpus_of(report.posts)
    by_period = _by_period(corpus, key, report.grain)
    order = sorted(by_period, key=lambda name: (name is None, name or ""))
    most = _most_each([len(posts) for posts in by_period.values()])
    periods, number = [], 0
    for name in order:
        posts = by_period[name]
        if len(posts) > most:
            posts = np.sort(posts[corpus.drawn(f"{report.seed}|{key}", posts).argsort()[:most]])
        shown = []
        for at in posts.tolist():
            number += 1
            shown.append(_shown(number, corpus[at], key, report))
        periods.append(ShownPeriod(name=name, posts=tuple(shown), left_out=len(by_period[name]) - len(shown)))
    shown_posts = [one for period in periods for one in period.posts]
    of_blogs = {corpus.blogs[at]: n for at, n in Counter(corpus.blog[corpus.counts_of(key) > 0].tolist()).items()}
    pages = tuple(_paged(periods))
    return EvidencePages(
        theme=report.lexicon[key],
        pages=pages,
        indexes=_indexes(key, shown_posts, of_blogs, corpus.posts_by_term(key), names, around),
        posts=sum(of_blogs.values()),
        shown=number,
        last=tuple(page[-1].posts[-1].number if page else 0 for page in pages),
    )


def _by_period(corpus: Corpus, key: str, grain: Grain) -> dict[str | None, Ints]:
    """The posts with a hit by the name of their period; None: dated too coarsely for one."""
    placed, on = corpus.placed(grain), corpus.counts_of(key).nonzero()[0]
    names = (*(period.name for period in placed.periods), None)  # place −1 is the last of these
    places = placed.place[on]
    return {names[place]: on[places == place] for place in sorted(set(places.tolist()))}


def _most_each(sizes: Sequence[int]) -> int:
    """The largest number of posts a period that keeps all of them together within `MOST_POSTS`; at least one."""
    if sum(sizes) <= MOST_POSTS:
        return max(sizes, default=1)
    low, high = 1, max(sizes)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(size, middle) for size in sizes) <= MOST_POSTS else (low, middle - 1)
    return low


def _shown(number: int, post: PostView, key: str, report: ReportInput) -> ShownPost:
    hits = sum(hit.theme == key for hit in post.hits)
    sentences = tuple(hit_sentences(post, key, report.sentences))
    quoted = sum(piece.is_hit for one in sentences[:MOST_SENTENCES] for piece in one.pieces)
    return ShownPost(number=number, post=post, hits=hits, sentences=sentences[:MOST_SENTENCES], more=hits - quoted)


def _paged(periods: Sequence[ShownPeriod]) -> Iterator[tuple[ShownPeriod, ...]]:
    """Whole periods to a page, as many as it holds."""
    page: list[ShownPeriod] = []
    for period in periods:
        if page and sum(len(one.posts) for one in page) + len(period.posts) > PER_PAGE:
            yield tuple(page)
            page = []
        page.append(period)
    yield tuple(page)


def _indexes(
    key: str,
    shown: Sequence[ShownPost],
    of_blogs: Mapping[str, int],
    of_terms: Mapping[str, int],
    names: Mapping[str, str],
    around: Surroundings | None,
) -> dict[str, dict[object, Entry]]:
    """The indexes by their names, empty ones left out. Only the posts that are shown are walked through: of the others
    there may be very many, and their number is known."""
    said: dict[str, dict[object, tuple[str, int]]] = {  # thing → its name, and the posts with it
        "blog": {blog: (names.get(blog, blog), of_blogs[blog]) for blog in sorted(of_blogs)},
        "term": {term: (term, of_terms[term]) for term in sorted(of_terms)},
    }
    if around:
        said |= {
            "author": {row.name: (row.name, row.posts_with_hit) for row in around.authors},
            "name": {(row.name, row.label): (row.name, row.posts) for row in around.names},
            "work": {row.work: (row.work.name, row.posts) for row in around.works},
            "site": {row.site: (row.site.name, row.posts) for row in around.sites},
            "theme": {row.theme: (row.label, row.both) for row in around.shared},
        }
    found: dict[str, dict[object, list[int]]] = {index: {thing: [] for thing in of} for index, of in said.items()}
    for one in shown:
        post = one.post
        things: dict[str, set[object]] = {
            "blog": {post.blog},
            "term": {hit.term for hit in post.hits if hit.theme == key},
            "author": set(post.authors),
            "name": set(post.named),
            "work": set(post.cited),
            "site": set(post.linked),
            "theme": {hit.theme for hit in post.hits},
        }
        for index, lists in found.items():
            for thing in things[index] & lists.keys():
                lists[thing].append(one.number)
    return {
        index: {
            thing: Entry(
                anchor=f"{index}-{place}",
                name=said[index][thing][0],
                numbers=tuple(sorted(listed)),
                left_out=said[index][thing][1] - len(listed),
            )
            for place, (thing, listed) in enumerate(lists.items(), start=1)
        }
        for index, lists in found.items()
        if lists
    }
