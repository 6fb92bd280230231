"""The tumor over time: time points, one job for all of them, and its results in the scene."""
