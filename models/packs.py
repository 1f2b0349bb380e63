"""The rule packs that ship with so247 (DOMAIN B1-B3). A region may replace any by its id.

A registered SO is very likely exempt from the statute (ATB 2.1:2), so ``so_voluntary_norm`` carries
the same figures as policy, never as law. Limits that no roster can show (the length of calls, the
13 h of work per 24 h with calls, breaks) are not in the packs.
"""

from __future__ import annotations

from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import Role

ON_CALL = (Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY)
DUTIES = (Work.OFFICE_DUTY, *ON_CALL)
WORKED = (Work.PRESENCE_DUTY, Work.SESSION, Work.COMMITMENT)
HOURS = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY, *WORKED)


def _shared(basis: Basis, maximum: int) -> tuple[Norm, ...]:
    """Reachability duty in care: 24 h continuous, ``maximum`` per 7 x 24 h, 32 per 16 weeks."""
    hard = Severity.HARD
    nursing = maximum == 3
    article = "ATB 5.19:3" if nursing else "ATB 5.20:4"
    mixed = "ATB 5.19:4" if nursing else "ATB 5.20:5"
    return (
        Norm(
            id="continuous_24h",
            kind=NormKind.CONTINUOUS,
            text="On call for at most 24 hours on end",
            counts=DUTIES,
            limit=24,
            severity=hard,
            basis=basis,
            source=f"ATB 1:1, {article}",
        ),
        Norm(
            id=f"duties_{maximum}_per_7_days",
            kind=NormKind.ROLLING_COUNT,
            text=f"At most {maximum} on-call duties per 7 x 24 hours",
            counts=ON_CALL,
            limit=maximum,
            window_days=7,
            severity=hard,
            basis=basis,
            source=f"{article}, {mixed}",
        ),
        Norm(
            id="duties_32_per_16_weeks",
            kind=NormKind.ROLLING_COUNT,
            text="At most 32 on-call duties per 16 weeks",
            counts=ON_CALL,
            limit=32,
            window_days=112,
            severity=hard,
            basis=basis,
            source=f"{article}, {mixed}",
        ),
    )


def _working_time(basis: Basis, severity: Severity) -> tuple[Norm, ...]:
    """ATW chapter 5: hours per week, averages, weekly rest (presence duty counts in full)."""
    return (
        Norm(
            id="hours_60_per_week",
            kind=NormKind.HOURS,
            text="At most 60 hours of work per week",
            counts=WORKED,
            limit=60,
            window_weeks=1,
            severity=severity,
            basis=basis,
            source="ATW 5:7",
        ),
        Norm(
            id="hours_55_over_4_weeks",
            kind=NormKind.HOURS,
            text="On average at most 55 hours of work per week over 4 weeks",
            counts=WORKED,
            limit=55,
            window_weeks=4,
            severity=severity,
            basis=basis,
            source="ATW 5:7",
        ),
        Norm(
            id="hours_48_over_16_weeks",
            kind=NormKind.HOURS,
            text="On average at most 48 hours of work per week over 16 weeks",
            counts=WORKED,
            limit=48,
            window_weeks=16,
            severity=severity,
            basis=basis,
            source="ATW 5:7",
        ),
        Norm(
            id="weekly_rest_36h",
            kind=NormKind.FREE_PERIODS,
            text="36 hours in a row without work in each week",
            counts=WORKED,
            limit=1,
            stretch_hours=36,
            window_weeks=1,
            severity=severity,
            basis=basis,
            source="ATW 5:5",
        ),
    )


def _presence(basis: Basis, severity: Severity) -> tuple[Norm, ...]:
    """Aanwezigheidsdienst: rest on both sides, 52 per 26 weeks, hours over 26 weeks."""
    return (
        Norm(
            id="presence_rest_11h",
            kind=NormKind.REST,
            text="11 hours of rest before and after a presence duty",
            counts=WORKED,
            limit=11,
            around=Work.PRESENCE_DUTY,
            severity=severity,
            basis=basis,
            source="ATB 4.8:2",
        ),
        Norm(
            id="presence_52_per_26_weeks",
            kind=NormKind.ROLLING_COUNT,
            text="At most 52 presence duties per 26 weeks",
            counts=(Work.PRESENCE_DUTY,),
            limit=52,
            window_days=182,
            severity=severity,
            basis=basis,
            source="ATB 4.8:2",
        ),
        Norm(
            id="hours_48_over_26_weeks",
            kind=NormKind.HOURS,
            text="On average at most 48 hours of work per week over 26 weeks",
            counts=WORKED,
            limit=48,
            window_weeks=26,
            severity=severity,
            basis=basis,
            source="ATB 4.8:2",
        ),
    )


def _daily_rest(basis: Basis, severity: Severity) -> Norm:
    return Norm(
        id="daily_rest_11h",
        kind=NormKind.REST,
        text="11 hours of rest between work, once per 7 x 24 hours 8 hours",
        counts=WORKED,
        limit=11,
        reduced_limit=8,
        reduced_every_days=7,
        break_hours=4,
        severity=severity,
        basis=basis,
        source="ATW 5:3",
    )


