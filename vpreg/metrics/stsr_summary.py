"""What to publish of many STSR values: they are heavy-tailed, so no plain mean (T32)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_TUKEY = 1.5


@dataclass(frozen=True)
class StsrSummary:
    """The spread of `count` values, of which `failures` are infinite; `unknown` were NaN.

    Median and worst count a failure as infinite. The trimmed mean and its standard deviation take
    the `kept` values within Tukey's fences, as the replication of the paper does (methods §2.11):
    read it together with `failures`.
    """

    count: int
    failures: int
    unknown: int
    median: float
    worst: float
    trimmed_mean: float
    trimmed_sd: float
    kept: int


def summarise_stsr(values: Sequence[float]) -> StsrSummary:
    """Summarise the values of all lesions, or of all pairs; NaN figures if there is none."""
    known = np.array([value for value in values if not math.isnan(value)], dtype=np.float64)
    finite = known[np.isfinite(known)]
    kept = _within_fences(finite)
    return StsrSummary(
        count=known.size,
        failures=known.size - finite.size,
        unknown=len(values) - known.size,
        median=float(np.median(known)) if known.size else math.nan,
        worst=float(known.max()) if known.size else math.nan,
        trimmed_mean=float(kept.mean()) if kept.size else math.nan,
        trimmed_sd=float(kept.std()) if kept.size else math.nan,
        kept=kept.size,
    )


def _within_fences(values: np.ndarray) -> np.ndarray:
    if values.size == 0:
        return values
    low, high = np.percentile(values, [25, 75])
    reach = _TUKEY * (high - low)
    inside = (values >= low - reach) & (values <= high + reach)
    return np.asarray(values[inside])
