"""When was a step? The mean date of the likeliest half year, and how far it may be off.

A segmentation gives the single likeliest month, which chance moves about. Here the counts are taken as negative binomial, as counts
of posts are that have all or nothing, levels, season and the step's size at their estimates; of the months between the
neighbouring steps the seven in a row that hold most of the likelihood are taken, and their mean by likelihood is the date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.blog_effects import Scores, fitted
from analysis.drift import season_waves
from analysis.panel import Floats, Panel

AROUND = {"month": 3, "quarter": 1, "year": 0}  # periods on either side: a half year
TURNS = 3  # the step's size depends on its date, and that on its size
RESAMPLES = 999
LEAST_EXCESS = 0.05  # of variance over mean: less is no burst


def steps_at(panel: Panel, starts: Sequence[int]) -> Floats:
    """A column for each of ``starts``: 0 before that period, 1 from it on."""
    return (np.arange(len(panel.periods))[:, None] >= np.asarray(starts, dtype=int)[None, :]).astype(float)


def dispersion_by_blog(panel: Panel, means: Floats) -> Floats:
    """Pearson's χ² over its degrees of freedom, of each blog: one that comes in bursts weighs less."""
    there = means > 0
    apart = np.where(there, (panel.hits - means) ** 2 / np.where(there, means, 1), 0).sum(axis=1)
    return np.asarray(np.maximum(1.0, apart / np.maximum(there.sum(axis=1) - 1, 1)))


def dated(panel: Panel, starts: Sequence[int], shortest: int) -> list[int]:
    """The date of each step of ``starts`` between its neighbours, none of them nearer than ``shortest`` periods."""
    found = list(starts)
    for _ in range(TURNS):
        before = list(found)
        for k in range(len(found)):
            edges = [0, *found, len(panel.periods)]
            places = range(edges[k] + shortest, edges[k + 2] - shortest + 1)
            if len(places) > 1:
                found[k] = (
                    likeliest(_gains(panel, found, k)[places.start : places.stop], AROUND[panel.grain]) + places.start
                )
        if found == before:
            break
    return found


def without_months(panel: Panel, start: int) -> Panel:
    """The panel without the half year around ``start``: what chance put there chose the date, and would make the step look larger."""
    half = AROUND[panel.grain]
    kept = np.ones(len(panel.periods))
    kept[max(0, start - half) : start + half] = 0
    return replace(panel, hits=panel.hits * kept, exposure=panel.exposure * kept)


def _gains(panel: Panel, starts: Sequence[int], k: int) -> Floats:
    """Log-likelihood of the step ``k`` at each period, over that of no such step."""
    fit = fitted(panel.hits, panel.exposure, np.column_stack([steps_at(panel, starts), season_waves(panel)]))
    means = fit.means / np.exp(fit.features[:, k] * fit.theta[k])
    shape = _shape(panel, fit.means)
    log = float(fit.theta[k])
    with np.errstate(over="ignore", invalid="ignore"):
        change = panel.hits * log - (panel.hits + shape) * (np.log(shape + means * np.exp(log)) - np.log(shape + means))
    change = np.where((means > 0) & np.isfinite(change), change, 0.0).sum(axis=0)
    return np.asarray(change[::-1].cumsum()[::-1])


def _shape(panel: Panel, means: Floats) -> Floats:
    """The negative binomial's size, in proportion to a blog's words. A blog's own burstiness is known badly: it is drawn half-way
    to that of all."""
    own = np.maximum(dispersion_by_blog(panel, means) - 1, 0)
    words, hits = panel.exposure.sum(axis=1), panel.hits.sum(axis=1)
    rates = hits / np.maximum(words, 1)
    common = rates * float((own * hits).sum() / max((rates * hits).sum(), 1e-12))
    excess = np.maximum((own + common) / 2, LEAST_EXCESS)
    return np.asarray(np.maximum(panel.exposure * (rates / excess)[:, None], 1e-9))


def likeliest(gains: Floats, half: int) -> int:
    """Of places with these log-likelihoods the mean of those that, ``half`` on either side of one, hold most likelihood."""
    weight = np.exp(gains - gains.max())
    sums = np.convolve(weight, np.ones(2 * half + 1), "full")[half : half + len(weight)]
    first = max(0, int(np.argmax(sums)) - half)
    window = weight[first : int(np.argmax(sums)) + half + 1]
    return first + int(np.floor((window * np.arange(len(window))).sum() / window.sum() + 0.5))


def date_interval(found: Scores, places: Sequence[int], start: int, name: str) -> tuple[int, int]:
    """First and last place of the best step over resampled blogs, at 95 %, and ``start`` in between."""
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(f"date|{start}|{name}".encode()).digest()[:8], "big"))
    blogs = len(found.by_column)
    drawn = rng.multinomial(blogs, np.full(blogs, 1 / blogs), size=RESAMPLES)
    gains = (drawn @ found.by_column) ** 2 / np.maximum(drawn @ found.by_blog, 1e-9)
    best = np.asarray(places)[gains.argmax(axis=1)]
    low, high = np.quantile(best, [0.025, 0.975], method="inverted_cdf")
    return min(int(low), start), max(int(high), start)
