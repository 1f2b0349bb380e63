"""Column generation: everything one person may do in a period is one column.

``blocks`` parts a problem into people and what couples them, ``automaton`` compiles one person's
rules, ``pricing`` finds that person's cheapest column, ``master`` chooses among columns, ``root``
proves a bound, ``dive`` makes a roster. None of them knows a rule by name.
"""
