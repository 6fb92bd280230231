"""Solvers: affine alignment and per-pair optimisation."""
