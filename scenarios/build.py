"""Makes the folders of the shipped regions anew: ``python -m so247.scenarios.build``."""

from __future__ import annotations

from pathlib import Path

from so247.formats.files import write_files
from so247.formats.region_file import REGION_FILE
from so247.formats.region_folder import HISTORY
from so247.formats.region_write import region_files
from so247.formats.roster_json import roster_to_json
from so247.models.clock import local_day
from so247.scenarios.catalogue import HERE, names
from so247.scenarios.shipped import MAKERS, PREFACES, READMES

NOTICE = (
    "Fictional people and places; any likeness is chance.\n"
    "Made by `python -m so247.scenarios.build`: change that, not this."
)


def files(name: str) -> dict[str, bytes]:
    """The whole folder of a shipped region, by relative file name."""
    made = MAKERS[name]()
    found = region_files(made.region)
    text = f"{PREFACES[name]}\n\n{NOTICE}"
    preface = "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())
    found[REGION_FILE] = preface.encode() + b"\n" + found[REGION_FILE]
    if name in READMES:
        found["README.md"] = READMES[name](made.region).encode()
    for roster in made.history:
        found[f"{HISTORY}/{local_day(roster.period.start)}.json"] = roster_to_json(roster)
    return found


def build(into: Path = HERE) -> None:
    """Write every shipped region into its folder below ``into``."""
    for name in names():
        write_files(into / name, files(name), replace_folders=(HISTORY,))


if __name__ == "__main__":
    build()
