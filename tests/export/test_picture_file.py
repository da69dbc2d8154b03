"""Files of pictures: read by others, they show what the PNG shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from picture_subjects import frame, hat_network, many_rays, subject
from PySide6.QtGui import QImage

from reluviz.core.axis_names import AxisNames
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.picture import Picture, Rays
from reluviz.core.picture_recipe import Part, PictureRecipe, Theme
from reluviz.core.target import FunctionTarget
from reluviz.export.offscreen_plot import OffscreenPlot
from reluviz.export.picture_file import PictureFormat, picture_bytes

VIEW = ((-3.2, 3.2), (-4.0, 9.0))
SVG = "{http://www.w3.org/2000/svg}"
MISSING = [tool for tool in ("rsvg-convert", "pdftoppm", "pdftotext") if shutil.which(tool) is None]
needs_readers = pytest.mark.skipif(bool(MISSING) and "CI" not in os.environ, reason=f"not installed: {MISSING}")

pytestmark = pytest.mark.usefixtures("qapp")


def plot_of(recipe: PictureRecipe, network: Network | None = None, **changes: object) -> OffscreenPlot:
    plot = OffscreenPlot(recipe, subject(**changes), VIEW)
    plot.show(frame(network))
    return plot


def pixels(image: QImage) -> np.ndarray:
    """Shape (height, width, 3)."""
    opaque = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(opaque.constBits(), np.uint8).reshape(opaque.height(), -1, 4)
    return rows[..., :3].astype(np.int64)


def rendered(data: bytes, form: PictureFormat, folder: Path, dpi: float = 96.0) -> QImage:
    """What a reader that has nothing to do with Qt makes of a file."""
    source, result = folder / f"picture.{form.value}", folder / "picture.png"
    source.write_bytes(data)
    if form is PictureFormat.SVG:
        subprocess.run(["rsvg-convert", source, "-o", result], check=True)
    else:
        resolution = ["-r", str(dpi), "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *resolution, source, result.with_suffix("")], check=True)
    return QImage(str(result))


SAMPLES = Sampling(40, noise=0.5, validation=0.3).split(FunctionTarget("sine"))
CASES = {
    "everything": (hat_network(), {"samples": SAMPLES}),
    "more rays than are stroked one by one": (many_rays(), {}),
    "residual and mark": (hat_network(), {"picture": Picture(residual=True, largest_error=True)}),
    "partial sums": (many_rays(30), {"picture": Picture(rays=Rays.PARTIAL_SUMS)}),
    "many partial sums": (many_rays(120), {"picture": Picture(rays=Rays.PARTIAL_SUMS)}),
    "raw rays and names": (hat_network(), {"picture": Picture(rays=Rays.RAW), "names": AxisNames("time / s", "y & z")}),
}


@needs_readers
@pytest.mark.parametrize("form", [PictureFormat.SVG, PictureFormat.PDF])
@pytest.mark.parametrize("case", CASES)
def test_other_readers_see_the_same_picture(tmp_path, case, form):
    network, changes = CASES[case]
    for theme in (Theme.LIGHT, Theme.DARK):
        plot = plot_of(PictureRecipe(960, 540, theme, frozenset(Part)), network, **changes)
        drawn = rendered(picture_bytes(plot, form), form, tmp_path)
        ours = plot.image()
        assert drawn.size() == ours.size()
        difference = np.abs(pixels(drawn) - pixels(ours)).max(axis=2)
        # Edges are smoothed differently by each reader; letters take a different pixel here and there.
        assert difference.mean() < 6.0
        assert np.mean(difference > 128) < 0.012
        # Outside the frame is nothing but letters and the ends of the axes: what runs out of the view is cut off.
        right = round(plot.projection.right) + 2
        assert (difference[60:500, right:] < 64).all()


@needs_readers
def test_text_of_a_pdf_can_be_selected(tmp_path):
    plot = plot_of(PictureRecipe(1280, 720, parts=frozenset(Part)), names=AxisNames("time / s", "height"))
    (tmp_path / "a.pdf").write_bytes(picture_bytes(plot, PictureFormat.PDF))
    done = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], check=True, capture_output=True)
    text = done.stdout.decode("utf-8")
    for words in ("A sine & its rays", "step 490", "network output", "2·sin(x) + 5", "time / s", "height", "−2", "10⁻"):
        assert words in text, words


def test_text_of_an_svg_is_text_and_lines_are_lines():
    plot = plot_of(PictureRecipe(1280, 720, parts=frozenset(Part)), many_rays(), names=AxisNames("<time> & s", "y"))
    root = ET.fromstring(picture_bytes(plot, PictureFormat.SVG))
    assert root.get("viewBox") == "0 0 1280 720"
    assert (root.get("width"), root.get("height")) == ("1280", "720")
    texts = {"".join(element.itertext()): element for element in root.iter(f"{SVG}text")}
    assert {"A sine & its rays", "<time> & s", "network output", "−2", "0", "2"} <= set(texts)
    for element in texts.values():
        assert float(element.attrib["textLength"]) > 1.0
        assert element.attrib["font-family"].endswith("Verdana, sans-serif")
    # Nothing depends on the letters of the program.
    families = {element.attrib["font-family"] for element in root.iter() if "font-family" in element.attrib}
    assert len(families) == 1
    assert [element for element in root.iter() if element.tag == f"{SVG}image"] == []
    assert len(list(root.iter(f"{SVG}polyline"))) > 350
    assert len(list(root.iter(f"{SVG}clipPath"))) >= 1


def test_nothing_in_a_pdf_is_pixels():
    plot = plot_of(PictureRecipe(1280, 720, parts=frozenset(Part)), many_rays(), samples=SAMPLES)
    assert b"/Subtype /Image" not in picture_bytes(plot, PictureFormat.PDF)
    assert re.search(rb"/Type ?/Font\b", picture_bytes(plot, PictureFormat.PDF))


@needs_readers
def test_size_on_paper(tmp_path):
    recipe = PictureRecipe(1004, 700, magnification=2.25, dpi=300.0)
    plot = plot_of(recipe)
    (tmp_path / "a.pdf").write_bytes(picture_bytes(plot, PictureFormat.PDF))
    done = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], check=True, capture_output=True, text=True)
    width, height = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", done.stdout).groups()
    assert float(width) / 72 * 2.54 == pytest.approx(8.5, abs=0.03)
    assert float(height) / float(width) == pytest.approx(700 / 1004, abs=0.005)
    svg = picture_bytes(plot, PictureFormat.SVG)
    millimetres = re.search(rb'<svg width="([\d.]+)mm"', svg)
    assert float(millimetres[1]) == pytest.approx(85.0, abs=0.1)
    big = rendered(picture_bytes(plot, PictureFormat.PDF), PictureFormat.PDF, tmp_path, dpi=300.0)
    assert abs(big.width() - 1004) <= 2


@pytest.mark.parametrize("form", list(PictureFormat))
def test_the_same_picture_makes_the_same_bytes(form):
    recipe = PictureRecipe(640, 360, parts=frozenset(Part))
    one, other = (picture_bytes(plot_of(recipe, many_rays(50)), form) for _ in range(2))
    assert one == other
    assert picture_bytes(plot_of(recipe, many_rays(51)), form) != one


def test_png_read_again_is_the_image_with_its_transparency():
    plot = plot_of(PictureRecipe(640, 360, Theme.TRANSPARENT, frozenset(Part), dpi=300.0))
    again = QImage.fromData(picture_bytes(plot, PictureFormat.PNG), "PNG")
    assert again.hasAlphaChannel()
    # A PNG holds colours as they are, and not multiplied by their opacity: that costs a rounding.
    ours = plot.image().convertToFormat(QImage.Format.Format_ARGB32)
    assert again.convertToFormat(QImage.Format.Format_ARGB32) == ours
    assert again.dotsPerMeterX() == round(300 / 0.0254)
    assert again.text("Title") == "A sine & its rays"


def test_titles_that_would_break_a_file():
    plot = plot_of(PictureRecipe(640, 360, parts=frozenset(Part)), names=AxisNames("]]> </text>", "%PDF (("))
    ET.fromstring(picture_bytes(plot, PictureFormat.SVG))
