"""What a report says of a theme: the headline, whether anything changed, which terms and which blogs carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis import figures
from analysis.evidence import evidence
from analysis.intervals import PER_WORDS, wilson
from analysis.records import PostView, Trend, TrendPoint
from analysis.report_records import BlogRow, Direction, ReportInput, TermRow, ThemeFindings
from analysis.surroundings import all_surroundings
from analysis.theme_file import Theme
from analysis.trend_warnings import FEW_HITS
from analysis.trends import FEWEST_POSTS, side_by_side, trend

FORMS = 3


def all_findings(report: ReportInput) -> list[ThemeFindings]:
    """The findings of every theme reported, their tests corrected for how many themes are looked at."""
    from analysis.changepoint import changepoints
    from analysis.claimed_changes import claimed_changes
    from analysis.event_tests import corrected_events

    found = [theme_findings(report, key) for key in report.themes or report.lexicon.keys]
    corrected = side_by_side([one.trend for one in found])
    changes = claimed_changes(
        [one.changes for one in found],
        lambda key, level: changepoints(report.posts, key, seed=report.seed, level=level),
    )
    around = all_surroundings(report)
    return [
        replace(one, trend=line, changes=claimed, events=events, surroundings=around[one.theme.key])
        for one, line, claimed, events in zip(
            found, corrected, changes, corrected_events([one.events for one in found]), strict=True
        )
    ]


def theme_findings(report: ReportInput, key: str) -> ThemeFindings:
    """What the report says of the theme ``key`` by itself; `all_findings` corrects its tests and adds its surroundings."""
    from analysis.changepoint import changepoints
    from analysis.corpus import corpus_of
    from analysis.event_tests import event_tests

    theme = report.lexicon[key]
    changes = changepoints(report.posts, key, seed=report.seed)
    line = trend(report.posts, key, period=report.grain, seed=report.seed, resamples=report.resamples)
    direction, change = change_found(line)
    change += _peak_said(line)
    terms = term_rows(report.posts, key)
    known = {row.term for row in terms} | {one.term for one in report.lexicon.unsupported if one.theme == key}
    return ThemeFindings(
        theme=theme,
        trend=line,
        headline=headline(line, theme),
        change=change,
        direction=direction,
        peak=peak_of(line),
        evidence=evidence(
            report.posts,
            key,
            sentences=report.sentences,
            n=report.sentences_per_theme,
            seed=report.seed,
            period=report.grain,
        ),
        terms=terms,
        silent_terms=tuple(term for term in (*theme.terms, *theme.near) if term not in known),
        blogs=blog_rows(report.posts, key, {row.blog: row.name for row in report.coverage}),
        changes=changes,
        events=event_tests(corpus_of(report.posts), theme, changes.points, seed=report.seed),
    )


def headline(line: Trend, theme: Theme) -> str:
    """The newest period with enough posts, with interval and denominator."""
    sure = sure_points(line.points)
    posts = sum(point.posts for point in line.points)
    if posts and not any(point.hits for point in line.points):
        return f"{theme.label}: not one hit in {figures.count(posts, 'post')}."
    if not sure:
        return f"{theme.label}: no period has enough posts for a figure ({figures.count(posts, 'post')} in all)."
    return f"In {sure[-1].period}, {share_said(sure[-1])} use its terms at least once; {rate_said(sure[-1])}."


def change_found(line: Trend) -> tuple[Direction, str]:
    """The newest period against the oldest, worded as cautiously as the figures ask for.

    A change is claimed only where share and rate both moved the same way, neither pair of 95 % intervals overlaps, and
    the blogs that are there throughout, if there are any, did not move the other way.
    """
    sure = sure_points(line.points)
    if len(sure) < 2:
        return "too little", "Fewer than two periods have enough posts: nothing can be compared."
    if sum(point.hits for point in line.points) < FEW_HITS:
        return "too little", f"Fewer than {FEW_HITS} hits in all: nothing can be compared."
    old, new = sure[0], sure[-1]
    was = f"In {old.period} it was {share_said(old)}, {rate_said(old)}."
    direction = _direction(old, new)
    if direction == "unclear":
        return direction, f"{was} The intervals of share and rate do not both keep apart: no change can be claimed."
    steady = _steady_direction(line, old, new)
    if steady is not None and steady != direction:
        blogs = figures.count(len(line.steady_blogs), "blog")
        return "unclear", (
            f"{was} The line over all blogs went {_way(direction)}, but the {blogs} present throughout did not: "
            "the change may come from which blogs are there, so none is claimed."
        )
    checked = (
        f" The {figures.count(len(line.steady_blogs), 'blog')} present throughout moved the same way."
        if steady
        else " Too few blogs are present throughout to check this against a changing panel."
        if _panel_changed(line)
        else ""
    )
    return direction, (
        f"{was} The figure is {'higher' if direction == 'more' else 'lower'} now; the intervals of share and rate both "
        f"keep apart.{checked} Two periods are compared here: see the chart for what lies between."
    )


def sure_points(points: Sequence[TrendPoint]) -> list[TrendPoint]:
    """The points with both intervals."""
    return [point for point in points if point.share_low is not None and point.rate_low is not None]


def share_said(point: TrendPoint) -> str:
    """``34 % of 120 posts (26–43 %)``"""
    interval = figures.percent_interval(point.share_low, point.share_high)
    return f"{figures.percent(point.share)} of {figures.count(point.posts, 'post')}" + (
        f" ({interval})" if interval else ""
    )


def rate_said(point: TrendPoint) -> str:
    """``8.1 hits per 10,000 words (5.9–10.7)``"""
    interval = figures.rate_interval(point.rate_low, point.rate_high)
    return f"{figures.rate(point.rate)} hits per 10,000 words" + (f" ({interval})" if interval else "")


def peak_of(line: Trend) -> TrendPoint | None:
    """The period with the highest share of those with enough posts; the earliest of equals; None without a hit."""
    sure = [point for point in sure_points(line.points) if point.hits]
    return max(sure, key=lambda point: (point.share or 0.0, -point.start.toordinal()), default=None)


def _peak_said(line: Trend) -> str:
    peak = peak_of(line)
    return "" if peak is None else f" Highest in {peak.period}: {share_said(peak)}."


def _direction(old: TrendPoint, new: TrendPoint) -> Direction:
    bounds = (old.share_low, old.share_high, old.rate_low, old.rate_high,
              new.share_low, new.share_high, new.rate_low, new.rate_high)  # fmt: skip
    share_low, share_high, rate_low, rate_high, *now = (0.0 if bound is None else bound for bound in bounds)
    if now[0] > share_high and now[2] > rate_high:
        return "more"
    if now[1] < share_low and now[3] < rate_low:
        return "less"
    return "unclear"


def _steady_direction(line: Trend, old: TrendPoint, new: TrendPoint) -> Direction | None:
    """Which way the steady blogs' rate and share moved, intervals aside; None where there is no such line."""
    by_period = {point.period: point for point in line.same_blogs}
    was, now = by_period.get(old.period), by_period.get(new.period)
    if was is None or now is None or None in (was.share, was.rate, now.share, now.rate):
        return None
    ups = [(now.share or 0) - (was.share or 0), (now.rate or 0) - (was.rate or 0)]
    if min(ups) > 0:
        return "more"
    return "less" if max(ups) < 0 else "unclear"


