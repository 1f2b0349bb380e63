"""Column generation: everything one person may do in a period is one column.

``blocks`` parts a problem into people and what couples them, ``automaton`` compiles one person's
rules, ``counters`` says which of them it keeps, ``plan`` lays it out for the compiled ``kernel``,
``pricing`` finds that person's cheapest column with it, ``person`` a legal one, by a ``bargain``.
``pool`` keeps all of them, ``blend`` mixes them, ``root`` proves a bound, ``dive`` makes a roster
(a ``whole``) and ``around`` draws people to choose anew.
None of them knows a rule by name.
"""
