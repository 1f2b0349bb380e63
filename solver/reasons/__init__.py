"""Reasons with their figures: who may not hold what, what would break, what it would cost."""
