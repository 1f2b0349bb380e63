"""A price is found between one at which a counter is broken and one at which it is not."""

from __future__ import annotations

import numpy as np
import pytest

from so247.solver.columns.bargain import Bargain


@pytest.mark.parametrize("start", [0.0, 3.0, 900.0])
@pytest.mark.parametrize("needed", [0.5, 7.0, 400.0])
def test_finds_what_is_needed(start: float, needed: float) -> None:
    bargain = Bargain(np.array([start]), np.array([5.0]))
    nearest = np.inf
    for _ in range(24):
        broken = bargain.prices < needed
        if not broken[0]:
            nearest = min(nearest, float(bargain.prices[0]))
        bargain.learn(broken)
    assert needed <= nearest <= needed + 5.0


def test_what_is_not_broken_stays_free() -> None:
    bargain = Bargain(np.zeros(2), np.full(2, 5.0))
    bargain.learn(np.array([True, False]))
    assert bargain.prices.tolist() == [5.0, 0.0]


def test_what_was_found_is_forgotten_when_it_no_longer_holds() -> None:
    # The other counters' prices moved, and with them what this one needs.
    bargain = Bargain(np.zeros(1), np.array([5.0]))
    for needed in (40.0, 400.0, 4.0):
        for _ in range(30):
            bargain.learn(bargain.prices < needed)
        assert bargain.prices[0] == pytest.approx(needed, abs=needed / 2 + 5.0)


def test_the_start_is_not_written_to() -> None:
    start = np.array([1.0])
    Bargain(start, np.array([5.0])).learn(np.array([True]))
    assert start.tolist() == [1.0]


def test_rising_prices_never_fall() -> None:
    bargain = Bargain(np.zeros(2), np.full(2, 5.0))
    for broken in ((True, False), (False, True), (True, False)):
        before = bargain.prices
        bargain.rise(np.array(broken))
        assert (bargain.prices >= before).all()
    assert bargain.prices.tolist() == [15.0, 5.0]
