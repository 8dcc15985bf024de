"""How a network is governed: by all, by a leader, or by an organisation set up for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from citess.i18n import Term
from citess.metrics._graph_metric import graph_of, simple
from citess.metrics._measure import shown
from citess.metrics._texts import CATALOGUE
from citess.metrics.graphs.positions import centralisation
from citess.network._arguments import check_mapping, is_number

if TYPE_CHECKING:
    import networkx as nx

    from citess.model import Dataset, DateLike

HALF: Final = 0.5
"""More than half of the decisions, or half of the greatest centralisation, make a leader."""


class GovernanceMode(Term):
    """Forms of network governance, after Provan and Kenis."""

    SHARED = "shared", "governed by all members"
    LEAD = "lead-organisation", "governed by a lead organisation"
    NAO = "network-administrative-organisation", "governed by an organisation set up for it"


@frozen(kw_only=True)
class Reason:
    """One fact that speaks for a mode, or that is lacking."""

    code: str
    """Stable code, such as ``"one-decides"``."""

    facts: Mapping[str, str]
    """What the sentence names."""

    def text(self, language: str = "en") -> str:
        """Say it in a sentence."""
        return CATALOGUE.text(f"governance.{self.code}", language, **self.facts)


@frozen(kw_only=True)
class Governance:
    """A mode of governance with its reasons: a class, not a number."""

    mode: GovernanceMode | None
    """The mode; ``None`` where signs disagree or nothing tells."""

    reasons: tuple[Reason, ...]
    """What speaks for it, and what is not known."""

    def text(self, language: str = "en") -> str:
        """The mode and its reasons, a line each."""
        if self.mode is None:
            head = CATALOGUE.text("governance.none", language)
        else:
            head = self.mode.label(language)
        return "\n".join([head, *(reason.text(language) for reason in self.reasons)])

    def to_dict(self) -> dict[str, object]:
        """Give it as plain data for JSON."""
        return {
            "schema": "citess.governance/1",
            "mode": None if self.mode is None else self.mode.value,
            "reasons": [{"code": one.code, "facts": dict(one.facts)} for one in self.reasons],
        }


def governance_mode(
    data: "Dataset | nx.Graph[str]",
    *,
    decisions: Mapping[str, float] | None = None,
    administered: bool | None = None,
    on: "DateLike | None" = None,
) -> Governance:
    """Mode of governance of a network, with the reasons (G13).

    An organisation set up to run the network and that delivers no service makes it a network
    administrative organisation. Else a member with more than half of the decisions makes it led,
    and so does a degree centralisation of one half or more where decisions are not known. Where
    neither holds it is shared; where ties and decisions disagree there is no mode.

    Parameters
    ----------
    data
        Dataset, whose partnership graph is taken, or a graph.
    decisions
        Share or number of votes of each member, as :func:`citess.metrics.votes` gives them;
        ``None`` where it is not known.
    administered
        Whether an organisation set up for it, and that is no provider, runs the network; ``None``
        where it is not known.
    on
        Day on which ties hold.

    Raises
    ------
    ValueError
        When a share of decisions is negative or not finite.

    Examples
    --------
    >>> import networkx as nx
    >>> found = governance_mode(nx.star_graph(5), decisions={"0": 6, "1": 4}, administered=False)
    >>> print(found.text())
    governed by a lead organisation
    no organisation set up for it runs the network
    0 holds 0.6 of the decisions, more than half
    ties gather around one: degree centralisation 1

    References
    ----------
    Provan and Kenis 2008, doi:10.1093/jopart/mum015.
    """
    if decisions is not None:
        check_mapping("decisions", decisions, "members to shares of decisions")
    for member, share in (decisions or {}).items():
        if not (is_number(share) and share >= 0):
            msg = f"the decisions of {member!r} are zero or more, not {share!r}"
            raise ValueError(msg)
    reasons = [_administration(administered)]
    decided = _decided(decisions or {})
    reasons.append(decided or Reason(code="decisions-not-known", facts={}))
    found = centralisation.compute(simple(graph_of(data, on, None)))
    central = None if found.value is None else found.value >= HALF
    if found.value is None:
        reasons.append(Reason(code="few", facts={"n": str(found.n)}))
    else:
        code = "ties-gather" if central else "ties-spread"
        reasons.append(Reason(code=code, facts={"value": shown(found.value)}))
    leads = central if decided is None else decided.code == "one-decides"
    agree = central is None or leads == central
    mode = GovernanceMode.LEAD if leads else GovernanceMode.SHARED
    if administered:
        return Governance(mode=GovernanceMode.NAO, reasons=tuple(reasons))
    return Governance(mode=mode if leads is not None and agree else None, reasons=tuple(reasons))


def _administration(administered: bool | None) -> Reason:  # noqa: FBT001  (private, and of three values)
    if administered is None:
        return Reason(code="administration-not-known", facts={})
    return Reason(code="administered" if administered else "not-administered", facts={})


def _decided(decisions: Mapping[str, float]) -> Reason | None:
    total = sum(decisions.values())
    if not total:
        return None
    most = max(decisions, key=lambda member: decisions[member])
    share = decisions[most] / total
    code = "one-decides" if share > HALF else "several-decide"
    return Reason(code=code, facts={"member": str(most), "share": shown(share)})


__all__ = ["Governance", "GovernanceMode", "Reason", "governance_mode"]
