"""The statistics that analysis/ offers, in the shape that the reference cases ask for; None for what it does not offer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.agreement import agreement as agreed
from analysis.collocation import measured, ngrams
from analysis.count_models import interrupted_design, negative_binomial, poisson
from analysis.dispersion import deviation_of_proportions, divergence, dp_norm, juilland_d
from analysis.diversity import lexical_diversity, readability
from analysis.intervals import PER_WORDS, clopper_pearson, exact_rate, wilson
from analysis.keywords import (
    Table,
    bic,
    chi2,
    chi2_tail,
    g2,
    g2_williams,
    informative_prior,
    log_odds,
    log_ratio,
    odds_ratio,
    percent_difference,
    pmi,
)
from analysis.kwic import concordance
from analysis.multiplicity import NAMES, adjusted
from analysis.ranks import mann_kendall, seasonal_mann_kendall
from analysis.records import PostView
from analysis.segments import best_segments, binary_segments, cost_of, mean_breaks, penalty
from analysis.smoothing import count_smooth, loess, lowess
from analysis.themes import Lexicon, compile_themes

Given = dict[str, Any]

FIRST_LINES = 15  # as the reference lists them: in order, so several lines of one document are told apart by place


def statistic(kind: str, given: Given, corpus: Given | None) -> Given | None:
    """What analysis/ makes of one reference case; ``corpus`` is the tokenised corpus that the case names, if any."""
    offered = OFFERED.get(kind)
    return None if offered is None else offered(given, corpus or {})


def proportion_ci(given: Given, _: Given) -> Given:
    hits, posts = given["x"], given["n"]
    return {"wilson95": wilson(hits, posts), "clopper_pearson95": clopper_pearson(hits, posts)}


def rate_ci(given: Given, _: Given) -> Given:
    hits, words = given["count"], given["tokens"]
    return {"rate_per_10k": hits / words * PER_WORDS, "exact95": exact_rate(hits, words)}


def dictionary(given: Given, corpus: Given) -> Given:
    patterns = given["patterns"]
    per_doc = [len(_lexicon(patterns).find(doc["tokens"])) for doc in corpus["docs"]]
    words = sum(len(doc["tokens"].split()) for doc in corpus["docs"])
    return {
        "total": sum(per_doc),
        "docs_with": sum(hits > 0 for hits in per_doc),
        "per_doc": per_doc,
        "per_pattern_alone": {
            pattern: sum(len(_lexicon([pattern]).find(doc["tokens"])) for doc in corpus["docs"]) for pattern in patterns
        },
        "rate_per_10k_total": sum(per_doc) / words * PER_WORDS,
    }


def kwic(given: Given, corpus: Given) -> Given:
    posts = [_post(doc) for doc in corpus["docs"]]
    lines = list(concordance(posts, given["pattern"], _lexicon([given["pattern"]]), given["window"]))
    first = [{"left": line.left, "hit": line.keyword, "right": line.right} for line in lines[:FIRST_LINES]]
    return {"n": len(lines), "first": first}


def _lexicon(patterns: list[str]) -> Lexicon:
    """The patterns as one theme, in the reference's manner: ``government`` does not count ``government's``."""
    return compile_themes({"possessives": False, "themes": {"theme": {"label": "theme", "terms": patterns}}})


def _post(doc: Given) -> PostView:
    return PostView(
        url=doc["id"], title=doc["id"], blog="corpus", authors=(), published=date(doc["year"], 1, 1), precision="year",
        words=len(doc["tokens"].split()), text=doc["tokens"],
    )  # fmt: skip


def _counted(corpus: Given, ids: list[str]) -> Counter[str]:
    kept = set(ids)
    return Counter(word for doc in corpus["docs"] if doc["id"] in kept for word in doc["tokens"].split())


def _two_bodies(given: Given, corpus: Given) -> tuple[Counter[str], Counter[str], list[tuple[str, Table]]]:
    target, reference = _counted(corpus, given["target_docs"]), _counted(corpus, given["reference_docs"])
    n, m = target.total(), reference.total()
    terms = sorted(target.keys() | reference.keys())
    return (
        target,
        reference,
        [(term, Table(target[term], reference[term], n - target[term], m - reference[term])) for term in terms],
    )


def keyness(given: Given, corpus: Given) -> Given:
    target, reference, tables = _two_bodies(given, corpus)
    rows = [
        {
            "term": term, "a": table.a, "b": table.b, "g2_signed": g2(table), "g2_p": chi2_tail(g2(table)),
            "g2_williams": g2_williams(table), "chi2_signed": chi2(table), "chi2_yates_signed": chi2(table, "few"),
            "pmi": pmi(table),
        }
        for term, table in tables
    ]  # fmt: skip
    return {"n_target": target.total(), "n_reference": reference.total(), "terms": rows}


def keyness_effect(given: Given, corpus: Given) -> Given:
    rows = [
        {"term": term, "log_ratio": log_ratio(table), "pct_diff": percent_difference(table),
         "odds_ratio": odds_ratio(table), "bic": bic(table)}
        for term, table in _two_bodies(given, corpus)[2]
    ]  # fmt: skip
    return {"terms": rows}


def weighted_log_odds(given: Given, corpus: Given) -> Given:
    target, reference, tables = _two_bodies(given, corpus)
    terms = [term for term, _ in tables]
    informed = log_odds(target, reference, terms, informative_prior(target, reference))
    flat = log_odds(target, reference, terms, dict.fromkeys(terms, float(given["uninformative_alpha"] or 0)))
    return {"terms": [
        {"term": term, "delta_informative": a, "z_informative": az, "delta_uninformative": b, "z_uninformative": bz}
        for term, (a, az), (b, bz) in zip(terms, informed, flat, strict=True)
    ]}  # fmt: skip


def frequency(given: Given, corpus: Given) -> Given:
    uses, spread = ngrams((doc["tokens"].split() for doc in corpus["docs"]), given.get("n", 1))
    return {"top": [{"term": term, "count": count, "docs": spread[term]} for term, count in uses.items()]}


def collocation(given: Given, corpus: Given) -> Given:
    pairs = Counter(pair for doc in corpus["docs"] for pair in pairwise(doc["tokens"].split()))
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        firsts[first] += count
        seconds[second] += count
    rows = []
    for bigram in given["bigrams"]:
        one, two = bigram.split(" ")
        row = measured((one, two), pairs[one, two], firsts[one], seconds[two], pairs.total())
        rows.append({"bigram": bigram, "f12": row.together, "f1": row.first, "f2": row.second, "pmi": row.pmi,
                     "mi3": row.mi3, "tscore": row.t_score, "logdice": row.log_dice, "g2": row.g2, "npmi": row.npmi})  # fmt: skip
    return {"n_bigrams": pairs.total(), "bigrams": rows}


def dispersion(given: Given, corpus: Given) -> Given:
    texts = [doc["tokens"].split() for doc in corpus["docs"]]
    counts, sizes = [text.count(given["term"]) for text in texts], [len(text) for text in texts]
    return {
        "range": sum(map(bool, counts)), "dp": deviation_of_proportions(counts, sizes), "dp_norm": dp_norm(counts, sizes),
        "juilland_d": juilland_d(counts, sizes), "kld": divergence(counts, sizes),
    }  # fmt: skip


def diversity(given: Given, corpus: Given) -> Given:
    (doc,) = (doc for doc in corpus["docs"] if doc["id"] == given["doc"])
    return dict(lexical_diversity(doc["tokens"].split(), window=given.get("mattr_window", 100)))


def ranks(given: Given, _: Given) -> Given:
    found = mann_kendall(given["x"], given.get("t"))
    return {"S": found.s, "varS": found.variance, "tau": found.tau, "p": found.p, "sen_slope": found.slope,
            "sen_ci95": [found.slope_low, found.slope_high], "intercept_conover": found.intercept}  # fmt: skip


def seasonal_ranks(given: Given, _: Given) -> Given:
    return dict(zip(("S", "varS", "tau", "p"), seasonal_mann_kendall(given["x"], given["period"]), strict=True))


def changepoint(given: Given, _: Given) -> Given:
    x, model = given["x"], given["cost"]
    weight = penalty(given["penalty"], len(x), model)
    cost = cost_of(x, model, mbic=given["penalty"] == "MBIC")
    if given["method"] == "PELT":
        ends = best_segments(len(x), cost, weight, given["minseglen"])
    else:
        ends = binary_segments(len(x), cost, weight, given["max_cpts"] or 1, given["minseglen"])
    means = [float(np.mean(x[a:b])) for a, b in pairwise([0, *ends, len(x)])]
    return {
        "penalty_value": weight,
        "changepoints_end_of_segment_1based": _single(ends),
        "segment_mean_or_lambda": _single(means),
    }


def _single(values: list[Any]) -> Any:
    """A list of one as the one: so the reference writes it."""
    return values[0] if len(values) == 1 else values


def mean_changes(given: Given, _: Given) -> Given:
    found = mean_breaks(given["x"], given["h"])
    return {"chosen": _single(found["breaks"]), "bic": found["bic"], "rss": found["rss"]}


def count_trend(given: Given, _: Given) -> Given:
    y, words = np.asarray(given["y"], dtype=float), np.asarray(given["offset_tokens"], dtype=float)
    design = np.column_stack([np.ones(len(y)), given["t"]])
    plain, negative = poisson(y, design, words, given["cluster"]), negative_binomial(y, design, words)
    return {
        "poisson_coef": list(plain.coef), "poisson_se": list(plain.se), "poisson_deviance": plain.deviance,
        "quasi_dispersion": plain.dispersion, "quasi_se": list(plain.quasi_se), "hc0_se": list(plain.robust_se),
        "cluster_president_hc1_se": _listed(plain.clustered_hc1_se), "cluster_president_hc0_cadjust_se": _listed(plain.clustered_se),
        "nb_coef": list(negative.coef), "nb_se": list(negative.se), "nb_theta": negative.theta,
        "nb_loglik": negative.loglik, "nb_aic": negative.aic,
    }  # fmt: skip


def _listed(values: Any) -> list[float]:
    return [] if values is None else list(values)


def interrupted(given: Given, _: Given) -> Given:
    y, words, months = (np.asarray(given[key], dtype=float) for key in ("y", "tokens", "month"))
    fit = negative_binomial(y, interrupted_design(months, given["event_after"]), words)
    level, reach = fit.coef[2], 1.959963984540054 * fit.se[2]
    return {
        "coef": list(fit.coef), "se": list(fit.se), "p": list(fit.p), "theta": fit.theta, "loglik": fit.loglik,
        "level_change_rate_ratio": math.exp(level),
        "level_change_ci95_wald": [math.exp(level - reach), math.exp(level + reach)],
    }  # fmt: skip


def smooth(given: Given, _: Given) -> Given:
    rates, edf = count_smooth(given["y"], given["month"], given["tokens"])
    return {"rate_per_10k": list(rates * PER_WORDS), "edf": edf}


def smooth_loess(given: Given, _: Given) -> Given:
    return {"fitted_direct": list(loess(given["x"], given["y"], span=given["span"], degree=given["degree"]))}


def smooth_lowess(given: Given, _: Given) -> Given:
    return {"fitted": list(lowess(given["x"], given["y"], share=given["f"], rounds=given["iter"]))}


def p_adjust(given: Given, _: Given) -> Given:
    return {method: adjusted(given["p"], method) for method in NAMES}


def agreement(given: Given, _: Given) -> Given:
    found = agreed(given["coder1"], given["coder2"])
    return {"percent_agreement": found.share, "cohen_kappa": found.kappa, "gwet_ac1": found.ac1}


OFFERED: dict[str, Callable[[Given, Given], Given]] = {
    "proportion_ci": proportion_ci,
    "rate_ci": rate_ci,
    "dictionary": dictionary,
    "kwic": kwic,
    "keyness": keyness,
    "keyness_effect": keyness_effect,
    "log_odds": weighted_log_odds,
    "frequency": frequency,
    "collocation": collocation,
    "dispersion": dispersion,
    "lexical_diversity": diversity,
    "readability": lambda given, _: dict(readability(given["text"])),
    "mann_kendall": ranks,
    "mann_kendall_seasonal": seasonal_ranks,
    "changepoint": changepoint,
    "changepoint_baiperron": mean_changes,
    "count_trend": count_trend,
    "interrupted_time_series": interrupted,
    "smooth": smooth,
    "smooth_loess": smooth_loess,
    "smooth_lowess": smooth_lowess,
    "p_adjust": p_adjust,
    "agreement": agreement,
}
