"""See and judge a registration: overlays, linked views, flicker, wipe and a list of findings."""
