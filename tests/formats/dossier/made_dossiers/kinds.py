"""A proof of every verdict, and one in which every name is markup."""

from made_dossiers.proofs import (
    eight,
    judged,
    make_coverage,
    make_proof,
    make_readings,
    make_robustness,
    make_why_not,
    said,
    stretch,
)
from made_dossiers.regions import NASTY, at, make_region, make_roster
from so247.models.lines import Care
from so247.models.proof import Answered, CoverageBasis, LineRoom, Proof, Solve, Status, Verdict
from so247.models.report import Coverage, Reason


def every_verdict() -> dict[str, Proof]:
    """A proof of each verdict, with all that such a proof may hold."""
    region = make_region()
    examined = make_roster(region).period
    gap = stretch(at(25, 0, 30), at(25, 1, 30), Coverage.UNCOVERED)
    doubt = stretch(
        at(20, 15),
        at(21, 6),
        Coverage.UNKNOWN,
        holders=("arts-02",),
        reasons=(Reason(code="eligible.travel", text="it is not known where arts-02 is then"),),
    )
    general = stretch(at(21, 15), at(22, 6), Coverage.UNCOVERED, care=Care.GENERAL)
    return {
        "meets": make_proof(
            region,
            verdict=Verdict.MEETS,
            basis=CoverageBasis.PUBLISHED,
            robustness=(make_robustness(region),),
            headroom=(
                LineRoom(
                    line="anw",
                    residents=40,
                    residents_fail_at=51,
                    facilities=None,
                    binds=said("het maximum van arts-02", "the most of arts-02"),
                ),
            ),
        ),
        "coverable": make_proof(
            region,
            readings=make_readings(),
            warnings=(said("afgeleid", "inferred"),),
            attested=(said("uitval", "absences"),),
            uncovered_elsewhere=(("het-anker", 0),),
        ),
        "not_yet": make_proof(
            region,
            verdict=Verdict.NOT_YET,
            basis=CoverageBasis.ROSTER,
            voluntary_norms=("duties_5_per_7_days",),
            preconditions=eight(p4=Status.NOT_MET, p8=Status.EXPIRED),
        ),
        "impossible": make_proof(
            region,
            verdict=Verdict.IMPOSSIBLE,
            why_not=make_why_not(region),
            preconditions=eight(p5=Status.NOT_MET),
            coverage=make_coverage(examined, (doubt, general, gap)),
            uncovered_elsewhere=(("hagro", 60),),
            solves=(
                Solve(question="any?", configuration="seed 1", answer=Answered.INFEASIBLE),
                Solve(question="any?", configuration="seed 2", answer=Answered.INFEASIBLE),
            ),
        ),
        "unknown": make_proof(
            region,
            verdict=Verdict.UNKNOWN,
            basis=CoverageBasis.NONE,
            until=None,
            roster=None,
            coverage=None,
            preconditions=eight(p6=Status.UNKNOWN),
        ),
    }


def nasty() -> Proof:
    """Everybody and everything has a name that is markup."""
    whole = make_region(names=NASTY, facility=NASTY[0])
    text = said(*NASTY[:2])
    return make_proof(
        whole,
        summary=(text,),
        assumptions=(text,),
        why_not=make_why_not(whole),
        robustness=(make_robustness(whole),),
        checks=(judged(NASTY[1], reasons=(text,), evidence=(NASTY[0][:5].strip("<"),)),),
        voluntary_norms=(NASTY[2],),
    )
