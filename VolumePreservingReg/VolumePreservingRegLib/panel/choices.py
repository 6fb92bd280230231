"""The choices of the panel, by the words the user reads and the words the engine knows."""

from __future__ import annotations

from enum import Enum

from slicer.i18n import tr as _


class Mode(Enum):
    """What the baseline is to the follow-up."""

    FOLLOW_UP = "follow-up"
    HEALTHY_REFERENCE = "atlas"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            Mode.FOLLOW_UP: _("Follow-up of the same patient"),
            Mode.HEALTHY_REFERENCE: _("Baseline is a healthy reference"),
        }[self]


class Device(Enum):
    """Where the job computes."""

    AUTO = "auto"
    GPU = "gpu"
    CPU = "cpu"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            Device.AUTO: _("Automatic"),
            Device.GPU: _("Graphics card (GPU)"),
            Device.CPU: _("Processor (CPU)"),
        }[self]


class Affine(Enum):
    """The rough alignment before anything bends."""

    AFFINE = "affine"
    RIGID = "rigid"
    NONE = "none"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            Affine.AFFINE: _("Shift, rotate, scale and shear"),
            Affine.RIGID: _("Shift and rotate"),
            Affine.NONE: _("None: the scans lie as they should"),
        }[self]


class Similarity(Enum):
    """What makes two scans alike."""

    LOCAL_NCC = "local-ncc"
    MIND_SSC = "mind-ssc"
    MUTUAL_INFORMATION = "mutual-information"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            Similarity.LOCAL_NCC: _("Same kind of scan (local correlation)"),
            Similarity.MIND_SSC: _("Different contrast (self-similarity)"),
            Similarity.MUTUAL_INFORMATION: _("Different contrast (mutual information)"),
        }[self]


class Method(Enum):
    """How the volume is kept."""

    PROJECTED = "projected"
    PAPER = "paper"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            Method.PROJECTED: _("Exactly, in every step"),
            Method.PAPER: _("By a penalty, as published"),
        }[self]
