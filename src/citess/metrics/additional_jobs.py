"""Metrics of what is due to the hub: jobs that would not be there without it, and their cost."""

from collections.abc import Iterable, Mapping
from math import fsum, isfinite, prod, sqrt
from typing import Final

from attrs import field, frozen

from citess.metrics._facts import Number
from citess.metrics._measure import Interval, Measure, Outcome, Undefined
from citess.metrics._propagation import Range, propagate
from citess.metrics._quality import checked
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import content_seed
from citess.metrics.intervals import z_score
from citess.model import Money

GROSS: Final = "E01"
NET: Final = "E04"
_DROP_OFF: Final = "drop_off"
_WHOLE: Final = Range(low=0, high=1, shape="uniform")


@frozen
class Rate:
    """A rate with the source that says it, exactly or within a range.

    Raises
    ------
    ValueError
        When it is not between 0 and 1.

    Examples
    --------
    >>> Rate(0.25, source="survey-2023").is_evidenced, Rate(0.25).is_evidenced
    (True, False)
    """

    given: float | Range
    """The rate, or the range that it lies in."""

    source: str | None = field(default=None, kw_only=True)
    """Source that says it."""

    def __attrs_post_init__(self) -> None:
        if not (self.range.low >= 0 and self.range.high <= 1):
            msg = f"a rate is between 0 and 1, not {self.given!r}"
            raise ValueError(msg)

    @property
    def range(self) -> Range:
        """Values that it may have."""
        if isinstance(self.given, Range):
            return self.given
        return Range(low=self.given, high=self.given)

    @property
    def is_evidenced(self) -> bool:
        """Whether a source says it."""
        return bool(self.source)

    @property
    def value(self) -> float:
        """Likeliest value."""
        return self.range.middle


Given = Rate | float | None


def _rate(given: Given) -> Rate | None:
    return Rate(given) if isinstance(given, int | float) else given


def _gross(jobs: Number | Measure) -> Number:
    if not isinstance(jobs, Measure):
        return checked("gross", jobs)
    if jobs.metric != GROSS:
        msg = f"gross jobs come from job flows, not from {jobs.name}"
        raise ValueError(msg)
    jobs.require()
    return jobs.parts["created"] or 0


def _left(rates: Mapping[str, float], gross: float, year: int) -> float:
    """Jobs that remain once each rate has taken its part."""
    shares = (1 - rate for name, rate in rates.items() if name != _DROP_OFF)
    return gross * prod(shares) * (1 - rates.get(_DROP_OFF, 0.0)) ** (year - 1)


