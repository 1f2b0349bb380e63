"""The best choice so far, in the words of the evaluator and not of whoever found it."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.answer import Seen
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.problem import Problem


class Best:
    """Keeps what is legal and better, tier by tier, than all before, and tells ``seen``.

    ``refused``: how many choices broke a rule. A peer reads the problem itself, so this shows when
    it read it wrongly.
    """

    def __init__(self, problem: Problem, seen: Seen) -> None:
        self.evaluator = Evaluator(problem)
        self.choice: tuple[int, ...] | None = None
        self.tiers: tuple[int, ...] | None = None
        self.refused = 0
        self._pinned = [v for v, option in enumerate(problem.options) if option.pinned]
        self._seen = seen

    def offer(self, choice: Sequence[int] | Ints) -> bool:
        """Whether it was kept."""
        tiers = self.evaluator.tiers(choice)
        if self.tiers is not None and tiers >= self.tiers:
            return False
        if self.evaluator.broken(choice) or not all(choice[v] for v in self._pinned):
            self.refused += 1
            return False
        self.choice, self.tiers = tuple(int(value) for value in choice), tiers
        self._seen(self.choice)
        return True
