"""What the module for sparse scans has of its own; the rest is in VolumePreservingRegLib."""

from SparseVMRegLib.neighbour import make_neighbour_importable

# Here, because whatever else is imported needs it.
make_neighbour_importable()