def _panel_changed(line: Trend) -> bool:
    return any(warning.startswith("The panel") for warning in line.warnings)


def _way(direction: Direction) -> str:
    return "up" if direction == "more" else "down"


def term_rows(posts: Iterable[PostView], theme: str) -> tuple[TermRow, ...]:
    """What each term adds, most hits first."""
    from analysis.corpus import corpus_of

    corpus = corpus_of(posts)
    hits, at = corpus.hits, corpus.hits_of(theme)
    rows = []
    for number in sorted(set(hits.term[at].tolist())):
        of_term = at[hits.term[at] == number]
        forms: Counter[str] = Counter()
        for form, times in Counter(hits.form[of_term].tolist()).items():
            forms[" ".join(corpus.forms[form].casefold().split())] += times
        with_it = sorted(set(hits.post[of_term].tolist()))
        rows.append(
            TermRow(
                term=corpus.terms[number],
                hits=len(of_term),
                share=len(of_term) / len(at),
                posts=len(with_it),
                blogs=len(set(corpus.blog[with_it].tolist())),
                loudest=max(Counter(corpus.blog[hits.post[of_term]].tolist()).values()) / len(of_term),
                forms=tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:FORMS]),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.hits, row.term)))


def blog_rows(posts: Iterable[PostView], theme: str, names: Mapping[str, str]) -> tuple[BlogRow, ...]:
    """How each blog writes about the theme, most posts first."""
    from analysis.corpus import corpus_of

    corpus = corpus_of(posts)
    counts = corpus.counts_of(theme)
    rows = []
    for number, blog in enumerate(corpus.blogs):
        written = (corpus.blog == number).nonzero()[0]
        hits, words, with_hit = (
            int(counts[written].sum()),
            int(corpus.words[written].sum()),
            int((counts[written] > 0).sum()),
        )
        interval = wilson(with_hit, len(written)) if len(written) >= FEWEST_POSTS else (None, None)
        rows.append(
            BlogRow(
                blog=blog,
                name=names.get(blog, blog),
                posts=len(written),
                posts_with_hit=with_hit,
                words=words,
                hits=hits,
                share=with_hit / len(written),
                share_low=interval[0],
                share_high=interval[1],
                rate=hits / words * PER_WORDS if words else None,
                first=corpus[int(written[0])].published,
                last=corpus[int(written[-1])].published,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.posts, row.blog)))
