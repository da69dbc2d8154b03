"""The network: one hidden layer, one input, one output. `ŷ(x) = b0 + Σ_j w_j·f(v_j·x + b_j)`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from reluviz.core.activation import RELU, Activation
from reluviz.core.arrays import FloatArray, IntArray, frozen
from reluviz.core.parameter import Parameter
from reluviz.core.smooth_curve import contribution_places, output_places

MAX_NEURONS = 10_000

# What a smooth activation still gives at the end of its sensitive range where it fades away.
SILENT = 0.01


class Status(Enum):
    """What a neuron does on the domain, the most telling word first."""

    CONSTANT = "constant"
    DEAD = "dead"
    SATURATED = "saturated"
    OFF_DOMAIN = "off domain"
    DUPLICATE = "duplicate"
    ACTIVE = "active"


STATUSES = tuple(Status)


@dataclass(frozen=True, eq=False)
class Network:
    """A network's parameters, all finite. Arrays have shape (neurons,), are float64 and read-only.

    Raises ValueError where shapes differ, a value is not finite, or there are no neurons or more than MAX_NEURONS.
    """

    hidden_weight: FloatArray
    hidden_bias: FloatArray
    output_weight: FloatArray
    output_bias: float = 0.0
    activation: Activation = RELU

    def __post_init__(self) -> None:
        for name in ("hidden_weight", "hidden_bias", "output_weight"):
            array = frozen(getattr(self, name))
            if array.ndim != 1:
                raise ValueError(f"{name} must be a list of numbers")
            if array.shape != np.shape(self.hidden_weight):
                raise ValueError(f"{name} has {len(array)} values where hidden_weight has {len(self.hidden_weight)}")
            if not np.isfinite(array).all():
                raise ValueError(f"{name}[{int(np.argmin(np.isfinite(array)))}] is not a finite number")
            object.__setattr__(self, name, array)
        object.__setattr__(self, "output_bias", float(self.output_bias))
        if not np.isfinite(self.output_bias):
            raise ValueError("output_bias is not a finite number")
        if not 1 <= self.neurons <= MAX_NEURONS:
            raise ValueError(f"a network has 1 to {MAX_NEURONS} neurons, not {self.neurons}")

    @classmethod
    def from_vector(cls, vector: FloatArray, activation: Activation = RELU) -> Network:
        """The network of a parameter vector of shape (3·neurons + 1,), ordered as in `reluviz.core.parameter`."""
        n = (len(vector) - 1) // 3
        return cls(vector[:n], vector[n : 2 * n], vector[2 * n : 3 * n], float(vector[3 * n]), activation)

    @property
    def vector(self) -> FloatArray:
        """All parameters, shape (3·neurons + 1,): a new writable array, ordered as in `reluviz.core.parameter`."""
        return np.concatenate((self.hidden_weight, self.hidden_bias, self.output_weight, [self.output_bias]))

    @property
    def neurons(self) -> int:
        return len(self.hidden_weight)

    def part(self, neurons: npt.ArrayLike) -> Network:
        """The network of these neurons alone, in this order, with the same output bias.

        Raises IndexError for a missing neuron, ValueError where there are none.
        """
        chosen = np.asarray(neurons, dtype=np.int64).reshape(-1)
        return replace(
            self,
            hidden_weight=self.hidden_weight[chosen],
            hidden_bias=self.hidden_bias[chosen],
            output_weight=self.output_weight[chosen],
        )

    def __getitem__(self, parameter: Parameter) -> float:
        return float(self.vector[parameter.position(self.neurons)])

    def with_values(self, values: dict[Parameter, float]) -> Network:
        """The same network with some parameters replaced. Raises ValueError where a value is not finite."""
        vector = self.vector
        for parameter, value in values.items():
            vector[parameter.position(self.neurons)] = value
        return Network.from_vector(vector, self.activation)

    def with_activation(self, activation: Activation) -> Network:
        return replace(self, activation=activation)

    def same_as(self, other: Network) -> bool:
        """Whether both are the same network, bit for bit."""
        return self.activation == other.activation and self.vector.tobytes() == other.vector.tobytes()

    @property
    def kinks(self) -> FloatArray:
        """Where each neuron bends first, x = (at − b)/v, shape (neurons,); NaN where it does not.

        A smooth activation bends about the middle of its range, z = 0.
        """
        if not self.activation.bend_at:
            return np.full(self.neurons, np.nan)
        first = self._positions(self.activation.bend_at[:1])[:, 0]
        return np.where(np.isfinite(first), first, np.nan)

    @property
    def bend_places(self) -> FloatArray:
        """Where each neuron bends, x = (at − b)/v, shape (neurons, bends); NaN or infinite where it does not."""
        return self._positions(self.activation.bend_at)

    def _hinge_positions(self) -> FloatArray:
        return self._positions(self.activation.hinge_at)

    def _positions(self, z: tuple[float, ...]) -> FloatArray:
        """x where v·x + b = z, shape (neurons, len(z)); NaN where v = 0, infinite where the quotient overflows."""
        at = np.asarray(z)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            x = (at[None, :] - self.hidden_bias[:, None]) / self.hidden_weight[:, None]
        x[self.hidden_weight == 0.0] = np.nan
        return np.asarray(x + 0.0)

    def activations(self, x: npt.ArrayLike) -> FloatArray:
        """The raw rays f(v_j·x + b_j), shape (neurons, samples)."""
        samples = np.atleast_1d(np.asarray(x, dtype=np.float64))
        with np.errstate(over="ignore", invalid="ignore"):
            return self.activation(self.hidden_weight[:, None] * samples + self.hidden_bias[:, None])

    def contributions(self, x: npt.ArrayLike) -> FloatArray:
        """The scaled rays w_j·f(v_j·x + b_j), shape (neurons, samples)."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self.output_weight[:, None] * self.activations(x))

    def partial_sums(self, x: npt.ArrayLike, order: npt.ArrayLike | None = None) -> FloatArray:
        """b0 alone, then with the first 1, 2, … contributions in `order` added, shape (neurons + 1, samples)."""
        parts = self.contributions(x)
        parts = parts if order is None else parts[np.asarray(order, dtype=np.int64)]
        with np.errstate(over="ignore", invalid="ignore"):
            return np.cumsum(np.vstack((np.full((1, parts.shape[1]), self.output_bias), parts)), axis=0)

    def output(self, x: npt.ArrayLike) -> FloatArray:
        """ŷ(x), shape (samples,), by the dense formula: neurons × samples operations, in blocks of bounded memory."""
        samples = np.atleast_1d(np.asarray(x, dtype=np.float64))
        block = max(1, 2_000_000 // self.neurons)
        with np.errstate(over="ignore", invalid="ignore"):
            parts = [self.contributions(samples[i : i + block]).sum(axis=0) for i in range(0, len(samples), block)]
            return np.concatenate(parts) + self.output_bias if parts else np.zeros(0)

    def vertices(self, low: float, high: float, tolerance: float | None = None) -> FloatArray:
        """The output on [low, high] as the exact polyline through its vertices, ends included, shape (m, 2).

        x ascends strictly; kinks at one place make one vertex. Cost: neurons·log(neurons). The heights are cumulated
        from the left end piece by piece, which is exact up to rounding of the partial results. A smooth output is
        sampled so densely instead that no corner shows, or that no contribution is missed by more than `tolerance`.
        """
        if self.activation.is_smooth:
            places = output_places(self, low, high, tolerance)
            return np.column_stack((places, self.output(places)))
        at = self._hinge_positions()
        inside = (at > low) & (at < high)
        x, group = np.unique(at[inside], return_inverse=True)
        edges = np.concatenate(([low], x, [high]))
        with np.errstate(over="ignore", invalid="ignore"):
            weight = self.output_weight * np.abs(self.hidden_weight)
            change = weight[:, None] * np.asarray(self.activation.hinge_slope)
            bends = np.bincount(group.ravel(), weights=change[inside], minlength=len(x))
            slopes = self._slope_right_of(low, at) + np.concatenate(([0.0], np.cumsum(bends)))
            heights = self.output([low])[0] + np.concatenate(([0.0], np.cumsum(slopes * np.diff(edges))))
        return np.column_stack((edges, heights))

    def _slope_right_of(self, x: float, at: FloatArray) -> float:
        """The output's slope just right of x; `at` are the hinge positions, shape (neurons, hinges)."""
        slope = np.full(self.neurons, self.activation.line_slope)
        for h, hinge_slope in enumerate(self.activation.hinge_slope):
            with np.errstate(invalid="ignore"):
                is_open = np.where(self.hidden_weight > 0, at[:, h] <= x, at[:, h] > x)
            slope = slope + hinge_slope * is_open
        return float(np.sum(self.output_weight * self.hidden_weight * slope))

    def contribution_polylines(
        self, low: float, high: float, raw: bool = False, tolerance: float | None = None
    ) -> FloatArray:
        """Every scaled (or raw) ray on [low, high] as an exact polyline, shape (neurons, hinges + 2, 2).

        Hinges outside the domain are put on its nearer end, so that all polylines have the same number of points.
        Smooth ones are sampled where they bend, densely enough that no corner shows: some dozens of points, or as many
        as miss them by no more than `tolerance`.
        """
        if self.activation.is_smooth:
            x = contribution_places(self, low, high, tolerance, raw=raw)
        else:
            at = np.nan_to_num(np.sort(self._hinge_positions(), axis=1), nan=low)
            x = np.column_stack((np.full(self.neurons, low), np.clip(at, low, high), np.full(self.neurons, high)))
        with np.errstate(over="ignore", invalid="ignore"):
            y = self.activation(self.hidden_weight[:, None] * x + self.hidden_bias[:, None])
            if not raw:
                y = y * self.output_weight[:, None]
        return np.stack((x, y), axis=2)

    def status(self, low: float, high: float) -> list[Status]:
        """Each neuron's status on samples that span [low, high], by itself: never DUPLICATE, see `census`."""
        return [STATUSES[code] for code in self.status_codes(low, high).tolist()]

    def status_codes(self, low: float, high: float) -> IntArray:
        """As `status`, as places in STATUSES, shape (neurons,).

        Level on all of them, it is dead where it gives 0 (or nearly), saturated where it gives something else.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            ends = self.hidden_weight[:, None] * np.array([low, high]) + self.hidden_bias[:, None]
            # Much faster than along an axis of two.
            first, last = np.minimum(*ends.T), np.maximum(*ends.T)
            level = self.activation.is_flat_between(first, last)
            silent = level & (np.abs(self.activation(np.clip(ends[:, 0], -1e300, 1e300))) <= SILENT)
        if self.activation.is_smooth:
            left, right = self.activation.sensitive
            outside = (last <= left) | (first >= right)
        else:
            at = self._hinge_positions()
            inside = [(column >= low) & (column <= high) for column in at.T]
            outside = ~np.logical_or.reduce(inside) if inside else np.zeros(self.neurons, dtype=np.bool_)
        return np.select(
            [self.hidden_weight == 0.0, silent, level, outside],
            [STATUSES.index(word) for word in (Status.CONSTANT, Status.DEAD, Status.SATURATED, Status.OFF_DOMAIN)],
            STATUSES.index(Status.ACTIVE),
        )
