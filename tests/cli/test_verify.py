"""`so247 verify`: a dossier that holds, one that was changed, and one whose proof says too much."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from so247.audit.assess import assess
from so247.audit.claims import assumptions, attested
from so247.audit.slice import slice_of
from so247.cli.exits import Guarded
from so247.cli.verify import _recomputed, verify
from so247.formats.dossier.digests import digests_of
from so247.formats.dossier.folder import digest_of_folder, dossier_files, read_dossier
from so247.formats.dossier.html import proof_to_html
from so247.formats.dossier.json import proof_to_json
from so247.formats.files import write_files
from so247.models.proof import (
    Answered,
    LineRoom,
    Proof,
    Robustness,
    Survival,
    Verdict,
)
from so247.models.proof import Case as Lost
from so247.models.roster import State
from so247.scenarios.small import Shape, small

CHANGES = 100


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal on which no sentence is broken, whatever the one that runs the tests is like."""
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module")
def proof() -> Proof:
    """A site that meets everything, by a published roster that everybody accepted."""
    world = small(3, Shape.SPLIT)
    part = slice_of(world.region, world.site)
    held = (each.model_copy(update={"state": State.ACCEPTED}) for each in world.witness.assignments)
    published = {"assignments": tuple(held), "published_at": datetime(2026, 1, 1, tzinfo=UTC)}
    roster = part.roster(world.witness.model_copy(update=published))
    found = assess(part.region, world.site, world.span, roster)
    return Proof(
        region_id=world.region.id,
        region_hash="0" * 64,
        assumptions=assumptions(part.region, (), (), ()),
        site=world.site,
        rule_set=world.region.settings.rule_set,
        period=world.span,
        slice=part.region,
        roster=roster,
        **{name: getattr(found, name) for name in vars(found)},
    )


@pytest.fixture
def dossier(proof: Proof, tmp_path: Path) -> Path:
    return written(proof, tmp_path / "dossier")


def written(proof: Proof, folder: Path) -> Path:
    write_files(folder, dossier_files(proof))
    return folder


