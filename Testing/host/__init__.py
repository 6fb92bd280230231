"""A stand-in for the Slicer application, for tests and developers."""
