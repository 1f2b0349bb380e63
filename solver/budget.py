"""Time, in the one measure that the caller asked for: wall, processor, or deterministic work."""

from __future__ import annotations

import time

from so247.solver.limits import Limits


class Budget:
    """How much is spent of ``limits.seconds``.

    The reproducible profile counts the solver's deterministic work and never looks at a clock to
    decide anything, so that the same input takes the same path.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._began = time.monotonic()
        self._cpu_began = time.process_time()
        self._work = 0.0

    @property
    def wall(self) -> float:
        """Seconds since the start, for showing only."""
        return time.monotonic() - self._began

    @property
    def spent(self) -> float:
        if self.limits.reproducible:
            return self._work
        return time.process_time() - self._cpu_began if self.limits.cpu else self.wall

    @property
    def left(self) -> float:
        return max(0.0, self.limits.seconds - self.spent)

    def work(self, amount: float) -> None:
        """Count deterministic work done by a solve."""
        self._work += amount
