"""What the law asks of a legal form, version by version."""

from citess import vocab
from citess.errors import InvalidValueError, Issue
from citess.i18n import Term, Text
from citess.model.codes import LegalFormCode
from citess.model.evidence import Recorded
from citess.model.ids import LegalFormVersionId, LegalFrameworkId, TerritoryId
from citess.model.money import Money
from citess.model.record import record
from citess.model.time import Period


class MemberScope(Term):
    """From how far the members of a form must come."""

    ANYWHERE = "anywhere", "anywhere in the country"
    ONE_DELEGATION = "one_delegation", "one délégation"
    ONE_GOVERNORATE = "one_governorate", "several délégations of one governorate"


class VotingRule(Term):
    """How votes are counted."""

    ONE_MEMBER_ONE_VOTE = "one_member_one_vote", "one member, one vote"
    BY_CAPITAL = "by_capital", "by capital"


class ProfitRule(Term):
    """What may be done with a surplus."""

    NOT_DISTRIBUTED = "not_distributed", "not distributed"
    LIMITED = "limited", "distributed within a limit"
    FREE = "free", "distributed freely"


def may_trade(form: str) -> bool | None:
    """Whether the law lets a legal form trade; ``None`` when the vocabulary does not say.

    Examples
    --------
    >>> may_trade("TN-GDA"), may_trade("TN-SMSA"), may_trade("TN-MUT")
    (False, True, None)
    """
    forms = vocab.scheme("legal-forms")
    found = forms[form].facts.get("may_trade") if form in forms else None
    return found if isinstance(found, bool) else None


@record
class LegalFormVersion(Recorded):
    """What a text asked of a legal form during a period; ``None`` is not known, never *nothing*.

    Raises
    ------
    InvalidValueError
        When a number is below one, the most members are fewer than the least, the capital is
        negative, or trade is allowed to a form that the vocabulary forbids it.

    Examples
    --------
    >>> version = LegalFormVersion(
    ...     id="tn-sc-l-2025", form="TN-SC-L", country="tn", text=Text(fr="décret-loi 2025-3"),
    ...     period=Period.of("2025-10-03"), min_members=10,
    ... )
    >>> version.period.holds("2025-11-01")
    True
    """

    id: LegalFormVersionId
    """Stable identifier, unique among versions."""

    form: LegalFormCode
    """Legal form, from the vocabulary ``legal-forms``."""

    country: TerritoryId
    """Country whose law it is."""

    text: Text
    """Law or decree that says so."""

    period: Period
    """When it holds."""

    framework: LegalFrameworkId | None = None
    """Legal framework the text belongs to."""

    min_members: int | None = None
    """Least number of members."""

    max_members: int | None = None
    """Greatest number of members."""

    min_capital: Money | None = None
    """Least capital."""

    scope: MemberScope | None = None
    """From how far members must come."""

    may_trade: bool | None = None
    """Whether commercial activity is allowed."""

    profit: ProfitRule | None = None
    """What may be done with a surplus."""

    voting: VotingRule | None = None
    """How votes are counted."""

    sse: bool | None = None
    """Whether the law counts it to the SSE."""

    label_needed: bool | None = None
    """Whether it is of the SSE only with a label."""

    registry: Text | None = None
    """Where it is registered."""

    conditions: Text | None = None
    """What else the text asks."""

    def __attrs_post_init__(self) -> None:
        for name, number in (("min_members", self.min_members), ("max_members", self.max_members)):
            if number is not None and number < 1:
                raise InvalidValueError(Issue.of("out-of-range", name, number, range="1 or more"))
        low, high = self.min_members, self.max_members
        if low is not None and high is not None and high < low:
            raise InvalidValueError(
                Issue.of("out-of-range", "max_members", high, range=f"{low} or more")
            )
        if self.min_capital is not None and self.min_capital.amount < 0:
            raise InvalidValueError(
                Issue.of("negative-amount", "min_capital", str(self.min_capital))
            )
        if self.may_trade and may_trade(self.form) is False:
            raise InvalidValueError(
                Issue.of("may-not-trade", "may_trade", self.may_trade, form=self.form)
            )
