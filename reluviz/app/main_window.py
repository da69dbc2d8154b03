"""The window: where everything stands. What happens between the parts is in `wiring`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QSplitter, QVBoxLayout, QWidget

from reluviz.app.actions import Actions
from reluviz.app.icons import icons as load_icons
from reluviz.app.status_line import StatusLine
from reluviz.core.palette import Palette
from reluviz.document.storage import SUFFIX
from reluviz.panels.bar import Bars
from reluviz.panels.build_bar import BuildBar
from reluviz.panels.challenge_bar import ChallengeBar
from reluviz.panels.data_dialog import DataDialog
from reluviz.panels.draw_bar import DrawBar
from reluviz.panels.export_film_dialog import ExportFilmDialog
from reluviz.panels.export_picture_dialog import ExportPictureDialog
from reluviz.panels.export_progress import ExportProgress
from reluviz.panels.network_panel import NetworkPanel
from reluviz.panels.neurons_panel import NeuronsPanel
from reluviz.panels.number_box import NumberBox
from reluviz.panels.shake_bar import ShakeBar
from reluviz.panels.sums_bar import SumsBar
from reluviz.panels.target_bar import TargetBar
from reluviz.panels.target_panel import TargetPanel
from reluviz.panels.timeline_bar import TimelineBar
from reluviz.panels.training_panel import TrainingPanel
from reluviz.panels.transport_bar import TransportBar
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.timeline_plot import TimelinePlot

TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".dat")

_SETTINGS_WIDTH = 264
_NEURONS_WIDTH = 380
_PLOT_SHARE = 0.42
_LEAST_WIDTH = 240
_LEAST_LOSS_HEIGHT = 64
# What window managers put around a window, at the most.
_FRAME_WIDTH, _FRAME_HEIGHT = 16, 56
_LONGEST_NAME = 40


class MainWindow(QMainWindow):
    """`painted()` once, when the window has first been painted; `file_dropped(Path)`: a document came by drag and drop;
    `table_dropped(Path)`: a file of data did; `drop_refused(str)`: why what is held over it cannot be dropped.

    `close_requested(QCloseEvent)`: the window is about to close, unless the event is ignored; `closing()`: it does.
    """

    painted = Signal()
    file_dropped = Signal(object)
    table_dropped = Signal(object)
    drop_refused = Signal(str)
    close_requested = Signal(object)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main")
        self.target_panel = TargetPanel()
        self.network_panel = NetworkPanel()
        self.training_panel = TrainingPanel()
        self.neurons_panel = NeuronsPanel()
        self.plot = DecompositionPlot()
        self.bars = Bars()
        self.build_bar = BuildBar()
        self.shake_bar = ShakeBar()
        self.target_bar = TargetBar()
        self.draw_bar = DrawBar()
        self.sums_bar = SumsBar()
        self.challenge_bar = ChallengeBar()
        self.loss_plot = TimelinePlot()
        self.timeline_bar = TimelineBar()
        self.transport = TransportBar()
        self.status_line = StatusLine(self)
        self.actions_ = Actions(self)
        self.data_dialog = DataDialog(self)
        self.export_picture_dialog = ExportPictureDialog(self)
        self.export_film_dialog = ExportFilmDialog(self)
        self.export_progress = ExportProgress(self)
        self.status_line.addPermanentWidget(self.export_progress)
        self._was_painted = False
        self._scale, self._is_arranged = 1.0, True
        self._settings_area = self._stack_settings()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._lists = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self.setStatusBar(self.status_line)
        self.setAcceptDrops(True)
        self.fit_screen()

    def fit_screen(self) -> None:
        """As large as usual, or as the screen can show whole with a frame around."""
        room = self.screen().availableGeometry()
        self.resize(min(1280, room.width() - _FRAME_WIDTH), min(800, room.height() - _FRAME_HEIGHT))

    def drop_typing(self) -> None:
        """Forget what is half typed into the settings: it was meant for what is no longer on show."""
        for box in self.findChildren(NumberBox):
            box.revert()
        self.target_panel.formula.restore()

    def bring_into_view(self, setting: QWidget) -> None:
        """Scroll the settings so that this one of them is seen."""
        self._settings_area.ensureWidgetVisible(setting, 0, 0)

    def add_notice(self, notice: QWidget) -> None:
        """Put a bar above everything else."""
        self._centre.insertWidget(0, notice)

    def add_below_neurons(self, panel: QWidget) -> None:
        """Put a panel below that of the neurons, a third as high."""
        self._lists.addWidget(panel)
        self._lists.setStretchFactor(0, 2)
        self._lists.setStretchFactor(1, 1)

    def _stack_settings(self) -> QScrollArea:
        stack = self._settings = QWidget()
        layout = QVBoxLayout(stack)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(3)
        for panel in (self.target_panel, self.network_panel, self.training_panel):
            layout.addWidget(panel)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidget(stack)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _lay_out(self) -> None:
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.plot, 1)
        column.addWidget(self.bars)
        for bar in (self.build_bar, self.shake_bar, self.target_bar, self.draw_bar, self.sums_bar, self.challenge_bar):
            self.bars.add(bar)
        past = QWidget()
        below = QVBoxLayout(past)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.loss_plot, 1)
        below.addWidget(self.timeline_bar)
        self._rows.addWidget(picture)
        self._rows.addWidget(past)
        self._rows.setStretchFactor(0, 4)
        self._rows.setStretchFactor(1, 1)
        self._rows.setSizes([500, 170])
        self._rows.setCollapsible(0, False)
        self._rows.setMinimumWidth(_LEAST_WIDTH)
        self._columns.addWidget(self._settings_area)
        self._columns.addWidget(self._rows)
        self._lists.addWidget(self.neurons_panel)
        self._lists.setCollapsible(0, False)
        self._columns.addWidget(self._lists)
        self._columns.setStretchFactor(1, 1)
        self._columns.setCollapsible(1, False)
        self._columns.splitterMoved.connect(self._leave_as_it_is)
        centre = QWidget()
        layout = self._centre = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self.transport)
        self.setCentralWidget(centre)

    def set_font_scale(self, scale: float) -> None:
        """Give everything letters, and room for them, at this scale."""
        self._scale = scale
        self._arrange()
        self.plot.set_font_scale(scale)
        self.loss_plot.set_font_scale(scale)
        self.loss_plot.setMinimumHeight(round(_LEAST_LOSS_HEIGHT * scale))

    def _arrange(self) -> None:
        """Give the side panels the width that their text needs, as far as the plot keeps its share."""
        settings = max(round(_SETTINGS_WIDTH * self._scale), self._settings_width)
        plot = round(_PLOT_SHARE * self.width())
        neurons = max(min(round(_NEURONS_WIDTH * self._scale), self.width() - settings - plot), self._neurons_width)
        self._settings_area.setMinimumWidth(0)
        self._columns.setSizes([settings, max(_LEAST_WIDTH, self.width() - settings - neurons), neurons])
        self._is_arranged = True

    @property
    def _settings_width(self) -> int:
        """What the settings need across."""
        return self._settings.minimumSizeHint().width() + self._settings_area.verticalScrollBar().sizeHint().width()

    @property
    def _neurons_width(self) -> int:
        """The table scrolls where it is narrower than its columns: the plot needs the room more."""
        return max(_LEAST_WIDTH, self.neurons_panel.minimumSizeHint().width())

    def _leave_as_it_is(self) -> None:
        self._is_arranged = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panels keep to their rules until the user has drawn a border between them."""
        super().resizeEvent(event)
        if self._is_arranged:
            self._arrange()

    def set_palette(self, palette: Palette) -> None:
        icons = load_icons(palette)
        drawn = (self.plot, self.loss_plot, self.timeline_bar, self.network_panel, self.neurons_panel, self.status_line)
        for part in drawn:
            part.set_palette(palette)
        for dressed in (self.network_panel, self.neurons_panel, self.transport, self.actions_):
            dressed.set_icons(icons)
        self.setWindowIcon(icons["reluviz"])

    def set_panels_visible(self, visible: bool) -> None:
        self._settings_area.setVisible(visible)
        self._lists.setVisible(visible)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowBlocked:
            # The dialog gets the release of what is held now.
            self.plot.let_go()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.timeline_bar.stop_replay() or self.bars.close_open()):
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()) is not None:
            _accept_copy(event)
            return
        event.ignore()
        problem = _undroppable(event.mimeData())
        if problem:
            self.drop_refused.emit(problem)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _dropped_file(event.mimeData()) is not None:
            _accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event.mimeData())
        if path is not None:
            _accept_copy(event)
            (self.file_dropped if path.suffix.lower() == SUFFIX else self.table_dropped).emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_requested.emit(event)
        if event.isAccepted():
            self.closing.emit()
            super().closeEvent(event)


def _accept_copy(event: QDropEvent) -> None:
    # What is moved would be deleted by the program it comes from.
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _dropped_file(data: QMimeData) -> Path | None:
    """The one document or file of data among what is dragged; None where it is something else or several."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() in (SUFFIX, *TABLE_SUFFIXES) else None


def _undroppable(data: QMimeData) -> str:
    """Why what is dragged cannot be dropped, in one line; "" for what is no file at all."""
    urls = data.urls()
    if not urls:
        return ""
    wanted = f"drop one document ({SUFFIX}) or one table ({', '.join(TABLE_SUFFIXES)})"
    if len(urls) > 1:
        return f"{len(urls)} files at once cannot be opened: {wanted}"
    if not urls[0].isLocalFile():
        return f"A link cannot be opened: {wanted} from this computer"
    path = Path(urls[0].toLocalFile())
    name = path.name or str(path)
    name = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    what = "a folder" if path.is_dir() else "no document and no table"
    return f"{name} is {what}: {wanted}"
