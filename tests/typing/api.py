"""The public interface as a typed caller writes it: checked, never run."""

from decimal import Decimal
from typing import assert_type

import citess
from citess.metrics import Measure
from citess.model.ids import HubId, TerritoryId

data = citess.datasets.tunisia()
assert_type(data, citess.Dataset)
assert_type(data.hubs[HubId("citess-mahdia")], citess.Hub)
hub = citess.Hub(id=HubId("h"), name=citess.Text(fr="Pôle"), territories=(TerritoryId("tn-53"),))
assert_type(citess.evolve(hub, status=citess.HubStatus.ACTIVE), citess.Hub)
assert_type(data.add(hub), citess.Dataset)
assert_type(citess.dumps(data), bytes)
assert_type(citess.loads(b""), citess.Dataset)
assert_type(citess.metrics.service_coverage(data, by="hub"), Measure)
assert_type(citess.Period.of("2014", "2017").holds("2015-01-01"), bool | None)
assert_type(citess.Money.of(1, "TND").amount, Decimal)
assert_type(citess.check(data.records()), citess.Report)
with citess.edit("hubs.json") as box:
    box.data = box.data.without("hub:h")
graph = citess.network.partnership_graph(data)
for a, _ in graph.edges():
    assert_type(a, str)
