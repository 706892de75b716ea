"""Many tests side by side: p-values corrected for how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Method = Literal["bh", "by", "holm", "bonferroni"]
NAMES: dict[Method, str] = {"bh": "fdr_bh", "by": "fdr_by", "holm": "holm", "bonferroni": "bonferroni"}


def adjusted(p: Sequence[float], method: Method = "bh") -> list[float]:
    """The p-values corrected, in the same order; ``bh`` is Benjamini & Hochberg 1995. By statsmodels."""
    from statsmodels.stats.multitest import multipletests

    return [float(value) for value in multipletests(p, method=NAMES[method])[1]] if len(p) else []
