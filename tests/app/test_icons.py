import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QIcon
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton
from yardstick import times_as_dear

from reluviz import resource_files
from reluviz.app.icons import icon, icons
from reluviz.core.palette import DARK, LIGHT, PALETTES


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_drawn_in_the_text_colour(qapp, palette):
    image = icon("play", palette).pixmap(32, 32).toImage()
    assert image.pixelColor(16, 16).name() == palette.text
    assert image.pixelColor(0, 0).alpha() == 0


def test_every_icon_is_drawn(qapp):
    drawn = icons(LIGHT)
    assert set(drawn) == {path.stem for path in (resource_files.directory() / "icons").glob("*.svg")}
    for name, each in drawn.items():
        image = each.pixmap(24, 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_an_icon_that_is_not_there(qapp):
    with pytest.raises(FileNotFoundError):
        icon("nowhere", LIGHT)


def test_icons_fit_on_buttons(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(icon("pause", DARK))
    button.show()
    centre = button.rect().center()
    image = button.grab().toImage()
    row = {image.pixelColor(x, centre.y()).name() for x in range(image.width())}
    assert DARK.text in row


@pytest.mark.parametrize("size", [12, 18, 26, 40, 64, 96])
def test_every_size_is_filled(qapp, size):
    pixmap = icon("play", LIGHT).pixmap(size, size)
    image = pixmap.toImage()
    assert image.width() == size
    column = [image.pixelColor(size // 2, y).alpha() for y in range(size)]
    assert max(column) == 255
    assert sum(alpha > 127 for alpha in column) > size // 4


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_disabled_icons_are_the_same_shape_greyed(qapp, palette):
    each = icon("save", palette)
    usual, greyed = (each.pixmap(48, 48, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    places = [(x, y) for x in range(48) for y in range(48)]
    assert [usual.pixelColor(*at).alpha() for at in places] == [greyed.pixelColor(*at).alpha() for at in places]
    assert {greyed.pixelColor(*at).name() for at in places if greyed.pixelColor(*at).alpha() == 255} == {palette.border}


def test_drawing_all_icons_does_not_delay_the_window(qapp):
    files = [path.read_bytes() for path in (resource_files.directory() / "icons").glob("*.svg")]
    # Measured: 10 of what it takes to read the files.
    assert times_as_dear(lambda _: icons(DARK), lambda _: [QSvgRenderer(QByteArray(svg)) for svg in files]) < 40.0
