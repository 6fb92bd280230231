"""What is measured on a result, one figure a file."""
