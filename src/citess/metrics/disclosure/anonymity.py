"""Whether a row of records can be singled out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from citess.metrics._measure import Outcome, Undefined
from citess.metrics._registry import Better, value_metric

Rows = Iterable[Mapping[str, object]]


@value_metric(
    "D06",
    question="Can somebody be singled out in these records?",
    limits="Records alike can still share a secret: see the diversity beside it.",
    unit="people",
    bounds=(1, None),
    better=Better.HIGHER,
    formula=r"\min_q \#\{r : r[Q] = q\}",
    missing="a value not known is a class of its own",
    small_numbers="that is its subject",
    aggregation="recompute on all records",
    source="Sweeney 2002, doi:10.1142/S0218488502001648; Machanavajjhala and others 2007",
    level="person",
)
def k_anonymity(
    rows: Rows, quasi_identifiers: Sequence[str], *, sensitive: str | None = None
) -> Outcome:
    """Size of the smallest group of records that look alike.

    ``quasi_identifiers`` name the columns by which somebody could be found. With ``sensitive``,
    ``parts["l_diversity"]`` is the least number of different values of that column in a group.

    Raises
    ------
    ValueError
        When a row lacks a column.

    Examples
    --------
    >>> rows = [{"sex": s, "age": a} for s in "fm" for a in ("18-29", "30-64") for _ in range(2)]
    >>> k_anonymity(rows, ["sex", "age"]).value
    2
    """
    groups: defaultdict[tuple[object, ...], list[object]] = defaultdict(list)
    needed = [*quasi_identifiers, *([sensitive] if sensitive else [])]
    n = 0
    for n, row in enumerate(rows, 1):
        for column in needed:
            if column not in row:
                msg = f"row {n} lacks the column {column!r}"
                raise ValueError(msg)
        groups[tuple(row[column] for column in quasi_identifiers)].append(
            row[sensitive] if sensitive else None
        )
    if not groups:
        return Outcome(reason=Undefined.ZERO_DENOMINATOR)
    diversity = min(len(set(values)) for values in groups.values()) if sensitive else None
    return Outcome(
        value=min(map(len, groups.values())),
        n=n,
        parts={"l_diversity": diversity, "classes": len(groups)},
        method={"quasi_identifiers": list(quasi_identifiers), "sensitive": sensitive},
    )


__all__ = ["k_anonymity"]
