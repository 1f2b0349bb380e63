"""A small region with all papers in order, as a folder, and ways to ask for its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from so247.formats.region_folder import write_region
from so247.formats.roster_json import roster_to_json
from so247.models.evidence import EvidenceKind
from so247.models.region import Region
from so247.models.roster import Roster, State
from so247.scenarios.generator import changed
from so247.scenarios.small import Small, small

QUICKLY = ("--seconds", "20", "--reproducible")


@dataclass(frozen=True)
class World:
    """A region as a folder, the question about it, and where the dossier goes."""

    made: Small
    run: Callable[..., Result]
    folder: Path

    @property
    def region(self) -> Region:
        return self.made.region

    @property
    def site(self) -> str:
        return self.made.site

    @property
    def out(self) -> Path:
        return self.folder / "dossier"

    def write(self, region: Region | None = None, **parts: Any) -> Path:
        """The folder of the region, with parts of it replaced."""
        source = self.folder / "region"
        write_region(changed(region or self.region, parts), source)
        return source

    def prove(self, source: Path | None = None, *options: object, site: str = "") -> Result:
        source = source or self.write()
        weeks = () if "--roster" in options else ("--weeks", self.made.weeks)
        return self.run(
            "prove", source, site or self.site, "--out", self.out, *weeks, *QUICKLY, *options
        )

    def roster(self, **update: Any) -> Path:
        """The roster that covers it, published and accepted, as a file."""
        held = (
            each.model_copy(update={"state": State.ACCEPTED})
            for each in self.made.witness.assignments
        )
        published = {
            "assignments": tuple(held),
            "published_at": datetime(2026, 1, 1, tzinfo=UTC),
        }
        return self.save(self.made.witness.model_copy(update=published | update))

    def save(self, roster: Roster) -> Path:
        file = self.folder / "roster.json"
        file.write_bytes(roster_to_json(roster))
        return file

    def without(self, *kinds: EvidenceKind, **instead: Any) -> dict[str, Any]:
        """The evidence of the region without these kinds, or with them changed."""
        return {
            "evidence": tuple(
                each.model_copy(update=instead) if each.kind in kinds else each
                for each in self.region.evidence
                if instead or each.kind not in kinds
            )
        }

    @staticmethod
    def content(folder: Path) -> dict[str, bytes]:
        """Name to content of the files in a folder."""
        return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}

    @staticmethod
    def plain(result: Result) -> str:
        """What was printed, without the line breaks of tables."""
        return " ".join(result.stdout.split())

    def facility(self, **update: Any) -> dict[str, Any]:
        return {
            "facilities": tuple(
                each.model_copy(update=update) if each.id == self.site else each
                for each in self.region.facilities
            )
        }


@pytest.fixture(scope="session")
def made() -> Small:
    return small(0)


@pytest.fixture
def world(made: Small, run: Any, tmp_path: Path) -> World:
    return World(made, run, tmp_path)
