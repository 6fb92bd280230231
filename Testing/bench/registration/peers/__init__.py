"""One registration tool a file: each turns a task into a field in our convention."""
