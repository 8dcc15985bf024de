"""Disclosure control: small numbers are protected before they are published.

Examples
--------
>>> from citess.metrics.disclosure import CountTable, primary_suppression
>>> primary_suppression(CountTable.grid([[20, 3], [9, 8]])).value
1
"""

from citess.metrics.disclosure.anonymity import k_anonymity
from citess.metrics.disclosure.audit import audit_interval, intervals
from citess.metrics.disclosure.policy import DEFAULT, Policy
from citess.metrics.disclosure.publish import PublishableTable, PublishedRow, publish
from citess.metrics.disclosure.rounding import round_counts
from citess.metrics.disclosure.rules import THRESHOLD, dominance, primary_suppression, safe_ratio
from citess.metrics.disclosure.suppression import complementary_suppression
from citess.metrics.disclosure.table import TOTAL, CountTable

__all__ = [
    "DEFAULT",
    "THRESHOLD",
    "TOTAL",
    "CountTable",
    "Policy",
    "PublishableTable",
    "PublishedRow",
    "audit_interval",
    "complementary_suppression",
    "dominance",
    "intervals",
    "k_anonymity",
    "primary_suppression",
    "publish",
    "round_counts",
    "safe_ratio",
]
