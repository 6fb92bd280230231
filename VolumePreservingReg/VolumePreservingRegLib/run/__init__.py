"""The job: a process of its own, what it is given, what it says, and how it ends."""
