"""proof.pdf: a PDF/A with the banner on every page, from data that is never taken for markup."""

import io
import sys

import pytest

from so247.formats.dossier.pdf import LETTERS, drawable, proof_to_pdf
from so247.formats.dossier.words import VERDICT
from so247.models.errors import InputError
from so247.models.proof import Verdict

typst = pytest.importorskip("typst", reason="needs the extra pdf")
pypdf = pytest.importorskip("pypdf", reason="reads the PDF back")


def read(made):
    return pypdf.PdfReader(io.BytesIO(made))


def texts(made):
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in read(made).pages]


@pytest.fixture(scope="module")
def made(every_verdict):
    return {name: proof_to_pdf(proof) for name, proof in every_verdict.items()}


@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_stands_on_the_first_page_of_each_language(made, verdict):
    pages = texts(made[verdict.value])
    dutch, english = VERDICT[verdict]
    assert dutch in pages[0]
    assert "Dekkingsdossier" in pages[0]
    start = next(at for at, page in enumerate(pages) if "Coverage dossier" in page)
    assert english in pages[start]
    assert start >= len(pages) // 3


def test_it_says_that_it_is_pdf_a_and_pdf_ua(made):
    for content in made.values():
        # The description of a PDF/A is never compressed (ISO 19005-2, 6.6.2).
        assert b"<pdfaid:part>2</pdfaid:part>" in content
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
        assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_a_witness_is_marked_on_every_page(made):
    pages = texts(made["coverable"])
    assert len(pages) > 6
    banner = ("Nog door niemand toegezegd", "Not yet promised by anyone")
    for page in pages:
        assert page.startswith(banner)
    for page in texts(made["meets"]):
        assert not any(each in page for each in banner)


def test_the_same_proof_gives_the_same_bytes(make, made):
    assert proof_to_pdf(make.make_proof()) == proof_to_pdf(make.make_proof())
    dated = read(made["meets"]).metadata
    # The period begins on 19 October 2026, 00:00 in Amsterdam.
    assert dated.creation_date_raw == "D:20261018220000Z"


def test_fonts_are_those_that_come_with_typst(made):
    fonts = set()
    for page in read(made["impossible"]).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(str(font.get_object()["/BaseFont"]).split("+")[-1].split("-")[0])
    assert fonts <= {"LibertinusSerif", "DejaVuSansMono", "NewCM10", "NewCMMath"}
    assert fonts


def test_nothing_leads_out_of_the_document(made):
    for content in made.values():
        for page in read(content).pages:
            for each in page.get("/Annots", ()):
                assert "/URI" not in each.get_object().get("/A", {})


def test_no_name_is_taken_for_markup(nasty):
    told = " ".join(texts(proof_to_pdf(nasty)))
    assert "<script>document.title='x'</script>" in told
    assert "#let x = 1 $a$" in told
    assert "{{ 7 * 7 }}" in told


def test_a_letter_that_no_font_has_is_told_by_its_number(make):
    region = make.make_region(facility="Huize 中 \U0001f600 Zoë\u0301\n二")
    assert drawable("Huize 中\tZoë") == "Huize [U+4E2D] Zoë"
    assert "Huize [U+4E2D] [U+1F600] Zo" in texts(proof_to_pdf(make.make_proof(region)))[0]


def test_the_fonts_have_every_letter_that_we_let_through():
    letters = "".join(chr(each) for span in LETTERS for each in span)
    source = (
        b'#set document(title: "x")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n'
    )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    assert typst.compile(
        source + b"#sys.inputs.letters",
        format="pdf",
        font_paths=fonts,
        sys_inputs={"letters": letters},
        pdf_standards=["a-2a"],
    )


def test_without_typst_it_says_what_to_install(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match=r"Maybe pip install 'so247\[pdf\]'"):
        proof_to_pdf(make.make_proof())
