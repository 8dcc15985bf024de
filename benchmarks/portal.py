"""Rate of requests of the example portal against a bare route that returns the same bytes.

Both run in this process through the interface of the server, interleaved round by round; printed
is the median of the ratios, with its least and greatest. Needs ``litestar``.
"""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from statistics import median

import citess

sys.path.insert(0, str(Path(__file__).parents[1] / "examples" / "portal" / "src"))

PATHS = ("/hubs", "/services", "/services?kind=advice", "/places.geojson", "/measures")


async def request(app, path):
    """Body of the answer to one request."""
    name, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": name,
        "raw_path": name.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    body = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        body.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(body)


async def rate(app, path, times):
    """Requests a second."""
    start = time.perf_counter()
    for _ in range(times):
        await request(app, path)
    return times / (time.perf_counter() - start)


def bare(content):
    """An application with one route that returns some bytes."""
    from litestar import Litestar, Response, get  # noqa: PLC0415  (no part of citess)

    @get("/")
    async def route() -> Response[bytes]:
        return Response(content, media_type="application/json")

    return Litestar([route], openapi_config=None)


async def main() -> None:
    """Print the ratios."""
    from citess_portal import portal  # noqa: PLC0415  (on the path by now)

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--times", type=int, default=500)
    given = parser.parse_args()
    app = portal(citess.datasets.synthetic(enterprises=200))
    for path in PATHS:
        content = await request(app, path)
        plain = bare(content)
        if content != await request(plain, "/"):
            raise SystemExit(f"{path} is not the same bytes")
        ratios = []
        for _ in range(given.rounds + 1):
            ours = await rate(app, path, given.times)
            ratios.append(ours / await rate(plain, "/", given.times))
        ratios = ratios[1:]
        spread = f"{median(ratios):.2f} [{min(ratios):.2f}, {max(ratios):.2f}]"
        print(f"{path:<24} / bare route {spread} >= 0.5  ({len(content)} bytes)")


if __name__ == "__main__":
    asyncio.run(main())
