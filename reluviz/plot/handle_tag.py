"""What the tag of a handle says: its parameter's value and, at rest, what the parameter moves."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reluviz.core.influence import moved_text
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, value_text
from reluviz.core.parameter import Kind, Parameter
from reluviz.plot.value_tag import Tag


def handle_tag(
    network: Network,
    parameter: Parameter,
    domain: tuple[float, float],
    colour: str,
    *,
    locked: bool = False,
    held: bool = False,
    stacked: int = 1,
    snap: str = "",
) -> Tag:
    """The tag of a parameter's handle, one of `stacked` on top of each other. While it is held the value is enough,
    with what it has snapped to.
    """
    notes = [_tr("locked")] if locked else []
    if snap:
        notes.append(snap)
    if not held:
        notes.append(_tr("moves {0}").format(moved_text(network, parameter, *domain)))
        if stacked > 1:
            notes.append(_tr("Tab: next of {0}").format(stacked))
    return Tag(f"{parameter_text(parameter)} = {value_text(network[parameter])}", "\n".join(notes), colour)


def turn_tag(network: Network, neuron: int, colour: str, snap: str = "", refusal: str = "") -> Tag:
    """The tag of a ray that is turned about its kink; `refusal` says why it does not turn."""
    parameter = Parameter(Kind.HIDDEN_WEIGHT, neuron)
    text = f"{parameter_text(parameter)} = {value_text(network[parameter])}"
    if refusal:
        return Tag(text, _tr("does not turn: {0}").format(refusal), colour)
    return Tag(_tr("{0}, turned about its kink").format(text), snap, colour)


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandleTag", text)
