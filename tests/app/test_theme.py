import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QSlider, QVBoxLayout, QWidget

from reluviz.app import theme
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.palette import DARK, LIGHT, PALETTES
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.panels.network_panel import NetworkPanel
from reluviz.panels.neuron_delegate import NUMBER_MARGINS
from reluviz.panels.neuron_model import NUMBERS, Column
from reluviz.panels.neurons_panel import NeuronsPanel
from reluviz.panels.number_box import NumberBox
from reluviz.panels.target_panel import TargetPanel
from reluviz.panels.training_panel import TrainingPanel
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
def test_a_slider_shows_its_handle_and_how_far_it_is(app, qtbot, palette):
    theme.apply(app, palette)
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.setValue(50)
    slider.resize(200, slider.sizeHint().height())
    image = slider.grab().toImage()
    middle = image.height() // 2
    places = (20, 100, 180)
    assert [image.pixelColor(x, middle).name() for x in places] == [palette.accent, palette.surface, palette.border]


def test_labels_and_fields_are_not_clipped_at_large_text(app, qtbot):
    theme.apply(app, LIGHT, 1.5)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    target, network, training = TargetPanel(), NetworkPanel(), TrainingPanel()
    for panel in (target, network, training):
        layout.addWidget(panel)
    target.show_target(FunctionTarget("sine", -12.3456, 123.45), Sampling(10_000_000))
    network.show_start(Start(neurons=10_000))
    training.show_settings(TrainingSettings(0.0123, 1_000_000, steps=99_999_999), 10_000_000)
    window.resize(window.minimumSizeHint())
    window.show()
    for edit in window.findChildren(NumberBox):
        line = edit.lineEdit()
        room = line.width() - line.textMargins().left() - line.textMargins().right() - 4  # Qt's own inner margins
        assert line.fontMetrics().horizontalAdvance(line.text()) <= room, edit.accessibleName()
    for label in window.findChildren(QLabel):
        assert label.width() >= label.sizeHint().width(), label.text()


def test_the_neuron_table_is_readable_in_a_narrow_panel(app, qtbot):
    theme.apply(app, LIGHT)
    panel = NeuronsPanel()
    qtbot.addWidget(panel)
    panel.resize(380, 500)
    ones = np.ones(5)
    panel.show_network(Network(ones, ones, ones), -1.0, 1.0)
    panel.show()
    table = panel.table
    assert panel.minimumSizeHint().width() <= 380
    assert sum(table.columnWidth(column) for column in Column) <= table.viewport().width()
    for column in NUMBERS:
        room = table.columnWidth(column) - sum(NUMBER_MARGINS)
        assert table.fontMetrics().horizontalAdvance("−0.000") <= room, column
    for column in Column:
        text = table.model().headerData(column, Qt.Orientation.Horizontal)
        assert table.horizontalHeader().fontMetrics().horizontalAdvance(text) + 8 <= table.columnWidth(column), text


def test_an_appearance_that_is_there_is_not_applied_again(app, qtbot):
    theme.apply(app, LIGHT)
    label = Restyled("step")
    qtbot.addWidget(label)
    label.show()
    label.times = 0
    theme.apply(app, LIGHT)
    assert label.times == 0
    theme.apply(app, DARK)
    assert label.times > 0


class Restyled(QLabel):
    """Counts how often it is dressed anew."""

    times = 0

    def changeEvent(self, event):
        super().changeEvent(event)
        self.times += event.type() == QEvent.Type.StyleChange
