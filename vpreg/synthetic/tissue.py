"""The tissues of the head phantom and how bright they are in a T1-weighted scan with contrast."""

from __future__ import annotations

from enum import IntEnum


class Tissue(IntEnum):
    """What a voxel of the head phantom shows; the number is its label."""

    BACKGROUND = 0
    SKIN = 1
    FAT = 2
    MUSCLE = 3
    BONE = 4
    MARROW = 5
    CSF = 6
    DURA = 7
    GREY = 8
    WHITE = 9
    DEEP_GREY = 10
    VENTRICLE = 11
    VESSEL = 12
    EYE = 13
    AIR = 14
    TUMOR_RIM = 15
    NECROSIS = 16
    OEDEMA = 17


T1_BRIGHTNESS: dict[Tissue, float] = {
    Tissue.BACKGROUND: 0.0,
    Tissue.SKIN: 0.42,
    Tissue.FAT: 0.92,
    Tissue.MUSCLE: 0.36,
    Tissue.BONE: 0.05,
    Tissue.MARROW: 0.46,
    Tissue.CSF: 0.14,
    Tissue.DURA: 0.34,
    Tissue.GREY: 0.45,
    Tissue.WHITE: 0.66,
    Tissue.DEEP_GREY: 0.52,
    Tissue.VENTRICLE: 0.12,
    Tissue.VESSEL: 0.9,
    Tissue.EYE: 0.13,
    Tissue.AIR: 0.02,
    Tissue.TUMOR_RIM: 0.98,
    Tissue.NECROSIS: 0.24,
    Tissue.OEDEMA: 0.43,
}

BRAIN = (
    Tissue.GREY,
    Tissue.WHITE,
    Tissue.DEEP_GREY,
    Tissue.VENTRICLE,
    Tissue.TUMOR_RIM,
    Tissue.NECROSIS,
    Tissue.OEDEMA,
)
