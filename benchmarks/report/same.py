"""Which revisions ran the same code: a change to one peer leaves the others' results standing."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from benchmarks.measure.environment import MEASURED
from benchmarks.peers import PEERS

COMMIT = re.compile(r"[0-9a-f]{7,40}")
ROOT = Path(__file__).resolve().parents[2]


@cache
def unchanged(old: str, new: str, competitor: str, root: Path = ROOT) -> bool:
    """Whether nothing that this competitor runs differs between two commits.

    All that is measured counts, but for the modules of the other competitors, which bear their
    names. Where git or a commit is missing, nothing is known, and that is no; as it is where a
    revision is not that of one commit.
    """
    if not all(COMMIT.fullmatch(each) for each in (old, new)):
        return False
    others = [f":(exclude)benchmarks/peers/{name}*.py" for name in PEERS if name != competitor]
    command = ["git", "-C", str(root), "diff", "--quiet", old, new, "--", *MEASURED, *others]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
