"""Displacement fields: warp, compose, invert, integrate, Jacobian, folds, ITK."""
