"""Find out which network a checkpoint belongs to, and give its tensors our names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from vpreg.networks.architectures import Architecture
from vpreg.networks.checkpoint import Checkpoint
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.rename_lapirn import is_lapirn, lapirn_state
from vpreg.networks.rename_voxelmorph import (
    dense_state,
    is_dense,
    is_keras_2018,
    keras_architecture,
    keras_state,
)

SKULL_STRIPPED = "T1-weighted MR of the brain at 1 mm, skull removed, affinely aligned"

LAPIRN_HOME = HomeGrid((160, 192, 144), (1.0, 1.0, 1.0), "RAS", grey_value_of_one=0.54)
"""Brains scaled from their smallest to their largest grey value."""
VOXELMORPH_HOME = HomeGrid((160, 192, 224), (1.0, 1.0, 1.0), "LIA", grey_value_of_one=0.43)
"""Brains whose white matter FreeSurfer set to 110, divided by 255."""


@dataclass(frozen=True)
class Recognised:
    """A checkpoint as one of our networks."""

    architecture: Architecture
    settings: Mapping[str, Any]
    home: HomeGrid
    state: dict[str, torch.Tensor]


def recognise(checkpoint: Checkpoint, *, file: Path, wanted: Architecture | None) -> Recognised:
    """Name the network of a checkpoint; ValueError if it is none that we know.

    LapIRN's two forms have the same tensors: `wanted`, or the name of the file, must tell.
    """
    tensors = checkpoint.tensors
    if is_lapirn(tensors):
        architecture = wanted or _lapirn_of(file)
        state, settings = lapirn_state(tensors)
        settings["home_shape"] = list(LAPIRN_HOME.shape)
        found = Recognised(architecture, settings, LAPIRN_HOME, state)
    elif is_dense(tensors):
        state, settings = dense_state(tensors, checkpoint.settings)
        found = Recognised(Architecture.VOXELMORPH_DENSE, settings, VOXELMORPH_HOME, state)
    elif is_keras_2018(tensors):
        kind = keras_architecture(tensors)
        found = Recognised(kind, {}, VOXELMORPH_HOME, keras_state(tensors))
    else:
        some = ", ".join(list(tensors)[:3])
        msg = (
            "Give a checkpoint of LapIRN, of VoxelMorph 2018 (Keras) or of VoxelMorph 0.2: "
            f"{file.name} has other tensors ({some}, ...)."
        )
        raise ValueError(msg)
    if wanted is not None and found.architecture is not wanted:
        msg = f"Leave out --architecture: {file.name} is a {found.architecture.value}."
        raise ValueError(msg)
    return found


def _lapirn_of(file: Path) -> Architecture:
    name = file.name.lower()
    displacement, diffeomorphic = "disp" in name, "diff" in name
    if displacement == diffeomorphic:
        choices = (Architecture.LAPIRN_DISPLACEMENT, Architecture.LAPIRN_DIFFEOMORPHIC)
        words = " or ".join(choice.value for choice in choices)
        msg = f"Say by --architecture whether {file.name} is a {words}: its tensors do not tell."
        raise ValueError(msg)
    return Architecture.LAPIRN_DISPLACEMENT if displacement else Architecture.LAPIRN_DIFFEOMORPHIC
