"""Which terms two bodies of text differ in: keyness with effect sizes, and weighted log-odds with a prior.

Counts go in, records come out: any mapping from a term to its count will do, so tokens, lemmas, n-grams or hits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

ZERO = 0.5  # stands in for a count of zero in a ratio (Hardie 2014): a ratio to nothing is not infinite, only unknown
FEWEST = 5  # hits in both together, below which a term is noise
SMOOTHING = 1e-9  # added to each observed/expected, as quanteda does, so that the log of a count of zero is a number
FEW_EXPECTED = 5.0  # below this in any cell, χ² takes Yates's correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyness:
    """How far a term's use in the target differs from its use in the reference.

    ``g2`` is positive where the target uses it more. ``log_ratio`` is the effect size: 1 means twice as often.
    ``z`` is the weighted log-odds over its standard error. ``groups`` is how many groups (blogs) of the target use the
    term and ``dp`` how unevenly (0 even, 1 all in one); None where the groups were not given.
    """

    term: str
    target: int
    reference: int
    g2: float
    p: float
    log_ratio: float
    z: float
    groups: int | None = None
    dp: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A term in two bodies of text: its counts ``a`` and ``b``, and those of all other words, ``c`` and ``d``."""

    a: float
    b: float
    c: float
    d: float

    @property
    def total(self) -> float:
        return self.a + self.b + self.c + self.d

    @property
    def expected(self) -> tuple[float, float, float, float]:
        """The four counts if the term were as frequent in both."""
        target, reference, n = self.a + self.c, self.b + self.d, self.total
        term, rest = (self.a + self.b) / n, (self.c + self.d) / n
        return target * term, reference * term, target * rest, reference * rest

    @property
    def sign(self) -> int:
        return 1 if self.a > self.expected[0] else -1


def g2(table: Table) -> float:
    """The log-likelihood ratio over the four cells (Dunning 1993), signed: positive where the target uses it more.

    With a hair on each count, as quanteda counts keyness; `likelihood_ratio` is the plain sum.
    """
    cells = (table.a, table.b, table.c, table.d)
    pairs = zip(cells, table.expected, strict=True)
    return table.sign * 2 * math.fsum(seen * math.log(seen / due + SMOOTHING) for seen, due in pairs)


def likelihood_ratio(table: Table) -> float:
    """G² as Dunning 1993 prints it, without a sign: 2 Σ O ln(O/E), a count of zero adding nothing."""
    cells = (table.a, table.b, table.c, table.d)
    return 2 * math.fsum(seen * math.log(seen / due) for seen, due in zip(cells, table.expected, strict=True) if seen)


def pmi(table: Table) -> float:
    """Pointwise mutual information of term and target, in nats (Church & Hanks 1990)."""
    return math.log(table.a / table.expected[0] + SMOOTHING)


def g2_williams(table: Table) -> float:
    """G² with Williams's correction (Williams 1976, Biometrika 63:33), signed. It is not defined at a zero; G² itself is given there."""
    n = table.total
    if not min(table.a, table.b, table.c, table.d):
        return g2(table)
    rows = n / (table.a + table.b) + n / (table.c + table.d) - 1
    columns = n / (table.a + table.c) + n / (table.b + table.d) - 1
    return g2(table) / (1 + rows * columns / (6 * n))


def chi2(table: Table, yates: Literal["never", "few"] = "never") -> float:
    """Pearson's χ², signed; ``few``: with Yates's correction where a cell expects fewer than five."""
    a, b, c, d, n = table.a, table.b, table.c, table.d, table.total
    gap = abs(a * d - b * c)
    if yates == "few" and min(table.expected) < FEW_EXPECTED:
        gap = max(0.0, gap - n / 2)
    return table.sign * n * gap**2 / ((a + b) * (c + d) * (a + c) * (b + d))


def chi2_tail(statistic: float) -> float:
    """The chance of a larger χ² with one degree of freedom."""
    return math.erfc(math.sqrt(abs(statistic) / 2))


