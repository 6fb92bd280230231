"""The worker: runs one job in a process of its own and speaks JSON lines."""
