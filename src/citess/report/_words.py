"""Words for records in one language: names, values, sources."""

from citess import vocab
from citess.i18n import Term, Text
from citess.model import Dataset, Observation, PartialDate, Relation
from citess.model.ids import SourceId
from citess.report._texts import CATALOGUE


class Words:
    """Says things of a dataset in one language."""

    def __init__(self, data: Dataset, language: str) -> None:
        self.data = data
        self.language = language

    def say(self, key: str, **values: object) -> str:
        """Text of the report."""
        return CATALOGUE.text(key, self.language, **values)

    def name(self, ref: str) -> str:
        """Name of a record, given by reference."""
        record = self.data.get(ref)
        for field in ("name", "instrument", "title", "subject"):
            found = getattr(record, field, None)
            if isinstance(found, Text):
                return found.get(self.language)
        return record.id

    def term(self, term: Term | None) -> str:
        """Label of a code, or that it is not known."""
        return self.say("not-known") if term is None else term.label(self.language)

    def date(self, date: PartialDate | None) -> str:
        """Date as precise as it is known."""
        return self.say("not-known") if date is None else str(date)

    def figure(self, figure: Observation) -> str:
        """Value of an observation with its relation and unit."""
        if figure.value is None:
            return self.say("not-known")
        number = f"{figure.value:,f}".replace(",", "\u00a0" if self.language == "fr" else ",")
        relation = (
            "" if figure.relation is Relation.EQUAL else f"{figure.relation.label(self.language)} "
        )
        return f"{relation}{number}{self._unit(figure.unit)}"

    def _unit(self, unit: str) -> str:
        if unit == "count":
            return ""
        if unit == "percent":
            return " %"
        known = vocab.scheme("units")
        return f" {known[unit].label(self.language)}" if unit in known else f" {unit}"

    def indicator(self, code: str) -> str:
        """Label of an indicator."""
        known = vocab.scheme("indicators")
        return known[code].label(self.language) if code in known else code

    def sources(self, ids: tuple[str, ...]) -> str:
        """Titles of sources with their publisher."""
        return "; ".join(self._source(id_) for id_ in ids) or self.say("none")

    def _source(self, id_: str) -> str:
        source = self.data.sources[SourceId(id_)]
        publisher = source.publisher
        return (publisher or source.title).get(self.language)
