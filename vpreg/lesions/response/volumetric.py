"""Limits on the total volume, at the shares that RANO 2.0 gives for volumes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vpreg.lesions.measure import Measurement
from vpreg.lesions.response.case import Case, is_unequivocal, listed
from vpreg.lesions.response.deciding import decide, doubtful_note, refuse
from vpreg.lesions.response.limits import Limits
from vpreg.lesions.response.verdict import Criteria, Response, Sums

# Of a sphere these are the shares for two diameters: 0.5^(3/2) = 0.35 and 1.25^(3/2) = 1.40.
LIMITS = Limits(response=0.65, progression=0.40)


def assess(case: Case, time: int) -> Response:
    """Judge a time point after the baseline by the volume of the lesions of the baseline.

    What was never more by then than its voxels could have made is no target, unless all are so.
    """
    specks = _specks(case, time)
    targets = [name for name in case.at_baseline() if name not in specks] or specks
    if not targets:
        return refuse(
            Criteria.VOLUMETRIC,
            "no lesion was segmented at baseline, so that there is nothing to compare with.",
        )

    def millilitres(measured: Measurement) -> float:
        return measured.volume.ml

    sums = Sums(
        "total volume",
        "ml",
        case.sum_at(time, targets, millilitres),
        case.sum_at(0, targets, millilitres),
        case.nadir(time, targets, millilitres),
    )
    unsure = _uncertainty(case, 0, targets)
    if unsure >= sums.baseline:
        return refuse(
            Criteria.VOLUMETRIC,
            f"the volume at baseline, {sums.baseline:.3f} ml, is within its own uncertainty of "
            f"{unsure:.3f} ml: the voxels are too large for lesions of this size.",
        )
    plain, doubtful = case.new_lesions(time)
    return decide(
        case,
        time,
        criteria=Criteria.VOLUMETRIC,
        targets=targets,
        sums=sums,
        limits=LIMITS,
        new=plain,
        caveats=[
            *_unsure_note(case, time, targets, sums),
            *_specks_note([name for name in specks if name not in targets]),
            *doubtful_note(doubtful),
        ],
    )


def _specks(case: Case, time: int) -> list[str]:
    def seen(name: str) -> list[Measurement]:
        return [one for one in case.measurements[name][: time + 1] if one is not None]

    return [name for name in case.at_baseline() if not any(map(is_unequivocal, seen(name)))]


def _specks_note(specks: Sequence[str]) -> list[str]:
    if not specks:
        return []
    them = "it is" if len(specks) == 1 else "they are"
    return [f"Without {listed(specks)}: {them} within what the voxels can make of nothing."]


def _uncertainty(case: Case, time: int, targets: Sequence[str]) -> float:
    found = [case.measurements[name][time] for name in targets]
    return math.hypot(*(one.volume.uncertainty_ml for one in found if one is not None))


def _unsure_note(case: Case, time: int, targets: Sequence[str], sums: Sums) -> list[str]:
    unsure = math.hypot(_uncertainty(case, 0, targets), _uncertainty(case, time, targets))
    if abs(sums.now - sums.baseline) > unsure:
        return []
    note = (
        f"The change since baseline, {sums.now - sums.baseline:+.2f} ml, lies within the "
        f"uncertainty of the voxels, {unsure:.2f} ml."
    )
    return [note]
