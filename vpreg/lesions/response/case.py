"""What criteria look at: the lesions, their measurements, and what else is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from vpreg.lesions.lesion import Lesion
from vpreg.lesions.measure import Measurement
from vpreg.lesions.study.study import ResponseFacts

Reading = Callable[[Measurement], float]
# New lesions must be unequivocal: not a speck, nor in one slice, nor within the error of its
# voxels. The criteria give no sizes; these are ours, and what falls short is named to the reader.
_LEAST_MM = 5.0
_SEEN_SLICES = 2
_PLAIN_MM = 10.0


@dataclass(frozen=True)
class Case:
    """A patient: lesions by name, and for each a measurement (or None) a time point."""

    names: tuple[str, ...]
    lesions: Mapping[str, Lesion]
    measurements: Mapping[str, Sequence[Measurement | None]]
    facts: ResponseFacts = field(default_factory=ResponseFacts)

    def at_baseline(self) -> dict[str, Measurement]:
        """Return the lesions of the baseline, the longest first."""
        found = {
            name: series[0] for name, series in self.measurements.items() if series[0] is not None
        }
        return dict(sorted(found.items(), key=lambda item: -item[1].longest_mm))

    def sum_at(self, time: int, targets: Sequence[str], read: Reading) -> float:
        """Add up a figure of the targets; one that vanished or went into another adds nothing."""
        measured = [self.measurements[name][time] for name in targets]
        return sum(read(one) for one in measured if one is not None)

    def nadir(self, time: int, targets: Sequence[str], read: Reading) -> float:
        """Return the smallest sum before a time point, the baseline included."""
        return min(self.sum_at(t, targets, read) for t in range(time))

    def new_lesions(self, time: int) -> tuple[list[str], list[str]]:
        """Return the lesions that appeared since the baseline: plain ones, and doubtful ones."""
        plain: list[str] = []
        doubtful: list[str] = []
        for name, lesion in self.lesions.items():
            if not 0 < lesion.first <= time:
                continue
            seen = [one for one in self.measurements[name][: time + 1] if one is not None]
            (plain if any(is_unequivocal(one) for one in seen) else doubtful).append(name)
        return plain, doubtful


def is_unequivocal(measurement: Measurement) -> bool:
    """Tell a lesion from a speck that the voxels could have made."""
    volume = measurement.volume
    size = measurement.longest_mm
    seen = size >= _PLAIN_MM or (size >= _LEAST_MM and measurement.slices >= _SEEN_SLICES)
    return volume.lowest_ml > 0 and seen


def listed(names: Sequence[str]) -> str:
    """Write names as in a sentence."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))
