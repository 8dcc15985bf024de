"""Time to import citess and to use a first class, against ``import networkx``.

Each import runs in a fresh process, interleaved round by round; printed are medians of CPU-time
ratios with their least and greatest.
"""

import argparse
import subprocess
import sys
from statistics import median

CALLS = {
    "networkx": "import networkx",
    "citess": "import citess",
    "class": "import citess; citess.Hub",
}


def cpu(code: str) -> float:
    """CPU seconds of some code in a fresh process, less those of an idle one."""
    script = f"import time; start = time.process_time(); {code}; print(time.process_time() - start)"
    return float(
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    )


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    rows = [{name: cpu(code) for name, code in CALLS.items()} for _ in range(rounds + 1)][1:]
    for name, bound in (("citess", "<= 0.3"), ("class", "<= 0.6")):
        ratios = [row[name] / row["networkx"] for row in rows]
        spread = f"{median(ratios):.2f} [{min(ratios):.2f}, {max(ratios):.2f}]"
        print(f"{CALLS[name]:<28} / import networkx {spread} {bound}")


if __name__ == "__main__":
    main()
