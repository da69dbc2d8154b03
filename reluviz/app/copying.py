"""The network to the clipboard as text, and a table of parameters back."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from reluviz.app.main_window import MainWindow
from reluviz.app.playback import Playback
from reluviz.core.network import Network
from reluviz.core.network_text import as_desmos, as_latex, as_numpy, as_pytorch, as_table, parsed
from reluviz.core.notation import count_text, parameter_text
from reluviz.core.parameter import Parameter
from reluviz.document.document import Document

_FORMS = {
    "copy_table": ("a table", as_table),
    "copy_numpy": ("a NumPy function", as_numpy),
    "copy_pytorch": ("a PyTorch model", as_pytorch),
    "copy_desmos": ("Desmos expressions", as_desmos),
    "copy_latex": ("a LaTeX formula", as_latex),
}


class Copying(QObject):
    """Joins the copying and pasting actions of one window to its document and the clipboard."""

    def __init__(self, window: MainWindow, document: Document, playback: Playback) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._playback = playback
        for name in _FORMS:
            window.actions_[name].triggered.connect(self._on_copy)
        window.actions_["paste"].triggered.connect(self.paste)

    def _on_copy(self) -> None:
        self.copy(next(name for name in _FORMS if self._window.actions_[name] is self.sender()))

    def copy(self, name: str) -> None:
        """Put the network on show on the clipboard in the form of the action `name`."""
        form, written = _FORMS[name]
        network = self._document.network
        QGuiApplication.clipboard().setText(written(network))
        self._window.status_line.report(f"Copied {_neurons(network)} as {form}")

    def paste(self) -> None:
        """Go on from the table on the clipboard, as one undo step. Locked parameters keep their values."""
        present = self._document.network
        try:
            network = parsed(QGuiApplication.clipboard().text(), present.activation)
            kept = self._kept_by_locks(network)
            network = network.with_values(kept)
        except ValueError as error:
            self._window.status_line.warn(f"Nothing pasted: {error}")
            return
        self._playback.set_playing(False)
        start = self._document.start.given(network)
        self._document.edit("paste parameters", network=network, start=start, step=0)
        message = f"Pasted {_neurons(network)}"
        if kept:
            names = ", ".join(parameter_text(parameter) for parameter in list(kept)[:3])
            message += f"; locked, so kept: {names}{', …' if len(kept) > 3 else ''}"
        self._window.status_line.say(message)

    def _kept_by_locks(self, network: Network) -> dict[Parameter, float]:
        """The locked parameters that `network` would change, with the values they have."""
        present = self._document.network
        locks = self._document.state.locks.below(min(network.neurons, present.neurons))
        ordered = sorted(locks.locked, key=_position)
        return {parameter: present[parameter] for parameter in ordered if network[parameter] != present[parameter]}


def _position(parameter: Parameter) -> tuple[str, int]:
    return parameter.kind.value, parameter.neuron


def _neurons(network: Network) -> str:
    return f"{count_text(network.neurons)} neuron{'s' if network.neurons > 1 else ''}"
