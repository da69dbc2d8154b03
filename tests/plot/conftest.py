"""A plot on the offscreen screen, and a hand that moves the mouse over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hand import THREE_RELUS, THREE_SEGMENTS, Hand
from PySide6.QtCore import QPoint, QtMsgType, qInstallMessageHandler
from pytestqt.qtbot import QtBot

from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.loss_plot import LossPlot


@pytest.fixture
def plot(qtbot: QtBot) -> DecompositionPlot:
    """The three segments, shown at 1280 × 720."""
    plot = DecompositionPlot()
    qtbot.addWidget(plot)
    plot.resize(1280, 720)
    plot.set_domain(-1.0, 1.0)
    plot.set_target(THREE_SEGMENTS.polyline(), THREE_SEGMENTS.label)
    plot.show_network(THREE_RELUS)
    with qtbot.waitExposed(plot):
        plot.show()
    qtbot.waitUntil(lambda: plot.repaints > 0)
    return plot


@pytest.fixture
def hand(plot: DecompositionPlot) -> Hand:
    """Over a plot that does not snap: drags go where the hand goes."""
    hand = Hand(plot)
    plot.snapping.is_on = False
    hand.show(THREE_RELUS)
    # The first movement over a window only says that the mouse has come.
    hand.move(QPoint(3, 3))
    hand.move(QPoint(2, 2))
    return hand


@pytest.fixture
def loss_plot(qtbot: QtBot) -> LossPlot:
    """An empty one, shown."""
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


@pytest.fixture
def qt_messages() -> Iterator[list[str]]:
    """What Qt has to say, which is to be nothing."""
    said: list[str] = []

    def take(kind: QtMsgType, context: object, message: str) -> None:
        said.append(message)

    before = qInstallMessageHandler(take)
    yield said
    qInstallMessageHandler(before)
