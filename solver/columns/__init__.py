"""Column generation: everything one person may do in a period is one column.

``blocks`` parts a problem into people and what couples them, ``automaton`` compiles one person's
rules, ``pricing`` finds that person's cheapest column, ``pool`` keeps all of them, ``blend`` and
``corner`` choose among them, ``root`` proves a bound, ``dive`` makes a roster (a ``whole``) and
``around`` draws people to choose anew. None of them knows a rule by name.
"""
