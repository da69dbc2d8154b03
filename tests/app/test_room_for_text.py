"""Whatever the size of text and window: no label, button or field shows less than it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from app_under_test import AppUnderTest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QToolButton, QWidget

from reluviz.app.preferences import FONT_SCALES
from reluviz.panels.elided_label import ElidedLabel
from reluviz.panels.fitting_label import FittingLabel
from reluviz.panels.number_box import NumberBox


@pytest.fixture
def app(qtbot) -> Iterator[AppUnderTest]:
    app = AppUnderTest(qtbot)
    yield app
    app.close()


def shown_width(widget: QWidget) -> int:
    """How much of the widget's width is in sight, or can be scrolled to."""
    box, part = QRect(0, 0, widget.width(), widget.height()), widget
    while (parent := part.parentWidget()) is not None and not part.isWindow():
        box.translate(part.pos())
        area = parent.parentWidget()
        if (
            not (isinstance(area, QScrollArea) and parent is area.viewport())
            or not area.horizontalScrollBar().maximum()
        ):
            box &= QRect(box.left(), parent.rect().top() - 10**6, box.width(), 2 * 10**6) & QRect(
                0, -(10**6), parent.width(), 2 * 10**6
            )
        part = parent
    return box.width()


def needed_width(widget: QWidget) -> int:
    """What the text of the widget needs across; 0 where it says less by itself or breaks its lines."""
    if isinstance(widget, ElidedLabel | FittingLabel) or (isinstance(widget, QLabel) and widget.wordWrap()):
        return 0
    if isinstance(widget, QLabel):
        return widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text()).width()
    if isinstance(widget, NumberBox):
        return widget.minimumSizeHint().width()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return 0 if widget.objectName() == "qt_toolbar_ext_button" else widget.iconSize().width()
    text = widget.text()
    metrics = widget.fontMetrics()
    icon = 0 if widget.icon().isNull() else widget.iconSize().width()
    return metrics.size(Qt.TextFlag.TextShowMnemonic, text).width() + icon


def clipped(window: QWidget) -> list[str]:
    found = []
    for kind in (QLabel, QAbstractButton, NumberBox):
        for widget in window.findChildren(kind):
            if not widget.isVisible() or widget.window() is not window:
                continue
            missing = needed_width(widget) - shown_width(widget)
            if missing > 0:
                name = widget.accessibleName() or widget.text()
                found.append(f"{type(widget).__name__} {name!r}: {missing} px")
    return found


def scaled(app: AppUnderTest, scale: float) -> None:
    actions = app.window.actions_
    actions["normal_text"].trigger()
    steps = FONT_SCALES.index(scale) - FONT_SCALES.index(1.0)
    for _ in range(abs(steps)):
        actions["larger_text" if steps > 0 else "smaller_text"].trigger()


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [*((1280, 800, scale) for scale in FONT_SCALES), (820, 500, 1.0), (1920, 1080, 2.0), (1024, 768, 1.3)],
)
def test_nothing_is_cut(app, width, height, scale):
    app.window.resize(width, height)
    scaled(app, scale)
    for _ in range(3):
        QApplication.processEvents()
    assert (app.window.width(), app.window.height()) == (width, height)
    assert "\n".join(clipped(app.window)) == ""


def test_panels_have_their_room_again_when_a_small_window_grows(app):
    app.window.resize(820, 500)
    QApplication.processEvents()
    assert app.window.neurons_panel.width() < 300
    app.window.resize(1280, 800)
    app.wait_until(lambda: app.window.neurons_panel.width() >= 370)
    app.window._columns.moveSplitter(1000, 2)
    width = app.window.neurons_panel.width()
    app.window.resize(1400, 800)
    QApplication.processEvents()
    assert app.window.neurons_panel.width() == width
