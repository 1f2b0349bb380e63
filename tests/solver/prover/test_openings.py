"""When sites open: this one in the middle of a period, and others later on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.audit.check import check
from so247.audit.verify import verify
from so247.models.clock import days_interval
from so247.models.lines import Window
from so247.models.people import Absence, Role
from so247.models.proof import Answered, CoverageBasis, Verdict
from so247.models.region import Region
from so247.models.sites import TravelTime
from so247.scenarios.generator import changed

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
THURSDAY = date(2026, 11, 5)
BOTH = ("ann", "bob")


def away(first: date, last: date, who: tuple[str, ...] = BOTH) -> dict[str, Any]:
    return {
        "absences": tuple(Absence(physician=each, first_day=first, last_day=last) for each in who)
    }


# This site ------------------------------------------------------------------------------------


def opening(home: Any, **overrides: Any) -> Region:
    """It opens on Wednesday; the region plans from Monday, and nothing is rostered yet."""
    region: Region = home.region(facility={"opening_date": WEDNESDAY}, **overrides)
    return region


def test_an_opening_in_the_middle_of_the_period_with_no_roster_before_it(home: Any) -> None:
    region = opening(home)
    proof = home.prove(region)
    assert proof.verdict is Verdict.COVERABLE
    assert proof.period == days_interval(WEDNESDAY, date(2026, 11, 10))
    assert proof.coverage is not None
    assert proof.coverage.examined == proof.period
    assert proof.coverage.required_minutes == 7 * 24 * 60
    # Rostered is from Monday on, so that norms look back on something, in whole weeks.
    assert proof.roster is not None
    assert proof.roster.period == days_interval(MONDAY, date(2026, 11, 15))
    assert verify(proof) == ()


def test_a_gap_before_the_opening_is_none_of_its(home: Any) -> None:
    # Nobody is there on Monday. The duty that runs into Wednesday begins on Tuesday at 17:00.
    region = opening(home, **away(MONDAY, MONDAY))
    proof = home.prove(region)
    assert (proof.verdict, proof.uncovered_elsewhere) == (Verdict.COVERABLE, ())
    assert proof.roster is not None
    assert check(region, proof.roster).uncovered_site_minutes > 0


def test_the_duty_that_runs_into_the_opening_counts(home: Any) -> None:
    # On Tuesday nobody can begin it, and whoever could take it over at midnight is not asked:
    # duties are held whole, which the proof says.
    proof = home.prove(opening(home, **away(MONDAY, TUESDAY)))
    assert proof.verdict is Verdict.IMPOSSIBLE
    assert proof.why_not is not None
    assert proof.why_not.conflict is not None
    duties = [each.key for each in proof.why_not.conflict.members if each.physician is None]
    assert len(duties) == 1
    assert "Tue 03-11-2026 17:00 and Wed 04-11-2026 08:00" in proof.why_not.conflict.text.en
    assert "whole_duties" in home.codes(proof.assumptions)
    # One more duty is lacking, and one person more would do: tried, though Monday stays empty.
    assert proof.why_not.extra is not None
    assert (proof.why_not.extra.duties, proof.why_not.extra.people) == (1, 1)
    assert proof.why_not.extra.suffices
    assert {each.requirement.physician for each in proof.why_not.relaxations} == set(BOTH)
    assert verify(proof) == ()


def test_a_gap_after_the_last_day_is_none_of_its(home: Any) -> None:
    # The proof ends on Tuesday 10 November, the second week that is rostered on Sunday the 15th.
    region = opening(home, **away(date(2026, 11, 12), date(2026, 11, 15)))
    proof = home.prove(region)
    assert (proof.verdict, proof.cover) == (Verdict.COVERABLE, Answered.FEASIBLE)
    assert proof.until == date(2026, 11, 10)
    assert verify(proof) == ()
    # A day longer, and it does matter: nobody begins the evening of the 11th to the 12th.
    longer = home.prove(region, weeks=2)
    assert longer.verdict is Verdict.IMPOSSIBLE


def test_what_history_holds_is_looked_back_on(home: Any) -> None:
    # A roster of the first week is there; the facility opens in the second.
    region = home.region(facility={"opening_date": date(2026, 11, 9)})
    earlier = home.witness(home.region())
    proof = home.prove(region, history=(earlier,))
    assert proof.verdict is Verdict.COVERABLE
    assert proof.roster is not None
    assert proof.roster.period == days_interval(date(2026, 11, 9), date(2026, 11, 15))
    (said,) = (each for each in proof.assumptions if each.code == "history")
    assert said.en == "Looked back into 1 earlier roster."
    assert len(proof.history) == 1
    # It holds the night of Sunday to Monday: nothing of that is planned once more.
    held = {each.target for each in earlier.assignments}
    assert not held & {each.target for each in proof.roster.assignments}
    assert verify(proof) == ()


# Other sites ----------------------------------------------------------------------------------


def with_oak(home: Any, opens: date | None, *, role: Role = Role.ELDERLY_CARE_PHYSICIAN) -> Region:
    """Another facility, with a line of its own round the clock; Cas and Dirk could hold it too."""
    region = home.region()
    names = ("cas", "dirk")
    return changed(
        region,
        {
            "facilities": (*region.facilities, home.toy.facility("oak", opening_date=opens)),
            "agreements": (*region.agreements, home.agreement("oak", functions=())),
            "lines": (
                *region.lines,
                home.toy.line("oak-line", Window.ALWAYS, sites=("oak",), roles=(role,)),
            ),
            "travel_times": (
                *region.travel_times,
                TravelTime(origin="base", destination="oak", minutes=20),
            ),
            "physicians": (*region.physicians, *map(home.toy.physician, names)),
            "contracts": (*region.contracts, *map(home.toy.contract, names)),
        },
    )


NOBODY = Role.ID_PHYSICIAN
"""There is none in the region: a line for them alone stays empty."""


def test_a_site_that_opens_later_is_covered_from_then_on(home: Any) -> None:
    region = with_oak(home, THURSDAY)
    found: list[Any] = []
    proof = home.prove(region, on_roster=found.append)
    assert proof.verdict is Verdict.COVERABLE
    (said,) = (each for each in proof.assumptions if each.code.startswith("later_sites"))
    assert said.code == "later_sites_included"
    assert "oak" in said.nl
    assert check(region, found[0]).uncovered_site_minutes == 0


def test_a_site_that_opens_later_and_cannot_be_covered_is_left_out_and_said(home: Any) -> None:
    region = with_oak(home, THURSDAY, role=NOBODY)
    proof = home.prove(region)
    assert (proof.verdict, proof.cover) == (Verdict.COVERABLE, Answered.FEASIBLE)
    (said,) = (each for each in proof.assumptions if each.code.startswith("later_sites"))
    assert (said.code, said.nl) == (
        "later_sites_left_out",
        "Locaties die later opengaan, tellen niet mee: oak.",
    )
    assert verify(proof) == ()


@pytest.mark.parametrize("opens", [None, MONDAY])
def test_a_site_that_is_open_already_must_be_covered_too(home: Any, opens: date | None) -> None:
    proof = home.prove(with_oak(home, opens, role=NOBODY))
    assert (proof.verdict, proof.cover) == (Verdict.IMPOSSIBLE, Answered.INFEASIBLE)
    # The facility itself is covered in the roster that came nearest, and the verdict says where
    # the gaps are.
    assert proof.coverage is not None
    assert proof.coverage.uncovered_minutes == 0
    assert proof.uncovered_elsewhere == (("oak", 7 * 24 * 60),)
    (said,) = (each for each in proof.summary if each.code == "witness.elsewhere")
    assert said.en == "The roster that was made leaves gaps at what is open already: oak."
    # A roster that was published is judged for this site alone.
    roster = home.published(home.witness(with_oak(home, opens, role=NOBODY)))
    judged = home.prove(with_oak(home, opens, role=NOBODY), roster=roster)
    assert (judged.verdict, judged.basis) == (Verdict.MEETS, CoverageBasis.PUBLISHED)


def test_a_site_that_opens_after_the_period_is_nobodys_concern(home: Any) -> None:
    proof = home.prove(with_oak(home, date(2026, 11, 9), role=NOBODY))
    assert proof.verdict is Verdict.COVERABLE
    assert not any(each.code.startswith("later_sites") for each in proof.assumptions)
