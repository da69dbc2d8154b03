"""Which handles are shown, where, and in what order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reluviz.core.gauge import turn_refusal
from reluviz.core.handles import Handle, HandleKind, View, handle_of, handles
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.picture import Picture, Rays
from reluviz.plot.handle_shapes import beside, centre
from reluviz.plot.projection import Projection

# Past this many neurons only the selected and the hovered one show their handles.
MOST_SHOWN = 12
REACH = 13.0


class HandleLayout:
    """The handles of a network as they stand in the view; found when asked for, and kept until something changes."""

    def __init__(self) -> None:
        self.network: Network | None = None
        self.picture = Picture()
        self.low, self.high = -1.0, 1.0
        self.scale = 1.0
        self.selected: int | None = None
        self.hovered_neuron: int | None = None
        self._projection: Projection | None = None
        self._held: Parameter | None = None
        self._held_at: float | None = None
        self._handles: list[Handle] | None = None

    def changed(self) -> None:
        """Something that was set is another one now."""
        self._handles = None

    def set_projection(self, projection: Projection) -> None:
        self._projection = projection
        self.changed()

    def set_held(self, parameter: Parameter | None, at: float | None = None) -> None:
        """Whose handle is in the hand, and at which x its ray is held."""
        self._held, self._held_at = parameter, at
        self.changed()

    @property
    def held_neuron(self) -> int | None:
        """Whose handle is in the hand, None also for the output bias."""
        return None if self._held in (None, OUTPUT_BIAS) else self._held.neuron

    def exists(self, parameter: Parameter) -> bool:
        return self.network is not None and (parameter == OUTPUT_BIAS or parameter.neuron < self.network.neurons)

    def turn_refusal(self, neuron: int, locked: frozenset[Parameter]) -> str:
        """Why a ray cannot be turned about its kink, "" where it can."""
        return "" if self.network is None else turn_refusal(self.network, neuron, self.low, self.high, Locks(locked))

    def is_locked(self, parameter: Parameter, locked: frozenset[Parameter]) -> bool:
        """Whether the handle of a parameter cannot be moved: a second kink takes the bias too."""
        widens = parameter.kind is Kind.HIDDEN_WEIGHT
        return parameter in locked or (widens and Parameter(Kind.HIDDEN_BIAS, parameter.neuron) in locked)

    def current(self) -> list[Handle]:
        """The handles to show: the output bias's, then neuron by neuron."""
        if self._handles is None:
            if self.network is None:
                return []
            neurons = self.picture.drawn(self.network.neurons).tolist()
            if len(neurons) > MOST_SHOWN:
                in_use = {self.selected, self.hovered_neuron, self.held_neuron}
                neurons = [j for j in neurons if j in in_use]
            self._handles = [self._as_held(handle) for handle in self._found(self.network, neurons)]
        return self._handles

    def _found(self, network: Network, neurons: list[int]) -> list[Handle]:
        """Partial sums leave no place for handles. A raw ray does not change with w: it has no end to scale it by, and
        its kink lies on it."""
        if self.picture.rays is Rays.PARTIAL_SUMS:
            return []
        if self.picture.rays is Rays.SCALED:
            return handles(network, self.low, self.high, neurons, self._view())
        raw = replace(network, output_weight=np.ones(network.neurons))
        found = handles(raw, self.low, self.high, neurons, self._view())
        return [handle for handle in found if handle.kind is not HandleKind.RAY_END]

    def find(self, parameter: Parameter) -> Handle | None:
        """The handle on show of a parameter; of a hidden weight without a second kink, the end of its ray."""
        found = next((handle for handle in self.current() if handle.parameter == parameter), None)
        if found is None and parameter.kind is Kind.HIDDEN_WEIGHT:
            return self.find(Parameter(Kind.OUTPUT_WEIGHT, parameter.neuron))
        return found

    def _as_held(self, handle: Handle) -> Handle:
        if handle.parameter != self._held or handle.moves_sideways or self.network is None:
            return handle
        return handle_of(self.network, handle.parameter, self.low, self.high, at=self._held_at) or handle

    def _view(self) -> View | None:
        """The view without a rim as wide as a handle, so that none is cut off."""
        projection = self._projection
        if projection is None:
            return None
        rim = min(REACH * self.scale, 0.25 * projection.width, 0.25 * projection.height)
        left, top = projection.data(projection.left, projection.top + rim)
        right, bottom = projection.data(projection.right, projection.bottom - rim)
        return View(left, right, bottom, top)

    def centres(self) -> dict[Parameter, tuple[float, float]]:
        """The pixel in the middle of every handle."""
        projection = self._projection
        if projection is None:
            return {}
        shown = ((handle, self.place(handle, projection)) for handle in self.current())
        return {handle.parameter: centre(handle, at, self.scale) for handle, at in shown}

    def place(self, handle: Handle, projection: Projection) -> tuple[float, float]:
        """The pixel that a handle is at, or points to: the output bias's stands beside what would cover it."""
        at = projection.pixel(handle.x, handle.y)
        if handle.kind is not HandleKind.OUTPUT_BIAS:
            return at
        others = ((other, projection.pixel(other.x, other.y)) for other in self.current())
        return beside(at, others, self.scale)

    def at(self, x: float, y: float) -> list[Parameter]:
        """The handles within reach of a pixel: the selected neuron's first, then the nearest."""
        near = []
        for parameter, (across, down) in self.centres().items():
            away = float(np.hypot(across - x, down - y))
            if away <= REACH * self.scale:
                near.append((not self.is_selected(parameter), away, -parameter.neuron, parameter))
        return [row[-1] for row in sorted(near, key=lambda row: row[:-1])]

    def is_selected(self, parameter: Parameter) -> bool:
        """Whether it is one of the selected neuron's."""
        return parameter != OUTPUT_BIAS and parameter.neuron == self.selected
