"""How alike two images are, with exact gradients."""
