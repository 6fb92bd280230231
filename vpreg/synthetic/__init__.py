"""Synthetic heads with known tumors and known deformations."""
