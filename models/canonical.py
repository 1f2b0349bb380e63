"""One canonical text and one hash per region, so that a roster can say what it was made from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from so247.models.region import Region


def canonical(region: Region) -> str:
    """The region as JSON with sorted keys: equal regions give equal text."""
    return json.dumps(
        region.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def region_hash(region: Region) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(region).encode()).hexdigest()


def changed_sections(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """Names of the top-level parts in which two dumped regions differ."""
    return tuple(key for key in sorted({*before, *after}) if before.get(key) != after.get(key))
