"""Results of a registration as nodes of the scene, and nodes as files for a job."""
