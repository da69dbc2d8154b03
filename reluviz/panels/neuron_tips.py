"""What the tooltips of the neuron table's cells say."""

from __future__ import annotations

from reluviz.core.bend_text import place_symbol
from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, subscript
from reluviz.core.parameter import Parameter
from reluviz.core.picture import Picture
from reluviz.panels.number_text import full_text


def parameter_tip(parameter: Parameter, value: float, locked: bool) -> str:
    """A parameter's value in full, and how it is locked or unlocked."""
    text = f"{parameter_text(parameter)} = {full_text(value)}"
    if locked:
        return f"{text}\nlocked: neither hand nor training moves it (L or a click on the padlock unlocks)"
    return f"{text}\nL or a right-click locks it"


def place_tip(network: Network, neuron: int) -> str:
    """Where a neuron bends, in full."""
    symbol = place_symbol(network.activation)
    if not symbol:
        return f"no kink: {network.activation.label} is a straight line"
    first, *further = (full_text(x) for x in network.bend_places[neuron].tolist())
    text = f"{symbol}{subscript(neuron + 1)} = {first}"
    return f"{text}, and its second kink at x = {further[0]}" if further else text


def drawing_tip(picture: Picture, neuron: int) -> str:
    """Whether a neuron is drawn, and how to change that."""
    if picture.solo == neuron:
        state, click = ": drawn alone", "shows the others again"
    elif not picture.shows(neuron):
        state, click = " is not drawn", "shows it"
    else:
        state, click = "", "hides it"
    return (
        f"Neuron {neuron + 1}{state}\nA click on the disc {click}, Alt+click or a double-click shows it alone.\n"
        "Only the drawing changes: the output stays that of the whole network."
    )
