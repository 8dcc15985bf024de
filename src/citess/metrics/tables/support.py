"""Tables of the way through a hub: cases, sessions, referrals, applications, follow-ups."""

from typing import Final, cast

from citess.metrics.tables._table import (
    Column,
    Getter,
    Row,
    Table,
    age_text,
    attribute,
    derived,
    year,
)
from citess.model import (
    Case,
    Dataset,
    FinanceApplication,
    FollowUp,
    Referral,
    SupportSession,
)
from citess.model.ids import CaseId


def _stage(row: Row) -> str | None:
    stages = cast("Case", row).stages
    return str(stages[-1].stage) if stages else None


def _band(row: Row) -> str | None:
    return age_text(cast("Case", row).age_band)


def _cohort(row: Row) -> str | None:
    return year(cast("Case", row).opened)


CASES: Final = Table(
    name="cases",
    record=Case,
    rows=lambda data: data.cases.values(),
    flow="opened",
    columns={
        "id": attribute("id", meaning="case"),
        "hub": attribute("hub", meaning="hub that opened it"),
        "opened": attribute("opened", kind="date", meaning="day of intake"),
        "closed": attribute("closed", kind="date", meaning="day of closure"),
        "closure": attribute("closure", meaning="why it was closed"),
        "enterprise": attribute("enterprise", meaning="project or enterprise it is about"),
        "programme": attribute("programme", meaning="programme under which it is accompanied"),
        "initiative": attribute("initiative", meaning="individual or collective"),
        "group_size": attribute("group_size", kind="number", meaning="people who carry it"),
        "channel": attribute("channel", meaning="how it came to the hub"),
        "territory": attribute("territory", meaning="where the client lives or works"),
        "client": attribute("client", personal=True, meaning="keyed hash of the client"),
        "sex": attribute("sex", meaning="sex of the client"),
        "age_band": derived(_band, meaning="ages between which the client was, as 18-29"),
        "employment": attribute("employment", meaning="occupation at intake"),
        "education": attribute("education", meaning="highest education at intake"),
        "disability": attribute("disability", kind="flag", meaning="whether disabled"),
        "rural": attribute("rural", kind="flag", meaning="whether in a rural area"),
        "stage": derived(_stage, meaning="last stage noted"),
        "cohort": derived(_cohort, meaning="year of intake"),
    },
)
"""One row a case."""


def of_case(path: str, meaning: str, *, through: str = "case") -> Column:
    """Column of the case that a record belongs to."""
    column = CASES.columns[path]

    def bind(data: Dataset) -> Getter:
        get = column.getter(data)

        def found(row: Row) -> object:
            case = getattr(row, through)
            first = cast("CaseId | None", case[0] if isinstance(case, tuple) and case else case)
            return get(data.cases[first]) if first else None

        return found

    return Column(
        kind=column.kind, bind=bind, joins=("cases",), personal=column.personal, meaning=meaning
    )


def _kind_of_service(data: Dataset) -> Getter:
    def kind(row: Row) -> str | None:
        service = cast("SupportSession | Referral", row).service
        return None if service is None else data.services[service].kind

    return kind


def _people(through: str = "case") -> dict[str, Column]:
    """Columns that every table about a case has."""
    return {
        "hub": of_case("hub", "hub of the case", through=through),
        "client": of_case("client", "keyed hash of the client", through=through),
        "sex": of_case("sex", "sex of the client", through=through),
        "age_band": of_case("age_band", "age band of the client", through=through),
        "territory": of_case("territory", "where the client lives", through=through),
        "programme": of_case("programme", "programme of the case", through=through),
        "stage": of_case("stage", "last stage of the case", through=through),
        "cohort": of_case("cohort", "year of intake of the case", through=through),
    }


SESSIONS: Final = Table(
    name="sessions",
    record=SupportSession,
    rows=lambda data: data.support_sessions.values(),
    flow="on",
    columns={
        "id": attribute("id", meaning="session"),
        "case": Column(path="cases", several=True, meaning="cases served"),
        "service": attribute("service", meaning="service given"),
        "kind": Column(bind=_kind_of_service, joins=("services",), meaning="kind of the service"),
        "provider": Column(path="providers", several=True, meaning="who gave it"),
        "on": attribute("on", kind="date", meaning="day"),
        "mode": attribute("mode", meaning="how it was given"),
        "minutes": attribute("minutes", kind="number", meaning="length in minutes"),
        "participants": attribute("participants", kind="number", meaning="people present"),
        "women": attribute("women", kind="number", meaning="women present"),
        **_people("cases"),
    },
)
"""One row a session; a session of several cases takes hub and people from the first."""


def _outcome(row: Row) -> str:
    """Last that was recorded of a referral."""
    referral = cast("Referral", row)
    answers = ("served", "declined", "dropped", "accepted")
    return next((answer for answer in answers if getattr(referral, answer)), "sent")


def _days_to_service(row: Row) -> int | None:
    sent, served = cast("Referral", row).sent, cast("Referral", row).served
    if served is None or sent.precision != "day" or served.precision != "day":
        return None
    return (served.earliest - sent.earliest).days


REFERRALS: Final = Table(
    name="referrals",
    record=Referral,
    rows=lambda data: data.referrals.values(),
    flow="sent",
    columns={
        "id": attribute("id", meaning="referral"),
        "case": attribute("case", meaning="case referred"),
        "to": attribute("to", meaning="party it was sent to"),
        "service": attribute("service", meaning="service sought"),
        "kind": Column(
            bind=_kind_of_service, joins=("services",), meaning="kind of the service sought"
        ),
        "sent": attribute("sent", kind="date", meaning="day sent"),
        "accepted": attribute("accepted", kind="date", meaning="day accepted"),
        "declined": attribute("declined", kind="date", meaning="day declined"),
        "served": attribute("served", kind="date", meaning="day served"),
        "dropped": attribute("dropped", kind="date", meaning="day given up"),
        "outcome": derived(_outcome, meaning="sent, accepted, declined, served or dropped"),
        "days": derived(_days_to_service, kind="number", meaning="days from sent to served"),
        **_people(),
    },
)
"""One row a referral."""

APPLICATIONS: Final = Table(
    name="applications",
    record=FinanceApplication,
    rows=lambda data: data.finance_applications.values(),
    flow="submitted",
    columns={
        "id": attribute("id", meaning="application"),
        "line": attribute("line", meaning="finance line"),
        "case": attribute("case", meaning="case it is for"),
        "enterprise": attribute("enterprise", meaning="enterprise it is for"),
        "submitted": attribute("submitted", kind="date", meaning="day submitted"),
        "status": attribute("status", meaning="where it stands"),
        "decided": attribute("decided", kind="date", meaning="day of the decision"),
        **_people(),
    },
)
"""One row an application for finance."""

FOLLOW_UPS: Final = Table(
    name="follow_ups",
    record=FollowUp,
    rows=lambda data: data.follow_ups.values(),
    flow="on",
    columns={
        "id": attribute("id", meaning="follow-up"),
        "case": attribute("case", meaning="case followed"),
        "on": attribute("on", kind="date", meaning="day"),
        "months": attribute("months", kind="number", meaning="months since the support"),
        "survival": attribute("survival", meaning="whether the enterprise lives"),
        "formality": attribute("formality", meaning="whether it is registered"),
        "satisfaction": attribute("satisfaction", kind="number", meaning="0 to 10"),
        **_people(),
    },
)
"""One row a follow-up."""
