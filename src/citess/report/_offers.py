"""What is known, and what is not, of the offers of hubs."""

from citess.metrics.services import required_kinds
from citess.report._document import Section, Table
from citess.report._words import Words


def offers_section(words: Words, day: str | None) -> Section:
    """Offers of each hub that may hold on a day, by kind of service."""
    rows: list[tuple[str, ...]] = []
    silent: list[str] = []
    for hub in words.data.hubs.values():
        offers = [o for o in words.data.service_offers.values() if o.hub == hub.id]
        held = [
            offer
            for offer in offers
            if day is None or offer.period is None or offer.period.holds(day) is not False
        ]
        name = hub.name.get(words.language)
        if not offers:
            silent.append(name)
            rows.append((name, words.say("not-known"), words.say("not-known")))
            continue
        kinds = {words.data.services[offer.service].kind for offer in held}
        covered = words.say("offers.some", n=len(kinds), all=len(required_kinds()))
        rows.append((name, str(len(held)), covered))
    columns = tuple(words.say(f"column.{name}") for name in ("hub", "offers", "kinds"))
    unknown = (words.say("offers.unknown", hubs=", ".join(silent)),) if silent else ()
    return Section(
        title=words.say("offers"),
        paragraphs=unknown,
        table=Table(columns=columns, rows=tuple(rows)) if rows else None,
    )
