"""The head in a scan, for the scores alone."""

from __future__ import annotations

import SimpleITK

from vpreg.images.image import Image
from vpreg.images.itk import from_itk, to_itk


def foreground(image: Image) -> Image:
    """Return the largest bright piece of a scan, its holes filled slice by slice, as a mask."""
    source = to_itk(image)
    # Half of Otsu's threshold still lies far above the air, but takes the dark tissue in.
    level = 0.5 * _threshold(source)
    bright = SimpleITK.BinaryThreshold(source, level, 1e30, 1, 0)
    pieces = SimpleITK.RelabelComponent(SimpleITK.ConnectedComponent(bright))
    head = SimpleITK.Cast(pieces == 1, SimpleITK.sitkUInt8)
    slices = [_filled(head[:, :, k]) for k in range(head.GetSize()[2])]
    filled = SimpleITK.JoinSeries(slices)
    filled.CopyInformation(head)
    mask = from_itk(filled)
    return mask.with_voxels(mask.voxels.int())


def _threshold(source: SimpleITK.Image) -> float:
    otsu = SimpleITK.OtsuThresholdImageFilter()
    otsu.SetNumberOfHistogramBins(200)
    otsu.Execute(source)
    return float(otsu.GetThreshold())


def _filled(plane: SimpleITK.Image) -> SimpleITK.Image:
    return SimpleITK.BinaryFillhole(SimpleITK.BinaryMorphologicalClosing(plane, [2, 2]))
