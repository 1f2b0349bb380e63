"""The facility in rijnstreek that is about to open: the witness, the promise, and the dossier.

The region's README says what must come out. One search, of which everything here is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from so247.audit.check import check
from so247.audit.verify import verify
from so247.formats.dossier.folder import dossier_files, read_dossier
from so247.formats.files import write_files
from so247.models.errors import InputError
from so247.models.proof import Answered, CoverageBasis, Proof, Verdict
from so247.models.region import Region
from so247.models.roster import Roster, State
from so247.scenarios.catalogue import load_history, load_region
from so247.solver.limits import Limits
from so247.solver.prover.prove import prove

SITE = "huize-sleutelbloem"
LIMITS = Limits(seconds=25)
LAST_DAY = date(2027, 2, 28)
"""Thirteen weeks from the opening on 30 November 2026; all documents hold for a year."""
CHANGES = 100


@dataclass(frozen=True)
class Proven:
    """``witness``: the roster of the proof, in the region's own ids."""

    region: Region
    history: tuple[Roster, ...]
    proof: Proof
    witness: Roster


@pytest.fixture(scope="module")
def proven() -> Proven:
    region = load_region("rijnstreek")
    history = load_history("rijnstreek", region)
    found: list[Roster] = []
    proof = prove(
        region,
        SITE,
        history=history,
        limits=LIMITS,
        absences=(),
        headroom=False,
        on_roster=found.append,
    )
    (witness,) = found
    return Proven(region, history, proof, witness)


def test_it_is_coverable(proven: Proven) -> None:
    proof = proven.proof
    assert (proof.verdict, proof.until) == (Verdict.COVERABLE, LAST_DAY)
    assert (proof.basis, proof.cover) == (CoverageBasis.WITNESS, Answered.FEASIBLE)
    # So are the sites that open later: none had to be left out.
    assert "later_sites_left_out" not in {each.code for each in proof.assumptions}


def test_the_check_accepts_the_witness_on_the_region_itself(proven: Proven) -> None:
    report = check(proven.region, proven.witness, proven.history)
    assert (report.uncovered_site_minutes, report.hard_breaches) == (0, ())
    assert report.changes == ()
    people = set(proven.region.physician_by_id)
    assert {each.physician for each in proven.witness.assignments} <= people


def test_it_meets_with_that_roster_published_and_accepted(proven: Proven) -> None:
    accepted = tuple(
        each.model_copy(update={"state": State.ACCEPTED}) for each in proven.witness.assignments
    )
    roster = proven.witness.model_copy(
        update={"assignments": accepted, "published_at": datetime(2026, 11, 1, tzinfo=UTC)}
    )

    def judged(some: Roster) -> Proof:
        return prove(
            proven.region, SITE, history=proven.history, roster=some, absences=(), headroom=False
        )

    proof = judged(roster)
    assert (proof.verdict, proof.until) == (Verdict.MEETS, LAST_DAY)
    assert proof.basis is CoverageBasis.PUBLISHED
    # One duty for it that is not accepted, and nobody has promised all of it.
    mine = {line.id for line in proven.region.lines if SITE in line.sites}
    first = next(each for each in accepted if each.target.partition("@")[0] in mine)
    others = tuple(each for each in accepted if each is not first)
    open_one = first.model_copy(update={"state": State.PROPOSED})
    partly = roster.model_copy(update={"assignments": (*others, open_one)})
    assert judged(partly).verdict is Verdict.COVERABLE


@pytest.fixture(scope="module")
def dossier(proven: Proven, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rijnstreek") / "dossier"
    write_files(folder, dossier_files(proven.proof))
    return folder


def test_the_dossier_holds(proven: Proven, dossier: Path) -> None:
    proof = read_dossier(dossier)
    assert proof == proven.proof
    assert verify(proof) == ()


def test_each_of_a_hundred_changed_bytes_is_rejected(dossier: Path) -> None:
    random = Random(247)
    files = sorted(dossier.iterdir())
    for number in range(CHANGES):
        file = files[number % len(files)]
        before = file.read_bytes()
        at = random.randrange(len(before))
        changed = bytearray(before)
        changed[at] = (changed[at] + random.randrange(1, 256)) % 256
        file.write_bytes(bytes(changed))
        with pytest.raises(InputError):
            read_dossier(dossier)
        file.write_bytes(before)
    assert read_dossier(dossier).site == SITE
