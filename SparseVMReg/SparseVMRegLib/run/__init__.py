"""A job: from nodes to files, and back."""
