"""Where the organ is, and where tissue does not match."""
