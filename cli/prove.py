"""`so247 prove`: the dossier of one site, and its verdict in the exit code."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from so247.cli.exits import Code, say
from so247.cli.inputs import region_and_history
from so247.cli.interrupt import cancellable
from so247.cli.options import (
    OUTPUT,
    PERIOD,
    SEARCH,
    AsJson,
    HistoryFolder,
    RegionSource,
    Reproducible,
    Seconds,
    Seed,
    Workers,
    day_of,
)
from so247.cli.outputs import fit_dossier, fit_roster, print_json
from so247.cli.progress import shown
from so247.cli.render_proof import show_proof
from so247.formats.dossier.digests import dossier_digest
from so247.formats.dossier.folder import DOSSIER_FILES, dossier_files
from so247.formats.dossier.pdf import typesetter
from so247.formats.files import write_files
from so247.formats.roster_json import roster_to_json
from so247.formats.roster_table import read_roster
from so247.models.clock import AMSTERDAM
from so247.models.proof import Proof, Verdict
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits

CODES = {
    Verdict.MEETS: Code.COVERED,
    Verdict.COVERABLE: Code.COVERED,
    Verdict.NOT_YET: Code.NOT_COVERED,
    Verdict.IMPOSSIBLE: Code.NO_ROSTER_EXISTS,
    Verdict.UNKNOWN: Code.NOTHING_FOUND,
}


def folder_of(text: str) -> Path:
    """The folder; an empty name would be the one that we are in."""
    if not text.strip():
        raise typer.BadParameter("a folder has a name. Write . for the folder that you are in.")
    return Path(text)


EXAMPLES = """Examples:

    so247 prove rijnstreek huize-sleutelbloem --opening 2026-11-30 --out dossier
    so247 prove my-region my-facility --roster roster.json --out dossier --names

Exit codes: 0 meets the preconditions, or coverable; 3 impossible with the physicians and agreements
entered; 4 unknown; 5 bad input; 6 not yet.
"""

Site = Annotated[
    str, typer.Argument(metavar="SITE", help="A facility or GP group of the region, by its id.")
]
Opening = Annotated[
    date | None,
    typer.Option(
        "--opening",
        metavar="DATE",
        parser=day_of,
        rich_help_panel=PERIOD,
        help="Prove from this opening, whatever the region says. Without it: from the opening in "
        "the region, and for a site that is open from today.",
    ),
]
ProofWeeks = Annotated[
    int | None,
    typer.Option(
        "--weeks",
        metavar="N",
        min=1,
        max=104,
        rich_help_panel=PERIOD,
        help="How many weeks. Without it 13, or to the end of --roster.",
    ),
]
Published = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="FILE",
        rich_help_panel=PERIOD,
        help="The roster to judge: roster.json, .csv or .xlsx. Without it a witness is sought: a "
        "roster that nobody has promised.",
    ),
]
Dossier = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="DIR",
        parser=folder_of,
        rich_help_panel=OUTPUT,
        help="Write the dossier there, whole or not at all: proof.json, proof.html, digests.txt "
        "and with --pdf proof.pdf. A dossier that is there already is replaced; a folder with "
        "anything else in it is refused.",
    ),
]
Names = Annotated[
    bool,
    typer.Option(
        "--names",
        rich_help_panel=OUTPUT,
        help="The coordinator's copy, with the names of physicians. Otherwise they go by numbers.",
    ),
]
Pdf = Annotated[
    bool,
    typer.Option("--pdf", rich_help_panel=OUTPUT, help="Also proof.pdf (needs so247[pdf])."),
]
RosterOut = Annotated[
    Path | None,
    typer.Option(
        "--roster-out",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        help="Write the roster that the proof rests on, with the region's own ids, as JSON: for "
        "so247 check, and for the coordinator who asks people to accept it. Of files that are "
        "there already only such a roster is replaced.",
    ),
]
AbsenceDays = Annotated[
    list[int],
    typer.Option(
        "--absence-days",
        metavar="N",
        min=1,
        max=366,
        rich_help_panel=SEARCH,
        help="Length of the absences that the roster is tried with (N-1). May be given again.",
    ),
]


def prove(
    source: RegionSource,
    site: Site,
    out: Dossier,
    opening: Opening = None,
    weeks: ProofWeeks = None,
    roster: Published = None,
    history: HistoryFolder = None,
    roster_out: RosterOut = None,
    names: Names = False,
    pdf: Pdf = False,
    absence_days: AbsenceDays = [7],  # noqa: B006  typer reads the default, nobody changes it
    seconds: Seconds = 50,
    workers: Workers = 2,
    seed: Seed = 1,
    reproducible: Reproducible = False,
    as_json: AsJson = False,
) -> None:
    """Prove that a site meets the preconditions for GP care, or say exactly what is missing.

    Judges all eight preconditions at every moment, with a published roster or with one that it
    finds itself, and writes a dossier that anybody can check again with `so247 verify`. It reports
    and people decide; it proves planned coverage; it is no legal advice.
    """
    from so247.solver.prover.prove import prove as prove_site

    region, earlier = region_and_history(source, history)
    folder = fit_dossier(out)
    published = read_roster(roster, region) if roster is not None else None
    if roster_out is not None:
        fit_roster(roster_out, folder)
    if pdf:
        typesetter()  # asked before the search, not after a minute of it
    rosters: list[Roster] = []
    limits = Limits(seconds=seconds, workers=workers, reproducible=reproducible)

    def search(cancel: Cancel) -> Proof:
        return prove_site(
            region,
            site,
            opening=opening,
            weeks=weeks,
            roster=published,
            history=earlier,
            today=None if reproducible else datetime.now(AMSTERDAM).date(),
            limits=limits,
            seed=seed,
            absences=tuple(absence_days),
            names=names,
            on_progress=on_progress,
            on_roster=rosters.append,
            cancel=cancel,
        )

    with shown() as on_progress:
        proof = cancellable(search)
    files = dossier_files(proof, pdf=pdf)
    write_files(folder, files, replace_folders=DOSSIER_FILES)
    written = [folder / name for name in sorted(files)]
    if roster_out is not None and rosters:
        write_files(roster_out.parent, {roster_out.name: roster_to_json(rosters[0])})
        written.append(roster_out)
    digest = dossier_digest(files)
    code = CODES[proof.verdict]
    if as_json:
        print_json(
            {
                "exit_code": int(code),
                "digest": digest,
                "written": [str(each) for each in written],
                **proof.model_dump(mode="json"),
            }
        )
    else:
        show_proof(proof)
        typer.echo(f"Dossier: {folder}\nDigest:  {digest}")
    if roster_out is not None and not rosters:
        say(f"No roster was found: nothing was written to {roster_out}.")
    if names:
        say("This copy has the names of physicians in it. Maybe give others a copy without.")
    raise typer.Exit(code)
