"""python -m benchmarks run|compare|report; ``--help`` says more."""

import sys

from benchmarks.command import main

if __name__ == "__main__":
    sys.exit(main())
