"""What is written is read back as it was, whatever the region holds."""

import tempfile
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.formats.new_region import new_region, template_files
from so247.formats.region_folder import read_region, write_region
from so247.formats.region_parse import parse_region
from so247.formats.region_write import region_files
from so247.models.base import Weekday
from so247.models.canonical import region_hash
from so247.models.errors import InputError, RegionError
from so247.models.evidence import (
    Admission,
    Evidence,
    EvidenceKind,
    PracticeAbsence,
    RuleSet,
    Task,
    TaskHolder,
)
from so247.models.lines import Organisation, Pattern, Per, Product, SessionDemand
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import Absence, PackBinding, Physician, Pin, Role, Wish, WishKind
from so247.models.region import Region
from so247.models.settings import Holiday, Settings
from so247.models.sites import Indication, Place, ResidenceSetting, ResidentCount
from so247.scenarios.catalogue import load_region, names

TEMPLATE = parse_region(template_files())


def rich() -> Region:
    """The example region with everything that it does not use, or that is hard to write."""
    day = date(2026, 10, 5)
    norm = Norm(
        id="own",
        kind=NormKind.HOURS,
        text='Quoted "text", with: colon, # sign and – dash',
        counts=(Work.SESSION,),
        limit=36.5,
        severity=Severity.SOFT,
        basis=Basis.VOLUNTARY,
        source="own",
        window_weeks=4,
    )
    trainee = Physician(
        id="null",
        name='Åsa "NA"; d\'Été, 日本 🙂',
        role=Role.TRAINEE,
        rule_packs=(PackBinding(pack="own-pack", valid_from=day), PackBinding(pack="atw_general")),
        max_residents=0,
        person_key="1",
    )
    group = TEMPLATE.gp_groups[0].model_copy(
        update={
            "residents": (
                ResidentCount(setting=ResidenceSetting.HOME, indication=Indication.NONE, count=0),
            )
        }
    )
    home = TEMPLATE.facilities[0].model_copy(
        update={
            "practices": ("de-brug", "dorpsstraat"),
            "admitted_for_treatment": True,
            "treatment_contracted": True,
            "treatment_delivered": False,
        }
    )
    return Region(
        **{
            **{name: getattr(TEMPLATE, name) for name in Region.model_fields},
            "name": "yes",
            "holidays": (Holiday(date=day, name="Dag: van #1"),),
            "settings": Settings(
                weight_face=0,
                rules_off=("norm.rest", "travel.minutes"),
                rule_set=RuleSet.HANDREIKING_2016,
            ),
            "facilities": (home, *TEMPLATE.facilities[1:]),
            "organisations": (Organisation(id="1e5", name="0123"),),
            "places": (*TEMPLATE.places, Place(id="0x1f", name="- a")),
            "gp_groups": (group, *TEMPLATE.gp_groups[1:]),
            "patterns": (
                *TEMPLATE.patterns,
                Pattern(id="on", saturday=(time(0, 0),), sunday=(), holiday=(time(23, 59),)),
            ),
            "rule_packs": (RulePack(id="own-pack", name="Own", norms=(norm,)),),
            "physicians": (*TEMPLATE.physicians, trainee),
            "absences": (
                Absence(physician="null", first_day=day, last_day=day, from_time=time(0, 0)),
                Absence(physician="ans", first_day=day, last_day=day, unforeseen=True),
            ),
            "wishes": (
                Wish(
                    physician="ans",
                    kind=WishKind.WANTS,
                    first_day=day,
                    last_day=day,
                    weekday=Weekday.SUNDAY,
                    weight=10,
                ),
            ),
            "sessions": (
                SessionDemand(
                    site="dorpsstraat",
                    product=Product.HOME_VISITS,
                    count=1,
                    per=Per.ISO_WEEK,
                    weekdays=(Weekday.MONDAY,),
                    start_time=time(9, 0),
                    end_time=time(12, 0),
                    roles=(Role.TRAINEE, Role.PHYSICIAN_ASSISTANT),
                    funding="GZSP; H335 | x",
                    on_call_allowed=True,
                    valid_from=day,
                ),
            ),
            "evidence": (
                *TEMPLATE.evidence,
                Evidence(
                    id="no",
                    kind=EvidenceKind.GP_POST_SEEN,
                    site="hagro-noord",
                    document='"Gezien"; blad 1, zie #3',
                    agrees=False,
                    valid_until=day,
                ),
            ),
            "task_holders": (
                *TEMPLATE.task_holders,
                TaskHolder(site="hagro-noord", task=Task.MEDICATION, holder="hap", valid_from=day),
            ),
            "admissions": (
                *TEMPLATE.admissions,
                Admission(site="beukenhof", resident="7", admitted_on=day),
                Admission(
                    site="beukenhof", resident="008", admitted_on=day, handover_consent=False
                ),
            ),
            "practice_absences": (
                PracticeAbsence(practice="de-brug", first_day=day, last_day=day),
            ),
            "pins": (Pin(target="wacht@2026-10-05T15:00Z", physician="ans", day=day),),
        }
    )


def same(region: Region, folder: Path) -> None:
    write_region(region, folder)
    again = read_region(folder)
    assert again == region
    assert region_hash(again) == region_hash(region)
    assert region_files(again) == region_files(region)


def test_everything_that_a_region_can_hold(tmp_path: Path) -> None:
    same(rich(), tmp_path / "rich")


@pytest.mark.parametrize("name", names())
def test_shipped_regions(name: str, tmp_path: Path) -> None:
    same(load_region(name), tmp_path / "copy")


def test_the_smallest_region(tmp_path: Path) -> None:
    same(Region(id="r", name="R", anchor_date=date(2026, 10, 5)), tmp_path)


def test_the_same_region_gives_the_same_bytes_and_older_tables_do_not_survive(
    tmp_path: Path,
) -> None:
    new_region(tmp_path)
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "kept.txt").write_text("kept")
    small = Region(id="r", name="R", anchor_date=date(2026, 10, 5))
    write_region(small, tmp_path)
    assert read_region(tmp_path) == small
    # Tables that not every region has are written only where there is something in them.
    assert not (tmp_path / "evidence.csv").exists()
    assert (tmp_path / "pins.csv").exists()
    assert (tmp_path / "history" / "kept.txt").exists()
    assert region_files(rich()) == region_files(rich())


def test_yaml_is_readable() -> None:
    text = region_files(TEMPLATE)["region.yaml"].decode()
    assert "# Standing responsibilities (dienstlijnen).\nlines:\n  - id: wacht\n" in text
    assert '    workday: ["08:00", "17:00"]\n' in text
    assert "{" not in text


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1, max_size=12))
def test_any_name_is_read_back_or_refused(name: str) -> None:
    person = Physician(id="a", name=name, role=Role.TRAINEE)
    region = Region(id="r", name=name, anchor_date=date(2026, 10, 5), physicians=(person,))
    with tempfile.TemporaryDirectory() as folder:
        try:
            write_region(region, Path(folder) / "x")
        except RegionError:
            # Only what a spreadsheet or YAML does not keep is refused, and nothing is written.
            assert name.strip() != name or name.startswith("=") or not name.isprintable()
            assert not (Path(folder) / "x").exists()
        else:
            assert read_region(Path(folder) / "x") == region


def test_the_example_is_not_written_over_anything(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        new_region(tmp_path)
    with pytest.raises(InputError, match="not empty"):
        new_region(tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
