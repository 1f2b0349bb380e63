"""The independent check: re-states every rule on instants, without the solver."""
