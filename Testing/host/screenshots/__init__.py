"""The pictures that the documents show, made of the real panel."""
