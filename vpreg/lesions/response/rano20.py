"""RANO 2.0 in two dimensions (Wen et al., Journal of Clinical Oncology 41, 2023)."""

from __future__ import annotations

from vpreg.lesions.measure import Measurement
from vpreg.lesions.response.case import Case, listed
from vpreg.lesions.response.deciding import decide, doubtful_note, refuse
from vpreg.lesions.response.limits import Limits
from vpreg.lesions.response.recist11 import least_mm
from vpreg.lesions.response.verdict import Criteria, Response, Sums

LIMITS = Limits(response=0.50, progression=0.25)
LEAST_SLICES = 2
MOST_TARGETS = 3
CLINIC = (
    "Steroids and the clinical state count in RANO and are not known here: response needs both "
    "stable or better, and clinical decline is progression."
)
CONFIRM = (
    "Response, and progression within twelve weeks of radiotherapy, have to be confirmed by a "
    "second scan at least four weeks later."
)


def assess(case: Case, time: int) -> Response:
    """Judge a time point after the baseline by the sum of products of perpendicular diameters."""
    targets = choose_targets(case)
    if not targets:
        return refuse(Criteria.RANO_20, _why_not(case))

    def product(measured: Measurement) -> float:
        return measured.product_mm2

    sums = Sums(
        "sum of products of diameters",
        "mm\u00b2",
        case.sum_at(time, targets, product),
        case.sum_at(0, targets, product),
        case.nadir(time, targets, product),
    )
    plain, doubtful = case.new_lesions(time)
    measurable = [name for name in plain if _was_measurable(case, name, time)]
    small = [name for name in plain if name not in measurable]
    return decide(
        case,
        time,
        criteria=Criteria.RANO_20,
        targets=targets,
        sums=sums,
        limits=LIMITS,
        new=measurable,
        caveats=[CLINIC, CONFIRM, *_small_note(small), *doubtful_note(doubtful)],
    )


def choose_targets(case: Case) -> list[str]:
    """Take the largest measurable lesions of the baseline, three at most, by their products."""
    found = [(name, one) for name, one in case.at_baseline().items() if is_measurable(one)]
    found.sort(key=lambda item: -item[1].product_mm2)
    return [name for name, _ in found[:MOST_TARGETS]]


def is_measurable(measured: Measurement) -> bool:
    """Tell whether both diameters are long enough and at least two slices show the lesion."""
    shorter = min(measured.longest_mm, measured.perpendicular_mm)
    return shorter >= least_mm(measured.slice_mm) and measured.slices >= LEAST_SLICES


def _was_measurable(case: Case, name: str, time: int) -> bool:
    series = case.measurements[name][: time + 1]
    return any(one is not None and is_measurable(one) for one in series)


def _small_note(small: list[str]) -> list[str]:
    if not small:
        return []
    return [f"New but not measurable, and followed until they are: {listed(small)}."]


def _why_not(case: Case) -> str:
    baseline = case.at_baseline()
    if not baseline:
        return "no lesion was segmented at baseline, so that there is nothing to compare with."
    name, one = max(baseline.items(), key=lambda item: item[1].product_mm2)
    return (
        f"no lesion is measurable at baseline. The largest, {name}, measures {one.longest_mm:.1f} "
        f"x {one.perpendicular_mm:.1f} mm in {one.slices} slices; "
        f"{least_mm(one.slice_mm):g} mm both ways in two slices are needed on slices of "
        f"{one.slice_mm:g} mm."
    )