def run(*arguments: object) -> Result:
    app = typer.Typer(cls=Guarded, pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    app.command()(verify)
    return CliRunner().invoke(app, ["verify", *map(str, arguments)])


def test_a_dossier_that_holds(proof, dossier) -> None:
    result = run(dossier)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Klopt / Holds\n")
    for words in (
        f"{proof.site}: Voldoet aan de randvoorwaarden voor huisartsenzorg",
        "every byte, and the page from proof.json",
        "verdict and its end",
        digest_of_folder(dossier),
    ):
        assert words in result.stdout
    # Nothing rests on the solver, and nothing was counted or repaired.
    for words in ("attested", "count", "repairs", "Verschillen"):
        assert words not in result.stdout


def test_json_says_the_same(proof, dossier) -> None:
    document = json.loads(run(dossier, "--json").stdout)
    assert document["holds"] is True
    assert document["digest"] == digest_of_folder(dossier)
    assert (document["exit_code"], document["verdict"]) == (0, "meets")
    assert document["until"] == str(proof.until)
    assert document["faults"] == document["attested"] == []


def test_what_rests_on_the_solver_is_named(proof, tmp_path) -> None:
    line = next(each.id for each in proof.slice.lines if proof.site in each.sites)
    room = (LineRoom(line=line, residents=1, facilities=None),)
    labels = attested(None, None, (), headroom=True)
    fields = {"headroom": room, "attested": labels}
    folder = written(proof.model_copy(update=fields), tmp_path / "dossier")
    result = run(folder)
    assert result.exit_code == 0
    assert "solver-attested" in result.stdout
    assert "How many more residents" in result.stdout
    assert json.loads(run(folder, "--json").stdout)["attested"][0]["code"] == "headroom"


def test_a_witness_is_marked_as_promised_by_nobody(proof, tmp_path) -> None:
    found = assess(
        proof.slice, proof.site, proof.period, proof.roster, witness=True, cover=Answered.FEASIBLE
    )
    values = {name: getattr(found, name) for name in vars(found)}
    coverable = proof.model_copy(update={**values, "cover": Answered.FEASIBLE})
    result = run(written(coverable, tmp_path / "dossier"))
    assert result.exit_code == 0
    assert "door niemand toegezegd" in result.stdout


def test_each_of_a_hundred_changed_bytes_is_rejected(dossier) -> None:
    random = Random(247)
    files = sorted(dossier.iterdir())
    for number in range(CHANGES):
        file = files[number % len(files)]
        before = file.read_bytes()
        at = random.randrange(len(before))
        changed = bytearray(before)
        changed[at] = (changed[at] + random.randrange(1, 256)) % 256
        file.write_bytes(bytes(changed))
        result = run(dossier)
        assert (result.exit_code, result.stdout) == (5, ""), (file.name, at)
        assert "Traceback" not in result.stderr
        file.write_bytes(before)
    assert run(dossier).exit_code == 0


def forged(proof: Proof, folder: Path, **fields: Any) -> Path:
    """Another proof with a page and digests to match: nothing in the folder contradicts itself."""
    return written(proof.model_copy(update=fields), folder)


def test_a_proof_that_says_too_much_does_not_come_out(proof, tmp_path) -> None:
    roster = proof.roster
    assert roster is not None
    empty = roster.model_copy(update={"assignments": roster.assignments[5:]})
    (first, *others) = proof.preconditions
    apart = first.model_copy(update={"applies": False})
    for number, (fields, what) in enumerate(
        (
            ({"verdict": Verdict.COVERABLE}, "verdict"),
            ({"preconditions": (apart, *others)}, "preconditions.0.applies"),
            ({"coverage": None}, "coverage"),
            ({"roster": empty}, "coverage"),
        )
    ):
        folder = forged(proof, tmp_path / str(number), **fields)
        assert read_dossier(folder).site == proof.site
        result = run(folder)
        assert (result.exit_code, result.stderr) == (6, ""), fields
        assert result.stdout.startswith("Klopt niet / Does not hold\n")
        document = json.loads(run(folder, "--json").stdout)
        assert (document["holds"], document["exit_code"]) == (False, 6)
        assert any(each["what"].startswith(what) for each in document["faults"])


def test_only_the_digest_tells_a_dossier_that_was_wholly_rewritten(
    proof, dossier, tmp_path
) -> None:
    """Facts made up from beginning to end come out as well; the digest that was handed over first
    does not."""
    trusted = digest_of_folder(dossier)
    assert run(dossier, "--expect", trusted).exit_code == 0
    assert run(dossier, "--expect", f" {trusted.upper()}\n").exit_code == 0
    rewritten = forged(proof, tmp_path / "rewritten", region_hash="1" * 64)
    assert run(rewritten).exit_code == 0
    result = run(rewritten, "--expect", trusted)
    assert (result.exit_code, result.stdout) == (5, "")
    assert f"the digest of the dossier is not {trusted}" in result.stderr
    short = run(dossier, "--expect", trusted[:12])
    assert short.exit_code == 5
    assert "64 letters" in short.stderr


def test_a_page_that_does_not_fit_the_proof(proof, dossier) -> None:
    """Digests that match do not help a page that says something else."""
    other = proof.model_copy(update={"verdict": Verdict.COVERABLE})
    files = {"proof.json": proof_to_json(proof), "proof.html": proof_to_html(other)}
    write_files(dossier, {**files, "digests.txt": digests_of(files)})
    result = run(dossier)
    assert result.exit_code == 5
    assert "proof.html: is not what proof.json renders to" in result.stderr


def test_bad_input_is_told_in_sentences(dossier, tmp_path) -> None:
    nothing = run(tmp_path / "nothing")
    assert nothing.exit_code == 5
    assert "there is no such folder" in nothing.stderr
    content = json.loads((dossier / "proof.json").read_text("utf-8"))
    newer = json.dumps({**content, "schema_version": 99}).encode()
    files = {"proof.json": newer, "proof.html": b""}
    write_files(dossier, {**files, "digests.txt": digests_of(files)})
    result = run(dossier)
    assert result.exit_code == 5
    assert "newer version" in result.stderr
    assert "Maybe update so247" in result.stderr
    assert "Traceback" not in result.stderr
    # It writes nothing anyway: to say so would only puzzle.
    assert result.stderr.endswith("found.\n")


def test_it_says_how_many_repairs_of_how_many_were_tried(proof) -> None:
    days = tuple(date(2026, 1, 1) + timedelta(days=each) for each in range(30))
    case = Lost(physicians=("x",), days=days, lost=("y",), survival=Survival.SURVIVED)
    many = Robustness(absence_days=7, tried=30, unaffected=0, cases=(case,))
    few = Robustness(
        absence_days=1,
        tried=2,
        unaffected=0,
        cases=(case.model_copy(update={"days": days[:2]}),),
    )
    words = list(_recomputed(proof.model_copy(update={"robustness": (many, few)})))[-1]
    # At most 24 of each length: 24 of 30, and 2 of 2.
    assert "26 van 32" in words[0]
    assert "26 of 32" in words[1]


def test_of_a_pdf_it_says_what_was_compared(dossier) -> None:
    files = {each.name: each.read_bytes() for each in dossier.iterdir() if each.suffix != ".txt"}
    files["proof.pdf"] = b"%PDF-1.7 anything"
    write_files(dossier, {**files, "digests.txt": digests_of(files)})
    result = run(dossier)
    assert result.exit_code == 0
    assert "of proof.pdf only the digest" in result.stdout


def test_another_version_is_named(proof, tmp_path) -> None:
    folder = forged(proof, tmp_path / "older", version="0.0.1")
    result = run(folder)
    assert "so247 0.0.1" in result.stdout
