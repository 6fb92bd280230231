"""What to register, with what, and where the result goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vpreg.job.sparse_part import SparsePart


@dataclass(frozen=True)
class OrganChoice:
    """A label map and the label of the organ in it; without a label, all that is not zero."""

    path: Path
    label: int | None = None


@dataclass(frozen=True)
class Job:
    """One registration. Maps lie on the grid of their scan; landmarks come in pairs.

    `settings` holds what `vpreg.recipes.settings.Settings` says in JSON, which this class does not
    look into: a job can be made where there is no torch, as in the main process of Slicer.
    `affine_file` (ITK, fixed to moving) takes the place of the affine alignment. The series are
    UIDs that choose among those of a DICOM folder, which also tell the dates unless given.
    With `sparse` the fixed scan is a sparse one, and the settings are those of its recipe.
    """

    fixed: Path
    moving: Path
    output: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    organ: OrganChoice | None = None
    fixed_organ: OrganChoice | None = None
    fixed_tumor: Path | None = None
    moving_tumor: Path | None = None
    fixed_mask: Path | None = None
    moving_mask: Path | None = None
    fixed_landmarks: Path | None = None
    moving_landmarks: Path | None = None
    affine_file: Path | None = None
    fixed_series: str | None = None
    moving_series: str | None = None
    fixed_date: str | None = None
    moving_date: str | None = None
    sparse: SparsePart | None = None
    cancel_file: Path | None = None
    force: bool = False
    report: bool = True

    @property
    def inputs(self) -> dict[str, Path]:
        """All paths that have to exist, by what they are."""
        organs = {"organ": self.organ, "fixed_organ": self.fixed_organ}
        paths = {
            "fixed": self.fixed,
            "moving": self.moving,
            **{name: organ.path for name, organ in organs.items() if organ is not None},
            "fixed_tumor": self.fixed_tumor,
            "moving_tumor": self.moving_tumor,
            "fixed_mask": self.fixed_mask,
            "moving_mask": self.moving_mask,
            "fixed_landmarks": self.fixed_landmarks,
            "moving_landmarks": self.moving_landmarks,
            "affine_file": self.affine_file,
            **({} if self.sparse is None else self.sparse.inputs),
        }
        return {name: path for name, path in paths.items() if path is not None}
