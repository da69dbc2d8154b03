import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from reluviz import resource_files
from reluviz.app import theme
from reluviz.app.icons import icon, icons
from reluviz.core.palette import DARK, LIGHT, PALETTES
from reluviz.panels.neurons_panel import NeuronsPanel
from reluviz.panels.transport_bar import TransportBar

ROLES = [role for role in QPalette.ColorRole if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole)]
GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)


@pytest.fixture
def app(qapp):
    before = QFont(qapp.font()), QPalette(qapp.palette()), qapp.style().name()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyle(before[2])


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first, second):
    """WCAG's contrast ratio."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_role_is_set(qapp, palette):
    colours = theme.qt_palette(palette)
    unset = [(g, r) for g in GROUPS for r in ROLES if not colours.isBrushSet(g, r)]
    assert unset == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_can_be_read(qapp, palette):
    colours = theme.qt_palette(palette)
    role = QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
    ]
    for text, ground in pairs:
        assert contrast(colours.color(text), colours.color(ground)) >= 4.5, (text, ground)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_disabled_text_differs(qapp, palette):
    colours = theme.qt_palette(palette)
    role = QPalette.ColorRole
    for text in (role.WindowText, role.Text, role.ButtonText):
        greyed = colours.color(QPalette.ColorGroup.Disabled, text)
        assert greyed != colours.color(QPalette.ColorGroup.Active, text)
        assert contrast(greyed, colours.color(QPalette.ColorGroup.Disabled, role.Window)) >= 2


def test_apply(app):
    theme.apply(app, DARK, 1.5)
    assert app.style().name() == "fusion" or app.styleSheet()
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert app.font().pointSizeF() == 1.5 * theme.BASE_POINT_SIZE
    theme.apply(app, LIGHT)
    assert app.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    assert app.font().pointSizeF() == theme.BASE_POINT_SIZE


def test_open_widgets_follow(app, qtbot):
    label = QLabel("step 12")
    qtbot.addWidget(label)
    theme.apply(app, LIGHT)
    label.show()
    small = label.sizeHint().width()
    theme.apply(app, DARK, 2.0)
    QApplication.processEvents()
    assert label.sizeHint().width() > 1.8 * small
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == DARK.text


def test_letters_of_other_sizes_follow(app, qtbot):
    theme.apply(app, LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    panel, bar = NeuronsPanel(), TransportBar()
    layout.addWidget(panel)
    layout.addWidget(bar)
    window.show()
    for scale in (1.0, 2.0, 1.3):
        theme.apply(app, LIGHT, scale)
        assert panel.font().pointSizeF() == pytest.approx(theme.BASE_POINT_SIZE * scale)
        table = panel.table
        assert table.font().pointSizeF() == pytest.approx(theme.BASE_POINT_SIZE * scale * 0.9, abs=0.01)
        assert table.horizontalHeader().font().pointSizeF() == table.font().pointSizeF()
        assert table.verticalHeader().defaultSectionSize() > table.fontMetrics().height()
        caption = bar.step.findChild(QLabel, "caption")
        assert caption.font().pointSizeF() == pytest.approx(theme.BASE_POINT_SIZE * scale * 0.82, abs=0.01)


def test_the_first_appearance_reaches_windows_made_before(app, qtbot):
    label = QLabel("step")
    qtbot.addWidget(label)
    theme.apply(app, LIGHT, 1.7)
    assert label.font().pointSizeF() == pytest.approx(1.7 * theme.BASE_POINT_SIZE)


def test_figures_have_one_width(app):
    metrics = QFontMetricsF(theme.font())
    assert QFontInfo(theme.font()).pointSizeF() > 0
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_a_ticked_box_shows_its_tick(app, qtbot, palette):
    theme.apply(app, palette, 2.0)
    box = QCheckBox("Shuffle once")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    image = box.grab().toImage()
    tick = "#ffffff" if palette is LIGHT else "#0b0d11"
    left = image.width() // 4
    found = {image.pixelColor(x, y).name() for x in range(left) for y in range(image.height())}
    assert {tick, palette.accent} <= found


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_icons_are_drawn_in_the_text_colour(qapp, palette):
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


def test_icons_fit_on_buttons(app, qtbot):
    theme.apply(app, DARK)
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(icon("pause", DARK))
    button.show()
    centre = button.rect().center()
    image = button.grab().toImage()
    row = {image.pixelColor(x, centre.y()).name() for x in range(image.width())}
    assert DARK.text in row
