"""What the tag of a handle says: its parameter's value and, at rest, what the parameter moves."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from reluviz.core.gauge import turn_refusal
from reluviz.core.handles import Handle, HandleKind
from reluviz.core.influence import moved_text
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, value_text
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.second_kink import widen_refusal
from reluviz.plot.value_tag import Tag


@dataclass(frozen=True)
class TagState:
    """What happens with a handle: in the hand or not, turning its ray, snapped to something, one of `stacked`."""

    domain: tuple[float, float]
    locks: Locks = field(default_factory=Locks)
    held: bool = False
    turns: bool = False
    stacked: int = 1
    snap: str = ""


def front_tag(network: Network, handle: Handle, parameter: Parameter, colour: str, state: TagState) -> Tag:
    """The tag of the handle in front, which is there for `parameter`."""
    if handle.kind is HandleKind.SECOND_KINK:
        return second_kink_tag(network, parameter.neuron, colour, state)
    if state.turns or parameter.kind is Kind.HIDDEN_WEIGHT:
        refusal = turn_refusal(network, parameter.neuron, *state.domain, state.locks)
        return turn_tag(network, parameter.neuron, colour, state.snap, refusal)
    return handle_tag(
        network,
        parameter,
        state.domain,
        colour,
        locked=parameter in state.locks.locked,
        held=state.held,
        stacked=state.stacked,
        snap=state.snap,
    )


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


def second_kink_tag(network: Network, neuron: int, colour: str, state: TagState) -> Tag:
    """The tag of a second kink: the two values that it moves, and what stays."""
    v, b = Parameter(Kind.HIDDEN_WEIGHT, neuron), Parameter(Kind.HIDDEN_BIAS, neuron)
    text = ", ".join(f"{parameter_text(parameter)} = {value_text(network[parameter])}" for parameter in (v, b))
    refusal = widen_refusal(network, neuron, state.locks)
    notes = [refusal] if refusal else []
    if state.snap:
        notes.append(state.snap)
    if not refusal:
        notes.append(_tr("the first kink and the levels stay"))
    if not state.held and state.stacked > 1:
        notes.append(_tr("Tab: next of {0}").format(state.stacked))
    return Tag(text, "\n".join(notes), colour)


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandleTag", text)
