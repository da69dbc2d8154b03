"""One drag of a handle: what a place of the hand makes of the parameters."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.gauge import rotated
from reluviz.core.handle_snap import HandleSnap, snapped_second_kink, snapped_turn, snapped_value
from reluviz.core.handles import value_at
from reluviz.core.network import Network
from reluviz.core.parameter import Kind, Locks, Parameter
from reluviz.core.second_kink import widened
from reluviz.core.snap import SnapGround


@dataclass
class HandleDrag:
    """The handle of `held` in the hand, taken where x = `taken_at`; `turns`: its ray is turned about the kink instead.
    The handle of a hidden weight is a second kink.

    `snap` is what the last place snapped to, `at` where on its ray the handle is now.
    """

    held: Parameter
    taken_at: float | None
    turns: bool = False
    at: float | None = None
    snap: HandleSnap | None = None

    def __post_init__(self) -> None:
        self.at = self.taken_at

    @property
    def subject(self) -> Parameter:
        """The parameter that the drag is of: the hidden weight while the ray is turned."""
        return Parameter(Kind.HIDDEN_WEIGHT, self.held.neuron) if self.turns else self.held

    @property
    def widens(self) -> bool:
        """Whether it is a second kink that moves, with the hidden weight and bias together."""
        return self.held.kind is Kind.HIDDEN_WEIGHT

    def switched(self) -> HandleDrag:
        """The same drag the other way: turning, or scaling again."""
        return HandleDrag(self.held, self.taken_at, not self.turns)

    def values(
        self,
        network: Network,
        domain: tuple[float, float],
        position: tuple[float, float],
        ground: SnapGround | None,
        locks: Locks,
    ) -> dict[Parameter, float] | None:
        """The new values with the hand at `position`, in data; None where it moves nothing."""
        if ground is None:
            values = self._values(network, domain, position, locks)
            self.snap = None if values is None else HandleSnap(values)
        else:
            self.snap = self._snapped(network, domain, position, locks, ground)
        if self.snap is not None and self.turns:
            # The ray goes through the hand wherever it is: there its handle stays.
            self.at = min(max(position[0], domain[0]), domain[1])
        return None if self.snap is None else self.snap.values

    def _values(
        self, network: Network, domain: tuple[float, float], position: tuple[float, float], locks: Locks
    ) -> dict[Parameter, float] | None:
        if self.turns:
            return rotated(network, self.held.neuron, *domain, position, locks)
        if self.held in locks.locked:
            return None
        if self.widens:
            return widened(network, self.held.neuron, *domain, position[0], locks)
        value = value_at(network, self.held, *domain, position, self.taken_at)
        return None if value is None else {self.held: value}

    def _snapped(
        self,
        network: Network,
        domain: tuple[float, float],
        position: tuple[float, float],
        locks: Locks,
        ground: SnapGround,
    ) -> HandleSnap | None:
        if self.turns:
            return snapped_turn(network, self.held.neuron, *domain, position, ground, locks)
        if self.held in locks.locked:
            return None
        if self.widens:
            return snapped_second_kink(network, self.held.neuron, *domain, position, ground, locks)
        return snapped_value(network, self.held, *domain, position, ground, self.taken_at)
