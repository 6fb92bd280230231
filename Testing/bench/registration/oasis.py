"""Normal anatomy: four brains with manual labels, all directions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from registration.case import Case, Group
from registration.data_folder import data_folder, found
from vpreg.images.reading import read_image, read_labels

SUBJECTS = ("1000", "1001", "1002", "1003")


def oasis_cases(*, quick: bool) -> Iterator[Case]:
    """Yield the 12 ordered pairs, or the first one."""
    folder = data_folder() / "oasis-malf"
    if not found(folder, what="overlap of labels"):
        return
    pairs = list(permutations(SUBJECTS, 2))
    for fixed, moving in pairs[:1] if quick else pairs:
        yield Case(
            group=Group.OASIS,
            name=f"{fixed} from {moving}",
            fixed=read_image(folder / f"{fixed}_SS.nii.gz"),
            moving=read_image(folder / f"{moving}_SS.nii.gz"),
            mode="atlas",
            fixed_labels=read_labels(folder / f"{fixed}_glm.nii.gz"),
            moving_labels=read_labels(folder / f"{moving}_glm.nii.gz"),
        )
