"""Whatever happens to a file, reading it ends in a region or in located sentences."""

from hypothesis import given, settings
from hypothesis import strategies as st

from so247.formats.new_region import template_files
from so247.formats.region_parse import parse_region
from so247.models.errors import RegionError

FILES = {name: data for name, data in template_files().items() if name.endswith((".csv", ".yaml"))}
# What hands, spreadsheets and other programs leave behind.
SPLINTERS = [
    *(b"\x00", b"\xff", b"=", b";", b'"', b"\n", b"-", b"[", b"{", b":", b" ", b"\t", b"#", b"|"),
    *(b"9" * 30, b"null", b"~", b"true", b"1e400", b".nan", b"&a ", b"*a", b"!!int x", b"<<: "),
    *(b"2026-02-31", b"0001-01-01", b"9999-12-31", b"..", b"/", b'"\\ud800"', b"%YAML 1.1\n---\n"),
]


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(sorted(FILES)),
    share=st.floats(0, 1),
    length=st.sampled_from([0, 0, 1, 3, 40]),
    splinter=st.sampled_from(SPLINTERS),
)
def test_a_damaged_file_never_ends_in_a_traceback(
    name: str, share: float, length: int, splinter: bytes
) -> None:
    data = FILES[name]
    at = int(share * len(data))
    damaged = {**FILES, name: data[:at] + splinter + data[at + length :]}
    try:
        parse_region(damaged)
    except RegionError as error:
        for problem in error.problems:
            assert problem.file in FILES
            assert problem.line > 0
            assert problem.column > 0
            str(problem).encode()  # can be shown anywhere
