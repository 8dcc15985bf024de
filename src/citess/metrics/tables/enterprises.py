"""Tables of enterprises and projects: how long they live, what becomes of them, stage by stage."""

from typing import Final, Literal

from citess.metrics.tables._histories import day_of, histories, history_of, whose
from citess.metrics.tables._spells import spells, years
from citess.metrics.tables._table import Column, Getter, Row, Table, attribute, derived, year
from citess.model import Dataset, Formality


def _of_enterprise(name: str, meaning: str) -> Column:
    def get(row: Row) -> object:
        enterprise = history_of(row).enterprise
        return None if enterprise is None else getattr(enterprise, name)

    return derived(get, meaning=meaning)


def _section(row: Row) -> str | None:
    enterprise = history_of(row).enterprise
    return enterprise.activities[0] if enterprise is not None and enterprise.activities else None


def _entered_on(row: Row) -> str | None:
    entered = history_of(row).entered
    return None if entered is None else day_of(entered).isoformat()


_COMMON: Final = {
    "id": attribute("id", meaning="enterprise, or case where there is none"),
    "hub": Column(path="hubs", several=True, meaning="hubs that accompany it"),
    "programme": Column(path="programmes", several=True, meaning="programmes of its cases"),
    "territory": Column(path="territories", several=True, meaning="seat"),
    "sex": Column(path="sexes", several=True, meaning="sex of its clients"),
    "age_band": Column(path="age_bands", several=True, meaning="ages of its clients at intake"),
    "sector": _of_enterprise("sector", "part of society"),
    "legal_form": _of_enterprise("legal_form", "legal form"),
    "initiative": _of_enterprise("initiative", "individual or collective"),
    "formality": _of_enterprise("formality", "whether it is registered"),
    "activity": derived(_section, meaning="main activity"),
}


def of_history(name: str) -> Column:
    """Column of the project or enterprise that a row belongs to."""
    column = _COMMON[name]

    def bind(data: Dataset) -> Getter:
        get = column.getter(data)
        return lambda row: get(whose(row))

    return Column(kind=column.kind, bind=bind, several=column.several, meaning=column.meaning)


ENTERPRISES: Final = Table(
    name="enterprises",
    rows=lambda data: (one for one in histories(data) if one.was_enterprise),
    flow="registered",
    columns={
        **_COMMON,
        "cohort": derived(lambda row: year(history_of(row).registered), meaning="year of creation"),
        "registered": attribute("registered", kind="date", meaning="day of creation"),
        "outcome": attribute("outcome", meaning="closed, lost from sight, or going when last seen"),
        "created_on": attribute("created_on", kind="date", meaning="day taken for creation"),
        "closed_on": attribute("closed_on", kind="date", meaning="day of closure"),
        "seen_on": attribute("seen_on", kind="date", meaning="last day on which it was seen alive"),
        "entered_after": attribute(
            "entered_after", kind="number", meaning="days from creation until a hub first saw it"
        ),
    },
)
"""One row an enterprise; projects that never became one are left out."""

PROJECTS: Final = Table(
    name="projects",
    rows=histories,
    flow="entered",
    columns={
        **_COMMON,
        "cohort": derived(lambda row: year(history_of(row).entered), meaning="year of intake"),
        "entered": attribute("entered", kind="date", meaning="day of intake"),
        "entered_on": derived(_entered_on, kind="date", meaning="day taken for that of intake"),
        "start": attribute("start", meaning="project, enterprise or mature at intake"),
        "created_after": attribute(
            "created_after", kind="number", meaning="days from intake to creation"
        ),
        "matured_after": attribute(
            "matured_after", kind="number", meaning="days from intake to consolidation"
        ),
        "seen_for": attribute(
            "seen_for", kind="number", meaning="days from intake until last seen"
        ),
    },
)
"""One row a project or enterprise."""


def _formality_at(row: Row, place: Literal[0, 1, 2]) -> str | int | None:
    """Formality first stated, days from then to being registered, days to the last statement."""
    said = history_of(row).statements
    if not said:
        return None
    if place == 0:
        return str(said[0][1])
    first = said[0][0]
    if place == 1:
        formal = [day for day, formality in said if formality is Formality.FORMAL]
        return (formal[0] - first).days if formal else None
    return (said[-1][0] - first).days


def _first_stated(row: Row) -> str | None:
    said = history_of(row).statements
    return said[0][0].isoformat() if said else None


FORMALITIES: Final = Table(
    name="formalities",
    rows=histories,
    flow="entered",
    columns={
        **_COMMON,
        "cohort": derived(lambda row: year(history_of(row).entered), meaning="year of intake"),
        "entered": attribute("entered", kind="date", meaning="day of intake"),
        "at_first": derived(lambda row: _formality_at(row, 0), meaning="formality first stated"),
        "stated_on": derived(_first_stated, kind="date", meaning="day of the first statement"),
        "formal_after": derived(
            lambda row: _formality_at(row, 1), kind="number", meaning="days until registered"
        ),
        "stated_for": derived(
            lambda row: _formality_at(row, 2), kind="number", meaning="days to the last statement"
        ),
    },
)
"""One row a project or enterprise, with what follow-ups say of its being registered."""


_SPELLS: Final = {
    "id": attribute("id", meaning="project or enterprise, and which of its spells"),
    **{name: of_history(name) for name in _COMMON if name != "id"},
    "since": attribute("since", kind="date", meaning="first day"),
    "stage": attribute("stage", meaning="stage at the start"),
    "to": attribute("to", meaning="stage at the end"),
    "days": attribute("days", kind="number", meaning="days between"),
}

STAGE_SPELLS: Final = Table(
    name="stage_spells",
    rows=lambda data: (spell for one in histories(data) for spell in spells(one)),
    flow="since",
    columns=_SPELLS,
)
"""One row a stay in a stage; of the last, it is not known where it leads."""

STAGE_YEARS: Final = Table(
    name="stage_years",
    rows=lambda data: (step for one in histories(data) for step in years(one)),
    flow="since",
    columns=_SPELLS,
)
"""One row a year of a project or enterprise: its stage at the start and at the end."""
