"""How a search divides its time among tiers and ways to better them."""

from __future__ import annotations

from collections.abc import Set

from so247.solver.problem import Tier

SHARE = {
    Tier.COVERAGE: 0.4,
    Tier.SESSIONS: 0.3,
    Tier.SOFT_NORMS: 0.25,
    Tier.PAIRS: 0.5,
    Tier.FAIRNESS: 0.85,
    Tier.WISHES: 0.5,
    Tier.TRAVEL: 1.0,
}
"""Of the time left, at most this part goes to a tier before the next has its turn."""

WHOLE = 6_000
"""Up to so many options a tier is tried on the whole problem first: small enough to prove."""

TRADES = {Tier.FAIRNESS: 0.15, Tier.WISHES: 0.15}
"""Of a tier's share, this part goes to trades first."""

SHARES = 0.2
"""Of the share of fairness, at most this part goes to its bound in numbers."""

TRADE = 0.0003
"""About the seconds that a trade takes."""

PATIENCE = 25
"""Neighbourhoods in a row without improvement after which a tier is called stagnant."""

DRY = 0.15
"""A tier is left once it gained nothing for this part of its share: later tiers use the time."""

READING = 2.0
"""What reads the whole problem is left out unless this many times what reading takes is left."""

CLOSE = 1.01
"""Twice that long where the value is further than this from its bound."""


def part(tier: Tier, open_: Set[Tier]) -> float:
    """The part of the time left that a tier may have: all of it, where no other is to better."""
    return 1.0 if open_ <= {tier} else SHARE[tier]
