"""The networks by name, as a model card names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from vpreg.networks.lapirn import LapIRN
from vpreg.networks.lapirn_halved import LapIRNHalved
from vpreg.networks.network import FieldNetwork
from vpreg.networks.transmorph import TransMorph
from vpreg.networks.voxelmorph import DECODER_1, DECODER_2, VoxelMorph
from vpreg.networks.voxelmorph_dense import VoxelMorphDense
from vpreg.networks.voxelmorph_diffeomorphic import VoxelMorphDiffeomorphic
from vpreg.networks.vtn import VTN


class Architecture(Enum):
    """The networks that can be built; each takes settings besides."""

    VOXELMORPH_1 = "voxelmorph-1"
    VOXELMORPH_2 = "voxelmorph-2"
    VOXELMORPH_DIFFEOMORPHIC = "voxelmorph-diffeomorphic"
    VOXELMORPH_DENSE = "voxelmorph-dense"
    VTN = "vtn"
    LAPIRN_DISPLACEMENT = "lapirn-displacement"
    LAPIRN_DIFFEOMORPHIC = "lapirn-diffeomorphic"
    LAPIRN_HALVED = "lapirn-halved"
    TRANSMORPH = "transmorph"


_BUILDERS: dict[Architecture, tuple[Callable[..., FieldNetwork], dict[str, Any]]] = {
    Architecture.VOXELMORPH_1: (VoxelMorph, {"decoder": DECODER_1}),
    Architecture.VOXELMORPH_2: (VoxelMorph, {"decoder": DECODER_2}),
    Architecture.VOXELMORPH_DIFFEOMORPHIC: (VoxelMorphDiffeomorphic, {}),
    Architecture.VOXELMORPH_DENSE: (VoxelMorphDense, {}),
    Architecture.VTN: (VTN, {}),
    Architecture.LAPIRN_DISPLACEMENT: (LapIRN, {"diffeomorphic": False}),
    Architecture.LAPIRN_DIFFEOMORPHIC: (LapIRN, {"diffeomorphic": True}),
    Architecture.LAPIRN_HALVED: (LapIRNHalved, {}),
    Architecture.TRANSMORPH: (TransMorph, {}),
}


def build_network(architecture: Architecture, settings: Mapping[str, Any]) -> FieldNetwork:
    """Return an untrained network; ValueError for settings that it does not know."""
    build, defaults = _BUILDERS[architecture]
    try:
        return build(**{**defaults, **settings})
    except TypeError as error:
        msg = f"Correct the settings of {architecture.value} in the model card: {error}."
        raise ValueError(msg) from error
