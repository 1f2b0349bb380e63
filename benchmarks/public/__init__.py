"""Importers of rostering problems that others published; their data is never in this repository."""
