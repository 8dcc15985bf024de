"""Start the portal: ``citess-portal dataset.json --port 8000``."""

import argparse

import uvicorn

import citess
from citess_portal._app import portal


def main() -> None:
    """Serve a dataset until it is interrupted."""
    parser = argparse.ArgumentParser(prog="citess-portal", description=__doc__)
    parser.add_argument("file", nargs="?", help="a citess .json or .jsonl file")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    try:
        data = citess.datasets.tunisia() if given.file is None else citess.load(given.file)
    except (citess.CitessError, OSError, ValueError) as error:
        parser.error(str(error))
    uvicorn.run(portal(data), host=given.host, port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
