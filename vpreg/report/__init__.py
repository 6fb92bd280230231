"""One page in which a registration can be judged."""
