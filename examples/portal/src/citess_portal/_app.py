"""The application: routes over answers that are made once."""

from typing import Annotated, Any

from litestar import Litestar, Response, get
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.params import Parameter

from citess import Dataset
from citess_portal import _shapes as shapes
from citess_portal._answers import Answers

GEOJSON = "application/geo+json"
JSON = "application/json"


def portal(data: Dataset) -> Litestar:
    """Make the application over a dataset.

    Parameters
    ----------
    data
        What it serves.
    """
    answers = Answers(data)

    @get("/", responses=_told(shapes.Summary), summary="What the portal holds")
    async def summary() -> Response[bytes]:
        return _answer(answers.summary)

    @get("/hubs", responses=_told(list[shapes.Hub]), summary="Every hub")
    async def hubs() -> Response[bytes]:
        return _answer(answers.hubs)

    @get("/hubs/{hub_id:str}", responses=_told(shapes.Hub, found=False), summary="One hub")
    async def hub(hub_id: str) -> Response[bytes]:
        return _answer(_found(answers.hub, hub_id, "hub"))

    @get(
        "/services",
        responses=_told(list[shapes.Service]),
        summary="Services that hubs offer",
    )
    async def services(
        hub: Annotated[str | None, Parameter(description="Id of the hub")] = None,
        kind: Annotated[str | None, Parameter(description="Kind of the service")] = None,
    ) -> Response[bytes]:
        return _answer(answers.services_of(hub, kind))

    @get(
        "/places.geojson",
        media_type=GEOJSON,
        responses=_told(shapes.Places, media_type=GEOJSON),
        summary="Places and organisations, for maps",
    )
    async def places() -> Response[bytes]:
        return _answer(answers.places, GEOJSON)

    @get(
        "/measures",
        responses=_told(list[shapes.Measure]),
        summary="Every measure by hub, small counts withheld",
    )
    async def measures() -> Response[bytes]:
        return _answer(answers.measures)

    @get(
        "/measures/{name:str}",
        responses=_told(shapes.Measure, found=False),
        summary="One measure by hub",
    )
    async def measure(name: str) -> Response[bytes]:
        return _answer(_found(answers.measure, name, "measure"))

    return Litestar(
        [summary, hubs, hub, services, places, measures, measure],
        openapi_config=OpenAPIConfig(
            title="Hubs of the SSE", version="1", use_handler_docstrings=True
        ),
    )


def _answer(content: bytes, media_type: str = JSON) -> Response[bytes]:
    return Response(content, media_type=media_type)


def _found(answers: dict[str, bytes], name: str, kind: str) -> bytes:
    if name not in answers:
        raise NotFoundException(detail=f"no {kind} has the id {name!r}")
    return answers[name]


def _told(shape: Any, *, media_type: str = JSON, found: bool = True) -> dict[int, ResponseSpec]:
    """What the OpenAPI document says of the answers of a route."""
    told = {
        200: ResponseSpec(
            shape, description="The answer", media_type=media_type, generate_examples=False
        )
    }
    if not found:
        told[404] = ResponseSpec(
            shapes.Problem, description="There is none", generate_examples=False
        )
    return told
