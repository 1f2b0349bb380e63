"""proof.html in a real browser: it asks nobody for anything, runs nothing, prints its banner."""

import pytest

VERDICTS = ("meets", "coverable", "not_yet", "impossible", "unknown")
BANNER = "Nog door niemand toegezegd"


def printed(browser, page, tmp_path):
    """The text of every printed page, on one line each."""
    pypdf = pytest.importorskip("pypdf", reason="reads what was printed")
    made = tmp_path / "printed.pdf"
    browser.run(page, f"--print-to-pdf={made}")
    return [" ".join(each.extract_text().split()) for each in pypdf.PdfReader(made).pages]


@pytest.mark.parametrize("name", [*VERDICTS, "nasty"])
def test_no_request_leaves_the_machine(browser, pages, name):
    assert browser.asked_for(pages[name]) == set()


def test_a_request_would_be_seen(browser, pages, tmp_path):
    """The same page with a picture from elsewhere, and without the policy that forbids it."""
    text = pages["meets"].read_text(encoding="utf-8")
    text = text.replace("Content-Security-Policy", "x-none")
    text = text.replace("<main>", '<main><img src="http://example.invalid/picture.png" alt="">')
    page = tmp_path / "asks.html"
    page.write_text(text, encoding="utf-8")
    assert "http://example.invalid/picture.png" in browser.asked_for(page)


def test_the_policy_refuses_what_would_be_put_into_the_page(browser, pages, tmp_path):
    """With the policy the same picture is not asked for, a script does not run, and it is told."""
    text = pages["meets"].read_text(encoding="utf-8")
    text = text.replace(
        "<main>",
        '<main style="color: red"><img src="http://example.invalid/picture.png" alt="">'
        "<script>document.title = 'run'</script>",
    )
    page = tmp_path / "asks.html"
    page.write_text(text, encoding="utf-8")
    assert browser.asked_for(page) == set()
    dom, told = browser.run(page, "--enable-logging=stderr", "--dump-dom")
    assert "<title>Dekkingsdossier – De Linde</title>" in dom
    assert "Applying inline style violates the following Content Security Policy" in told


@pytest.mark.parametrize("name", VERDICTS)
def test_the_page_obeys_its_own_policy(browser, pages, name):
    dom, told = browser.run(pages[name], "--enable-logging=stderr", "--dump-dom")
    assert "Content Security Policy" not in told
    assert "Dekkingsdossier" in dom


def test_names_do_not_run(browser, pages):
    dom, _ = browser.run(pages["nasty"], "--dump-dom")
    # What a browser makes of the page: the names are text, in its title too.
    assert "<title>Dekkingsdossier – &lt;script&gt;document.title='x'&lt;/script&gt;</title>" in dom
    assert "<script" not in dom
    assert "<img" not in dom


def test_a_witness_is_marked_on_every_printed_page(browser, pages, tmp_path):
    found = printed(browser, pages["coverable"], tmp_path)
    assert len(found) > 3
    assert all(BANNER in page for page in found)


def test_what_is_promised_is_printed_without_a_banner(browser, pages, tmp_path):
    found = printed(browser, pages["meets"], tmp_path)
    assert not any(BANNER in page for page in found)
    assert "Voldoet aan de randvoorwaarden voor huisartsenzorg" in found[0]


def test_it_is_in_dutch_until_a_reader_chooses_otherwise(browser, pages, tmp_path):
    text = pages["impossible"].read_text(encoding="utf-8")
    dutch, english = "Niet haalbaar met de ingevoerde artsen", "Impossible with the physicians"
    shown = " ".join(printed(browser, pages["impossible"], tmp_path))
    assert dutch in shown
    assert english not in shown
    page = tmp_path / "chosen.html"
    chosen = text.replace(" checked>", ">").replace(
        'id="taal-en" aria-label="English"', 'id="taal-en" aria-label="English" checked'
    )
    assert chosen != text
    page.write_text(chosen, encoding="utf-8")
    shown = " ".join(printed(browser, page, tmp_path))
    assert english in shown
    assert dutch not in shown


def test_it_is_drawn(browser, pages, tmp_path):
    picture = tmp_path / "page.png"
    browser.run(pages["coverable"], "--window-size=1000,1400", f"--screenshot={picture}")
    # A PNG begins so. An empty page of this size takes about 6 kB.
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 40_000
