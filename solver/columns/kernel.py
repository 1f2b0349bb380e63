"""The compiled loops, which columns spend their time in: a person's cheapest column, and shares.

Read as plain Python they say what is computed; nothing else in this folder is compiled.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

import numba
import numpy as np

if TYPE_CHECKING:
    from so247.solver.columns.arrays import Floats, Indices, Small, Whole

FADED = -40.0
"""Power of e at which a share is nothing at all."""

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, kept beside this file from run to run where that may be."""
    make = functools.partial(numba.njit, nogil=True)
    try:
        return make(cache=True)(function)
    except RuntimeError:  # no folder to keep it in
        return make()(function)


class Plan(NamedTuple):
    """One person's tables end to end.

    It stands in this file because what is compiled is kept by what this file says: a field moved
    elsewhere would be read from its old place.

    Layer ``i`` has the moves ``moves[i]`` to ``moves[i + 1]``, sorted by target, and its costs
    begin at ``costs[i]``. Move ``m`` leads from state ``source[m]`` to ``target[m]``, ``shift[m]``
    places on, by the cheapest of ``choices[choice_begins[m]]`` to ``[choice_begins[m + 1]]``, and
    adds ``tolls[m]`` to the counters that are paid for by count.
    Before layer ``i`` there are ``states[i]`` states of ``lengths[i]`` places each: their values
    stand from ``rows[i]`` in the room, and what a place costs by itself from ``marks[i]`` in
    ``masks``. Everything begins at ``start``.
    """

    costs: Whole
    moves: Whole
    source: Small
    target: Small
    shift: Small
    tolls: Small
    choice_begins: Whole
    choices: Small
    states: Whole
    lengths: Whole
    rows: Whole
    marks: Whole
    masks: Floats
    start: int


@compiled
def cheapest(plan: Plan, costs: Floats, rates: Floats, room: Floats, chosen: Whole) -> float:
    """The least cost of all ways, endless where there is none; ``chosen``: its choice per layer.

    ``rates``: what a unit of each toll costs.
    ``room`` holds at least ``plan.rows[-1]`` values, ``chosen`` one for each layer; both are
    written to.
    """
    forward(plan, costs, rates, room)
    last = room[plan.rows[-2] : plan.rows[-1]]
    place = int(last.argmin())
    if last[place] < np.inf:
        back(plan, costs, rates, room, place, chosen)
    return last[place]  # type: ignore[no-any-return]


@compiled
def forward(plan: Plan, costs: Floats, rates: Floats, room: Floats) -> None:
    """The least cost of standing at each state and place, before each layer and after the last."""
    room[: plan.rows[1]] = np.inf
    room[plan.start] = 0.0
    for at in range(len(plan.costs) - 1):
        before, after = plan.lengths[at], plan.lengths[at + 1]
        begin, end = plan.rows[at + 1], plan.rows[at + 2]
        room[begin:end] = np.inf
        for move in range(plan.moves[at], plan.moves[at + 1]):
            cost = np.inf
            for each in range(plan.choice_begins[move], plan.choice_begins[move + 1]):
                cost = min(cost, costs[plan.costs[at] + plan.choices[each]])
            for toll in range(len(rates)):
                cost += rates[toll] * plan.tolls[move, toll]
            shift = plan.shift[move]
            low, high = max(0, shift), min(after, before + shift)
            origin = plan.rows[at] + plan.source[move] * before - shift
            target = begin + plan.target[move] * after
            here, there = room[origin + low : origin + high], room[target + low : target + high]
            for place in range(len(there)):
                value = here[place] + cost
                there[place] = min(there[place], value)
        mask = plan.masks[plan.marks[at + 1] : plan.marks[at + 2]]
        for state in range(plan.states[at + 1]):
            there = room[begin + state * after : begin + (state + 1) * after]
            for place in range(after):
                there[place] += mask[place]


@compiled
def back(plan: Plan, costs: Floats, rates: Floats, room: Floats, last: int, chosen: Whole) -> None:
    """The choices that lead to a place among those after the last layer."""
    state, place = last // plan.lengths[-1], last % plan.lengths[-1]
    for at in range(len(plan.costs) - 2, -1, -1):
        before = plan.lengths[at]
        least, best = np.inf, -1
        for move in range(plan.moves[at], plan.moves[at + 1]):
            origin = place - plan.shift[move]
            if plan.target[move] != state or origin < 0 or origin >= before:
                continue
            cost, choice = np.inf, -1
            for each in range(plan.choice_begins[move], plan.choice_begins[move + 1]):
                if costs[plan.costs[at] + plan.choices[each]] < cost:
                    choice = plan.choices[each]
                    cost = costs[plan.costs[at] + choice]
            for toll in range(len(rates)):
                cost += rates[toll] * plan.tolls[move, toll]
            value = room[plan.rows[at] + plan.source[move] * before + origin] + cost
            if value < least:
                least, best = value, move
                chosen[at] = choice
        state, place = plan.source[best], place - plan.shift[best]


@compiled
def softmin(
    begins: Indices,
    rows: Indices,
    values: Floats,
    costs: Floats,
    prices: Floats,
    heat: float,
    taken: Floats,
    shares: Floats,
    least: Floats,
) -> float:
    """The smooth least that everybody's columns cost at these prices, added up over people.

    The columns of one person begin at ``begins[i]``; a column's ``rows`` end with the number of
    couplings where it has fewer than others. Written to: what the mix adds to the couplings
    (``taken``), each column's share, the least that each person's columns cost.
    """
    total = 0.0
    taken[:] = 0.0
    for one in range(len(begins) - 1):
        lowest = np.inf
        for at in range(begins[one], begins[one + 1]):
            reduced = costs[at]
            for entry in range(rows.shape[1]):
                if rows[at, entry] == len(prices):
                    break
                reduced -= prices[rows[at, entry]] * values[at, entry]
            shares[at] = reduced
            lowest = min(lowest, reduced)
        weights = 0.0
        for at in range(begins[one], begins[one + 1]):
            power = (lowest - shares[at]) / heat
            shares[at] = np.exp(power) if power > FADED else 0.0
            weights += shares[at]
        for at in range(begins[one], begins[one + 1]):
            shares[at] /= weights
            if shares[at] > 0.0:
                for entry in range(rows.shape[1]):
                    if rows[at, entry] == len(prices):
                        break
                    taken[rows[at, entry]] += shares[at] * values[at, entry]
        least[one] = lowest
        total += lowest - heat * np.log(weights)
    return total
