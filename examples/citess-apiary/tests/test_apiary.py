"""What the package brings is found by citess, as if it were its own."""

import citess
from citess import vocab
from citess.metrics import catalogue
from citess.model.codes import ServiceKindCode
from citess.model.ids import ServiceId


def test_the_vocabulary_is_found() -> None:
    assert "bee-products" in vocab.schemes()
    assert vocab.scheme("bee-products")["honey"].label("fr") == "miel"


def test_the_kind_of_service_is_known_and_nothing_is_lost() -> None:
    kinds = vocab.scheme("service-kinds")
    assert kinds["hive-health"].broader == ("advice",)
    assert kinds["legal"].label("en") == "legal support"
    service = citess.Service(
        id=ServiceId("hives"), name=citess.Text(fr="Ruches"), kind=ServiceKindCode("hive-health")
    )
    codes = {issue.code for issue in citess.Dataset.of(service).check()}
    assert "unknown-code" not in codes


def test_the_metric_is_in_the_catalogue() -> None:
    measure = catalogue["X-APIARY-1"](citess.datasets.synthetic())
    assert measure.value is not None
    assert 0 < measure.value < 1
    assert measure.n == 60
    nothing = catalogue["X-APIARY-1"](citess.Dataset())
    assert nothing.value is None
