"""The folder of a dossier: the same bytes for the same proof, and read back only as it was."""

import json
import os
import sys
from pathlib import Path
from random import Random

import pytest

from so247.formats.dossier.digests import digests_of, dossier_digest
from so247.formats.dossier.folder import (
    MOST_FILES,
    digest_of_folder,
    dossier_files,
    made_by,
    read_dossier,
)
from so247.formats.files import write_files
from so247.models.errors import InputError, NotFound
from so247.models.proof import Proof


@pytest.fixture(scope="module")
def proof(every_verdict) -> Proof:
    return every_verdict["meets"]


@pytest.fixture(scope="module")
def files(proof) -> dict[str, bytes]:
    return dossier_files(proof)


@pytest.fixture
def folder(files, tmp_path) -> Path:
    write_files(tmp_path / "dossier", files)
    return tmp_path / "dossier"


def messages(folder: Path, expect: str | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_dossier(folder, expect)
    return [f"{each.file}: {each.message}" for each in caught.value.problems]


def signed(folder: Path, **changed: bytes | None) -> None:
    """Files changed (``None``: gone), by stem, and the list made again to match."""
    files = {each.name: each.read_bytes() for each in folder.iterdir() if each.suffix != ".txt"}
    for stem, data in changed.items():
        (name,) = (each for each in files if each.startswith(f"proof.{stem}"))
        if data is None:
            (folder / name).unlink()
            del files[name]
        else:
            files[name] = data
    write_files(folder, {**files, "digests.txt": digests_of(files)})


def test_every_proof_is_read_back(every_verdict, nasty, tmp_path) -> None:
    for number, proof in enumerate((*every_verdict.values(), nasty)):
        write_files(tmp_path / str(number), dossier_files(proof))
        assert read_dossier(tmp_path / str(number)) == proof


def test_the_same_proof_gives_the_same_files(proof, files) -> None:
    assert dossier_files(proof) == files
    assert sorted(files) == ["digests.txt", "proof.html", "proof.json"]


def test_the_digest_of_the_dossier_is_the_last_line(files, folder) -> None:
    assert digest_of_folder(folder) == dossier_digest(files)
    assert read_dossier(folder, dossier_digest(files))
    assert messages(folder, "0" * 64) == [": the digest of the dossier is not " + "0" * 64]
    assert messages(folder, "abc") == [": the digest to expect is none"]


def test_a_hundred_single_bytes(folder) -> None:
    random = Random(1)
    paths = sorted(folder.iterdir())
    for number in range(100):
        path = paths[number % len(paths)]
        before = path.read_bytes()
        changed = bytearray(before)
        at = random.randrange(len(before))
        changed[at] ^= 1 << random.randrange(8)
        path.write_bytes(bytes(changed))
        assert messages(folder), (path.name, at)
        path.write_bytes(before)
    assert read_dossier(folder)


def test_a_file_more_and_a_file_less(folder) -> None:
    (folder / "note.txt").write_text("read me", encoding="utf-8")
    (folder / ".hidden").write_text("", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "proof.html").unlink()
    assert messages(folder) == [
        ".hidden: is no file of a dossier",
        "note.txt: is no file of a dossier",
        "sub: is no file",
        "proof.html: is listed, but is not there",
        "proof.html: is not there",
    ]


def test_without_its_list_it_is_no_dossier(folder) -> None:
    (folder / "digests.txt").unlink()
    assert "digests.txt: there is no such file" in messages(folder)


def test_a_dossier_has_a_proof_and_a_page_whatever_is_listed(folder) -> None:
    signed(folder, html=None)
    assert messages(folder) == ["proof.html: is not there"]
    signed(folder, json=None)
    assert "proof.json: is not there" in messages(folder)


def test_a_page_that_is_another(folder) -> None:
    signed(folder, html=b"<p>all is well</p>")
    assert messages(folder) == ["proof.html: is not what proof.json renders to"]


def test_the_problems_of_the_proof_come_with_the_others(folder, files) -> None:
    content = json.loads(files["proof.json"])
    signed(folder, json=json.dumps({**content, "verdict": "wonderful"}).encode())
    (folder / "note.txt").write_text("read me", encoding="utf-8")
    assert messages(folder) == [
        "note.txt: is no file of a dossier",
        "proof.json: is not a known word here",
    ]


def test_a_proof_of_which_no_page_can_be_made(folder, monkeypatch) -> None:
    """Whatever a forged proof brings about in the page, it is told in a sentence."""

    def broken(_proof: Proof) -> bytes:
        raise KeyError("arts-99")

    monkeypatch.setattr("so247.formats.dossier.html.proof_to_html", broken)
    assert messages(folder) == ["proof.json: no page can be made of it (KeyError)"]


def test_another_version_may_word_it_otherwise(proof, folder) -> None:
    other = proof.model_copy(update={"version": "0.0.1"})
    assert made_by(proof.model_copy(update={"version": made_with()})) is None
    assert "0.0.1" in made_by(other)[1]
    write_files(folder, dossier_files(other))
    signed(folder, html=b"<p>")
    with pytest.raises(InputError, match=r"was made by so247 0\.0\.1"):
        read_dossier(folder)


def made_with() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("so247")
    except PackageNotFoundError:
        return ""


def test_of_a_pdf_the_digest_is_looked_at(folder) -> None:
    (folder / "proof.pdf").write_bytes(b"%PDF")
    assert messages(folder) == ["proof.pdf: is not listed"]
    signed(folder)
    assert read_dossier(folder)
    (folder / "proof.pdf").write_bytes(b"%PDF-")
    assert messages(folder) == ["proof.pdf: is not as it was when the dossier was made"]


def test_the_pdf_is_made_on_request(proof) -> None:
    pytest.importorskip("typst")
    files = dossier_files(proof, pdf=True)
    assert files["proof.pdf"].startswith(b"%PDF")
    assert b"proof.pdf" in files["digests.txt"]


def test_what_is_no_folder_of_a_dossier(tmp_path) -> None:
    with pytest.raises(NotFound, match="no such folder"):
        read_dossier(tmp_path / "nothing")
    assert messages(tmp_path)[0] == "digests.txt: there is no such file"
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    assert "which no dossier does" in messages(tmp_path)[0]


def test_a_file_that_is_too_large_is_not_read(folder, monkeypatch) -> None:
    monkeypatch.setattr("so247.formats.dossier.folder.LARGEST", 10)
    assert any("is too large" in each for each in messages(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="no such links there")
def test_a_link_to_nowhere(folder) -> None:
    (folder / "proof.html").unlink()
    (folder / "proof.html").symlink_to("/nowhere/at/all")
    assert "proof.html: is no file" in messages(folder)
    whole = folder.parent / "proof.html"
    whole.write_bytes(b"<p>")
    (folder / "proof.html").unlink()
    (folder / "proof.html").symlink_to(whole)
    assert "proof.html: is no file" in messages(folder)


def test_a_file_more_that_is_listed(folder) -> None:
    """The list made again with it does not make it one of a dossier."""
    (folder / "extra.html").write_bytes(b"<p>all is well")
    listed = {e.name: e.read_bytes() for e in folder.iterdir() if e.name != "digests.txt"}
    (folder / "digests.txt").write_bytes(digests_of(listed))
    assert messages(folder) == ["extra.html: is no file of a dossier"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_name_that_is_no_text(folder) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt"))).write_bytes(b"")
    assert messages(folder) == ["?.txt: is no file of a dossier"]


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: json.dumps(json.loads(data)).encode(),
        lambda data: json.dumps(json.loads(data), sort_keys=True, indent=1).encode(),
        lambda data: data + b"\n",
    ],
    ids=["line ends", "byte order mark", "compact", "no last line end", "one more"],
)
def test_a_proof_written_otherwise(proof, folder, rewritten) -> None:
    """The same proof and the same page; of another version we cannot know how it writes."""
    ours = proof.model_copy(update={"version": made_with()})
    write_files(folder, dossier_files(ours))
    signed(folder, json=rewritten((folder / "proof.json").read_bytes()))
    assert messages(folder) == ["proof.json: is not written as so247 writes it"]
    other = proof.model_copy(update={"version": "0.0.1"})
    write_files(folder, dossier_files(other))
    signed(folder, json=rewritten((folder / "proof.json").read_bytes()))
    assert read_dossier(folder) == other
