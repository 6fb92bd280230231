"""Make the project's own Python environment with nothing but the standard library."""
