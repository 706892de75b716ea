"""Guide curves through a series: local regression, and a penalised spline for counts. They guide the eye; they test nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
KNOTS = 10


def loess(x: Sequence[float], y: Sequence[float], *, span: float = 0.5, degree: int = 1) -> Floats:
    """Local regression with tricube weights (Cleveland 1979), computed at every point; ``span``: share of points looked at."""
    at, values = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    near = min(len(at), math.floor(len(at) * span + 1e-5))
    fitted = np.empty(len(at))
    for k, here in enumerate(at):
        distance = np.abs(at - here)
        reach = np.sort(distance)[near - 1] * (span if span > 1 else 1)
        weight = np.sqrt(np.clip(1 - (distance / reach) ** 3, 0, None) ** 3)
        design = np.vander(at - here, degree + 1, increasing=True)
        fitted[k] = np.linalg.lstsq(design * weight[:, None], values * weight, rcond=None)[0][0]
    return fitted


def lowess(x: Sequence[float], y: Sequence[float], *, share: float = 0.3, rounds: int = 3) -> Floats:
    """The robust form, by statsmodels: outliers lose weight in each of the ``rounds``."""
    from statsmodels.nonparametric.smoothers_lowess import lowess as fit

    return np.asarray(fit(y, x, frac=share, it=rounds, delta=0.0, return_sorted=False))


def count_smooth(counts: Sequence[float], x: Sequence[float], exposure: Sequence[float]) -> tuple[Floats, float]:
    """A smooth rate through negative binomial counts, and the degrees of freedom it took.

    P-splines (Eilers & Marx 1996), the smoothing by Laplace-approximate REML (Wood 2011), θ with it.
    """
    from scipy.interpolate import BSpline
    from scipy.optimize import minimize

    y, e = np.asarray(counts, dtype=float), np.log(np.asarray(exposure, dtype=float))
    at = (np.asarray(x, dtype=float) - min(x)) / (max(x) - min(x))
    step = 1 / (KNOTS - 3)
    basis = BSpline.design_matrix(np.clip(at, 0, 1 - 1e-9), np.arange(-3, KNOTS + 1) * step, 3).toarray()
    rough = np.diff(np.eye(KNOTS), n=2, axis=0)
    rough = rough.T @ rough

    def criterion(given: Floats) -> float:
        smoothing, theta = np.exp(given)
        beta, hessian = _penalised(y, basis, e, smoothing * rough, theta)
        loglik = _nb_loglik(y, np.exp(basis @ beta + e), theta)
        rank = KNOTS - 2
        wiggle = smoothing * beta @ rough @ beta
        return float(-loglik + wiggle / 2 + np.linalg.slogdet(hessian)[1] / 2 - rank * given[0] / 2)

    best = minimize(criterion, np.array([2.0, 1.0]), method="Nelder-Mead", bounds=[(-8, 15), (-3, 12)])
    smoothing, theta = np.exp(best.x)
    beta, hessian = _penalised(y, basis, e, smoothing * rough, theta)
    edf = float(np.trace(np.linalg.solve(hessian, hessian - smoothing * rough)))
    return np.exp(basis @ beta), edf


def _penalised(y: Floats, basis: Floats, offset: Floats, penalty: Floats, theta: float) -> tuple[Floats, Floats]:
    """The penalised fit at a given smoothing, by scoring; and its Hessian."""
    beta = np.full(basis.shape[1], math.log((y.sum() + 0.5) / np.exp(offset).sum()))
    hessian = penalty
    for _ in range(50):
        mean = np.exp(np.clip(basis @ beta + offset, -30, 30))
        weight = mean / (1 + mean / theta)
        hessian = basis.T @ (basis * weight[:, None]) + penalty
        change = np.linalg.solve(hessian, basis.T @ ((y - mean) / (1 + mean / theta)) - penalty @ beta)
        beta = beta + change
        if np.abs(change).max() < 1e-9:
            break
    return beta, hessian


def _nb_loglik(y: Floats, mean: Floats, theta: float) -> float:
    from scipy.special import gammaln

    parts = gammaln(y + theta) - gammaln(theta) - gammaln(y + 1)
    parts = parts + theta * np.log(theta / (theta + mean)) + y * np.log(mean / (theta + mean))
    return float(parts.sum())
