"""Ready-made regions, and the generator of larger ones."""
