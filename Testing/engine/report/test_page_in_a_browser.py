"""The page in a real browser: what a reader moves moves, and everywhere alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from Testing.engine.report.browser import Page, browser, find_browser
from vpreg.recipes.result import Result
from vpreg.report.page import write_report

# A picture as one number, and how many of its pixels differ clearly from its first one.
SCRIPT = """
window.canvases = () => [...document.querySelectorAll('.row:not([hidden]) .pane canvas')];
window.print = (canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let sum = 7;
  for (let n = 0; n < data.length; n += 1) sum = (sum * 31 + data[n]) % 4294967291;
  return sum;
};
window.greys = (canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(data.filter((_, n) => n % 4 === 0)).size;
};
window.drawn = () =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
window.choose = (group, text) => {
  const labels = [...document.querySelectorAll(`#${group} label`)];
  const label = labels.find((one) => one.textContent === text);
  label.querySelector('input').click();
  return drawn();
};
"""


@pytest.fixture(scope="module")
def tab(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    program = find_browser()
    if program is None:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("page")
    write_report(result, folder / "report.html")
    with browser(program, folder / "profile") as page:
        page.open((folder / "report.html").as_uri(), width=1400, height=1000)
        yield page


@pytest.fixture
def page(tab: Page) -> Page:
    """Show the page as it is when it is opened."""
    tab.reload()
    tab.run("new Promise(done => { const wait = () => document.querySelector('.pane canvas')"
            " && document.querySelector('.pane canvas').width > 1 ? done() : setTimeout(wait, 20);"
            " wait(); })")  # fmt: skip
    tab.run(SCRIPT)
    tab.run("drawn()")
    return tab


def prints(page: Page) -> list[int]:
    return page.run("canvases().map(print)")


def slices(page: Page) -> list[str]:
    return page.run("[...document.querySelectorAll('.slider output')].map(o => o.textContent)")


def middle_of(page: Page, selector: str) -> tuple[float, float]:
    box = page.run(
        f"(() => {{ const one = document.querySelector('{selector}');"
        " one.scrollIntoView({block: 'center'}); const b = one.getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
    )
    return box[0], box[1]


def test_nothing_goes_wrong_and_nothing_is_fetched(page: Page) -> None:
    fetched = page.run("performance.getEntriesByType('resource').map(r => r.name)")

    assert page.troubles == []
    assert [name for name in fetched if not name.startswith("data:")] == []
    assert page.run("document.getElementById('trouble').hidden")


def test_the_verdict_is_seen_without_scrolling(page: Page) -> None:
    lowest = page.run(
        "Math.max(...[...document.querySelectorAll('#sentence, .pictures figure')]"
        ".map(one => one.getBoundingClientRect().bottom))"
    )

    assert lowest < 1000
    assert "would have shrunk the tumor" in page.run(
        "document.getElementById('sentence').innerText"
    )
    words = page.run("[...document.querySelectorAll('.pictures .word')].map(w => w.textContent)")
    assert words == ["of its size, shrunk", "of its size, kept"]


@pytest.mark.parametrize("plane", ["Axial", "Coronal", "Sagittal", "All three"])
def test_each_plane_shows_the_scans_in_all_columns(page: Page, plane: str) -> None:
    page.run(f"choose('planes', '{plane}')")

    greys = page.run("canvases().map(greys)")

    assert len(greys) == (12 if plane == "All three" else 4)
    assert min(greys) > 30


def test_the_slider_turns_the_slices_of_all_columns(page: Page) -> None:
    before = prints(page)

    page.run(
        "(() => { const s = document.querySelector('.row:not([hidden]) input[type=range]');"
        " s.value = Number(s.value) + 2; s.dispatchEvent(new Event('input')); return drawn(); })()"
    )

    assert all(now != then for now, then in zip(prints(page), before, strict=True))


def test_a_click_moves_the_crosshair_of_all_planes(page: Page) -> None:
    page.run("choose('planes', 'All three')")
    before, pictures = slices(page), prints(page)
    x, y = middle_of(page, ".row:first-child .pane canvas")

    page.click(x + 31, y + 22)
    page.run("drawn()")

    after = slices(page)
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert after[2] != before[2]
    assert all(now != then for now, then in zip(prints(page), pictures, strict=True))


def test_the_wheel_and_the_arrows_turn_the_slices_of_the_picture_clicked_last(page: Page) -> None:
    x, y = middle_of(page, ".row:not([hidden]) .pane canvas")
    start = int(slices(page)[0].split()[0])
    page.mouse("mouseWheel", x, y, deltaX=0, deltaY=50)
    page.run("drawn()")
    untouched = int(slices(page)[0].split()[0])
    x, y = middle_of(page, ".row:not([hidden]) .pane canvas")

    page.click(x, y)
    page.mouse("mouseWheel", x, y, deltaX=0, deltaY=50)
    page.press("ArrowUp")
    page.run("drawn()")

    assert untouched == start
    assert int(slices(page)[0].split()[0]) == start + 2


@pytest.mark.parametrize("overlay", ["None", "Soft mask"])
def test_colors_are_exchanged_over_both_alignments(page: Page, overlay: str) -> None:
    before = prints(page)

    page.run(f"choose('overlays', '{overlay}')")

    changed = [now != then for now, then in zip(prints(page), before, strict=True)]
    assert changed[2:] == [True, True]
    legend = page.run("document.getElementById('legends').textContent")
    assert ("Soft mask" in legend) == (overlay == "Soft mask")
    assert "shrinks" not in legend


def test_opacity_fades_the_colors(page: Page) -> None:
    before = prints(page)

    page.run(
        "(() => { const s = document.getElementById('opacity'); s.value = 10;"
        " s.dispatchEvent(new Event('input')); return drawn(); })()"
    )

    changed = [now != then for now, then in zip(prints(page), before, strict=True)]
    assert changed == [False, False, True, True]


@pytest.mark.parametrize(
    ("mark", "columns"),
    [("Tumor outlines", [True, True, True, True]), ("Crosshair", [True, True, True, True])],
)
def test_marks_come_and_go(page: Page, mark: str, columns: list[bool]) -> None:
    before = prints(page)

    page.run(f"choose('marks', '{mark}')")
    without = prints(page)
    page.run(f"choose('marks', '{mark}')")

    assert [now != then for now, then in zip(without, before, strict=True)] == columns
    assert prints(page) == before


def test_a_narrow_window_shows_everything_without_scrolling_sideways(page: Page) -> None:
    page.resize(900, 1000)
    page.run("drawn()")

    width = page.run("document.documentElement.scrollWidth")
    page.resize(1400, 1000)

    assert width <= 900


def test_print_shows_what_is_folded_away(page: Page) -> None:
    page.run("dispatchEvent(new Event('beforeprint'))")

    assert page.run("[...document.querySelectorAll('details')].every(part => part.open)")
