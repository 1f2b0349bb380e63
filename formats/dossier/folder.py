"""The folder of a dossier: what is in it, and whether one that is handed over is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from so247.formats.dossier.digests import (
    CHANGED,
    DIGEST,
    DIGESTS,
    digest_faults,
    digests_of,
    dossier_digest,
)
from so247.formats.dossier.json import proof_from_json, proof_to_json
from so247.formats.words import Words
from so247.models.errors import InputError, NotFound, Problem
from so247.models.proof import Proof

JSON, PAGE, PDF = "proof.json", "proof.html", "proof.pdf"
DOSSIER_FILES = (JSON, PAGE, PDF, DIGESTS)
"""What a dossier may hold: of an older one in the same folder nothing survives."""
LARGEST = 200 * 1024 * 1024
"""Bytes; the dossier of the largest shipped region has a twentieth of it."""
MOST_FILES = 50
"""No folder with more is read: it is no dossier."""


def dossier_files(proof: Proof, pdf: bool = False) -> dict[str, bytes]:
    """Name to content of every file, digests.txt included. The same proof gives the same bytes.

    Raises ``InputError`` where ``pdf`` is asked for and the extra is not installed.
    """
    from so247.formats.dossier.html import proof_to_html

    files = {JSON: proof_to_json(proof), PAGE: proof_to_html(proof)}
    if pdf:
        from so247.formats.dossier.pdf import proof_to_pdf

        files[PDF] = proof_to_pdf(proof)
    return {**files, DIGESTS: digests_of(files)}


def read_dossier(folder: Path, expect: str | None = None) -> Proof:
    """The proof in a folder, of which every byte is accounted for.

    The files are those of a dossier, exactly those that digests.txt lists, each with its digest;
    proof.json is as we write it, and the page is what the proof renders to. Of a PDF only the
    digest is looked at. ``expect``: the digest of the dossier
    as somebody else gave it, without which a wholly rewritten dossier looks like any other.

    Raises ``NotFound`` where there is no such folder, ``InputError`` with every fault found.
    """
    if not folder.is_dir():
        raise NotFound(f"{folder}: there is no such folder. Maybe the name is spelled otherwise.")
    files, problems = _files(folder)
    strangers = {each.file for each in problems}
    problems += [each for each in digest_faults(files) if each.file not in strangers]
    problems += _expected(files, expect)
    proof: Proof | None = None
    for name in (JSON, PAGE):
        if name not in files:
            problems.append(Problem("is not there", "A dossier has one.", file=name))
    if JSON in files:
        try:
            proof = proof_from_json(files[JSON], JSON)
        except InputError as error:
            problems += error.problems
    if proof is not None:
        problems += _form(proof, files[JSON])
    if proof is not None and PAGE in files:
        problems += _page(proof, files[PAGE])
    if problems or proof is None:
        raise InputError(problems)
    return proof


def digest_of_folder(folder: Path) -> str:
    """The digest of a dossier that was read: the last line of its digests.txt."""
    return (folder / DIGESTS).read_text(encoding="utf-8").splitlines()[-1]


def _files(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    paths = sorted(folder.iterdir())
    if len(paths) > MOST_FILES:
        text = f"holds {len(paths)} files, which no dossier does"
        return {}, [Problem(text, "Maybe another folder was meant.", file=str(folder))]
    for path in paths:
        if path.name not in DOSSIER_FILES and path.is_file():
            problems.append(_stranger(path.name))
            continue
        read = _read(path)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            files[path.name] = read
    return files, problems


def _read(path: Path) -> bytes | Problem:
    try:
        if path.is_symlink() or not path.is_file():
            return Problem("is no file", "A dossier holds files only.", file=_shown(path.name))
        if path.stat().st_size > LARGEST:
            text = f"is too large; at most {LARGEST // 1024**2} MB is read"
            return Problem(text, "Maybe it is another file.", file=path.name)
        return path.read_bytes()
    except OSError as error:
        value = error.strerror or type(error).__name__
        advice = "Maybe another program has it open, or it may not be read by you."
        return Problem("cannot be read", advice, value, file=path.name)


def _stranger(name: str) -> Problem:
    return Problem("is no file of a dossier", "A dossier holds no other files.", file=_shown(name))


def _shown(name: str) -> str:
    """The name of a file, also where it is no text."""
    return name.encode("utf-8", errors="replace").decode()


def _expected(files: dict[str, bytes], expect: str | None) -> Iterator[Problem]:
    if expect is None:
        return
    wanted = expect.strip().lower()
    if DIGEST.fullmatch(wanted) is None:
        advice = "A digest has 64 letters a to f and digits. Maybe not all of it was copied."
        yield Problem("the digest to expect is none", advice, value=expect)
    elif wanted != dossier_digest(files):
        advice = "Maybe this is another dossier, or it was made anew; ask where the digest is from."
        yield Problem(f"the digest of the dossier is not {wanted}", advice, dossier_digest(files))


def _form(proof: Proof, data: bytes) -> Iterator[Problem]:
    """Of one proof there is one form: others (line ends, spacing, a byte order mark) are not ours.

    A proof of another version may lack fields that this one writes.
    """
    if made_by(proof) is None and data != proof_to_json(proof):
        yield Problem("is not written as so247 writes it", CHANGED, file=JSON)


def _page(proof: Proof, page: bytes) -> Iterator[Problem]:
    from so247.formats.dossier.html import proof_to_html

    try:
        rendered = proof_to_html(proof)
    except InputError as error:
        yield from error.problems
        return
    except Exception as error:  # noqa: BLE001  whatever a forged proof makes go wrong is its fault
        text = f"no page can be made of it ({type(error).__name__})"
        yield Problem(text, CHANGED, file=JSON)
        return
    if rendered != page:
        words = made_by(proof)
        advice = CHANGED if words is None else f"Maybe only because it {words[1]}."
        yield Problem("is not what proof.json renders to", advice, file=PAGE)


def made_by(proof: Proof) -> Words | None:
    """That another so247 made it, whose words may differ from ours; ``None``: this one did."""
    try:
        ours = version("so247")
    except PackageNotFoundError:
        ours = ""
    if proof.version == ours:
        return None
    theirs = proof.version or "?"
    return (
        f"is gemaakt met so247 {theirs}, en dit is {ours}: reken het na met die versie",
        f"was made by so247 {theirs}, and this is {ours}: verify it with that version",
    )
