"""`so247 prove`: the verdict in the exit code, and a dossier that stands up to `so247 verify`."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from so247.formats.dossier.folder import digest_of_folder, read_dossier
from so247.formats.dossier.words import VERDICT
from so247.formats.roster_json import roster_from_json
from so247.models.evidence import EvidenceKind
from so247.models.proof import Verdict
from so247.scenarios.broken import broken
from so247.scenarios.causes import Cause

QUICKLY = ("--seconds", "20", "--reproducible")

# The verdict in the exit code -----------------------------------------------------------------


def test_0_coverable(world: Any) -> None:
    result = world.prove()
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{world.site}: {VERDICT[Verdict.COVERABLE][0]}" in world.plain(result)
    assert "nog door niemand toegezegd" in world.plain(result)
    assert set(world.content(world.out)) == {"proof.json", "proof.html", "digests.txt"}
    assert f"Digest:  {digest_of_folder(world.out)}" in result.stdout
    assert read_dossier(world.out).verdict is Verdict.COVERABLE
    assert world.run("verify", world.out).exit_code == 0


def test_0_meets(world: Any) -> None:
    result = world.prove(None, "--roster", world.roster())
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{world.site}: {VERDICT[Verdict.MEETS][0]}" in world.plain(result)
    assert read_dossier(world.out).verdict is Verdict.MEETS


def test_3_impossible(world: Any) -> None:
    made = broken(1, Cause.LEAVE)
    source = world.write(made.region)
    result = world.run(
        "prove",
        source,
        made.before.site,
        "--out",
        world.out,
        "--weeks",
        made.before.weeks,
        "--roster-out",
        world.folder / "roster.json",
        *QUICKLY,
    )
    assert (result.exit_code, result.stderr) == (3, "")
    for words in ("niet haalbaar met de ingevoerde artsen en afspraken", "Minimaal nodig"):
        assert words in world.plain(result)
    proof = read_dossier(world.out)
    assert proof.verdict is Verdict.IMPOSSIBLE
    # The best roster there is comes out as well, with gaps.
    assert (world.folder / "roster.json").exists()


def test_4_unknown_where_evidence_has_no_date(world: Any) -> None:
    undated = world.without(EvidenceKind.STAFFING_PLAN, signed_on=None, signer=None)
    result = world.prove(world.write(**undated))
    assert (result.exit_code, result.stderr) == (4, "")
    assert "Niet vast te stellen" in world.plain(result)
    (six,) = (each for each in read_dossier(world.out).preconditions if each.key == "6")
    assert six.status.value == "unknown"


def test_6_where_something_named_is_missing(world: Any) -> None:
    result = world.prove(world.write(**world.without(EvidenceKind.STAFFING_PLAN)))
    assert (result.exit_code, result.stderr) == (6, "")
    assert "Precondition 6 not met" in world.plain(result)


def test_6_without_a_gp_group(world: Any) -> None:
    alone = world.facility(gp_group=None, practices=())
    result = world.prove(world.write(evidence=(), task_holders=(), **alone))
    assert (result.exit_code, result.stderr) == (6, "")
    for words in ("huisartsengroep: geen gekoppeld", "GP group: none is linked"):
        assert words in world.plain(result)


def test_6_without_a_line(world: Any) -> None:
    lines = tuple(
        line.model_copy(update={"sites": tuple(s for s in line.sites if s != world.site)})
        for line in world.region.lines
    )
    result = world.prove(world.write(lines=tuple(line for line in lines if line.sites)))
    assert (result.exit_code, result.stderr) == (6, "")
    assert "no line serves the site" in world.plain(result)


def test_6_with_an_agreement_that_ends_on_the_way(world: Any) -> None:
    last = world.made.start + timedelta(days=3)
    agreements = tuple(
        each.model_copy(update={"valid_until": last}) if each.site == world.site else each
        for each in world.region.agreements
    )
    result = world.prove(world.write(agreements=agreements))
    assert (result.exit_code, result.stderr) == (6, "")
    proof = read_dossier(world.out)
    assert (proof.verdict, proof.until) == (Verdict.NOT_YET, last)
    assert str(last) in world.plain(result)


# One object for programs ----------------------------------------------------------------------


def test_json(world: Any) -> None:
    file = world.folder / "made.json"
    result = world.prove(None, "--json", "--roster-out", file)
    document = json.loads(result.stdout)
    assert (document["exit_code"], document["verdict"]) == (0, "coverable")
    assert document["digest"] == digest_of_folder(world.out)
    written = [world.out / name for name in ("digests.txt", "proof.html", "proof.json")]
    assert document["written"] == [str(each) for each in (*written, file)]
    proof = json.loads((world.out / "proof.json").read_text("utf-8"))
    assert {name: document[name] for name in proof} == proof


# The roster that it rests on ------------------------------------------------------------------


def test_the_roster_that_comes_out_can_be_checked_and_proven(world: Any) -> None:
    file = world.folder / "made.json"
    source = world.write()
    assert world.prove(source, "--roster-out", file).exit_code == 0
    roster = roster_from_json(file.read_bytes(), str(file))
    people = set(world.region.physician_by_id)
    assert {each.physician for each in roster.assignments} <= people
    checked = json.loads(world.run("check", source, file, "--json").stdout)
    assert (checked["exit_code"], checked["changes"]) == (0, [])
    again = world.prove(source, "--roster", file)
    assert again.exit_code == 0
    assert read_dossier(world.out).basis.value == "roster"


# Wherever and whenever -------------------------------------------------------------------------


def test_as_a_process_of_its_own(world: Any, shell: Any) -> None:
    source = world.write()
    done = shell(
        "prove", source, world.site, "--out", "dossier", "--weeks", world.made.weeks, *QUICKLY
    )
    assert (done.returncode, done.stderr) == (0, "")
    wrong = shell("prove", source, "nowhere", "--out", "dossier")
    assert (wrong.returncode, wrong.stdout) == (5, "")
    assert "Traceback" not in wrong.stderr
    assert shell("verify", "dossier").returncode == 0


def test_today_is_of_no_concern_to_what_opens(world: Any) -> None:
    # Whatever the clock says: it opens on the first day of its region's plan.
    result = world.run(
        "prove", world.write(), world.site, "--out", world.out, "--weeks", world.made.weeks
    )
    assert result.exit_code == 0
    assert read_dossier(world.out).period == world.made.span
