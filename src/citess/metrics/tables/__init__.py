"""Tables that metrics read, by name: the same for objects and for frames."""

from typing import Final

from citess.metrics.tables._table import Column, Table
from citess.metrics.tables.agreements import AGREEMENTS, PARTNERS
from citess.metrics.tables.enterprise_years import ENTERPRISE_YEARS
from citess.metrics.tables.enterprises import (
    ENTERPRISES,
    FORMALITIES,
    PROJECTS,
    STAGE_SPELLS,
    STAGE_YEARS,
)
from citess.metrics.tables.jobs import JOB_PAIRS, JOBS, SUPPORTED_JOBS
from citess.metrics.tables.journeys import (
    CASE_STEPS,
    DEMANDS,
    JOURNEYS,
    SERVICE_ARMS,
    USES,
    WAITS,
)
from citess.metrics.tables.money import FUNDINGS
from citess.metrics.tables.offers import NEEDS, OFFERS
from citess.metrics.tables.population import POPULATION
from citess.metrics.tables.support import APPLICATIONS, CASES, FOLLOW_UPS, REFERRALS, SESSIONS

TABLES: Final = {
    table.name: table
    for table in (
        AGREEMENTS,
        APPLICATIONS,
        CASES,
        CASE_STEPS,
        DEMANDS,
        ENTERPRISES,
        ENTERPRISE_YEARS,
        FOLLOW_UPS,
        FORMALITIES,
        FUNDINGS,
        JOBS,
        JOB_PAIRS,
        JOURNEYS,
        NEEDS,
        OFFERS,
        PARTNERS,
        POPULATION,
        PROJECTS,
        REFERRALS,
        SERVICE_ARMS,
        SESSIONS,
        STAGE_SPELLS,
        STAGE_YEARS,
        SUPPORTED_JOBS,
        USES,
        WAITS,
    )
}
"""Every table, by name."""

__all__ = ["TABLES", "Column", "Table"]
