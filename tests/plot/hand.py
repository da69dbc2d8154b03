"""A hand that moves the mouse over a plot, and the network it mostly plays with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reluviz.core.network import Network
from reluviz.core.parameter import Parameter
from reluviz.core.target import PointsTarget
from reluviz.plot.decomposition_plot import DecompositionPlot

LEFT = Qt.MouseButton.LeftButton
THREE_SEGMENTS = PointsTarget(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
THREE_RELUS = Network([1.0, 1.0, 1.0], [1.0, 0.5, 0.0], [4.0, -8.0, 5.0], -1.0)


class Hand:
    """Presses, moves and releases on a plot, and writes down what the plot says."""

    def __init__(self, plot: DecompositionPlot) -> None:
        self.plot = plot
        self.at = QPoint(0, 0)
        self.said: list[tuple[object, ...]] = []
        self.follows = True
        self.keys = Qt.KeyboardModifier.NoModifier
        self.is_down = False
        for name in (
            "neuron_hovered",
            "neuron_selected",
            "drag_started",
            "drag_finished",
            "drag_cancelled",
            "dragged",
            "turned",
        ):
            getattr(plot, name).connect(getattr(self, "_" + name))

    def _neuron_hovered(self, neuron: object) -> None:
        self.said.append(("hovered", neuron))

    def _neuron_selected(self, neuron: object) -> None:
        self.said.append(("selected", neuron))

    def _drag_started(self, parameter: Parameter) -> None:
        self.said.append(("started", parameter))

    def _drag_finished(self, parameter: Parameter) -> None:
        self.said.append(("finished", parameter))

    def _drag_cancelled(self, parameter: Parameter) -> None:
        self.said.append(("cancelled", parameter))

    def _dragged(self, parameter: Parameter, value: float) -> None:
        self.said.append(("dragged", parameter, value))
        if self.follows:
            self.show(self.network.with_values({parameter: value}))

    def _turned(self, values: dict[Parameter, float]) -> None:
        self.said.append(("turned", values))
        if self.follows:
            self.show(self.network.with_values(values))

    def show(self, network: Network) -> None:
        self.network = network
        self.plot.show_network(network)

    def words(self) -> list[object]:
        """The kinds of what was said of drags, repetitions left out."""
        kinds = [entry[0] for entry in self.said if entry[0] not in {"hovered", "selected"}]
        return [kind for i, kind in enumerate(kinds) if i == 0 or kinds[i - 1] != kind]

    def values(self, parameter: Parameter) -> list[float]:
        return [entry[2] for entry in self.said if entry[:2] == ("dragged", parameter)]

    def move(self, to: QPoint) -> None:
        self.at = to
        if self.keys == Qt.KeyboardModifier.NoModifier:
            QTest.mouseMove(self.plot.viewport(), to)
            return
        # QTest's own movements know no keys.
        viewport, place = self.plot.viewport(), QPointF(to)
        buttons = LEFT if self.is_down else Qt.MouseButton.NoButton
        kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        QApplication.sendEvent(
            viewport, QMouseEvent(kind, place, viewport.mapToGlobal(place), none, buttons, self.keys)
        )

    def press(self) -> None:
        self.is_down = True
        QTest.mousePress(self.plot.viewport(), LEFT, self.keys, self.at)

    def release(self) -> None:
        self.is_down = False
        QTest.mouseRelease(self.plot.viewport(), LEFT, self.keys, self.at)

    def click(self, at: QPoint) -> None:
        self.move(at)
        self.press()
        self.release()

    def drag(self, start: QPoint, *stops: QPoint) -> None:
        self.move(start)
        self.press()
        for stop in stops:
            self.move(stop)
        self.release()
