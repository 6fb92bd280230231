"""The training itself: steps, validation, what is kept, and how it goes on."""
