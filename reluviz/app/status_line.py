"""The one line at the bottom that says what happened, or what one can do."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QStatusBar, QWidget

from reluviz.core.palette import LIGHT, Palette
from reluviz.panels.elided_label import ElidedLabel
from reluviz.panels.readout import SteadyLabel
from reluviz.panels.section import MARGIN

_SHOWN_MILLISECONDS = 12_000


class StatusLine(QStatusBar):
    """Always there, so that a message never moves the layout. Text is plain text.

    What is said or warned of goes after some seconds, or sooner, when something has changed (`outdate`); what is
    reported, of files and the like, stays its time. What is held is true until it is unsaid, and comes back after
    each of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        # In line with the panels above.
        self.setContentsMargins(MARGIN, 0, 0, 0)
        self._label = ElidedLabel(self)
        self.addWidget(self._label, 1)
        self._error = SteadyLabel("largest error −0.000·10⁻⁰⁰⁰ at x = −0.00000")
        self._error.setObjectName("caption")
        self._error.setContentsMargins(0, 0, MARGIN, 0)
        self._error.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._error.setToolTip(
            "The largest distance |ŷ − y| of output and target on the domain, and where it is (M marks it)"
        )
        self.addPermanentWidget(self._error)
        self._hint = ""
        self._held = ""
        self._palette = LIGHT
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show_hint)
        self._is_warning = False
        self._goes_early = False
        self._is_fresh = QTimer(self)
        self._is_fresh.setSingleShot(True)
        self._is_fresh.setInterval(0)

    @property
    def text(self) -> str:
        return self._label.full_text

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._colour()

    @property
    def largest_error(self) -> str:
        return self._error.text()

    def show_largest_error(self, text: str) -> None:
        """What stands at the right end, always."""
        self._error.setText(text)

    def set_hint(self, hint: str) -> None:
        """What to show when there is nothing to say."""
        self._hint = hint
        if not self._timer.isActive():
            self._show_hint()

    def hold(self, message: str) -> None:
        """Show `message` until it is unsaid; what is said meanwhile is on show for its time."""
        self._held = message
        self._timer.stop()
        self._show_hint()

    def say(self, message: str) -> None:
        """Show `message` for some seconds, or until something changes."""
        self._tell(message, warning=False, goes_early=True)

    def warn(self, message: str) -> None:
        """The same, such that it stands out."""
        self._tell(message, warning=True, goes_early=True)

    def report(self, message: str) -> None:
        """Show for some seconds what has been done, whatever is changed meanwhile."""
        self._tell(message, warning=False, goes_early=False)

    def report_failure(self, message: str) -> None:
        """The same of what could not be done."""
        self._tell(message, warning=True, goes_early=False)

    def _tell(self, message: str, warning: bool, goes_early: bool) -> None:
        self._show(message, warning)
        self._timer.start(_SHOWN_MILLISECONDS)
        self._goes_early = goes_early
        self._is_fresh.start()

    def outdate(self) -> None:
        """Something has changed: what was said before, and not just now of this very change, goes."""
        if self._timer.isActive() and self._goes_early and not self._is_fresh.isActive():
            self._timer.stop()
            self._show_hint()

    def unsay(self, message: str) -> None:
        """Show `message` no longer, where it is on show or held: it is not true any more."""
        if message == self._held:
            self._held = ""
        if self._label.full_text == message:
            self._timer.stop()
            self._show_hint()

    def _show_hint(self) -> None:
        self._show(self._held or self._hint, False)

    def _show(self, message: str, warning: bool) -> None:
        one_line = " ".join(message.split())
        self._label.show_text(one_line)
        self._is_warning = warning
        self._colour()

    def _colour(self) -> None:
        palette = self._label.palette()
        colour = self._palette.warning if self._is_warning else self._palette.muted
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self._label.setPalette(palette)
        # A bare font: letter sizes come from the style sheet and would be pinned by a copy of the present one.
        font = QFont()
        font.setBold(self._is_warning)
        self._label.setFont(font)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A warning takes the place of the largest error too where it needs it."""
        taken = self._error.sizeHint().width() + 2 * MARGIN
        self._error.setHidden(self._is_warning and not self._label.fits(self.width() - taken))
