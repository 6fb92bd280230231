"""Jobs: what to register and where the result goes, as one file."""
