"""Nobody's name is in a dossier or on a terminal, unless the coordinator asks for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from so247.formats.dossier.folder import read_dossier
from so247.models.region import Region
from so247.scenarios.broken import broken
from so247.scenarios.causes import Cause

QUICKLY = ("--seconds", "20", "--reproducible")
REGION_FILES = ("physicians.csv", "contracts.csv", "region.yaml")


def names_in(region: Region) -> set[str]:
    """Everything by which a person could be known: id, surname and name of people, their contracts
    and where they are at night."""
    people = {
        text for each in region.physicians for text in (each.id, each.name, each.name.split()[-1])
    }
    bases = {each.night_base for each in region.physicians if each.night_base}
    return people | {each.id for each in region.contracts} | bases


def found_in(names: set[str], data: bytes) -> set[str]:
    """Which of them stand there, as they are or as JSON writes what is no ASCII."""
    return {
        name for name in names if name.encode() in data or json.dumps(name)[1:-1].encode() in data
    }


def test_no_name_of_anybody_without_names(world: Any) -> None:
    names = names_in(world.region)
    assert len(names) > 3 * len(world.region.physicians)
    source = world.write()
    # They are in the input, so that leaving one out would show.
    tables = b"".join(world.content(source)[file] for file in REGION_FILES)
    assert found_in(names, tables) == names
    for options in ((), ("--json",), ("--roster", world.roster())):
        result = world.prove(source, *options)
        assert result.exit_code == 0
        for what, data in {**world.content(world.out), "stdout": result.stdout.encode()}.items():
            assert found_in(names, data) == set(), (options, what)
        assert found_in(names, result.stderr.encode()) == set()


def test_no_name_of_anybody_where_it_cannot_be(world: Any) -> None:
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
        *QUICKLY,
    )
    assert result.exit_code == 3
    names = names_in(made.region)
    for what, data in {**world.content(world.out), "stdout": result.stdout.encode()}.items():
        assert found_in(names, data) == set(), what


def test_names_for_the_coordinator(world: Any) -> None:
    result = world.prove(None, "--names")
    assert result.exit_code == 0
    people = {each.name for each in world.region.physicians}
    files = world.content(world.out)
    assert found_in(people, files["proof.json"]) == people
    roster = read_dossier(world.out).roster
    assert roster is not None
    held = {each.physician for each in roster.assignments}
    shown = {each.name for each in world.region.physicians if each.id in held}
    assert found_in(people, files["proof.html"]) >= shown != set()
    # That it has them is said, and none of them.
    assert "has the names of physicians in it" in result.stderr
    assert found_in(names_in(world.region), result.stderr.encode()) == set()


def test_no_name_of_anybody_in_the_pdf(world: Any) -> None:
    pytest.importorskip("typst", reason="needs the extra pdf")
    pypdf = pytest.importorskip("pypdf", reason="reads the PDF back")
    assert world.prove(None, "--pdf").exit_code == 0
    reader = pypdf.PdfReader(world.out / "proof.pdf")
    text = " ".join(page.extract_text() for page in reader.pages)
    assert world.site in text
    assert found_in(names_in(world.region), " ".join(text.split()).encode()) == set()
    assert world.run("verify", world.out).exit_code == 0


def test_what_went_wrong_names_nobody_either(world: Any) -> None:
    # A hand-made roster with a duty in parts: what cannot be weighed is said by numbers.
    roster = world.made.witness
    first = next(each for each in roster.assignments if "@" in each.target)
    middle = first.when.start + (first.when.end - first.when.start) / 2
    halves = [
        first.model_copy(update={"when": first.when.model_copy(update=part)})
        for part in ({"end": middle}, {"start": middle})
    ]
    rest = [each for each in roster.assignments if each is not first]
    file = world.save(roster.model_copy(update={"assignments": (*rest, *halves)}))
    result = world.prove(None, "--roster", file)
    assert result.exit_code == 0
    assert "cannot be computed for this roster" in world.plain(result)
    for data in (
        *world.content(world.out).values(),
        result.stdout.encode(),
        result.stderr.encode(),
    ):
        assert found_in(names_in(world.region), data) == set()
