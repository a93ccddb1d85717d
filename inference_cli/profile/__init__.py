"""Settings and tokens on this machine, each with the place that it came from."""
