"""What comes into the scene: slices, and results of sparse registrations."""
