"""Metric of social return: value for each unit invested, with its range."""

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Final, cast

from citess.metrics._facts import Number
from citess.metrics._measure import Outcome, Undefined
from citess.metrics._propagation import Range, propagate
from citess.metrics._quality import checked
from citess.metrics._registry import Better, value_metric
from citess.metrics._resampling import content_seed

Uncertain = float | Range
"""A number, or a range that it lies in."""

_ALL: Final = "all"
_RATE: Final = "discount"
_INPUT: Final = "investment"


def _middle(value: Uncertain) -> float:
    return value.middle if isinstance(value, Range) else value


def _read(name: str, value: Uncertain) -> Uncertain:
    for end in (value.low, value.high) if isinstance(value, Range) else (value,):
        checked(name, end)
    return value


@value_metric(
    "E12",
    question="What value does each unit invested bring?",
    limits="Values without a market come from proxies, which are a choice: never read it without "
    "its range and the share of each proxy, and never rank projects by it.",
    unit="factor",
    bounds=(0, None),
    better=Better.HIGHER,
    formula=r"\frac{\sum_t v_t (1 + r)^{-t}}{I}",
    missing="without values or an investment there is none",
    small_numbers="interval by seeded draws from the ranges, with Sobol indices; without ranges, "
    "bounds leave out the greatest proxy",
    aggregation="never averaged: sum values and investments at one rate",
    source="SROI Network 2012, A Guide to Social Return on Investment",
    level="programme",
)
def sroi_ratio(  # noqa: PLR0913  (values, rate and input, and how ranges are carried through)
    values: Iterable[Uncertain] | Mapping[str, Iterable[Uncertain]],
    *,
    discount: Uncertain,
    investment: Uncertain,
    seed: int | None = None,
    draws: int = 4096,
    level: float = 0.95,
) -> Outcome:
    """Social return on investment.

    Present value of what changed, year by year from the end of the first, over the present value
    of the investment. Name the proxies by which it is valued, as ``{"income": [1000, 900]}``, to
    see the share of each. Any number may be a :class:`Range`; all are drawn together. Without any
    range, the interval is missing and ``bounds`` reach down to what remains when the proxy with the
    greatest value is refused.

    Raises
    ------
    ValueError
        When a number is negative or not finite.

    Examples
    --------
    >>> found = sroi_ratio([1000, 900, 810], discount=0.035, investment=1200)
    >>> round(found.parts["present_value"], 2), round(found.value, 3), found.warnings
    (2536.92, 2.114, ('no-range',))
    >>> by_proxy = {"income": [800, 700], "health": [200, 200]}
    >>> found = sroi_ratio(by_proxy, discount=0.035, investment=1200)
    >>> round(found.parts["share:income"], 3), [round(end, 3) for end in found.bounds]
    (0.79, [0.317, 1.505])
    """
    named = (
        cast("Mapping[str, Iterable[Uncertain]]", values)
        if isinstance(values, Mapping)
        else {_ALL: values}
    )
    proxies = {name: [_read("values", one) for one in years] for name, years in named.items()}
    inputs: dict[str, Uncertain] = {
        f"{name}:{year}": one
        for name, years in proxies.items()
        for year, one in enumerate(years, 1)
    }
    keys = {
        name: [f"{name}:{year}" for year in range(1, len(y) + 1)] for name, y in proxies.items()
    }
    inputs |= {_RATE: _read(_RATE, discount), _INPUT: _read(_INPUT, investment)}
    middle = {name: _middle(value) for name, value in inputs.items()}
    present = {name: _present(own, middle) for name, own in keys.items()}
    total = fsum(present.values())
    parts: dict[str, Number | None] = {"present_value": total}
    parts |= {f"share:{name}": value / total if total else None for name, value in present.items()}
    method: dict[str, object] = {"discount": middle[_RATE], "investment": middle[_INPUT]}
    if middle[_INPUT] == 0 or not any(keys.values()):
        return Outcome(reason=Undefined.ZERO_DENOMINATOR, parts=parts, method=method)
    value = total / middle[_INPUT]
    least = (total - max(present.values())) / middle[_INPUT]
    ranges = {n: one for n, one in inputs.items() if isinstance(one, Range) and one.low < one.high}
    interval = None
    if ranges and ranges.get(_INPUT, Range(low=1, high=1)).low > 0:
        seed = content_seed(sorted(map(repr, inputs.items()))) if seed is None else seed
        spread = propagate(
            lambda drawn: _ratio(keys, {**middle, **drawn}),
            ranges,
            seed=seed,
            draws=draws,
            level=level,
        )
        interval = spread.interval
        parts["mean"] = spread.mean
        parts |= {f"first:{name}": share for name, share in spread.first_order.items()}
        parts |= {f"total:{name}": share for name, share in spread.total.items()}
        method |= {"seed": seed, "draws": draws}
    return Outcome(
        value=value,
        numerator=total,
        denominator=middle[_INPUT],
        n=len(proxies),
        interval=interval,
        bounds=(least, value),
        parts=parts,
        method=method,
        warnings=() if interval is not None else ("no-range",),
    )


def _present(keys: Iterable[str], numbers: Mapping[str, float]) -> float:
    rate = 1 + numbers[_RATE]
    return fsum(numbers[key] / rate**year for year, key in enumerate(keys, 1))


def _ratio(keys: Mapping[str, Iterable[str]], numbers: Mapping[str, float]) -> float:
    return fsum(_present(own, numbers) for own in keys.values()) / numbers[_INPUT]


__all__ = ["sroi_ratio"]
