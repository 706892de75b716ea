"""Every figure of a report as rows of plain values: what its CSV, XLSX and Parquet files hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

from analysis.records import ChangeTest, LinePoint, TrendPoint
from analysis.report_records import BlogRow, CoverageRow, ReportInput, ThemeFindings, WhoCites

MOST_CITED = 5000  # works and sites in the files: beyond are those that one blog cites
FEWEST_LINKING = 2  # posts: a site that one post links to is no node of a network

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are as long as ``columns``; each of these is a name and its type: str, int, float or date."""

    name: str
    columns: tuple[tuple[str, type], ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


def figure_tables(report: ReportInput, findings: Sequence[ThemeFindings], cites: WhoCites) -> tuple[Table, ...]:
    """The tables, those that readers want first coming first; a table without rows is there too."""
    made = [
        Table(name, columns, tuple((found.theme.key, *row) for found in findings for row in rows_of(found)))
        for name, columns, rows_of in TABLES
    ]
    coverage = tuple(astuple(row) for row in report.coverage)
    return (about(report), *made, *network_tables(cites), Table("coverage", columns_of(CoverageRow), coverage))


def network_tables(cites: WhoCites) -> Iterator[Table]:
    """Who cites what as nodes (`cited`) and edges (`cites`), the most cited first, and the blogs that cite the same works."""
    things = [("work", row) for row in cites.works]
    things += [("site", row) for row in cites.sites if len(row.posts) >= FEWEST_LINKING and not row.is_blog]
    things = things[:MOST_CITED]
    nodes = [(kind, row.key, row.name, row.url, len(row.posts), len(row.by)) for kind, row in things]
    edges = [(blog, kind, row.key, row.name, posts) for kind, row in things for blog, posts in row.by]
    edges += [(one.blog, "blog", one.to, one.to, len(one.posts)) for one in cites.blogs]
    pairs = [(pair.one, pair.other, pair.shared, pair.jaccard) for pair in cites.alike]
    yield Table("cited", _columns("kind key name url", posts=int, blogs=int), tuple(nodes))
    yield Table("cites", _columns("blog kind key name", posts=int), tuple(edges))
    yield Table("alike", _columns("blog other_blog", works_both_cite=int, jaccard=float), tuple(pairs))


def about(report: ReportInput) -> Table:
    """What the figures rest on: all that is needed to make them again."""
    known: dict[str, object] = {
        "title": report.title, "sector": report.sector, "data_date": report.data_date, "posts": len(report.posts),
        "grain": report.grain, "first": report.first, "last": report.last, "lexicon": report.lexicon.digest,
        "seed": report.seed, "resamples": report.resamples, "command": report.command,
        **{f"version: {name}": version for name, version in report.versions},
    }  # fmt: skip
    rows = tuple((name, str(value)) for name, value in known.items() if value is not None)
    return Table("about", (("name", str), ("value", str)), rows)


def columns_of(record: type, without: Sequence[str] = ()) -> tuple[tuple[str, type], ...]:
    """A record's fields and their types, as its annotations say; what may be None is typed as what it else is."""
    kinds: dict[str, type] = {"str": str, "int": int, "float": float, "date": date}
    return tuple(
        (field.name, kinds.get(str(field.type).split(" | ")[0], str))
        for field in fields(record)
        if field.name not in without
    )


THEME = (("theme", str),)
POINT = columns_of(TrendPoint, ["theme"])
LINE = columns_of(LinePoint)
TEST = columns_of(ChangeTest)
BLOG = columns_of(BlogRow)


def theme_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    line = found.trend
    yield (
        found.theme.label, found.direction, found.headline, found.change, line.left_out, len(line.steady_blogs),
        found.changes.p, found.changes.q, found.changes.reason, " ".join(line.warnings),
    )  # fmt: skip


def point_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for name, points in (("all", found.trend.points), ("same blogs", found.trend.same_blogs)):
        yield from ((name, *astuple(point)[1:]) for point in points)


def line_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for name, points in (("adjusted", found.trend.adjusted), ("equal blogs", found.trend.equal_blogs)):
        yield from ((name, *astuple(point)) for point in points)


def test_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    yield from (astuple(test) for test in (found.trend.drift, found.trend.share_drift) if test)


def rank_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    ranks = found.trend.ranks
    if ranks:
        yield ranks.line, ranks.years, ranks.tau, ranks.p, ranks.slope, ranks.low, ranks.high


def change_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for one in found.changes.points:
        yield (
            one.period, one.start, one.earliest, one.latest, one.p, one.step.ratio, one.step.low, one.step.high,
            one.step.p, one.step.blogs, one.q, str(found.changes.drift_fits_as_well).lower(),
        )  # fmt: skip


def event_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for one in found.events:
        for part, test in (("level", one.found.level), ("drift", one.found.drift)):
            yield one.event.day, one.event.label, part, *astuple(test)


def term_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for row in found.terms:
        forms = "; ".join(f"{form} ({hits})" for form, hits in row.forms)
        yield row.term, row.hits, row.share, row.posts, row.blogs, row.loudest, forms
    yield from ((term, 0, 0.0, 0, 0, None, "") for term in found.silent_terms)


def blog_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    yield from (astuple(row) for row in found.blogs)


def author_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for row in found.surroundings.authors if found.surroundings else ():
        yield row.name, row.posts_with_hit, row.posts, "; ".join(row.blogs), row.first, row.last


def name_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    yield from (astuple(row) for row in (found.surroundings.names if found.surroundings else ()))


def work_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for row in found.surroundings.works if found.surroundings else ():
        work = row.work
        yield (
            "; ".join(work.authors),
            work.year,
            work.title,
            work.container,
            work.url,
            row.posts,
            row.blogs,
            row.all_posts,
            row.all_blogs,
        )


def site_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for row in found.surroundings.sites if found.surroundings else ():
        yield row.site.host, row.site.blog, row.posts, row.blogs, row.all_posts, row.all_blogs


def shared_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for row in found.surroundings.shared if found.surroundings else ():
        yield row.theme, row.both, row.expected, row.times


def word_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    words = found.surroundings.words if found.surroundings else None
    for side, rows in (("more", words.more), ("less", words.less)) if words else ():
        for one in rows:
            key = one.keyness
            yield side, key.term, key.target, key.reference, key.log_ratio, key.z, one.q, key.groups, key.dp


def sentence_rows(found: ThemeFindings) -> Iterator[tuple[Value, ...]]:
    for one in found.evidence:
        post = one.post
        yield (
            one.term, one.sentence, "; ".join(post.authors), post.title, post.blog, post.published, post.precision, post.url,
            one.start, one.end, post.fetched_at, post.warc,
        )  # fmt: skip


Columns = tuple[tuple[str, type], ...]


def _columns(texts: str = "", **others: type) -> Columns:
    return (*((name, str) for name in texts.split()), *others.items())


# name, columns, and what a theme's findings give to it
TABLES: tuple[tuple[str, Columns, Callable[[ThemeFindings], Iterable[tuple[Value, ...]]]], ...] = (
    ("themes", (*THEME, *_columns("label newest_against_oldest headline change", left_out=int, steady_blogs=int, p_of_any_change=float,
                          q_of_any_change=float),
                *_columns("no_changepoints_because warnings")), theme_rows),
    ("points", (*THEME, ("line", str), *POINT), point_rows),
    ("lines", (*THEME, ("line", str), *LINE), line_rows),
    ("tests", (*THEME, *TEST), test_rows),
    ("ranks", (*THEME, *_columns("line", years=int, tau=float, p=float, slope=float, low=float, high=float)), rank_rows),
    ("changepoints", (*THEME, *_columns("period", start=date, earliest=date, latest=date, p=float, ratio=float, low=float,
                                        high=float, p_of_step=float, blogs=int, q=float, drift_fits_as_well=str)), change_rows),
    ("events", (*THEME, *_columns("", day=date), *_columns("label part"), *TEST), event_rows),
    ("terms", (*THEME, *_columns("term", hits=int, share=float, posts=int, blogs=int, loudest=float, forms=str)), term_rows),
    ("blogs", (*THEME, *BLOG), blog_rows),
    ("authors", (*THEME, *_columns("name", posts_with_hit=int, posts=int, blogs=str, first=date, last=date)), author_rows),
    ("names", (*THEME, *_columns("name label", posts=int, blogs=int, share=float, elsewhere=float)), name_rows),
    ("works", (*THEME, *_columns("authors year title container url", posts=int, blogs=int, all_posts=int, all_blogs=int)), work_rows),
    ("sites", (*THEME, *_columns("host blog", posts=int, blogs=int, all_posts=int, all_blogs=int)), site_rows),
    ("together", (*THEME, *_columns("other_theme", both=int, expected=float, times=float)), shared_rows),
    ("words", (*THEME, *_columns("side word", late=int, early=int, log_ratio=float, z=float, q=float, blogs=int, dp=float)), word_rows),
    ("sentences", (*THEME, *_columns("term sentence authors title blog", published=date, precision=str, url=str, start=int,
                                     end=int, fetched_at=str, warc=str)), sentence_rows),
)  # fmt: skip
