"""Regressions of counts with an exposure: Poisson, quasi-Poisson, robust and clustered errors, negative binomial.

By statsmodels. For a single series, or for a design matrix of the caller's.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoissonFit:
    """Coefficients (logs of rates) and five kinds of standard errors, each right under weaker assumptions than the last."""

    coef: Floats
    se: Floats  # counts are Poisson
    dispersion: float  # Pearson's χ² over its degrees of freedom
    quasi_se: Floats  # variance is the mean times the dispersion
    robust_se: Floats  # any variance, rows independent (HC0)
    clustered_se: Floats | None  # rows of a cluster alike; G/(G−1)
    clustered_hc1_se: Floats | None  # and (n−1)/(n−k)
    deviance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeBinomialFit:
    """Variance μ + μ²/θ. ``se`` holds θ at its estimate, as `glm.nb` does."""

    coef: Floats
    se: Floats
    p: Floats
    theta: float
    loglik: float
    aic: float


def poisson(counts: Floats, design: Floats, exposure: Floats, clusters: Sequence[Hashable] | None = None) -> PoissonFit:
    """Log-linear Poisson regression of ``counts`` on ``design`` with log ``exposure`` as offset."""
    import statsmodels.api as sm

    fit = sm.GLM(counts, design, family=sm.families.Poisson(), offset=np.log(exposure)).fit(tol=1e-12, maxiter=100)
    mean = np.asarray(fit.mu)
    bread = np.linalg.inv(design.T @ (design * mean[:, None]))
    scores = design * (counts - mean)[:, None]
    dispersion = float(((counts - mean) ** 2 / mean).sum() / (len(counts) - design.shape[1]))
    clustered = hc1 = None
    if clusters is not None:
        order = sorted(set(clusters), key=str)
        member = np.array([[cluster == one for cluster in clusters] for one in order], dtype=float)
        groups, n, k = len(order), len(counts), design.shape[1]
        raw = _sandwich(bread, member @ scores) * math.sqrt(groups / (groups - 1))
        clustered, hc1 = raw, raw * math.sqrt((n - 1) / (n - k))
    se = np.sqrt(np.diag(bread))
    return PoissonFit(
        coef=np.asarray(fit.params), se=se, dispersion=dispersion, quasi_se=se * math.sqrt(dispersion),
        robust_se=_sandwich(bread, scores), clustered_se=clustered, clustered_hc1_se=hc1, deviance=float(fit.deviance),
    )  # fmt: skip


def _sandwich(bread: Floats, scores: Floats) -> Floats:
    return np.asarray(np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread)))


def negative_binomial(counts: Floats, design: Floats, exposure: Floats) -> NegativeBinomialFit:
    """The same with a negative binomial, θ by maximum likelihood (Venables & Ripley 2002, §7.4)."""
    from scipy.stats import norm
    from statsmodels.discrete.discrete_model import NegativeBinomial

    start = np.append(poisson(counts, design, exposure).coef, 0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = NegativeBinomial(counts, design, offset=np.log(exposure)).fit(
            start_params=start, disp=0, maxiter=500, method="bfgs", gtol=1e-8
        )
        fit = NegativeBinomial(counts, design, offset=np.log(exposure)).fit(
            start_params=fit.params, disp=0, maxiter=100, method="newton", tol=1e-12
        )
    coef, alpha = np.asarray(fit.params[:-1]), float(fit.params[-1])
    mean = exposure * np.exp(design @ coef)
    weight = mean / (1 + alpha * mean)
    se = np.sqrt(np.diag(np.linalg.inv(design.T @ (design * weight[:, None]))))
    return NegativeBinomialFit(
        coef=coef, se=se, p=2 * norm.sf(np.abs(coef / se)), theta=1 / alpha, loglik=float(fit.llf),
        aic=-2 * float(fit.llf) + 2 * (len(coef) + 1),
    )  # fmt: skip


def interrupted_design(months: Floats, event_after: float, period: float = 12) -> Floats:
    """Constant, drift, level change after the event, change of drift, and one yearly wave (Bernal et al. 2017)."""
    after = (months > event_after).astype(float)
    wave = 2 * np.pi * months / period
    columns = [np.ones_like(months), months, after, np.maximum(0, months - event_after), np.sin(wave), np.cos(wave)]
    return np.column_stack(columns)
