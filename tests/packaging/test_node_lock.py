"""The lock file of the calendar parsers pins versions, and names no registry host."""

import json
from pathlib import Path


def test_the_lock_pins_by_version_and_hash_only(root: Path) -> None:
    lock = json.loads(
        (root / "tests" / "formats" / "node" / "package-lock.json").read_text(encoding="utf-8")
    )
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, f"{name}: run npm in its own folder, where .npmrc stands"
        assert entry["version"]
        assert entry["integrity"]
