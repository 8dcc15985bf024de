"""Tables that metrics read, by name: the same for objects and for frames."""

from typing import Final

from citess.metrics.tables._table import Column, Table
from citess.metrics.tables.agreements import AGREEMENTS, PARTNERS
from citess.metrics.tables.money import FUNDINGS
from citess.metrics.tables.support import APPLICATIONS, CASES, FOLLOW_UPS, REFERRALS, SESSIONS

TABLES: Final = {
    table.name: table
    for table in (AGREEMENTS, APPLICATIONS, CASES, FOLLOW_UPS, FUNDINGS, PARTNERS, REFERRALS, SESSIONS)
}
"""Every table, by name."""

__all__ = ["TABLES", "Column", "Table"]
