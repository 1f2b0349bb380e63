"""How robust a roster is: for every absence a repair, or the reason why there is none."""

from so247.solver.robust.run import robust

__all__ = ["robust"]
