"""What is old enough to be judged: periods that leave recent cases time to come to their end."""

from datetime import date, timedelta

from citess.metrics._quality import checked
from citess.model import DateLike, Period, as_date


def matured(as_of: DateLike, *, days: int, since: DateLike = "0001-01-01") -> Period:
    """Period of what began early enough to have had some days by a day.

    The guard against judging what has not had its time: give it as ``period=`` to any metric of
    events, and those too recent are left out.

    Raises
    ------
    ValueError
        When the days are negative, or nothing can have matured.

    Examples
    --------
    >>> import citess
    >>> from citess.metrics import matured, referral_completion
    >>> str(matured("2023-06-30", days=90, since="2023-01-01"))
    '2023-01-01/2023-04-02'
    >>> data = citess.datasets.synthetic()
    >>> late = referral_completion(data, period=matured("2023-06-30", days=90))
    >>> late.n <= referral_completion(data).n
    True
    """
    last = as_date(as_of).toordinal() - int(checked("days", days))
    if last < as_date(since).toordinal():
        msg = f"nothing that began since {as_date(since)} had {days} days by {as_date(as_of)}"
        raise ValueError(msg)
    return Period.of(as_date(since), date.fromordinal(last) + timedelta(days=1))


__all__ = ["matured"]
