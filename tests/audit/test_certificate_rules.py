"""A counting certificate, rule by rule, in the toy region: ann and bob, lines anw and day.

No norm binds anybody unless a test says so. The week has no holiday and no clock change.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from so247.audit.certificate import counting_faults
from so247.models.base import Weekday
from so247.models.calendar import duties
from so247.models.clock import Interval, day_start
from so247.models.lines import Form, Organisation, Per, Position, Product, SessionDemand, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import Absence, Contract, PackBinding, Role
from so247.models.proof import Barred, Counting, Part, Said, Share
from so247.models.region import Region
from so247.models.roster import Roster
from so247.models.settings import Settings, UnknownTravel
from so247.models.sites import Place

SAID = Said(code="x", nl="x", en="x")
NIGHTS = tuple(f"anw@2026-11-0{day}T16:00Z" for day in (2, 3, 4, 5))


def part(names: Any, rule: str, most: int = 1, **about: str) -> Part:
    return Part(duties=tuple(names), most=most, rule=rule, text=SAID, **about)


def rolling(limit: float, **more: Any) -> Norm:
    base: dict[str, Any] = {
        "id": "few",
        "kind": NormKind.ROLLING_COUNT,
        "text": "Few",
        "counts": (Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY),
        "limit": limit,
        "severity": Severity.HARD,
        "basis": Basis.VOLUNTARY,
        "source": "test",
        "window_days": 7,
    }
    return Norm(**(base | more))


def alone(toy: Any, *norms: Norm, **more: Any) -> Region:
    """Only ann, bound by these norms."""
    parts: dict[str, Any] = {
        "physicians": (toy.physician("ann", rule_packs=(PackBinding(pack="tried"),)),),
        "contracts": (toy.contract("ann"),),
        "rule_packs": (RulePack(id="tried", name="Tried", norms=norms),),
    }
    return toy.region(**(parts | more))


def shared(names: tuple[str, ...], *parts: Part, who: str = "ann") -> Counting:
    return Counting(duties=names, shares=(Share(physician=who, parts=parts),), text=SAID)


def faults_of(region: Region, counting: Counting, toy: Any, *history: Roster, **more: Any) -> Any:
    return counting_faults(region, counting, toy.WEEK, history, **more)


def test_a_count_within_one_window(toy) -> None:
    counting = shared(NIGHTS, part(NIGHTS, "norm.rolling_count", 2, norm="few"))
    assert faults_of(alone(toy, rolling(2)), counting, toy) == ()
    # Not if three are allowed, nor if the norm is soft, reaches too short (72 h lie between the
    # first and the last start), or counts other work.
    for norm in (
        rolling(3),
        rolling(2, severity=Severity.SOFT),
        rolling(2, window_days=3),
        rolling(2, counts=(Work.OFFICE_DUTY,)),
    ):
        assert faults_of(alone(toy, norm), counting, toy)
    assert faults_of(alone(toy, rolling(2, window_days=4)), counting, toy) == ()


def test_history_takes_from_a_count(toy) -> None:
    """Sunday's night lies less than seven days before Thursday's, so one of the two is taken."""
    region = alone(toy, rolling(2), first_roster_on=date(2026, 10, 26))
    before = Interval(start=day_start(date(2026, 10, 26)), end=toy.WEEK.start)
    sunday = toy.between("2026-11-01 08:00", "2026-11-01 20:00")
    held = toy.held("anw@2026-11-01T07:00Z", "ann", sunday)
    history = Roster(region_id="toy", period=before, assignments=(held,))
    counting = shared(NIGHTS, part(NIGHTS, "norm.rolling_count", 1, norm="few"))
    assert faults_of(region, counting, toy, history) == ()
    assert faults_of(region, counting, toy)
    # A norm over four days does not reach back so far: Thursday 17:00 less 96 h is Sunday 17:00.
    short = alone(toy, rolling(2, window_days=4), first_roster_on=date(2026, 10, 26))
    assert faults_of(short, counting, toy, history)


def test_a_pack_that_changes_bounds_nothing_across_the_change(toy) -> None:
    bound = (
        PackBinding(pack="tried", valid_until=date(2026, 11, 3)),
        PackBinding(pack="free", valid_from=date(2026, 11, 4)),
    )
    packs = (
        RulePack(id="tried", name="Tried", norms=(rolling(1),)),
        RulePack(id="free", name="Free", norms=()),
    )
    region = alone(toy, physicians=(toy.physician("ann", rule_packs=bound),), rule_packs=packs)
    early = shared(NIGHTS[:2], part(NIGHTS[:2], "norm.rolling_count", 1, norm="few"))
    assert faults_of(region, early, toy) == ()
    across = shared(NIGHTS[1:3], part(NIGHTS[1:3], "norm.rolling_count", 1, norm="few"))
    assert faults_of(region, across, toy)


def test_duties_that_combine_count_as_one_block(toy) -> None:
    """One block in seven days may be both lines' night: two of the four duties, not one."""
    both = (
        toy.line("anw", Window.OUT_OF_HOURS, combinable_with=("second",), sites=("home",)),
        toy.line("second", Window.OUT_OF_HOURS, combinable_with=("anw",), sites=("group",)),
    )
    names = (*NIGHTS[:2], *(each.replace("anw", "second") for each in NIGHTS[:2]))
    counting = shared(names, part(names, "norm.rolling_count", 1, norm="few"))
    (fault,) = faults_of(alone(toy, rolling(1), lines=both), counting, toy)
    assert "allows 2 of" in fault
    counting = shared(names, part(names, "norm.rolling_count", 2, norm="few"))
    assert faults_of(alone(toy, rolling(1), lines=both), counting, toy) == ()
    # And two that combine do not exclude each other, those of lines that do not combine do.
    pair = (names[0], names[2])
    counting = shared(pair, part(pair, "time.one_at_a_time"))
    assert faults_of(alone(toy, lines=both), counting, toy)
    apart = tuple(each.model_copy(update={"combinable_with": ()}) for each in both)
    assert faults_of(alone(toy, lines=apart), counting, toy) == ()


