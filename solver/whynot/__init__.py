"""Why no roster covers everyone: what cannot hold together, counted, and what would be enough."""
