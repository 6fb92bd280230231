"""RECIST 1.1 (Eisenhauer et al., European Journal of Cancer 45, 2009, pp. 228-247)."""

from __future__ import annotations

from vpreg.lesions.measure import Measurement
from vpreg.lesions.response.case import Case
from vpreg.lesions.response.deciding import decide, doubtful_note, refuse
from vpreg.lesions.response.limits import Limits
from vpreg.lesions.response.verdict import Criteria, Response, Sums

LIMITS = Limits(response=0.30, progression=0.20, progression_at_least=5.0)
LEAST_MM = 10.0
LEAST_NODE_MM = 15.0
NORMAL_NODE_MM = 10.0
THIN_SLICE_MM = 5.0
MOST_TARGETS = 5
MOST_OF_AN_ORGAN = 2


def assess(case: Case, time: int) -> Response:
    """Judge a time point after the baseline by the sum of the longest diameters of the targets."""
    targets = choose_targets(case)
    if not targets:
        return refuse(Criteria.RECIST_11, _why_not(case))

    def total(t: int) -> float:
        return sum(_size(case, name, t) for name in targets)

    sums = Sums("sum of diameters", "mm", total(time), total(0), min(total(t) for t in range(time)))
    plain, doubtful = case.new_lesions(time)
    return decide(
        case,
        time,
        criteria=Criteria.RECIST_11,
        targets=targets,
        sums=sums,
        limits=LIMITS,
        new=plain,
        caveats=[*_organ_note(case), *doubtful_note(doubtful)],
        is_complete=all(_is_gone(case, name, time) for name in targets),
    )


def choose_targets(case: Case) -> list[str]:
    """Take the largest measurable lesions of the baseline: two of an organ, five in all."""
    chosen: list[str] = []
    for name, measured in case.at_baseline().items():
        organ = case.facts.organ_of.get(name, "")
        same = [one for one in chosen if case.facts.organ_of.get(one, "") == organ]
        if is_measurable(measured, is_node=name in case.facts.nodes) and (
            len(same) < MOST_OF_AN_ORGAN and len(chosen) < MOST_TARGETS
        ):
            chosen.append(name)
    return chosen


def least_mm(slice_mm: float) -> float:
    """Return the smallest measurable diameter: 10 mm, or two slices where they are thick."""
    return LEAST_MM if slice_mm <= THIN_SLICE_MM else max(LEAST_MM, 2 * slice_mm)


def is_measurable(measured: Measurement, *, is_node: bool) -> bool:
    """Tell whether a lesion may be a target."""
    if is_node:
        return measured.perpendicular_mm >= LEAST_NODE_MM
    return measured.longest_mm >= least_mm(measured.slice_mm)


def _size(case: Case, name: str, time: int) -> float:
    measured = case.measurements[name][time]
    if measured is None:
        return 0.0
    return measured.perpendicular_mm if name in case.facts.nodes else measured.longest_mm


def _is_gone(case: Case, name: str, time: int) -> bool:
    size = _size(case, name, time)
    return size < NORMAL_NODE_MM if name in case.facts.nodes else size == 0


def _why_not(case: Case) -> str:
    baseline = case.at_baseline()
    if not baseline:
        return "no lesion was segmented at baseline, so that there is nothing to compare with."
    name, largest = next(iter(baseline.items()))
    return (
        f"no lesion is measurable at baseline. The longest diameter is {largest.longest_mm:.1f} mm "
        f"({name}); {least_mm(largest.slice_mm):g} mm are needed on slices of "
        f"{largest.slice_mm:g} mm, and 15 mm across for lymph nodes."
    )


def _organ_note(case: Case) -> list[str]:
    if case.facts.organ_of or len(case.at_baseline()) <= MOST_OF_AN_ORGAN:
        return []
    note = (
        "All lesions are taken to be in one organ, of which two may be targets; name their organs "
        "under [response.organ_of] in STUDY.toml if they are not."
    )
    return [note]
