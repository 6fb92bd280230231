"""Voxels and geometry: reading, writing, resampling, intensity."""
