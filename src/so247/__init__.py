"""Rosters elderly-care physicians, and checks that they can be reached and deployed 24/7.

This module holds the public names and nothing else. A name is loaded when it is first used, so
that `import so247` is quick and a host that only reads a roster never loads the solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Type checkers and editors read these imports; at run time `__getattr__` does the same later.
    from so247.audit.check import check
    from so247.audit.national import check_national
    from so247.audit.verify import verify
    from so247.formats.csv_export import to_csv
    from so247.formats.dossier.folder import dossier_files, read_dossier
    from so247.formats.dossier.html import proof_to_html
    from so247.formats.dossier.json import proof_from_json, proof_to_json
    from so247.formats.dossier.pdf import proof_to_pdf
    from so247.formats.frames import (
        assignments_frame,
        coverage_frame,
        fairness_frame,
        findings_frame,
    )
    from so247.formats.ical import to_ical
    from so247.formats.roster_json import report_to_json, roster_to_json
    from so247.formats.roster_table import read_roster
    from so247.formats.xlsx import to_xlsx
    from so247.models.errors import (
        Cancelled,
        InputError,
        NotFound,
        RegionError,
        RosterError,
        So247Error,
    )
    from so247.models.explanation import Explanation
    from so247.models.many import Many, ManyProgress
    from so247.models.national import NationalReport, Sharing, SharingPart
    from so247.models.proof import Proof, Robustness
    from so247.models.region import Region
    from so247.models.region_report import RegionReport
    from so247.models.report import Report
    from so247.models.result import Progress, Result
    from so247.models.roster import Roster
    from so247.scenarios.catalogue import load_history, load_region
    from so247.solver.explain import explain
    from so247.solver.limits import Cancel, Limits
    from so247.solver.many.run import solve_many
    from so247.solver.prover.prove import prove
    from so247.solver.region_report import region_report
    from so247.solver.robust import robust
    from so247.solver.solve import solve

    __version__: str

# Public name -> the module that defines it. `__all__` and the imports above list the same names;
# tests/packaging/test_public_names.py holds the three together.
_HOMES: dict[str, str] = {
    "Cancel": "so247.solver.limits",
    "Cancelled": "so247.models.errors",
    "Explanation": "so247.models.explanation",
    "InputError": "so247.models.errors",
    "Limits": "so247.solver.limits",
    "Many": "so247.models.many",
    "ManyProgress": "so247.models.many",
    "NationalReport": "so247.models.national",
    "NotFound": "so247.models.errors",
    "Progress": "so247.models.result",
    "Proof": "so247.models.proof",
    "Region": "so247.models.region",
    "RegionError": "so247.models.errors",
    "RegionReport": "so247.models.region_report",
    "Report": "so247.models.report",
    "Result": "so247.models.result",
    "Robustness": "so247.models.proof",
    "Roster": "so247.models.roster",
    "RosterError": "so247.models.errors",
    "Sharing": "so247.models.national",
    "SharingPart": "so247.models.national",
    "So247Error": "so247.models.errors",
    "assignments_frame": "so247.formats.frames",
    "check": "so247.audit.check",
    "check_national": "so247.audit.national",
    "coverage_frame": "so247.formats.frames",
    "dossier_files": "so247.formats.dossier.folder",
    "explain": "so247.solver.explain",
    "fairness_frame": "so247.formats.frames",
    "findings_frame": "so247.formats.frames",
    "load_history": "so247.scenarios.catalogue",
    "load_region": "so247.scenarios.catalogue",
    "proof_from_json": "so247.formats.dossier.json",
    "proof_to_html": "so247.formats.dossier.html",
    "proof_to_json": "so247.formats.dossier.json",
    "proof_to_pdf": "so247.formats.dossier.pdf",
    "prove": "so247.solver.prover.prove",
    "read_dossier": "so247.formats.dossier.folder",
    "read_roster": "so247.formats.roster_table",
    "region_report": "so247.solver.region_report",
    "report_to_json": "so247.formats.roster_json",
    "robust": "so247.solver.robust",
    "roster_to_json": "so247.formats.roster_json",
    "solve": "so247.solver.solve",
    "solve_many": "so247.solver.many.run",
    "to_csv": "so247.formats.csv_export",
    "to_ical": "so247.formats.ical",
    "to_xlsx": "so247.formats.xlsx",
    "verify": "so247.audit.verify",
}

__all__ = [
    "Cancel",
    "Cancelled",
    "Explanation",
    "InputError",
    "Limits",
    "Many",
    "ManyProgress",
    "NationalReport",
    "NotFound",
    "Progress",
    "Proof",
    "Region",
    "RegionError",
    "RegionReport",
    "Report",
    "Result",
    "Robustness",
    "Roster",
    "RosterError",
    "Sharing",
    "SharingPart",
    "So247Error",
    "assignments_frame",
    "check",
    "check_national",
    "coverage_frame",
    "dossier_files",
    "explain",
    "fairness_frame",
    "findings_frame",
    "load_history",
    "load_region",
    "proof_from_json",
    "proof_to_html",
    "proof_to_json",
    "proof_to_pdf",
    "prove",
    "read_dossier",
    "read_roster",
    "region_report",
    "report_to_json",
    "robust",
    "roster_to_json",
    "solve",
    "solve_many",
    "to_csv",
    "to_ical",
    "to_xlsx",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        value = _version()
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value  # the next use does not come here again
    return value


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("so247")
    except PackageNotFoundError:  # a checkout on the path, which nobody installed
        return "0+unknown"


def __dir__() -> list[str]:
    return sorted({*globals(), "__version__", *__all__})
