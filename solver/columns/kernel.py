"""The one compiled loop: least costs forward over layers and places, and the way back.

Read as plain Python it says what pricing does; compiled it is what columns spend their time on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numba
import numpy as np

if TYPE_CHECKING:
    from so247.solver.columns.plan import Floats, Plan, Whole

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, kept beside this file from run to run where that may be."""
    make = functools.partial(numba.njit, nogil=True)
    try:
        return make(cache=True)(function)  # type: ignore[no-any-return]
    except RuntimeError:  # no folder to keep it in
        return make()(function)  # type: ignore[no-any-return]


@compiled
def cheapest(plan: Plan, costs: Floats, room: Floats, chosen: Whole) -> float:
    """The least cost of all ways, endless where there is none; ``chosen``: its choice per layer.

    ``room`` holds at least ``plan.rows[-1]`` values, ``chosen`` one for each layer; both are
    written to.
    """
    layers = len(chosen)
    room[: plan.rows[1]] = np.inf
    room[plan.start] = 0.0
    for at in range(layers):
        before, length = plan.lengths[at], plan.lengths[at + 1]
        begin, end = plan.rows[at + 1], plan.rows[at + 2]
        room[begin:end] = np.inf
        for move in range(plan.moves[at], plan.moves[at + 1]):
            cost = np.inf
            for place in range(plan.choice_begins[move], plan.choice_begins[move + 1]):
                cost = min(cost, costs[plan.costs[at] + plan.choices[place]])
            shift = plan.shift[move]
            low, high = max(0, shift), min(length, before + shift)
            reached = begin + plan.target[move] * length
            left = plan.rows[at] + plan.source[move] * before - shift
            here, there = room[left + low : left + high], room[reached + low : reached + high]
            for place in range(len(there)):
                value = here[place] + cost
                there[place] = value if value < there[place] else there[place]
        mask = plan.masks[plan.marks[at + 1] : plan.marks[at + 2]]
        for state in range(plan.states[at + 1]):
            reached = begin + state * length
            there = room[reached : reached + length]
            for place in range(length):
                there[place] += mask[place]
    last = room[plan.rows[layers] : plan.rows[layers + 1]]
    place = last.argmin()
    least = last[place]
    state, place = place // plan.lengths[layers], place % plan.lengths[layers]
    if least == np.inf:
        return least
    for at in range(layers - 1, -1, -1):
        before = plan.lengths[at]
        value, best = np.inf, -1
        for move in range(plan.moves[at], plan.moves[at + 1]):
            origin = place - plan.shift[move]
            if plan.target[move] != state or origin < 0 or origin >= before:
                continue
            cost, choice = np.inf, -1
            for each in range(plan.choice_begins[move], plan.choice_begins[move + 1]):
                if costs[plan.costs[at] + plan.choices[each]] < cost:
                    choice = plan.choices[each]
                    cost = costs[plan.costs[at] + choice]
            reached = room[plan.rows[at] + plan.source[move] * before + origin] + cost
            if reached < value:
                value, best = reached, move
                chosen[at] = choice
        state, place = plan.source[best], place - plan.shift[best]
    return least
