"""Real research scans thinned to sparse ones, and how well an atlas is laid over them."""
