"""Counts by blog and period with a level for each blog: the fit, and what each blog says of one more column.

Quasi-Poisson with blog fixed effects is a multinomial within each blog, so the levels never have to be estimated: given a
blog's total Y, its counts have means Y·p with p ∝ exposure·exp(features·θ) (Hausman, Hall & Griliches 1984; Wooldridge
1999 for why the means alone must be right, not the Poisson). What changes which blogs are in the panel cannot change θ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.panel import Floats

ROUNDS = 60
SETTLED = 1e-9
STILL = 1e-5  # Newton's steps shrink by squares: the one after this is nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """``theta`` per feature; ``shares`` is p, and ``means`` Y·p, blogs × periods."""

    theta: Floats
    shares: Floats
    means: Floats
    hits: Floats
    features: Floats  # periods × features

    @property
    def deviance(self) -> float:
        """−2 log-likelihood of the counts given each blog's total, less what all models share."""
        seen = self.hits > 0
        return float(-2 * (self.hits[seen] * np.log(self.shares[seen])).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What each blog says of each candidate column: blogs × columns. Their sum over blogs is near 0 where it does nothing.

    ``information`` is the columns' matrix over all blogs, after what the features explain; ``by_blog`` each blog's part
    of its diagonal, before that.
    """

    by_column: Floats
    information: Floats
    by_blog: Floats


def fitted(
    hits: Floats, exposure: Floats, features: Floats, offset: Floats | None = None, start: Floats | None = None
) -> Fit:
    """Newton's method with halved steps on a concave likelihood, from ``start``. ``offset`` (periods) is added to the log rate."""
    totals = hits.sum(axis=1, keepdims=True)
    by_period = hits.sum(axis=0)
    there = exposure > 0
    silent = totals[:, 0] == 0

    def at(theta: Floats) -> tuple[Floats, Floats, float]:
        """What each period multiplies exposure by, each blog's sum of that, and the log-likelihood but for a constant."""
        log = features @ theta + (0 if offset is None else offset)
        with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
            log = log - log.max(initial=-np.inf)
            lift = np.exp(log)
            sums = exposure @ lift
            told = np.where(silent, 0.0, totals[:, 0] * np.log(np.where(silent, 1.0, sums)))
            likelihood = float(by_period @ log - told.sum())
        return lift, sums, likelihood if likelihood == likelihood else -np.inf

    def shares_of(lift: Floats, sums: Floats) -> Floats:
        return np.asarray(np.where(there, exposure * lift, 0.0) / np.where(sums > 0, sums, 1)[:, None])

    theta = np.zeros(features.shape[1]) if start is None else start
    lift, sums, likelihood = at(theta)
    for _ in range(ROUNDS if len(theta) else 0):
        shares = shares_of(lift, sums)
        means = totals * shares
        score = (hits - means).sum(axis=0) @ features
        step = np.linalg.lstsq(_information(means, shares, totals, features, features), score, rcond=1e-10)[0]
        for _ in range(30):
            new_lift, new_sums, new_likelihood = at(theta + step)
            if new_likelihood >= likelihood - 1e-12 * abs(likelihood):
                break
            step = step / 2
        gain, theta, likelihood = new_likelihood - likelihood, theta + step, new_likelihood
        lift, sums = new_lift, new_sums
        if abs(gain) <= SETTLED * (1 + abs(likelihood)) and np.abs(step).max() < STILL:
            break
    shares = shares_of(lift, sums)
    return Fit(theta=theta, shares=shares, means=totals * shares, hits=hits, features=features)


def _information(means: Floats, shares: Floats, totals: Floats, left: Floats, right: Floats) -> Floats:
    """Σ over blogs of Y times the covariance of the two sets of columns under p."""
    within = (shares @ left).T @ (totals * (shares @ right))
    return np.asarray(left.T @ (means.sum(axis=0)[:, None] * right) - within)


def scores(fit: Fit, columns: Floats) -> Scores:
    """Efficient scores of ``columns`` (periods × columns) at ``fit``: what its features explain is taken out."""
    totals = fit.hits.sum(axis=1, keepdims=True)
    apart = fit.hits - fit.means
    raw = apart @ columns
    information = _information(fit.means, fit.shares, totals, columns, columns)
    if fit.features.shape[1]:
        inner = _information(fit.means, fit.shares, totals, fit.features, fit.features)
        cross = _information(fit.means, fit.shares, totals, fit.features, columns)
        weights = np.linalg.lstsq(inner, cross, rcond=1e-10)[0]
        raw = raw - apart @ fit.features @ weights
        information = information - cross.T @ weights
    by_blog = totals * (fit.shares @ columns**2 - (fit.shares @ columns) ** 2)
    return Scores(by_column=raw, information=information, by_blog=by_blog)
