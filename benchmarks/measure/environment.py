"""On what was measured: the machine, the versions, and which code."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "ortools",
    "highspy",
    "timefold",
    "solverforge-legacy",
    "distributed",
    "numba",
    "numpy",
    "pandas",
    "pydantic",
)
MEASURED = (
    "audit",
    "formats",
    "models",
    "scenarios",
    "solver",
    "src",
    "benchmarks/measure",
    "benchmarks/peers",
    "benchmarks/public",
)
"""What can change a result. A commit of results, of a page or of a test does not."""


def machine() -> dict[str, Any]:
    """Processor, cores, memory, system, Python and package versions."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(_memory() / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def revision() -> tuple[str, bool]:
    """The last commit that touched what is measured, and whether something was changed since.

    With changes the commit is followed by ``+`` and a digest of them, so that two states of the
    code never pass for one. ``unknown`` outside a git clone.
    """
    commit = _git("log", "-1", "--format=%h", "--abbrev=10", "--", *MEASURED).strip()
    if not commit:
        return "unknown", True
    digest = hashlib.sha256(_git("diff", "HEAD", "--", *MEASURED).encode())
    new = _git("ls-files", "--others", "--exclude-standard", "--", *MEASURED).splitlines()
    changed = bool(_git("status", "--porcelain", "--", *MEASURED).strip())
    for name in sorted(new):
        file = ROOT / name
        digest.update(name.encode())
        digest.update(file.read_bytes() if file.is_file() else b"")
    return (f"{commit}+{digest.hexdigest()[:8]}" if changed else commit), changed


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    named = (row.partition(":")[2].strip() for row in rows if row.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0
