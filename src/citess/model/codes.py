"""Codes of the open vocabularies, one type for each scheme."""

from collections.abc import Mapping
from typing import Final, NewType

ServiceKindCode = NewType("ServiceKindCode", str)
LegalFormCode = NewType("LegalFormCode", str)
ActivityCode = NewType("ActivityCode", str)
IndicatorCode = NewType("IndicatorCode", str)
MethodCode = NewType("MethodCode", str)
UnitCode = NewType("UnitCode", str)
CurrencyCode = NewType("CurrencyCode", str)
CountryCode = NewType("CountryCode", str)
LanguageTag = NewType("LanguageTag", str)
WebAddress = NewType("WebAddress", str)

SCHEMES: Final[Mapping[object, str]] = {
    ServiceKindCode: "service-kinds",
    LegalFormCode: "legal-forms",
    ActivityCode: "activities",
    IndicatorCode: "indicators",
    MethodCode: "citess-method",
}
"""Vocabulary in which each type of code is looked up."""
