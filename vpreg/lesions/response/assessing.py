"""All criteria at all time points after the baseline."""

from __future__ import annotations

from vpreg.lesions.response import rano20, recist11, volumetric
from vpreg.lesions.response.case import Case
from vpreg.lesions.response.verdict import Response

CRITERIA = (recist11.assess, rano20.assess, volumetric.assess)


def assess_all(case: Case) -> tuple[tuple[Response, ...], ...]:
    """Return, for each time point, what each of the criteria says; nothing for the baseline."""
    later = range(1, len(case.names))
    return ((), *(tuple(assess(case, time) for assess in CRITERIA) for time in later))
