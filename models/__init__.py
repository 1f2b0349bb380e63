"""The nouns: frozen, strict pydantic models, the ANW calendar, results. No solver, no files."""
