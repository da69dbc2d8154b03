"""Which parameter of the neurons panel the mouse or the keyboard is at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from reluviz.core.parameter import OUTPUT_BIAS, Parameter
from reluviz.panels.neuron_delegate import CellEdit
from reluviz.panels.neuron_model import NeuronModel
from reluviz.panels.number_edit import NumberEdit


class ParameterPointer(QObject):
    """Watches the table of neurons and the field of b₀.

    The cell under the mouse comes first, then the one that is edited, then the one the arrow keys have come to.
    """

    pointed = Signal(object)
    """The Parameter that is pointed at now, or None."""
    editing_started = Signal(object)
    """The Parameter whose field takes in values now."""
    editing_finished = Signal()

    def __init__(self, table: QTableView, output_bias: NumberEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._output_bias = output_bias
        self._pointed: Parameter | None = None
        self._under_mouse: Parameter | None = None
        self._edited: Parameter | None = None
        self._come_to: Parameter | None = None
        table.viewport().installEventFilter(self)
        output_bias.installEventFilter(self)
        table.selectionModel().currentChanged.connect(self._current_changed)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self._mouse_at(None)
        elif watched is self._output_bias:
            if kind == QEvent.Type.Enter:
                self._mouse_at(OUTPUT_BIAS)
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._mouse_at(self._parameter(self._table.indexAt(event.position().toPoint())))
        return super().eventFilter(watched, event)

    def _mouse_at(self, parameter: Parameter | None) -> None:
        self._under_mouse, self._come_to = parameter, None
        self._tell()

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._come_to = self._parameter(current) if self._table.hasFocus() and not by_mouse else None
        self._tell()

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not self._table:
            self._come_to = None
        edited = None
        if now is self._output_bias:
            edited = OUTPUT_BIAS
        elif isinstance(now, CellEdit) and self._table.isAncestorOf(now):
            edited = now.parameter
        before, self._edited = self._edited, edited
        if before is not None:
            self.editing_finished.emit()
        if edited is not None:
            self.editing_started.emit(edited)
        self._tell()

    def _parameter(self, index: QModelIndex) -> Parameter | None:
        model = self._table.model()
        if not (isinstance(model, NeuronModel) and index.isValid()):
            return None
        return model.parameter(model.neuron(index.row()), index.column())

    def _tell(self) -> None:
        pointed = self._under_mouse or self._edited or self._come_to
        if pointed != self._pointed:
            self._pointed = pointed
            self.pointed.emit(pointed)
