"""`so247 verify`: is this dossier what it was, and does it come out when computed again?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from so247.audit.verify import Fault
from so247.audit.verify import verify as computed_again
from so247.audit.verify.absences import SAMPLE
from so247.cli.exits import Code, harmless
from so247.cli.options import AsJson
from so247.cli.outputs import print_json
from so247.cli.render import stdout, table
from so247.formats.dossier.folder import PDF, digest_of_folder, made_by, read_dossier
from so247.formats.dossier.words import ATTESTED, BANNER, UNTIL, VERDICT
from so247.formats.words import Words, both
from so247.models.proof import Proof, Survival

EXAMPLES = """Examples:

    so247 verify dossier
    so247 verify dossier --expect 3f1c... --json

Exit codes: 0 it holds; 5 bad input: bytes were changed, a file is missing or cannot be read; 6 what
it says does not come out when computed again.
"""

Dossier = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of a dossier, as so247 prove wrote it.")
]
Expect = Annotated[
    str | None,
    typer.Option(
        "--expect",
        metavar="DIGEST",
        help="The digest of the dossier, as somebody you trust gave it. Without it a dossier that "
        "was written anew from false facts looks like any other.",
    ),
]


def verify(folder: Dossier, expect: Expect = None, as_json: AsJson = False) -> None:
    """Check a dossier without trusting who made it.

    Every byte is held against the digests, the page against the proof, and coverage, preconditions,
    verdict, counts and repairs are computed again from the data in the proof. Nothing is searched:
    what only a search can show is named.
    """
    proof = read_dossier(folder, expect)
    digest = digest_of_folder(folder)
    faults = computed_again(proof)
    code = Code.NOT_COVERED if faults else Code.COVERED
    if as_json:
        print_json(_document(proof, digest, faults, code))
    else:
        _show(proof, digest, faults, with_pdf=(folder / PDF).exists())
    raise typer.Exit(code)


def _document(
    proof: Proof, digest: str, faults: tuple[Fault, ...], code: Code
) -> dict[str, object]:
    return {
        "exit_code": int(code),
        "holds": not faults,
        "digest": digest,
        "site": proof.site,
        "verdict": proof.verdict.value,
        "until": None if proof.until is None else str(proof.until),
        "version": proof.version,
        "recomputed": [english for _, english in _recomputed(proof)],
        "attested": [each.model_dump(mode="json") for each in proof.attested],
        "faults": [
            {
                "what": each.what,
                "found": each.found,
                "recomputed": each.recomputed,
                "said": each.said.model_dump(mode="json"),
            }
            for each in faults
        ],
    }


def _show(proof: Proof, digest: str, faults: tuple[Fault, ...], *, with_pdf: bool) -> None:
    out = stdout()
    if faults:
        _say(out, ("Klopt niet", "Does not hold"), style="bold red")
        rows = [(each.what, each.found, each.recomputed, _both(each)) for each in faults]
        columns = ["wat / what", "in het bewijs / in the proof"]
        columns += ["nagerekend / computed again", "uitleg / meaning"]
        out.print(table(f"Verschillen / differences: {len(faults)}", columns, rows))
    else:
        _say(out, ("Klopt", "Holds"), style="bold green")
    _say(out, VERDICT[proof.verdict], before=f"{proof.site}: ")
    if proof.until is not None:
        _say(out, UNTIL[proof.verdict], after=f" {proof.until}")
    if proof.basis in BANNER:
        _say(out, BANNER[proof.basis])
    _list(out, ("Nagerekend", "Computed again"), list(_recomputed(proof)))
    _list(out, ATTESTED, [(each.nl, each.en) for each in proof.attested])
    if with_pdf:
        words = (
            "alleen de vingerafdruk van proof.pdf is vergeleken",
            "of proof.pdf only the digest",
        )
        _say(out, words)
    other = made_by(proof)
    if other:
        _say(out, other)
    out.print(Text(f"Digest: {digest}"))


def _recomputed(proof: Proof) -> Iterator[Words]:
    """What was computed again, or would have stood among the differences."""
    yield "elke byte, en de pagina uit proof.json", "every byte, and the page from proof.json"
    if proof.coverage is not None:
        yield "dekking van deze locatie en de andere", "coverage of this site and the others"
    yield "randvoorwaarden en toetsen", "preconditions and checks"
    yield "oordeel en einddatum", "verdict and its end"
    if proof.why_not is not None and proof.why_not.counting is not None:
        yield "de telling van wie wat kan doen", "the count of who can hold what"
    repairs = [each.count(Survival.SURVIVED) for each in proof.robustness]
    if any(repairs):
        tried, total = sum(min(SAMPLE, each) for each in repairs), sum(repairs)
        yield (
            f"wat bij uitval wegvalt, en van {tried} van {total} aanpassingen of ze opvangen",
            f"what absences lose, and of {tried} of {total} repairs whether they repair",
        )


def _list(out: Console, title: Words, items: list[Words]) -> None:
    if items:
        _say(out, title, after=":")
    for item in items:
        _say(out, item, before="  - ")


def _say(out: Console, words: Words, *, before: str = "", after: str = "", style: str = "") -> None:
    out.print(Text(harmless(f"{before}{both(words)}{after}"), style=style))


def _both(fault: Fault) -> str:
    return f"{fault.said.nl} / {fault.said.en}"
