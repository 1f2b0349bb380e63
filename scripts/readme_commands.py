"""Prints one of the README's two set-up commands, so that CI runs exactly what the README says.

    python3 scripts/readme_commands.py roster|tests [README.md]

They stand in ```console fences, each on one line that starts with `python3 -m venv` (a `$ ` prompt
may stand before it, and a backslash may break it).
"""

import re
import sys
from pathlib import Path

START = "python3 -m venv .venv && "
ENDS = {"roster": ".venv/bin/so247 roster veenland --out out", "tests": ".venv/bin/pytest"}


def set_up_commands(text: str) -> list[str]:
    fences = re.findall(r"^```console\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    lines = [
        line.strip().removeprefix("$ ")
        for fence in fences
        for line in re.sub(r"\\\n\s*", "", fence).splitlines()
    ]
    return [line for line in lines if line.startswith(START)]


def main(which: str, readme: Path) -> int:
    found = [
        command
        for command in set_up_commands(readme.read_text(encoding="utf-8"))
        if command.endswith(ENDS[which])
    ]
    if len(found) != 1:
        print(
            f"{readme.name}: one ```console line must start with {START!r} and end with "
            f"{ENDS[which]!r}; found {len(found)}",
            file=sys.stderr,
        )
        return 1
    print(found[0])
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ENDS:
        sys.exit(__doc__)
    page = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[1] / "README.md"
    sys.exit(main(sys.argv[1], page))
