"""What a network is trained on, as plain values that a file can hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from vpreg.images.presets import load_preset
from vpreg.networks.home_grid import HomeGrid
from vpreg.synthetic.choice import check_choice
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.training.data.augmentation_settings import AugmentationSettings


class DataSource(Enum):
    """Where the pairs come from."""

    SCANS = "scans"
    SYNTHETIC = "synthetic"


class Alignment(Enum):
    """How the moving scan is brought to the fixed one before a network sees both."""

    TEMPLATE = "template"
    """Each scan is aligned to the first one for training, and a pair through both affines: as many
    alignments as scans, and the fixed scan stays unturned, as it is when the network is used."""
    PAIR = "pair"
    """Each ordered pair is aligned when it is first drawn: most exact, but n (n - 1) alignments."""
    NONE = "none"
    """The scans lie in one space already."""


@dataclass(frozen=True)
class DataSettings:
    """The pairs of a training; the defaults are those of the generator.

    `scans` is a folder or a CSV file (see `list_scans`). The home grid is that of the network that
    will be trained, in array-axis order; without `home_spacing_mm` bodies are stretched to it.
    `validation_share` of the scans are never trained on, unless a CSV says which. Lengths of
    `synthetic` are for its own shape, and are scaled to the home's shape. Without a `cache` folder
    scans are prepared anew whenever they are no longer among the `scans_in_memory`.
    """

    source: DataSource = DataSource.SYNTHETIC
    scans: str = ""
    home_shape: tuple[int, int, int] = (96, 96, 96)
    home_spacing_mm: tuple[float, ...] = ()
    home_axes: str = "LAS"
    grey_value_of_one: float = 1.0
    preset: str = "auto"
    alignment: Alignment = Alignment.TEMPLATE
    validation_share: float = 0.1
    validation_pairs: int = 20
    cache: str = ""
    scans_in_memory: int = 64
    seed: int = 0
    augmentation: AugmentationSettings = field(default_factory=AugmentationSettings)
    synthetic: PairSettings = field(default_factory=PairSettings)

    def __post_init__(self) -> None:
        if self.source is DataSource.SCANS and not self.scans:
            msg = "Give the folder or the CSV file of the scans, or train on the generator."
            raise ValueError(msg)
        if self.source is DataSource.SYNTHETIC and self.scans:
            msg = f'Choose "scans" as the source to train on {self.scans}, or leave the scans out.'
            raise ValueError(msg)
        if len(self.home_spacing_mm) not in (0, 3):
            msg = f"Give three spacings of the home grid or none: {self.home_spacing_mm} are not."
            raise ValueError(msg)
        if self.preset != "auto":
            load_preset(self.preset)
        check_choice("grey_value_of_one", self.grey_value_of_one, 1e-3, 1e6)
        check_choice("validation_share", self.validation_share, 0, 0.9)
        check_choice("validation_pairs", self.validation_pairs, 0, 10_000)
        check_choice("scans_in_memory", self.scans_in_memory, 2, 1_000_000)
        check_choice("seed", self.seed, 0, 2**62)
        # Each says itself what does not fit.
        _ = self.home
        if self.source is DataSource.SYNTHETIC or self.augmentation.paste_lesions > 0:
            _ = self.generator

    @property
    def home(self) -> HomeGrid:
        """The grid that the network is trained on."""
        spacing = self.home_spacing_mm
        return HomeGrid(
            shape=self.home_shape,
            spacing_mm=(spacing[0], spacing[1], spacing[2]) if spacing else None,
            axes=self.home_axes,
            grey_value_of_one=self.grey_value_of_one,
        )

    @property
    def generator(self) -> PairSettings:
        """The settings of the generator, its lengths scaled to the home grid."""
        made = self.synthetic
        scale = min(self.home_shape) / min(made.shape)
        small, large = made.lesion_radius
        return replace(
            made,
            shape=self.home_shape,
            lesion_radius=(max(2.0, small * scale), max(3.0, large * scale)),
            deformation=_scaled(made.deformation, scale, least=0.0),
            deformation_bump=_scaled(made.deformation_bump, scale, least=12.0),
            translation=made.translation * scale,
        )


def _scaled(span: tuple[float, float], scale: float, *, least: float) -> tuple[float, float]:
    return max(least, span[0] * scale), max(least, span[1] * scale)
