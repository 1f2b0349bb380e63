"""One canonical text and one hash per region, so that a roster can say what it was made from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from so247.models.region import Region


def canonical(region: Region) -> str:
    """The region as JSON with sorted keys: equal regions give equal text.

    What stands at its default is left out, so that a new optional field changes no region's hash.
    """
    return _text(region.model_dump(mode="json", exclude_defaults=True))


def region_hash(region: Region) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(region).encode()).hexdigest()


def section_hashes(region: Region) -> tuple[tuple[str, str], ...]:
    """(part of the region, short hash), so that two versions can say in which parts they differ."""
    parts = region.model_dump(mode="json", exclude_defaults=True)
    return tuple(
        (name, hashlib.sha256(_text(parts[name]).encode()).hexdigest()[:12])
        for name in sorted(parts)
    )


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def changed_sections(
    before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]
) -> tuple[str, ...]:
    """The parts in which two regions differ, given their ``section_hashes``."""
    was, now = dict(before), dict(after)
    return tuple(name for name in sorted({*was, *now}) if was.get(name) != now.get(name))
