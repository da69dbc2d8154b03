"""Adding, removing, duplicating, splitting and reviving single neurons of a network that may be training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from reluviz.core.arrays import FloatArray, IntArray
from reluviz.core.initializer import check_neurons
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Locks, Parameter
from reluviz.core.picture import Picture

# How far apart the halves of a split neuron bend, as part of the domain: far enough to be told apart, and to get
# gradients of their own.
_SPLIT = 0.02


@dataclass(frozen=True, eq=False)
class NeuronEdit:
    """Another network, and where its neurons come from: `origin[j]` is the old index of neuron j, −1 for a new one."""

    network: Network
    origin: IntArray

    def locks(self, before: Locks) -> Locks:
        """The locks, each still on its own neuron; those of neurons that are gone are gone."""
        now = self._now()
        moved = {Parameter(p.kind, now[p.neuron]) for p in before.locked if p != OUTPUT_BIAS and p.neuron in now}
        return Locks(frozenset(moved | (before.locked & {OUTPUT_BIAS})))

    def picture(self, before: Picture) -> Picture:
        """What is drawn, each neuron as before."""
        now = self._now()
        hidden = frozenset(now[j] for j in before.hidden if j in now)
        return replace(before, hidden=hidden, solo=None if before.solo is None else now.get(before.solo), added=None)

    def applied(self, network: Network) -> Network:
        """The same change of places on another network of the old size; new neurons are this edit's."""
        return _chosen(network, self.origin, self.network)

    def _now(self) -> dict[int, int]:
        return {int(old): new for new, old in enumerate(self.origin) if old >= 0}


def with_neuron(network: Network, low: float, high: float) -> NeuronEdit:
    """One more neuron, the last: it bends in the middle of the widest gap, and w = 0 leaves the output as it is.

    Raises ValueError where there are MAX_NEURONS already.
    """
    check_neurons(network.neurons + 1)
    kink = _middle_of_widest_gap(bends(network), low, high)
    added = Network(
        np.append(network.hidden_weight, 1.0),
        np.append(network.hidden_bias, -kink + 0.0),
        np.append(network.output_weight, 0.0),
        network.output_bias,
        network.activation,
    )
    return NeuronEdit(added, np.append(np.arange(network.neurons), -1))


def without_neurons(network: Network, neurons: Iterable[int]) -> NeuronEdit:
    """The network without some neurons. Raises IndexError for a missing one, ValueError where none would be left."""
    gone = _checked(network, neurons)
    if len(gone) == network.neurons:
        raise ValueError("a network keeps at least one neuron")
    origin = np.delete(np.arange(network.neurons), gone)
    return NeuronEdit(_chosen(network, origin, network), origin)


def with_duplicates(network: Network, neurons: Iterable[int]) -> NeuronEdit:
    """A copy of each of `neurons`, with parameters of its own: these contributions count twice.

    The copies are the last neurons, in their order: all others keep their number, and with it their colour.
    Raises IndexError for a missing neuron, ValueError where there would be more than MAX_NEURONS.
    """
    doubled = _checked(network, neurons)
    check_neurons(network.neurons + len(doubled))
    everyone = np.arange(network.neurons)
    copied = _chosen(network, np.append(everyone, doubled), network)
    return NeuronEdit(copied, np.append(everyone, np.full(len(doubled), -1)))


def with_splits(network: Network, neurons: Iterable[int], low: float, high: float) -> NeuronEdit:
    """Two neurons for each of `neurons`, each with half of w: the left half is in its place and bends a little left of
    where it did, the right half is among the last and bends a little right of there.

    Their sum is the old contribution but between the two bends. A neuron with v = 0 bends nowhere: its halves stay
    alike. Raises IndexError for a missing neuron, ValueError where there would be more than MAX_NEURONS.
    """
    split = _checked(network, neurons)
    edit = with_duplicates(network, split)
    right = network.neurons + np.arange(len(split))
    apart = 0.5 * _SPLIT * (high - low)
    weight, bias = edit.network.output_weight.copy(), edit.network.hidden_bias.copy()
    for half, away in ((split, apart), (right, -apart)):
        weight[half] *= 0.5
        bias[half] += edit.network.hidden_weight[half] * away
    return NeuronEdit(replace(edit.network, output_weight=weight, hidden_bias=bias), edit.origin)


