"""`python -m so247` is the command `so247`."""

import sys

from so247.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
