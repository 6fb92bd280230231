"""Everything the user chooses, kept in the scene."""

from typing import Annotated

from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode
from slicer.parameterNodeWrapper import WithinRange, parameterNodeWrapper

from VolumePreservingRegLib.panel.choices import Affine, Device, Method, Mode, Similarity
from VolumePreservingRegLib.panel.review_choices import (
    ComparisonChoice,
    OverlayChoice,
    RevealChoice,
)

AUTOMATIC_PRESET = "auto"


@parameterNodeWrapper
class VolumePreservingRegParameterNode:
    """The inputs and settings of a registration; a segment "" stands for all segments.

    The defaults of the numbers are those of the engine, which a test compares.
    """

    baseline: vtkMRMLScalarVolumeNode
    followUp: vtkMRMLScalarVolumeNode
    baselineTumor: vtkMRMLSegmentationNode
    baselineTumorSegmentID: str = ""
    followUpTumor: vtkMRMLSegmentationNode
    followUpTumorSegmentID: str = ""
    baselineOrgan: vtkMRMLSegmentationNode
    baselineOrganSegmentID: str = ""
    followUpOrgan: vtkMRMLSegmentationNode
    followUpOrganSegmentID: str = ""
    preset: str = AUTOMATIC_PRESET
    mode: Mode = Mode.FOLLOW_UP
    device: Device = Device.AUTO

    affine: Affine = Affine.AFFINE
    method: Method = Method.PROJECTED
    similarity: Similarity = Similarity.LOCAL_NCC
    windowRadius: Annotated[int, WithinRange(1, 6)] = 2
    forceSmoothing: Annotated[float, WithinRange(0, 5)] = 1.4
    fieldSmoothing: Annotated[float, WithinRange(0, 5)] = 0.4
    followUpThreshold: Annotated[float, WithinRange(0.005, 1)] = 0.2
    referenceThreshold: Annotated[float, WithinRange(0.005, 1)] = 0.2
    maskSlope: Annotated[float, WithinRange(0.5, 50)] = 8.0
    similarityIterations: str = "60 40 10"
    volumeIterations: str = "14 10"
    volumeWeight: Annotated[float, WithinRange(0, 1)] = 0.025
    smoothnessWeight: Annotated[float, WithinRange(0, 10)] = 1.0
    penaltyIterations: str = "80 60 20"
    keepIntermediate: bool = False

    overlay: OverlayChoice = OverlayChoice.NONE
    overlayOpacity: Annotated[float, WithinRange(0, 1)] = 0.5
    comparison: ComparisonChoice = ComparisonChoice.OFF
    tumorOutlines: bool = True
    reveal: RevealChoice = RevealChoice.NONE
    checkerboardFields: Annotated[int, WithinRange(2, 32)] = 8
    wipePosition: Annotated[float, WithinRange(0, 1)] = 0.5
    wipeFollowsMouse: bool = False
    flickerInterval: Annotated[float, WithinRange(0.1, 5)] = 0.6
    stsrLimit: Annotated[float, WithinRange(1.01, 4)] = 1.05

    resultSettings: str = ""
