"""A proof on a terminal: the verdict first, then what is missing, then how strong it is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from so247.cli.exits import harmless
from so247.cli.render import stdout, table
from so247.formats.dossier.words import BANNER, STATUS, UNTIL, VERDICT
from so247.formats.words import both
from so247.models.proof import Judgement, Proof, Said, Status, Survival, Verdict

TO_MIND = ("region_changed", "later_sites_left_out", "strength_untold")
GOOD = (Verdict.MEETS, Verdict.COVERABLE)


def show_proof(proof: Proof, console: Console | None = None) -> None:
    """Prints what a coordinator asks first; the dossier has all of it."""
    out = console or stdout()
    headline = f"{proof.site}: {both(VERDICT[proof.verdict])}"
    if proof.until is not None:
        headline += f" ({both(UNTIL[proof.verdict])} {proof.until})"
    out.print(Text(harmless(headline), style="bold green" if proof.verdict in GOOD else "bold red"))
    if proof.basis in BANNER:
        out.print(Text(both(BANNER[proof.basis]), style="bold"))
    for sentence in (*proof.summary, *_to_mind(proof)):
        _say(out, sentence)
    columns = ["#", "praktijk / practice", "oordeel / status", "t/m / until", "waarom / why"]
    for title, judgements in (
        ("Randvoorwaarden / preconditions", proof.preconditions),
        ("Apart / separately", proof.checks),
    ):
        if judgements:
            out.print(table(title, columns, [_row(each) for each in judgements]))
    for line in (*_why_not(proof), *_strength(proof)):
        out.print(Text(harmless(line)))


def _to_mind(proof: Proof) -> Iterator[Said]:
    """Assumptions that do not always hold, and change what the verdict is about."""
    return (each for each in proof.assumptions if each.code in TO_MIND)


def _say(out: Console, said: Said) -> None:
    out.print(Text(harmless(f"{said.nl} / {said.en}")))


def _row(each: Judgement) -> tuple[str, ...]:
    status = both(STATUS[each.status]) if each.applies else "n.v.t. / does not apply"
    reasons = [] if each.status is Status.MET else [f"{r.nl} / {r.en}" for r in each.reasons]
    until = str(each.until) if each.until is not None else ""
    return each.key, each.practice or "", status, until, "\n".join(reasons)


def _why_not(proof: Proof) -> Iterator[str]:
    why = proof.why_not
    if why is None:
        return
    for name, said in (
        ("Botsende eisen / conflict", why.conflict.text if why.conflict else None),
        ("Telling / count", why.counting.text if why.counting else None),
        ("Minimaal nodig / least extra", why.extra.text if why.extra else None),
        *(("Of / or", each.text) for each in why.relaxations),
    ):
        if said is not None:
            yield f"{name}: {said.nl} / {said.en}"


def _strength(proof: Proof) -> Iterator[str]:
    for each in proof.robustness:
        unknown = each.count(Survival.UNKNOWN)
        line = (
            f"Uitval van {each.absent} arts, {each.absence_days} dagen / absence of "
            f"{each.absence_days} days: {each.survived} van/of {each.tried} op te vangen / repaired"
        )
        yield line + (f", {unknown} onbekend / unknown" if unknown else "")
        if each.indispensable:
            yield f"Onmisbaar / indispensable: {', '.join(each.indispensable)}"
