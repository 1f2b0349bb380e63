"""JSON Schema of region.yaml, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from so247.formats.region_file import RegionFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def region_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of region.yaml.

    Local times are text of the form HH:MM, not ``format: time``, which would ask for seconds. What
    refers to what is not in it: reading the folder checks that.
    """
    schema = RegionFile.model_json_schema(mode="validation")
    return {"$schema": DIALECT, **_without_noise(schema), "title": "so247 region.yaml"}


def _without_noise(part: Any) -> Any:
    """Without the titles that only repeat a key, and with docstrings as running text."""
    if isinstance(part, list):
        return [_without_noise(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _without_noise(each) for name, each in part.items()}
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(kept["description"].replace("``", "").split())
    if isinstance(kept.get("title"), str) and "properties" not in kept and "enum" not in kept:
        del kept["title"]
    return kept