def log_ratio(table: Table) -> float:
    """log₂ of the relative frequencies' ratio (Hardie 2014), with ½ for a count of zero."""
    target, reference = table.a + table.c, table.b + table.d
    return math.log2((table.a or ZERO) / target) - math.log2((table.b or ZERO) / reference)


def percent_difference(table: Table) -> float | None:
    """%DIFF (Gabrielatos & Marchi 2011): by how many per cent the target's relative frequency is the higher.

    None where the reference never has the term.
    """
    reference = table.b / (table.b + table.d)
    return (table.a / (table.a + table.c) - reference) / reference * 100 if reference else None


def odds_ratio(table: Table) -> float | None:
    """Odds of the term in the target over those in the reference; None where that divides by zero."""
    return table.a * table.d / (table.b * table.c) if table.b and table.c else None


def bic(table: Table) -> float:
    """Wilson's approximation to the Bayes factor, |G²| − ln N (Wilson 2013): above 2 is evidence, above 10 strong."""
    return abs(g2(table)) - math.log(table.total)


def log_odds(
    target: Mapping[str, int], reference: Mapping[str, int], terms: Sequence[str], prior: Mapping[str, float]
) -> list[tuple[float, float]]:
    """δ and z of each term: log-odds-ratio with a Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 15, 19–22).

    ``prior`` is α of every term of both bodies: `informative_prior`, or one small number for all.
    """
    weight = math.fsum(prior[term] for term in sorted(target.keys() | reference.keys()))
    size_target, size_reference = sum(target.values()) + weight, sum(reference.values()) + weight
    found = []
    for term in terms:
        y, x = target.get(term, 0) + prior[term], reference.get(term, 0) + prior[term]
        delta = math.log(y / (size_target - y)) - math.log(x / (size_reference - x))
        found.append((delta, delta / math.sqrt(1 / y + 1 / x)))
    return found


def informative_prior(target: Mapping[str, int], reference: Mapping[str, int], weight: float = 500) -> dict[str, float]:
    """α of each term: ``weight`` words, shared out as the terms are in both bodies together."""
    total = sum(target.values()) + sum(reference.values())
    vocabulary = target.keys() | reference.keys()
    return {term: weight * (target.get(term, 0) + reference.get(term, 0)) / total for term in sorted(vocabulary)}


def keyness(
    target: Mapping[str, int],
    reference: Mapping[str, int],
    *,
    groups: Mapping[str, Mapping[str, int]] | None = None,
    fewest: int = FEWEST,
) -> tuple[Keyness, ...]:
    """Every term with ``fewest`` or more uses, the most distinctive of the target first (by z, then by name).

    ``groups``: the target's counts per blog, so that `Keyness.dp` shows a term that one blog carries. Empty where either
    body is. Source: Dunning 1993 (G²), Hardie 2014 (log ratio), Monroe et al. 2008 (z), Gries 2008 (DP).
    """
    from analysis.dispersion import deviation_of_proportions

    n, m = sum(target.values()), sum(reference.values())
    if not n or not m:
        return ()
    terms = sorted(t for t in target.keys() | reference.keys() if target.get(t, 0) + reference.get(t, 0) >= fewest)
    weights = log_odds(target, reference, terms, informative_prior(target, reference))
    sizes = [sum(counts.values()) for _, counts in sorted(groups.items())] if groups else []
    rows = []
    for term, (_, z) in zip(terms, weights, strict=True):
        a, b = target.get(term, 0), reference.get(term, 0)
        table = Table(a, b, n - a, m - b)
        parts = [counts.get(term, 0) for _, counts in sorted(groups.items())] if groups else []
        rows.append(
            Keyness(
                term=term, target=a, reference=b, g2=g2(table), p=chi2_tail(g2(table)), log_ratio=log_ratio(table), z=z,
                groups=sum(map(bool, parts)) if groups else None,
                dp=deviation_of_proportions(parts, sizes) if groups and a else None,
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.z, row.term)))
