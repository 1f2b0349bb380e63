"""Lower bounds per tier: by counting, and of small problems that every roster solves too."""
