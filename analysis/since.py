"""What changed since an earlier report: two `figures.json` held against each other, and the posts they count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis import figures
from analysis.report_records import CALLED, EarlierReport

SAME = ("grain", "first", "last")  # what two reports must have been asked alike
SHOWN_POSTS = 50  # new or gone posts that are named; posts.parquet of the two reports has all

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeChange:
    """A theme then and now. ``not_comparable`` says why its figures cannot be held against each other."""

    key: str
    label: str
    then: str
    now: str
    moved: tuple[str, ...]  # which figures of the newest period left the interval that they had
    verdict: tuple[str, str] | None  # then and now, where they differ
    added: tuple[str, ...]
    removed: tuple[str, ...]
    revised: int  # older periods whose count of posts is another now
    not_comparable: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """All that differs. ``reasons`` say why figures of the two reports cannot be held against each other."""

    name: str
    data_date: date
    then_posts: int
    now_posts: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    reasons: tuple[str, ...]
    versions: tuple[tuple[str, str, str], ...]
    themes: tuple[ThemeChange, ...]
    themes_new: tuple[str, ...]
    themes_gone: tuple[str, ...]

    @property
    def moved(self) -> tuple[ThemeChange, ...]:
        return tuple(theme for theme in self.themes if theme.moved or theme.verdict)

    @property
    def is_comparable(self) -> bool:
        return not self.reasons


def since(now: Figures, posts: Collection[str], earlier: EarlierReport) -> Since:
    """``now`` and ``posts`` (their addresses) against the earlier report's."""
    then, held = earlier.figures, set(posts)
    both = [key for key in now["themes"] if key in then["themes"]]
    shared = tuple(_differing(now, then))
    return Since(
        name=earlier.name,
        data_date=date.fromisoformat(then["data_date"]),
        then_posts=then["posts"],
        now_posts=now["posts"],
        new=tuple(sorted(held - earlier.posts)),
        gone=tuple(sorted(earlier.posts - held)),
        reasons=(*shared, *_lexicon_differs(now, then)),
        versions=tuple(_versions(now["versions"], then["versions"])),
        themes=tuple(_theme(key, now["themes"][key], then["themes"][key], shared) for key in both),
        themes_new=tuple(theme["label"] for key, theme in now["themes"].items() if key not in then["themes"]),
        themes_gone=tuple(theme["label"] for key, theme in then["themes"].items() if key not in now["themes"]),
    )


def _differing(now: Figures, then: Figures) -> Iterator[str]:
    """What was asked or read otherwise, for all themes alike."""
    for name in SAME:
        if now[name] != then[name]:
            yield f"{name} was {then[name] or 'open'}, is {now[name] or 'open'}"
    read, was_read = now["versions"].get("extractor"), then["versions"].get("extractor")
    if read != was_read:
        yield (
            f"the posts were read by version {was_read or 'unknown'} of the reading rules, and are by {read or 'unknown'}: "
            "dates, texts and words may differ although nobody wrote anything"
        )


def _lexicon_differs(now: Figures, then: Figures) -> Iterator[str]:
    if now["lexicon"] != then["lexicon"]:
        yield (
            f"the lexicon’s digest was {then['lexicon']}, is {now['lexicon']}: themes whose terms changed cannot be held "
            "against each other"
        )


def _theme(key: str, now: Figures, then: Figures, shared: tuple[str, ...]) -> ThemeChange:
    reason = "; ".join(shared) or None
    if now["lexicon"] != then["lexicon"]:
        reason = "its terms are counted otherwise"
    said = [_newest(one["trend"]["points"]) for one in (then, now)]
    terms = [{f"{role}: {term}" for role, named in one["counted"].items() for term in named} for one in (then, now)]
    calls = (CALLED.get(then["newest_against_oldest"], ""), CALLED.get(now["newest_against_oldest"], ""))
    return ThemeChange(
        key=key,
        label=now["label"],
        then=_said(said[0]),
        now=_said(said[1]),
        moved=() if reason else tuple(_moved(said[0], said[1])),
        verdict=None if reason or calls[0] == calls[1] else calls,
        added=tuple(sorted(terms[1] - terms[0])),
        removed=tuple(sorted(terms[0] - terms[1])),
        revised=_revised(now["trend"]["points"], then["trend"]["points"]),
        not_comparable=reason,
    )


def _newest(points: list[Figures]) -> Figures | None:
    """The newest point with both intervals, as the headline has it."""
    sure = [point for point in points if point["share_low"] is not None and point["rate_low"] is not None]
    return sure[-1] if sure else None


def _said(point: Figures | None) -> str:
    if point is None:
        return "no period with enough posts"
    return (
        f"{point['period']}: {figures.percent(point['share'])} of {figures.count(point['posts'], 'post')} "
        f"({figures.percent_interval(point['share_low'], point['share_high'])}); {figures.rate(point['rate'])} per 10,000 words "
        f"({figures.rate_interval(point['rate_low'], point['rate_high'])})"
    )


def _moved(then: Figures | None, now: Figures | None) -> Iterator[str]:
    """The figures of the newest period that lie outside the interval which the earlier report gave its newest."""
    for figure, name in (("share", "share of posts"), ("rate", "rate")):
        if then and now and not then[f"{figure}_low"] <= now[figure] <= then[f"{figure}_high"]:
            yield f"{name} {'up' if now[figure] > then[f'{figure}_high'] else 'down'}"


def _revised(now: list[Figures], then: list[Figures]) -> int:
    counted = {point["period"]: point["posts"] for point in now}
    return sum(counted.get(point["period"], 0) != point["posts"] for point in then[:-1])


def _versions(now: Figures, then: Figures) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys((*now, *then)):
        if now.get(name) != then.get(name):
            yield name, then.get(name) or "–", now.get(name) or "–"


def since_lines(found: Since) -> list[str]:
    """Two lines for a terminal."""
    posts = f"{len(found.new):,} new, {len(found.gone):,} gone of {found.then_posts:,} posts"
    moved = [
        f"{one.label} ({', '.join([*one.moved, *([f'now {one.verdict[1]}'] if one.verdict else [])])})"
        for one in found.moved
    ]
    second = f"Moved: {'; '.join(moved) or 'no theme beyond its earlier interval'}."
    if not found.is_comparable:
        second = f"Not comparable{'' if not moved else ' as a whole'}: {'; '.join(found.reasons)}."
    return [f"Since the report of {found.data_date}: {posts}.", second]
