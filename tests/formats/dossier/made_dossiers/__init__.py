"""Regions and proofs made by hand, for the tests of the dossier."""
