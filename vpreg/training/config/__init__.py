"""From the text of a config to the settings of a training, and back."""
