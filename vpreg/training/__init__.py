"""Train the networks, on scans of a hospital or on synthetic ones."""
