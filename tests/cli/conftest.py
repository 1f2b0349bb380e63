"""A region of a week that is solved in a blink, as a folder, and ways to run the command."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import so247
from so247.cli.main import app
from so247.formats.region_folder import write_region
from so247.models.lines import Line, Pattern, Window
from so247.models.people import SO, Contract, Employer, Physician, Pool
from so247.models.region import Region
from so247.models.sites import Agreement, AgreementKind, GpGroup, Place, TravelTime

MONDAY = date(2026, 10, 5)
COMMAND = (sys.executable, "-m", "so247")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(so247.__file__).parents[1])}
NAMES = ("anna", "bram", "cas", "dirk", "els")


def tiny(people: int) -> Region:
    """One GP group, one line around the clock, and so many SOs who live nearby.

    Rest is 11 hours and nobody is on call for more than 24 hours on end, so three people can do
    it (a day each in turn) and one person cannot.
    """
    names = NAMES[:people]
    return Region(
        id="klein",
        name="Klein",
        anchor_date=MONDAY,
        holiday_years=(2026, 2027),
        first_roster_on=MONDAY,
        planning_start=MONDAY,
        planning_weeks=1,
        pools=(Pool(id="pool", name="Pool"),),
        employers=(Employer(id="zorggroep", name="Zorggroep"),),
        places=(Place(id="thuis", name="Thuis"),),
        gp_groups=(
            GpGroup(
                id="hagro", name="Hagro Dorp", pools=("pool",), phone_minutes=15, on_site_minutes=60
            ),
        ),
        agreements=(
            Agreement(
                id="afspraak",
                kind=AgreementKind.SO_AVAILABILITY,
                site="hagro",
                partner="pool",
                signed_on=date(2026, 1, 1),
                phone_minutes=15,
                on_site_minutes=60,
            ),
        ),
        patterns=(
            Pattern(
                id="dag-nacht", workday=(time(8), time(17)), saturday=(time(10),), sunday=(time(9),)
            ),
        ),
        lines=(
            Line(
                id="voorwacht",
                name="Voorwacht",
                sites=("hagro",),
                window=Window.ALWAYS,
                pattern="dag-nacht",
                phone="0800-247",
                escalation=("voorwacht",),
                phone_minutes=15,
                on_site_minutes=60,
            ),
        ),
        physicians=tuple(
            Physician(
                id=name,
                name=name.capitalize(),
                role=SO,
                pools=("pool",),
                day_base="thuis",
                night_base="thuis",
            )
            for name in names
        ),
        contracts=tuple(
            Contract(id=f"c-{name}", physician=name, employer="zorggroep", fte=0.8)
            for name in names
        ),
        travel_times=(TravelTime(origin="thuis", destination="hagro", minutes=20),),
    )


@pytest.fixture
def covered(tmp_path: Path) -> Path:
    """A region that can be covered."""
    return written(tiny(3), tmp_path / "klein")


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A region with one SO, who cannot be on call for a week on end."""
    return written(tiny(1), tmp_path / "tekort")


def written(region: Region, folder: Path) -> Path:
    write_region(region, folder)
    return folder


Run = Callable[..., Result]
Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run() -> Run:
    """The command in this process. ``.stdout``, ``.stderr`` and ``.exit_code`` of the result."""

    def call(*arguments: str | Path) -> Result:
        runner = CliRunner()
        return runner.invoke(app, [str(each) for each in arguments], prog_name="so247")

    return call


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The command as a process of its own, with both outputs piped."""

    def call(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            env={**ENVIRONMENT, **env},
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return call
