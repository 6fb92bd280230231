"""Separable filters as products with banded matrices."""
