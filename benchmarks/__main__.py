"""python -m benchmarks SIZE [--accept]

Measures every subject on the cases of a size, prints a JSON line for each, and compares the counts
with benchmarks/SIZE.json. Ends with 1 when one is worse. With --accept the counts found become the
committed ones: say in the commit message why.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.compare import worse
from benchmarks.registry import SIZES, SUBJECTS, Case, Counts

HERE = Path(__file__).parent
Results = dict[str, dict[str, Counts]]


def measure(size: str) -> Results:
    """Scenario -> subject -> counts."""
    results: Results = {}
    for name, work in SIZES[size]:
        case = Case.shipped(name, work)
        for subject, run in SUBJECTS.items():
            started = time.perf_counter()
            counts = run(case)
            seconds = round(time.perf_counter() - started, 2)
            line = {"case": name, "subject": subject, "seconds": seconds, **counts}
            print(json.dumps(line), flush=True)
            results.setdefault(name, {})[subject] = counts
    return results


def main(size: str, accept: bool) -> int:
    file = HERE / f"{size}.json"
    results = measure(size)
    if accept:
        file.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
        print(f"accepted: {file.name}")
        return 0
    committed: Results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    sentences = [
        f"{name}, {subject}: {sentence}"
        for name, subjects in results.items()
        for subject, counts in subjects.items()
        for sentence in worse(committed.get(name, {}).get(subject), counts)
    ]
    for sentence in sentences:
        print(f"worse: {sentence}", file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if not arguments or arguments[0] not in SIZES or arguments[1:] not in ([], ["--accept"]):
        sys.exit(f"{__doc__}\nSIZE is one of: {', '.join(SIZES)}")
    sys.exit(main(arguments[0], "--accept" in arguments))
