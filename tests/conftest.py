"""Settings of every test."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "citess",
    max_examples=int(os.environ.get("CITESS_EXAMPLES", "100")),
    deadline=None,  # machines differ; no test reads the clock
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("citess")
