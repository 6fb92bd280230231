"""Networks that predict a displacement field from two scans, and where their weights are kept."""
