"""Whatever a proof was made to say: faults in both languages, never a traceback, no solver."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import so247
from so247.audit.verify import Fault, verify
from so247.audit.verify.faults import differences
from so247.models.proof import Proof


def test_differences_name_the_place_and_both_values() -> None:
    (one,) = differences("x", {"a": [1, 2]}, {"a": [1, 3]})
    assert (one.what, one.found, one.recomputed) == ("x.a.1", "2", "3")
    assert one.said.en == "x.a.1: 2 in the proof, 3 when computed again"
    assert list(differences("x", (1,), (1,))) == []
    assert [each.what for each in differences("x", [1], [1, 2])] == ["x"]
    long = [str(each) for each in range(99)]
    assert len(list(differences("x", long, long[::-1]))) == 5
    (cut,) = differences("x", "a" * 500, "b")
    assert len(cut.found) == 121


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        rows = data.items()
    elif isinstance(data, list):
        rows = enumerate(data)
    else:
        return [path]
    return [path, *(leaf for key, value in rows for leaf in leaves(value, (*path, key)))]


def forged_somehow(proof: Proof, random: Random) -> Proof | None:
    """One value anywhere replaced by another from anywhere; ``None`` where no proof is left."""
    data = json.loads(proof.model_dump_json())
    places = leaves(data)
    at, other = random.choice(places[1:]), random.choice(places[1:])
    value: Any = data
    for step in other:
        value = value[step]
    around: Any = data
    for step in at[:-1]:
        around = around[step]
    before, around[at[-1]] = around[at[-1]], random.choice([value, None, [], 0, "x", -1])
    if around[at[-1]] == before:
        return None
    try:
        return Proof.model_validate_json(json.dumps(data))
    except Exception:  # noqa: BLE001  whatever is no proof is another test's
        return None


def test_whatever_is_forged_never_ends_in_a_traceback(robust, impossible, monkeypatch) -> None:
    random = Random(11)
    tried = found = 0
    monkeypatch.setattr("so247.audit.verify.absences.SAMPLE", 2)
    while tried < 40:
        forged = forged_somehow(random.choice([robust, impossible]), random)
        if forged is None:
            continue
        tried += 1
        faults = verify(forged)
        assert all(isinstance(each, Fault) and each.said.nl and each.said.en for each in faults)
        found += bool(faults)
    assert found > tried / 2


def test_it_needs_neither_solver_nor_prover(meets, tmp_path) -> None:
    """In a process of its own, everything that it imports is counted."""
    file = tmp_path / "proof.json"
    file.write_text(meets.model_dump_json(), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from so247.audit.verify import verify; "
        "from so247.formats.dossier.json import proof_from_json; "
        "proof = proof_from_json(Path(sys.argv[1]).read_bytes(), 'proof.json'); "
        "assert verify(proof) == (); "
        "print([name for name in sys.modules if name.startswith(('so247.solver', 'ortools'))])"
    )
    source = str(Path(so247.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")