def test_nobody_is_his_own_backup(toy) -> None:
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS, combinable_with=("back",)),
        toy.line("back", Window.OUT_OF_HOURS, position=Position.BACKUP, combinable_with=("anw",)),
    )
    pair = (NIGHTS[0], NIGHTS[0].replace("anw", "back"))
    counting = shared(pair, part(pair, "cover.backup_differs"))
    assert faults_of(alone(toy, lines=lines), counting, toy) == ()
    # Not where the backup is for another site.
    moved = (
        lines[0].model_copy(update={"sites": ("home",)}),
        lines[1].model_copy(update={"sites": ("group",)}),
    )
    assert faults_of(alone(toy, lines=moved), counting, toy)


def test_a_rest_that_other_work_fills_up_is_none(toy) -> None:
    """Between the nights lie 9 h of office duty. Where that counts, the three are one stretch."""
    rest = rolling(11, id="rest", kind=NormKind.REST, window_days=None)
    all_work = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    pair = NIGHTS[:2]
    counting = shared(pair, part(pair, "norm.rest", norm="rest"))
    assert faults_of(alone(toy, rest), counting, toy) == ()
    filled = rest.model_copy(update={"counts": all_work})
    assert faults_of(alone(toy, filled), counting, toy)
    # Unless one stretch of 39 h is forbidden for its length.
    long = rolling(24, id="long", kind=NormKind.CONTINUOUS, counts=all_work, window_days=None)
    assert faults_of(alone(toy, filled, long), counting, toy) == ()


