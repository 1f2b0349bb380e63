"""digests.txt: the SHA-256 of each file of a dossier, and over these the digest of the dossier.

One line ``sha256  name`` per file, by name, as ``sha256sum`` writes it; then one line with nothing
but the digest of the lines before it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from so247.models.errors import Problem

DIGESTS = "digests.txt"
DIGEST = re.compile(r"[0-9a-f]{64}")
LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[a-z0-9]+\.[a-z0-9]+)")
CHANGED = "Maybe it was changed after the dossier was made; ask for it again."


def digests_of(files: Mapping[str, bytes]) -> bytes:
    """The content of digests.txt for these files; itself is never among them."""
    lines = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n"
        for name in sorted(files)
        if name != DIGESTS
    )
    return f"{lines}{hashlib.sha256(lines.encode()).hexdigest()}\n".encode()


def dossier_digest(files: Mapping[str, bytes]) -> str:
    """The digest of the dossier, in hexadecimal: it stands for every byte of every file."""
    return digests_of(files).decode().splitlines()[-1]


def digest_faults(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Where the files are not those that digests.txt lists, or it is not as it should be."""
    if DIGESTS not in files:
        advice = "Maybe this is no dossier, or not all of its files were copied."
        yield Problem("there is no such file", advice, file=DIGESTS)
        return
    if files[DIGESTS] == digests_of(files):
        return
    found = list(_differences(files))
    yield from found or [
        Problem("does not have the form of a list of digests", CHANGED, file=DIGESTS)
    ]


def _differences(files: Mapping[str, bytes]) -> Iterator[Problem]:
    listed: dict[str, str] = {}
    *rows, last = files[DIGESTS].decode("utf-8", errors="replace").split("\n")[:-1] or [""]
    for number, row in enumerate(rows, 1):
        match = LINE.fullmatch(row)
        if match is None:
            yield Problem(
                "this line names no file with its digest", CHANGED, file=DIGESTS, line=number
            )
        else:
            listed[match["name"]] = match["digest"]
    for name in sorted({*listed, *files} - {DIGESTS}):
        if name not in files:
            yield Problem("is listed, but is not there", "Maybe it was not copied.", file=name)
        elif name not in listed:
            yield Problem("is not listed", "A dossier holds no other files.", file=name)
        elif listed[name] != hashlib.sha256(files[name]).hexdigest():
            yield Problem("is not as it was when the dossier was made", CHANGED, file=name)
    before = "".join(f"{row}\n" for row in rows)
    if last != hashlib.sha256(before.encode()).hexdigest():
        yield Problem("the digest of the dossier is not that of its lines", CHANGED, file=DIGESTS)
