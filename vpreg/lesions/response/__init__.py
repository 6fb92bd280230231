"""Response criteria as an aid: a category, or in words why there is none."""
