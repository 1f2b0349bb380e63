"""One rule, one file. ``solver.rules.registry`` lists them in reading order."""
