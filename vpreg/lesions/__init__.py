"""Lesions over time: which is which, how large, how fast, and what criteria say."""
