"""The panel: what the user chooses, sees and presses."""
