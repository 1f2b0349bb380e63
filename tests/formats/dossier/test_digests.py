"""digests.txt, and what differs from it, byte by byte."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from so247.formats.dossier.digests import DIGESTS, digest_faults, digests_of, dossier_digest

FILES = {"proof.json": b"{}\n", "proof.html": b"<p>"}


def whole() -> dict[str, bytes]:
    return {**FILES, DIGESTS: digests_of(FILES)}


def messages(files: dict[str, bytes]) -> list[str]:
    return [f"{each.file}: {each.message}" for each in digest_faults(files)]


def test_its_lines_are_the_digests_by_name_and_then_their_own() -> None:
    page, data = (hashlib.sha256(each).hexdigest() for each in (b"<p>", b"{}\n"))
    lines = f"{page}  proof.html\n{data}  proof.json\n"
    last = hashlib.sha256(lines.encode()).hexdigest()
    assert digests_of(FILES).decode() == f"{lines}{last}\n"
    assert dossier_digest(FILES) == last
    # The list itself is no part of what it lists, and the order of the files is of no matter.
    assert dossier_digest(whole()) == last
    assert digests_of(dict(reversed(FILES.items()))) == digests_of(FILES)


def test_other_programs_can_check_it(tmp_path: Path) -> None:
    for name, data in whole().items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        ["sha256sum", "--check", DIGESTS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    assert (done.returncode, done.stdout) == (0, "proof.html: OK\nproof.json: OK\n")


def test_what_is_whole_has_no_fault() -> None:
    assert messages(whole()) == []


def test_every_kind_of_fault_is_named_and_all_at_once() -> None:
    assert messages(FILES) == ["digests.txt: there is no such file"]
    changed = {**whole(), "proof.json": b"[]\n", "more.txt": b""}
    del changed["proof.html"]
    assert messages(changed) == [
        "more.txt: is not listed",
        "proof.html: is listed, but is not there",
        "proof.json: is not as it was when the dossier was made",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\xff\xfe",
        digests_of(FILES)[:-1],
        digests_of(FILES) + b"\n",
        digests_of(FILES).replace(b"\n", b"\r\n"),
        digests_of(FILES).replace(b"  ", b" *"),
        digests_of(FILES).upper(),
        b"".join(digests_of(FILES).splitlines(keepends=True)[::-1]),
        b"".join(digests_of(FILES).splitlines(keepends=True)[:-1]),
        digests_of({}),
    ],
)
def test_a_list_of_another_form_is_none(content) -> None:
    assert messages({**FILES, DIGESTS: content})


def test_every_single_byte_of_it_matters() -> None:
    good = digests_of(FILES)
    for at in range(len(good)):
        for step in (1, 32, 255):  # the next letter, upper case for lower, the letter before
            changed = bytearray(good)
            changed[at] = (changed[at] + step) % 256
            assert messages({**FILES, DIGESTS: bytes(changed)}), at
        assert messages({**FILES, DIGESTS: good[:at] + good[at + 1 :]}), at
