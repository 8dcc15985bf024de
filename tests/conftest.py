"""Settings of every test."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("CITESS_EXAMPLES", "20"))  # hundreds in `nox -s deep`
settings.register_profile(
    "citess",
    max_examples=EXAMPLES,
    derandomize=EXAMPLES < 20,  # few are the same at each run, so that what they cover is
    deadline=None,  # machines differ; no test reads the clock
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("citess")