def test_the_maximum_of_a_contract(toy) -> None:
    """Four per four weeks is one in the week of the period."""
    counting = shared(NIGHTS, part(NIGHTS, "contract.maximum", 1, contract="ann-c"))
    for unit in ("max_duties", "max_nights"):
        region = alone(toy, contracts=(toy.contract("ann", **{unit: 4}),))
        assert faults_of(region, counting, toy) == (), unit
        more = alone(toy, contracts=(toy.contract("ann", **{unit: 5}),))
        assert faults_of(more, counting, toy), unit
    assert faults_of(alone(toy), counting, toy)
    # Weeknights are in no weekend.
    weekends = alone(toy, contracts=(toy.contract("ann", max_weekends=0),))
    assert faults_of(weekends, counting, toy)


def test_the_maximum_of_weekends(toy) -> None:
    """Saturday has two pieces and Sunday two: all four are one weekend."""
    names = tuple(each.id for each in duties(toy.region(), toy.WEEK) if each.burden)[5:]
    names = tuple(each for each in names if each[4:14] in ("2026-11-07", "2026-11-08"))
    region = alone(toy, contracts=(toy.contract("ann", max_weekends=0),))
    none = shared(names, part(names, "contract.maximum", 0, contract="ann-c"))
    assert faults_of(region, none, toy) == ()
    one = alone(toy, contracts=(toy.contract("ann", max_weekends=4),))
    (fault,) = faults_of(one, none, toy)
    assert f"allows {len(names)} of" in fault


def test_every_contract_that_could_book_it_counts(toy) -> None:
    second = Contract(
        id="ann-2", physician="ann", employer="care", fte=0.2, max_duties=4, valid_from=None
    )
    ends = {"valid_until": date(2026, 10, 1)}
    both = (toy.contract("ann", max_duties=4), second.model_copy(update={"employer": "other"}))
    employers = (
        *toy.region().employers,
        toy.region().employers[0].model_copy(update={"id": "other"}),
    )
    region = alone(toy, contracts=both, employers=employers)
    counting = shared(NIGHTS, part(NIGHTS, "contract.maximum", 1, contract="ann-c"))
    assert faults_of(region, counting, toy)
    two = shared(NIGHTS, part(NIGHTS, "contract.maximum", 2, contract="ann-c"))
    assert faults_of(region, two, toy) == ()
    ended = (both[0], both[1].model_copy(update=ends))
    assert faults_of(alone(toy, contracts=ended, employers=employers), counting, toy) == ()
    # A contract without a maximum takes whatever the other cannot.
    free = (both[0], both[1].model_copy(update={"max_duties": None}))
    assert faults_of(alone(toy, contracts=free, employers=employers), two, toy)


def barring(toy: Any, region: Region, rule: str, names: tuple[str, ...] = NIGHTS[:1]) -> Any:
    barred = (Barred(physician="ann", rules=(rule,) * len(names)),)
    counting = Counting(duties=names, shares=(), barred=barred, text=SAID)
    return faults_of(region, counting, toy)


def test_each_rule_that_bars(toy) -> None:
    night = date(2026, 11, 2)
    person, contract = toy.physician, toy.contract
    bound = {"rule_packs": (PackBinding(pack="tried"),)}

    def who(**fields: Any) -> dict[str, Any]:
        return {"physicians": (person("ann", **bound, **fields),)}

    absence = Absence(physician="ann", first_day=night, last_day=night)
    for rule, parts in {
        "eligible.pool": who(pools=("other",)),
        "eligible.role": who(role=Role.TRAINEE),
        "eligible.registration": who(registered_until=night),
        "eligible.travel": who(night_base="far"),
        "eligible.absence": {"absences": (absence,)},
        "eligible.contract": {"contracts": (contract("ann", valid_until=night),)},
        "eligible.free_weekday": {"contracts": (contract("ann", free_weekdays=(Weekday.MONDAY,)),)},
        "contract.maximum": {"contracts": (contract("ann", max_duties=0),)},
    }.items():
        assert barring(toy, alone(toy, **parts), rule) == (), rule
        assert barring(toy, alone(toy), rule) == (f"ann may hold {NIGHTS[0]}",)
    assert barring(toy, alone(toy, contracts=()), "eligible.contract") == ()


