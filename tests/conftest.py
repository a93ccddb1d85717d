"""What holds for every test."""

from hypothesis import HealthCheck, settings

# Tests share two cores with each other: how long drawing an example takes says nothing about the program.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
