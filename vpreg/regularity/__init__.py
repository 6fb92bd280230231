"""How plausible a field is, with exact gradients."""