def test_travel_that_is_not_known_bars_only_where_the_region_says_so(toy) -> None:
    nowhere = {"physicians": (toy.physician("ann", night_base=None, rule_packs=()),)}
    assert barring(toy, alone(toy, **nowhere), "eligible.travel")
    forbid = Settings(unknown_travel=UnknownTravel.FORBID)
    assert barring(toy, alone(toy, settings=forbid, **nowhere), "eligible.travel") == ()


def test_who_is_nearer_during_a_session_is_not_barred_by_his_base(toy) -> None:
    """Ann works 70 minutes away; a session at the group would bring her near while it lasts."""
    far = {"physicians": (toy.physician("ann", day_base="far", rule_packs=()),)}
    day = ("day@2026-11-02T07:00Z",)
    assert barring(toy, alone(toy, **far), "eligible.travel", day) == ()
    session = SessionDemand(
        site="group",
        product=Product.CONSULTATION,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.MONDAY,),
        start_time=time(8),
        end_time=time(17),
        on_call_allowed=True,
    )
    assert barring(toy, alone(toy, sessions=(session,), **far), "eligible.travel", day)
    shorter = session.model_copy(update={"end_time": time(16)})
    assert barring(toy, alone(toy, sessions=(shorter,), **far), "eligible.travel", day) == ()


def test_a_presence_duty_starts_from_its_place(toy) -> None:
    line = toy.line("anw", Window.OUT_OF_HOURS, form=Form.PRESENCE, place="far")
    region = alone(
        toy, lines=(line,), places=(Place(id="base", name="B"), Place(id="far", name="F"))
    )
    assert barring(toy, region, "eligible.travel") == ()


def test_who_is_no_so_needs_a_backup_line(toy) -> None:
    """At both sites, or nobody can be called at one of them."""
    line = toy.line("anw", Window.OUT_OF_HOURS, roles=tuple(Role), escalation=("anw", "back"))
    bound = (PackBinding(pack="tried"),)
    trainee = {"physicians": (toy.physician("ann", role=Role.TRAINEE, rule_packs=bound),)}
    for sites, left_alone in ((("group",), True), (("home", "group"), False)):
        lines = (line, toy.backup_line("back", sites=sites))
        faults = barring(toy, alone(toy, lines=lines, **trainee), "cover.backup_so")
        assert (faults == ()) is left_alone


def test_what_an_organisation_holds_needs_nobody(toy) -> None:
    line = toy.line("anw", Window.OUT_OF_HOURS, organisation="hap")
    region = alone(toy, lines=(line,), organisations=(Organisation(id="hap", name="Hap"),))
    counting = shared(NIGHTS[:1], part(NIGHTS[:1], "cover.one_holder", 0))
    assert f"{NIGHTS[0]} is held by an organisation" in faults_of(region, counting, toy)


def test_only_sites_that_must_be_covered_count(toy) -> None:
    """A rule about another site bars nobody, and a duty for no such site is not needed."""
    travel = tuple(
        each.model_copy(update={"minutes": 70}) if each.destination == "home" else each
        for each in toy.region().travel_times
    )
    barred = (Barred(physician="ann", rules=("eligible.travel",)),)
    counting = Counting(duties=NIGHTS[:1], shares=(), barred=barred, text=SAID)
    region = alone(toy, travel_times=travel)
    assert faults_of(region, counting, toy) == ()
    assert faults_of(region, counting, toy, sites=("group",)) == (f"ann may hold {NIGHTS[0]}",)
    home_only = alone(toy, lines=(toy.line("anw", Window.OUT_OF_HOURS, sites=("home",)),))
    assert faults_of(home_only, counting, toy, sites=("group",)) == (
        f"{NIGHTS[0]} is for no site that must be covered then",
    )