def all_revived(network: Network, neurons: Iterable[int], low: float, high: float) -> Network:
    """The network with each of `neurons` bending in the middle of the widest gap that is left, its v kept (1 where it
    is 0), and w = 0.

    They are active on a part of the domain then, so that their w learn again; the output loses their contributions,
    which dead ones do not have. Raises IndexError for a missing neuron.
    """
    chosen = _checked(network, neurons)
    inside = np.sort(np.delete(bends(network), chosen))
    edges = [low, *inside[(inside > low) & (inside < high)].tolist(), high]
    gaps = [(left - right, left, right) for left, right in pairwise(edges)]
    heapify(gaps)
    v, b, w = (array.copy() for array in (network.hidden_weight, network.hidden_bias, network.output_weight))
    for neuron in chosen.tolist():
        _, left, right = heappop(gaps)
        middle = left + (right - left) / 2.0
        for gap in ((left, middle), (middle, right)):
            heappush(gaps, (gap[0] - gap[1], *gap))
        v[neuron] = v[neuron] or 1.0
        b[neuron] = -v[neuron] * middle + 0.0
        w[neuron] = 0.0
    return Network(v, b, w, network.output_bias, network.activation)


def bends(network: Network) -> FloatArray:
    """Where each neuron's z = v·x + b is 0, shape (neurons,); NaN where v = 0 or the quotient overflows."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        x = -network.hidden_bias / network.hidden_weight
    return np.where(np.isfinite(x), x, np.nan)


def duplicates(network: Network, low: float, high: float) -> IntArray:
    """For each neuron the first one that does the same up to its w, else itself, shape (neurons,).

    Neurons do the same where they bend at one place of the domain in one direction and, unless the activation is
    positively homogeneous, with one v. Neurons that bend outside of the domain are not compared.
    """
    v, at = network.hidden_weight, bends(network)
    inside = np.flatnonzero((at >= low) & (at <= high))
    scales = all(hinge == 0.0 for hinge in network.activation.hinge_at) and bool(network.activation.hinge_at)
    slope = np.sign(v) if scales else v
    first = np.arange(network.neurons)
    # Rounding of −b/v must not part what is alike to the eye.
    places, slopes = np.round((at[inside] - low) / (high - low) * 1e9), slope[inside]
    by_place = np.argsort(places)
    alike = np.diff(places[by_place]) == 0.0
    # Few share a place as a rule: only these need to be sorted thoroughly.
    some = np.sort(by_place[np.append(alike, False) | np.append(False, alike)]) if alike.any() else by_place[:0]
    order = some[np.lexsort((slopes[some], places[some]))]
    if len(order):
        begins = np.append(True, (np.diff(places[order]) != 0.0) | (np.diff(slopes[order]) != 0.0))
        # Sorting is stable: each group begins with its first neuron.
        first[inside[order]] = inside[order][np.flatnonzero(begins)[np.cumsum(begins) - 1]]
    return first


def _checked(network: Network, neurons: Iterable[int]) -> IntArray:
    """The neurons in ascending order, each once. Raises IndexError for a missing one."""
    chosen = np.unique(np.fromiter(neurons, dtype=np.int64))
    for neuron in (*chosen[:1].tolist(), *chosen[-1:].tolist()):
        if not 0 <= neuron < network.neurons:
            raise IndexError(f"no neuron {neuron + 1} in a network of {network.neurons}")
    return chosen


def _chosen(network: Network, origin: IntArray, new: Network) -> Network:
    """The neurons `origin` of `network`; where it says −1, those of `new` at that place."""
    is_new = origin < 0

    def column(old: FloatArray, fresh: FloatArray) -> FloatArray:
        return np.where(is_new, fresh, old[origin]) if is_new.any() else old[origin]

    return Network(
        column(network.hidden_weight, new.hidden_weight),
        column(network.hidden_bias, new.hidden_bias),
        column(network.output_weight, new.output_weight),
        network.output_bias,
        network.activation,
    )


def _middle_of_widest_gap(at: FloatArray, low: float, high: float) -> float:
    inside = np.sort(at[(at > low) & (at < high)])
    edges = np.concatenate(([low], inside, [high]))
    widest = int(np.argmax(np.diff(edges)))
    return float(edges[widest] + (edges[widest + 1] - edges[widest]) / 2)
