"""Recipes: from two scans to a result."""
