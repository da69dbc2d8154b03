"""The tools of the hand beyond the handles: locks, building, copying, and the list of changes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reluviz.app.building import Building
from reluviz.app.challenge import Challenge
from reluviz.app.comparing import Comparing
from reluviz.app.copying import Copying
from reluviz.app.display_clock import DisplayClock
from reluviz.app.drawing import Drawing
from reluviz.app.editing import Editing
from reluviz.app.explaining import Explaining
from reluviz.app.folding import Folding
from reluviz.app.gauging import Gauging
from reluviz.app.history import History
from reluviz.app.locking import Locking
from reluviz.app.main_window import MainWindow
from reluviz.app.nudging import Nudging
from reluviz.app.playback import Playback
from reluviz.app.replaying import Replaying
from reluviz.app.reshaping import Reshaping
from reluviz.app.sampling import SampleMarks
from reluviz.app.scoring import Scoring
from reluviz.app.shaking import Shaking
from reluviz.app.sketching import Sketching
from reluviz.app.snapping import SnapChoice
from reluviz.app.target_editing import TargetEditing
from reluviz.app.viewing import Viewing
from reluviz.document.document import Document
from reluviz.document.selection import Selection


class HandTuning(QObject):
    """Makes the tools of one window."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        playback: Playback,
        editing: Editing,
        selection: Selection,
        clock: DisplayClock,
    ) -> None:
        super().__init__(window)
        self.snap_choice = SnapChoice(window, document)
        self.locking = Locking(window, document)
        self.nudging = Nudging(window, document, editing, selection)
        self.gauging = Gauging(window, document, editing, selection)
        self.building = Building(window, document, playback, selection)
        self.viewing = Viewing(window, document, selection)
        self.copying = Copying(window, document, playback)
        self.shaking = Shaking(window, document, selection)
        self.explaining = Explaining(window, document, self.nudging)
        self.reshaping = Reshaping(window, document, selection)
        self.sketching = Sketching(window)
        self.drawing = Drawing(window, document, editing)
        self.target_editing = TargetEditing(window, document)
        self.folding = Folding(window)
        self.sample_marks = SampleMarks(window, document)
        self.history = History(window, editing, document.undo_stack)
        self.scoring = Scoring(window, document, clock)
        self.replaying = Replaying(window, document, playback, clock)
        self.comparing = Comparing(window, document, self.replaying, clock)
        self.challenge = Challenge(window, document, playback, selection, clock)
