"""Read [network]: an architecture, and whatever it lets one choose."""

from __future__ import annotations

from collections.abc import Mapping

from vpreg.networks.architectures import Architecture
from vpreg.training.config.table import Place
from vpreg.training.config.value import read_value
from vpreg.training.settings import NetworkSettings

_OURS = {
    "mask_channel": "the volume-preserving stage has it, the other has not",
    "home_shape": "it is that of [data]",
}


def read_network(table: object, place: Place) -> NetworkSettings:
    """Return the network; ValueError says what to write. Its choices are checked by building it."""
    if not isinstance(table, Mapping) or "architecture" not in table:
        words = ", ".join(f'"{known.value}"' for known in Architecture)
        msg = f"Write architecture = … {place.words}, which must be one of {words}."
        raise ValueError(msg)
    for name, reason in _OURS.items():
        if name in table:
            msg = f"Remove {name} {place.words}: {reason}."
            raise ValueError(msg)
    key = f"architecture {place.words}"
    architecture = read_value(Architecture, table["architecture"], key=key, folder=place.folder)
    choices = {name: value for name, value in table.items() if name != "architecture"}
    return NetworkSettings(architecture, choices)
