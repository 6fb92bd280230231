"""Let Lightning Fabric find the devices, start the processes and choose the precision."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import torch

from vpreg.training.settings import Accelerator, MachineSettings

if TYPE_CHECKING:
    from lightning_fabric import Fabric

INSTALL = 'pip install "vpreg[training]"'


def start_fabric(settings: MachineSettings) -> Fabric:
    """Return Fabric with all its processes running; ValueError says what this machine lacks."""
    fabric_class = _fabric_class()
    check_machine(settings)
    several = settings.devices * settings.nodes > 1
    fabric = fabric_class(
        accelerator=settings.accelerator.value,
        devices=settings.devices,
        num_nodes=settings.nodes,
        # A level that rests has no gradient, which plain DDP takes for a fault.
        strategy="ddp_find_unused_parameters_true" if several else "auto",
        precision="bf16-mixed" if settings.precision.value == "bf16-mixed" else "32-true",
    )
    fabric.launch()
    return fabric


def check_machine(settings: MachineSettings) -> None:
    """Raise ValueError unless this machine has what the settings ask for."""
    if settings.accelerator is Accelerator.GPU and not has_gpu():
        msg = 'Write accelerator = "auto" in [machine], or give --device cpu: there is no GPU here.'
        raise ValueError(msg)
    if settings.accelerator is not Accelerator.CPU and torch.cuda.is_available():
        there = torch.cuda.device_count()
        if settings.devices > there:
            msg = f"Write devices = {there} in [machine] at most: there are no more GPUs here."
            raise ValueError(msg)


def has_gpu() -> bool:
    """Tell whether the installed torch can compute on a GPU of this machine."""
    return torch.cuda.is_available() or torch.backends.mps.is_available()


def _fabric_class() -> type[Fabric]:
    try:
        from lightning_fabric import Fabric
    except ModuleNotFoundError as error:
        msg = f"Install what training needs: {INSTALL}"
        raise ValueError(msg) from error
    # What it says about itself is not for our users.
    logging.getLogger("lightning_fabric").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="lightning_fabric")
    return Fabric