@value_metric(
    "E04",
    question="How many jobs are due to the hub?",
    limits="As good as its rates: what would have happened without the hub is never seen.",
    unit="net-additional-jobs",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"g (1 - d)(1 - p)(1 - a)(1 - l)(1 - o)^{t - 1}",
    missing="a rate that is not known, or that no source says, gives a range and no number; it is "
    "never taken for zero",
    small_numbers="interval by seeded draws from the ranges, with Sobol indices",
    aggregation="unite the enterprises, then apply the rates of each hub",
    source="SROI Network 2012, A Guide to Social Return on Investment, stage 4; HM Treasury 2014, "
    "Additionality Guide",
    level="job",
)
def net_additional_jobs(  # noqa: PLR0913  (five rates, and how they are carried through)
    gross: Number | Measure,
    *,
    deadweight: Given = None,
    displacement: Given = None,
    attribution: Given = None,
    leakage: Given = None,
    drop_off: Given = None,
    year: int = 1,
    seed: int | None = None,
    draws: int = 8192,
    level: float = 0.95,
) -> Outcome:
    """Jobs that would not be there without the hub.

    Gross jobs, as a number or from :data:`job_flows`, less what would have happened anyway
    (``deadweight``), what was lost elsewhere (``displacement``), what is due to others
    (``attribution``) and what went to people not meant (``leakage``); from the second ``year`` on,
    less those that fade away (``drop_off``). Each is a :class:`Rate` with its source. Where one is
    not known, or no source says it, there is no value but ``bounds``, with
    ``parts["as_claimed"]`` for what would follow if all were as said. Ranges are drawn together;
    ``parts`` holds, for each, the share of the variance that it explains alone
    (``"first:deadweight"``) and with others (``"total:deadweight"``).

    Raises
    ------
    ValueError
        When a number is negative or not finite, a rate is not between 0 and 1, the year is not 1
        or more, or gross jobs are a measure of something else.
    UndefinedMeasureError
        When gross jobs are a measure without a value.

    Examples
    --------
    >>> said = "survey-2023"
    >>> rates = {
    ...     "deadweight": Rate(0.25, source=said),
    ...     "displacement": Rate(0.10, source=said),
    ...     "attribution": Rate(0.20, source=said),
    ...     "leakage": Rate(0, source=said),
    ... }
    >>> round(net_additional_jobs(100, **rates).value, 2)
    54.0
    >>> fading = Rate(0.10, source=said)
    >>> [round(net_additional_jobs(100, **rates, drop_off=fading, year=y).value, 2) for y in (2, 3)]
    [48.6, 43.74]
    >>> rates["displacement"] = None
    >>> found = net_additional_jobs(100, **rates)
    >>> found.value, found.reason.value, [round(end, 2) for end in found.bounds]
    (None, 'not_known', [0.0, 60.0])
    """
    jobs = _gross(gross)
    if year < 1 or year != int(year):
        msg = f"year is a whole number of 1 or more, not {year!r}"
        raise ValueError(msg)
    given = {
        "deadweight": _rate(deadweight),
        "displacement": _rate(displacement),
        "attribution": _rate(attribution),
        "leakage": _rate(leakage),
    }
    if year > 1 or drop_off is not None:
        given[_DROP_OFF] = _rate(drop_off)
    unknown = sorted(name for name, rate in given.items() if rate is None)
    unsaid = sorted(n for n, rate in given.items() if rate is not None and not rate.is_evidenced)
    ranges = {
        name: rate.range if rate is not None and rate.is_evidenced else _WHOLE
        for name, rate in given.items()
    }
    ends = [
        _left({name: getattr(one, end) for name, one in ranges.items()}, jobs, year)
        for end in ("high", "low")
    ]
    parts: dict[str, Number | None] = {"gross": jobs}
    if not unknown:
        claimed = {name: rate.value for name, rate in given.items() if rate is not None}
        parts["as_claimed"] = _left(claimed, jobs, year)
    method: dict[str, object] = {
        "year": year,
        "sources": {name: rate.source for name, rate in given.items() if rate is not None},
        "without_source": unsaid,
        "not_known": unknown,
    }
    interval = None
    vague = {name: one for name, one in ranges.items() if one.low < one.high}
    if vague and not unknown and not unsaid:
        seed = content_seed(jobs, year, sorted(map(repr, ranges.items()))) if seed is None else seed
        spread = propagate(
            lambda rates: _left({**_fixed(ranges), **rates}, jobs, year),
            vague,
            seed=seed,
            draws=draws,
            level=level,
        )
        interval = spread.interval
        parts["mean"] = spread.mean
        parts |= {f"first:{name}": share for name, share in spread.first_order.items()}
        parts |= {f"total:{name}": share for name, share in spread.total.items()}
        method |= {"seed": seed, "draws": draws}
    whole = not unknown and not unsaid
    return Outcome(
        value=parts["as_claimed"] if whole else None,
        reason=None if whole else Undefined.NOT_KNOWN,
        n=jobs,
        missing=len(unknown) + len(unsaid),
        interval=interval,
        bounds=(ends[0], ends[1]),
        parts=parts,
        method=method,
        warnings=("rates-without-source",) if unsaid else (),
    )


def _fixed(ranges: Mapping[str, Range]) -> dict[str, float]:
    return {name: one.low for name, one in ranges.items() if one.low == one.high}


