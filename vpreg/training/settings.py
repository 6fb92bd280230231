"""What can be chosen about a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from vpreg.networks.architectures import Architecture
from vpreg.synthetic.choice import check_choice
from vpreg.training.data.data_settings import DataSettings
from vpreg.training.loss.guide import GuideSettings
from vpreg.training.loss.loss_settings import LossSettings

MOST = 10**9


class Precision(Enum):
    """What the networks compute in; fields and losses are in single precision always (T36)."""

    SINGLE = "32"
    MIXED = "bf16-mixed"


class Accelerator(Enum):
    """Where to train; auto takes a GPU where there is one."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"


@dataclass(frozen=True)
class NetworkSettings:
    """Which network, and what its architecture lets one choose."""

    architecture: Architecture
    choices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StageSettings:
    """How many steps the similarity-only and the volume-preserving network learn for.

    `first` names a model that stands for the similarity-only network and is not trained.
    """

    similarity: int
    volume: int = 0
    first: str | None = None

    def __post_init__(self) -> None:
        check_choice("similarity", self.similarity, 0, MOST)
        check_choice("volume", self.volume, 0, MOST)
        if self.similarity + self.volume == 0:
            msg = "Give a number of steps above 0 for similarity or for volume."
            raise ValueError(msg)
        if self.first is not None and self.similarity:
            msg = "Write similarity = 0 beside first: that model is the first network already."
            raise ValueError(msg)
        if self.volume and not self.similarity and self.first is None:
            msg = "Give steps for similarity, or the model that is the first network as first."
            raise ValueError(msg)


@dataclass(frozen=True)
class OptimizerSettings:
    """Adam's; with a batch above 1 the gradients of as many pairs make one step."""

    learning_rate: float = 1e-4
    weight_decay: float = 0.0
    batch: int = 1

    def __post_init__(self) -> None:
        check_choice("learning_rate", self.learning_rate, 1e-9, 1)
        check_choice("weight_decay", self.weight_decay, 0, 1)
        check_choice("batch", self.batch, 1, 4096)


@dataclass(frozen=True)
class MachineSettings:
    """What computes; `compile` and `channels_last` pay off on GPUs only.

    `ahead` is how many pairs are made while the network learns from another.
    """

    accelerator: Accelerator = Accelerator.AUTO
    devices: int = 1
    nodes: int = 1
    precision: Precision = Precision.SINGLE
    compile: bool = False
    channels_last: bool = False
    ahead: int = 2

    def __post_init__(self) -> None:
        check_choice("devices", self.devices, 1, 4096)
        check_choice("nodes", self.nodes, 1, 4096)
        check_choice("ahead", self.ahead, 1, 64)


@dataclass(frozen=True)
class ValidationSettings:
    """After how many steps to validate; how many pairs there are is a matter of the data."""

    every: int = 1000

    def __post_init__(self) -> None:
        check_choice("every", self.every, 1, MOST)


@dataclass(frozen=True)
class CheckpointSettings:
    """After how many steps to keep the state of the training."""

    every: int = 500

    def __post_init__(self) -> None:
        check_choice("every", self.every, 1, MOST)


@dataclass(frozen=True)
class LevelSettings:
    """How a pyramid is trained: level by level, those below resting for the first steps of one."""

    one_by_one: bool = True
    freeze_steps: int | None = None
    """As many as published, for so many steps, unless given."""

    def __post_init__(self) -> None:
        if self.freeze_steps is not None:
            check_choice("freeze_steps", self.freeze_steps, 0, MOST)


@dataclass(frozen=True)
class TrainingSettings:
    """Everything that a training depends on."""

    name: str
    network: NetworkSettings
    stages: StageSettings
    data: DataSettings
    loss: LossSettings
    """Of the volume-preserving stage; the stage before has no volume weight."""
    optimizer: OptimizerSettings = field(default_factory=OptimizerSettings)
    machine: MachineSettings = field(default_factory=MachineSettings)
    validation: ValidationSettings = field(default_factory=ValidationSettings)
    checkpoints: CheckpointSettings = field(default_factory=CheckpointSettings)
    levels: LevelSettings = field(default_factory=LevelSettings)
    guide: GuideSettings = field(default_factory=GuideSettings)
    seed: int = 0
    licence: str = "not stated"
    expects: str = ""
    """In plain words, what scans the model is for."""
