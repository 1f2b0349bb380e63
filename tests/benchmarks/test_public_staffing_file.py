"""Reading the public staff scheduling format: what is meant, and what is wrong with its line."""

from pathlib import Path

import pytest
from benchmarks.public.staffing import best_known, bounds_known, read

from so247.models.errors import InputError

TEXT = """\
# a comment
SECTION_HORIZON
14

SECTION_SHIFTS
# id, minutes, what may not follow
E,480,
N,600,E|N

SECTION_STAFF
Ann,E=5|N=0,4320,1200,5,2,3,1
Bob,N=2,9999,0,4,1,1,2

SECTION_DAYS_OFF
Ann,0,13

SECTION_SHIFT_ON_REQUESTS
Ann,2,E,7

SECTION_SHIFT_OFF_REQUESTS
Bob,3,N,4

SECTION_COVER
0,E,2,100,1
3,N,-0,50,3
"""


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str = TEXT, encoding: str = "utf-8") -> Path:
        path = tmp_path / "Tiny.txt"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_every_field_stands_where_it_is_meant(file) -> None:
    found = read(file())
    assert (found.name, found.horizon) == ("Tiny", 14)
    assert [(each.id, each.minutes, each.forbidden) for each in found.shifts] == [
        ("E", 480, frozenset()),
        ("N", 600, frozenset({"E", "N"})),
    ]
    ann, bob = found.staff
    # The format gives the most minutes before the least.
    assert (ann.max_minutes, ann.min_minutes) == (4320, 1200)
    assert (ann.max_run, ann.min_run, ann.min_off, ann.max_weekends) == (5, 2, 3, 1)
    assert (ann.most, ann.days_off) == ({"E": 5, "N": 0}, frozenset({0, 13}))
    assert (bob.most, bob.days_off) == ({"N": 2}, frozenset())
    on, off = found.requests
    assert (on.employee, on.day, on.shift, on.weight, on.on) == (0, 2, 0, 7, True)
    assert (off.employee, off.day, off.shift, off.weight, off.on) == (1, 3, 1, 4, False)
    # "-0" stands in published files and is no need at all.
    assert [(c.day, c.shift, c.need, c.under, c.over) for c in found.cover] == [
        (0, 0, 2, 100, 1),
        (3, 1, 0, 50, 3),
    ]


def test_slots_leave_out_days_off_and_shifts_that_are_not_allowed(file) -> None:
    slots = read(file()).slots
    # Ann: E (her N is 0) on 14 days less two off. Bob: N, and no E because it is not listed.
    assert [slot for slot in slots if slot[0] == 0] == [(0, day, 0) for day in range(1, 13)]
    assert [slot for slot in slots if slot[0] == 1] == [(1, day, 1) for day in range(14)]
    assert list(slots) == sorted(slots)


@pytest.mark.parametrize(
    ("text", "encoding"), [(TEXT.replace("\n", "\r\n"), "utf-8"), (TEXT, "utf-8-sig")]
)
def test_other_line_ends_and_a_byte_order_mark_change_nothing(file, text, encoding) -> None:
    plain = read(file())
    assert read(file(text, encoding)) == plain


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("Ann,2,E,7", "Ann,2,X,7", 18, "unknown shift (found 'X')"),
        ("Ann,2,E,7", "Eve,2,E,7", 18, "unknown employee (found 'Eve')"),
        ("Ann,2,E,7", "Ann,14,E,7", 18, "day is not below 14"),
        ("Ann,2,E,7", "Ann,2,E", 18, "has 3 of 4 fields"),
        ("Ann,0,13", "Eve,0,13", 15, "unknown employee"),
        ("Bob,3,N,4", "Bob,3,N,-4", 21, "weight is not a whole number from 0 (found '-4')"),
        ("0,E,2,100,1", "0,E,two,100,1", 24, "requirement is not a whole number"),
        ("N,600,E|N", "N,600,E|X", 8, "unknown shift (found 'X')"),
        ("N,600,E|N", "E,600,E", 8, "shift stands there twice"),
        ("Bob,N=2", "Ann,N=2", 12, "employee stands there twice"),
        ("Bob,N=2", "Bob,X=2", 12, "unknown shift (found 'X')"),
        ("SECTION_COVER", "SECTION_COVERAGE", 23, "unknown section"),
        # Without its heading a row of cover is read as a request, of an employee "0".
        ("SECTION_COVER\n", "", 23, "unknown employee (found '0')"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(file, old, new, line, told) -> None:
    with pytest.raises(InputError) as caught:
        read(file(TEXT.replace(old, new)))
    where = f"Tiny.txt:{line}: "
    assert any(where in str(each) and told in str(each) for each in caught.value.problems)


def test_everything_wrong_is_told_at_once(file) -> None:
    text = TEXT.replace("Ann,2,E,7", "Eve,2,X,7").replace("0,E,2,100,1", "99,E,2,100,1")
    with pytest.raises(InputError) as caught:
        read(file(text))
    # Unknown employee, unknown shift, and a day beyond the horizon.
    assert [each.line for each in caught.value.problems] == [18, 18, 24]


def test_a_missing_section_is_named(file) -> None:
    with pytest.raises(InputError, match=r"section is missing \(found SECTION_COVER\)"):
        read(file(TEXT[: TEXT.index("SECTION_COVER")]))


def test_no_file_and_no_text_are_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.txt")
    packed = tmp_path / "packed.txt"
    packed.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is not UTF-8 text"):
        read(packed)


def test_best_known_is_read_from_the_folder(tmp_path: Path) -> None:
    table = "instance,weeks,lb,ub\nInstance1,2,600,607\nInstance24,52,,42463\n"
    (tmp_path / "bks.csv").write_text(table)
    assert best_known(tmp_path) == {"Instance1": 607, "Instance24": 42463}
    # An empty lower bound: none is published.
    assert bounds_known(tmp_path) == {"Instance1": (600, 607), "Instance24": (None, 42463)}
    (tmp_path / "bks.csv").write_text(table.replace("42463", "many"))
    with pytest.raises(InputError, match=r"bks\.csv:3: ub is not a whole number"):
        best_known(tmp_path)