@value_metric(
    "E07",
    question="What did a job cost?",
    limits="Cheap jobs may be short or poor: read it with retention and the deficit of decent "
    "work.",
    unit="money-per-job",
    bounds=(0, None),
    better=Better.LOWER,
    formula=r"\frac{\sum \text{costs}}{\text{net jobs}}",
    missing="without costs or jobs there is none; costs that are not known are counted and make it "
    "a lower limit",
    small_numbers="below 10 jobs flagged; Fieller's interval, or that of the jobs carried through",
    aggregation="sum costs and jobs, then divide",
    source="Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x",
    level="job",
)
def cost_per_job(  # noqa: PLR0913  (two errors and the years beside the two amounts)
    costs: Number | Money | Iterable[Number | Money | None],
    net_jobs: Number | Measure,
    *,
    years: float | None = None,
    costs_se: float = 0,
    jobs_se: float = 0,
    level: float = 0.95,
) -> Outcome:
    """Cost of a net job.

    All costs, those in kind of partners too, in one currency and at the prices of one year, over
    net jobs: a number, or a measure of net additional jobs; gross jobs are refused. With ``years``
    that a job lasts, ``parts["per_job_year"]`` too. With standard errors of costs or jobs, the
    interval of Fieller; with a measure that has an interval, that one carried through.

    Raises
    ------
    ValueError
        When a number is negative or not finite, money has two currencies, or jobs are not net.
    UndefinedMeasureError
        When net jobs are a measure without a value.

    Examples
    --------
    >>> cost_per_job([400_000, 140_000], 54).value
    10000.0
    >>> cost_per_job(540_000, -3).reason.value
    'not_applicable'
    """
    amounts, missing, currency = _amounts(costs)
    jobs = net_jobs if not isinstance(net_jobs, Measure) else _net(net_jobs)
    checked("net_jobs", jobs, None)
    checked("costs_se", costs_se)
    checked("jobs_se", jobs_se)
    if years is not None and not (isfinite(years) and years > 0):
        msg = f"years are above zero, not {years!r}"
        raise ValueError(msg)
    total = fsum(amounts)
    method: dict[str, object] = {"currency": currency, "years": years}
    if jobs <= 0 or not amounts:
        reason = Undefined.ZERO_DENOMINATOR if jobs == 0 else Undefined.NOT_APPLICABLE
        reason = reason if amounts else Undefined.NOT_KNOWN
        return Outcome(reason=reason, missing=missing, method=method)
    interval = _fieller(total, jobs, costs_se, jobs_se, level)
    if isinstance(net_jobs, Measure) and net_jobs.interval is not None:
        carried = net_jobs.interval
        if carried.low > 0:
            interval = Interval(
                low=total / carried.high,
                high=total / carried.low,
                method=carried.method,
                level=carried.level,
            )
    few = ("few-events",) if jobs < 10 else ()  # noqa: PLR2004  (the catalogue's limit)
    return Outcome(
        value=total / jobs,
        numerator=total,
        denominator=jobs,
        n=jobs,
        missing=missing,
        interval=interval,
        parts={"per_job_year": None if years is None else total / jobs / years},
        method=method,
        warnings=(*few, *(("missing",) if missing else ())),
    )


def _net(jobs: Measure) -> Number:
    if jobs.metric != NET:
        msg = f"{jobs.name} is not net: give net additional jobs"
        raise ValueError(msg)
    return jobs.require()


def _amounts(
    costs: Number | Money | Iterable[Number | Money | None],
) -> tuple[list[float], int, str | None]:
    """Amounts known, how many are not, and their currency."""
    given = [costs] if isinstance(costs, int | float | Money) else list(costs)
    currencies = {one.currency for one in given if isinstance(one, Money)}
    plain = any(isinstance(one, int | float) for one in given)
    if len(currencies) > 1 or (currencies and plain):
        said = ", ".join(sorted(currencies))
        msg = f"costs are in one currency, not in {said}{' and none' if plain else ''}"
        raise ValueError(msg)
    known = [one for one in given if one is not None]
    amounts = [
        checked("costs", float(one.amount) if isinstance(one, Money) else one) for one in known
    ]
    return amounts, len(given) - len(known), next(iter(currencies), None)


def _fieller(
    top: float, bottom: float, top_se: float, bottom_se: float, level: float
) -> Interval | None:
    """Fieller's interval of a ratio; ``None`` without errors, or where it has no end."""
    z = z_score(level)
    g = (z * bottom_se / bottom) ** 2
    if (top_se == 0 and bottom_se == 0) or g >= 1:
        return None
    ratio = top / bottom
    half = z / bottom * sqrt(top_se**2 * (1 - g) + ratio**2 * bottom_se**2)
    return Interval(
        low=max(0.0, (ratio - half) / (1 - g)),
        high=(ratio + half) / (1 - g),
        method="fieller",
        level=level,
    )


__all__ = ["Range", "Rate", "cost_per_job", "net_additional_jobs"]
