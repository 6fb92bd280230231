"""Everything the user chooses, kept in the scene."""

from typing import Annotated

from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode
from slicer.parameterNodeWrapper import WithinRange, parameterNodeWrapper
from VolumePreservingRegLib.panel.choices import Affine, Device, Similarity
from VolumePreservingRegLib.panel.review_choices import RevealChoice

from SparseVMRegLib.panel.choices import Acquired, ComparisonChoice, OverlayChoice


@parameterNodeWrapper
class SparseVMRegParameterNode:
    """The inputs and settings of a registration, and what was found of the slices.

    The defaults of the numbers are those of the engine, which a test compares.
    """

    atlas: vtkMRMLScalarVolumeNode
    scan: vtkMRMLScalarVolumeNode
    acquired: Acquired = Acquired.GEOMETRY
    acquiredMask: vtkMRMLScalarVolumeNode
    thickness: Annotated[float, WithinRange(0, 50)] = 0.0
    atlasSegmentation: vtkMRMLSegmentationNode
    scanSegmentation: vtkMRMLSegmentationNode
    excluded: vtkMRMLSegmentationNode
    similarity: Similarity = Similarity.LOCAL_NCC
    device: Device = Device.AUTO

    affine: Affine = Affine.AFFINE
    voxelSize: Annotated[float, WithinRange(0.3, 5)] = 1.0
    windowRadius: Annotated[int, WithinRange(1, 6)] = 3
    iterations: str = "60 40 10"
    atlasHasSlices: bool = False
    keepIntermediate: bool = False

    slicesVolume: vtkMRMLScalarVolumeNode
    slicesScan: vtkMRMLScalarVolumeNode
    slicesMask: vtkMRMLScalarVolumeNode
    slicesText: str = ""
    slicesSettings: str = ""

    overlay: OverlayChoice = OverlayChoice.NONE
    overlayOpacity: Annotated[float, WithinRange(0, 1)] = 0.4
    comparison: ComparisonChoice = ComparisonChoice.OFF
    tumorOutlines: bool = True
    reveal: RevealChoice = RevealChoice.NONE
    checkerboardFields: Annotated[int, WithinRange(2, 32)] = 8
    wipePosition: Annotated[float, WithinRange(0, 1)] = 0.5
    wipeFollowsMouse: bool = False
    flickerInterval: Annotated[float, WithinRange(0.1, 5)] = 0.6
    # What the shared review asks for; no tumor is measured here.
    stsrLimit: float = 1.05

    resultSettings: str = ""
