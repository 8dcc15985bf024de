"""Settings of every test."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "citess",
    deadline=None,  # machines differ; no test reads the clock
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("citess")