SO_VOLUNTARY_NORM = RulePack(
    id="so_voluntary_norm",
    name="Voluntary norm for registered SOs (figures of ATB 5.20 and ATW, as policy)",
    norms=(
        Norm(
            id="rest_11h_between_duties",
            kind=NormKind.REST,
            text="11 hours of rest between on-call duties",
            counts=ON_CALL,
            limit=11,
            severity=Severity.HARD,
            basis=Basis.VOLUNTARY,
            source="ATW 5:3, as policy",
        ),
        *_shared(Basis.VOLUNTARY, 5),
        *_presence(Basis.VOLUNTARY, Severity.HARD),
        *_working_time(Basis.VOLUNTARY, Severity.SOFT),
        Norm(
            id="nights_3_in_a_row",
            kind=NormKind.CONSECUTIVE,
            text="At most 3 nights in a row on call",
            counts=ON_CALL,
            limit=3,
            night_only=True,
            severity=Severity.SOFT,
            basis=Basis.VOLUNTARY,
            source="so247 default, assumption",
        ),
        Norm(
            id="duty_days_5_in_a_row",
            kind=NormKind.CONSECUTIVE,
            text="At most 5 days in a row with an on-call duty",
            counts=ON_CALL,
            limit=5,
            severity=Severity.SOFT,
            basis=Basis.VOLUNTARY,
            source="CAO GHZ 2021-2024 art. 7:16, as policy",
        ),
        Norm(
            id="weekends_2_in_4",
            kind=NormKind.WEEKENDS,
            text="At most 2 weekends on call in 4 weeks",
            counts=ON_CALL,
            limit=2,
            window_weeks=4,
            severity=Severity.SOFT,
            basis=Basis.VOLUNTARY,
            source="CAO GGZ, as policy",
        ),
    ),
)

ATB_5_20_PHYSICIAN = RulePack(
    id="atb_5_20_physician",
    name="Physicians bound by the statute: trainees, non-specialists (ATB 5.20)",
    norms=(
        _daily_rest(Basis.LAW, Severity.HARD),
        *_shared(Basis.LAW, 5),
        *_presence(Basis.LAW, Severity.HARD),
        *_working_time(Basis.LAW, Severity.HARD),
    ),
)

ATB_5_19_NURSING = RulePack(
    id="atb_5_19_nursing",
    name="Nursing and care professions (ATB 5.19)",
    norms=(
        _daily_rest(Basis.LAW, Severity.HARD),
        *_shared(Basis.LAW, 3),
        *_presence(Basis.LAW, Severity.HARD),
        *_working_time(Basis.LAW, Severity.HARD),
    ),
)

ATW_GENERAL = RulePack(
    id="atw_general",
    name="General working-time law, on call as consignatie (ATW chapter 5)",
    norms=(
        _daily_rest(Basis.LAW, Severity.HARD),
        *_working_time(Basis.LAW, Severity.HARD),
        Norm(
            id="presence_none",
            kind=NormKind.ROLLING_COUNT,
            text="No presence duty: it needs a collective agreement",
            counts=(Work.PRESENCE_DUTY,),
            limit=0,
            window_days=7,
            severity=Severity.HARD,
            basis=Basis.LAW,
            source="ATB 4.8:1",
        ),
        Norm(
            id="on_call_free_14_days",
            kind=NormKind.FREE_PERIODS,
            text="14 periods of 24 hours without on-call duty in each four weeks",
            counts=ON_CALL,
            limit=14,
            stretch_hours=24,
            window_weeks=4,
            severity=Severity.HARD,
            basis=Basis.LAW,
            source="ATW 5:9(2)",
        ),
        Norm(
            id="free_2_of_48h",
            kind=NormKind.FREE_PERIODS,
            text="2 periods of 48 hours with neither work nor on-call duty in each four weeks",
            counts=(Work.REACHABILITY_DUTY, *WORKED),
            limit=2,
            stretch_hours=48,
            window_weeks=4,
            severity=Severity.HARD,
            basis=Basis.LAW,
            source="ATW 5:9(2)",
        ),
    ),
)

SHIPPED_PACKS: tuple[RulePack, ...] = (
    SO_VOLUNTARY_NORM,
    ATB_5_20_PHYSICIAN,
    ATB_5_19_NURSING,
    ATW_GENERAL,
)

DEFAULT_PACKS: dict[Role, str] = {
    Role.ELDERLY_CARE_PHYSICIAN: SO_VOLUNTARY_NORM.id,
    Role.ID_PHYSICIAN: SO_VOLUNTARY_NORM.id,
    Role.TRAINEE: ATB_5_20_PHYSICIAN.id,
    Role.NON_SPECIALIST_PHYSICIAN: ATB_5_20_PHYSICIAN.id,
    Role.NURSE_PRACTITIONER: ATB_5_19_NURSING.id,
    Role.PHYSICIAN_ASSISTANT: ATB_5_19_NURSING.id,
}
