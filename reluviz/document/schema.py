"""The `.reluviz` document as JSON, version 1: its structure, and the way from it to the core's values and back."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from reluviz.core.activation import activation_named
from reluviz.core.axis_names import AxisNames
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.recording import Moment
from reluviz.core.start import Start
from reluviz.core.timeline import Course, Timeline
from reluviz.document.film_part import FilmPart, film_of, film_part
from reluviz.document.opened import OpenedDocument
from reluviz.document.part import DocumentError, Line, Part, located, sparing
from reluviz.document.picture_part import PicturePart, picture_of, picture_part
from reluviz.document.recording_part import RecordingPart, recording_part, timeline_of
from reluviz.document.sampling_part import SamplingPart, sampling_of, sampling_part
from reluviz.document.target_part import TargetPart, target_of, target_part
from reluviz.document.training_part import Steps, TrainingPart, settings_of, training_part

FORMAT = "reluviz"
VERSION = 1

_NEURON_KINDS = (Kind.HIDDEN_WEIGHT, Kind.HIDDEN_BIAS, Kind.OUTPUT_WEIGHT)


class NetworkPart(Part):
    activation: Line
    hidden_weight: tuple[float, ...]
    hidden_bias: tuple[float, ...]
    output_weight: tuple[float, ...]
    output_bias: float


class DrawnPart(Part, tag_field="kind", tag="drawn"):
    """A start that an initialiser draws."""

    initializer: Line
    neurons: Annotated[int, msgspec.Meta(ge=-(10**15), le=10**15)]
    activation: Line
    seed: int


class GivenPart(Part, tag_field="kind", tag="given"):
    """A start from a given network; the initialiser serves when new draws are asked for."""

    network: NetworkPart
    initializer: Line
    seed: int


class LocksPart(Part, omit_defaults=True):
    """Numbers of the locked neurons' parameters, counted from 0 as in the network's lists."""

    hidden_weight: tuple[int, ...] = ()
    hidden_bias: tuple[int, ...] = ()
    output_weight: tuple[int, ...] = ()
    output_bias: bool = False


class ViewPart(Part, omit_defaults=True):
    """`speed` is in steps per second."""

    speed: Annotated[float, msgspec.Meta(gt=0, le=1e12)] | Literal["fastest"]
    picture: PicturePart | None = None


class AxesPart(Part, omit_defaults=True):
    """What the axes are called."""

    x: Line = ""
    y: Line = ""


class KeptPart(Part, omit_defaults=True, kw_only=True):
    """A moment to compare with, and its losses."""

    name: Line = ""
    step: Steps = 0
    loss: float
    validation_loss: float | None = None
    network: NetworkPart


class DocumentPart(Part, omit_defaults=True, kw_only=True):
    """The whole document."""

    format: Line
    version: int
    title: Line
    source: Line = ""
    look_at: Line = ""
    target: TargetPart
    sampling: SamplingPart
    start: DrawnPart | GivenPart
    training: TrainingPart
    view: ViewPart
    locks: LocksPart | None = None
    axes: AxesPart | None = None
    film: FilmPart | None = None
    step: Steps = 0
    network: NetworkPart | None = None
    kept: KeptPart | None = None
    recording: RecordingPart | None = None


def to_core(part: DocumentPart) -> OpenedDocument:
    """The document's values. Raises DocumentError where one is impossible."""
    target = target_of(part.target)
    sampling = sampling_of(part.sampling)
    start = _start(part.start)
    settings = settings_of(part.training)
    with located("$.training"):
        settings.check_for(sampling.trained(target))
    network = None if part.network is None else _network(part.network, "$.network")
    return OpenedDocument(
        title=part.title,
        source=part.source,
        look_at=part.look_at,
        target=target,
        sampling=sampling,
        start=start,
        settings=settings,
        locks=_locks(part.locks or LocksPart(), (network or start).neurons),
        network=network,
        step=part.step,
        speed=None if part.view.speed == "fastest" else part.view.speed,
        picture=picture_of(part.view.picture or PicturePart()),
        timeline=_timeline(part.recording, Course(target, sampling, settings.loss)),
        axes=_axes(part.axes or AxesPart()),
        film=None if part.film is None else film_of(part.film),
        kept=None if part.kept is None else _kept(part.kept),
    )


def _kept(part: KeptPart) -> Kept:
    network = _network(part.network, "$.kept.network")
    return Kept(Moment(network, part.step, part.loss, part.validation_loss), part.name)


def _axes(part: AxesPart) -> AxisNames:
    with located("$.axes"):
        return AxisNames(part.x, part.y)


def _timeline(part: RecordingPart | None, course: Course) -> Timeline:
    return Timeline() if part is None else timeline_of(part, course)


def _start(part: DrawnPart | GivenPart) -> Start:
    if isinstance(part, GivenPart):
        network = _network(part.network, "$.start.network")
        with located("$.start"):
            return Start(initializer=part.initializer, seed=part.seed, network=network)
    with located("$.start"):
        return Start(part.initializer, part.neurons, part.seed, activation_named(part.activation))


def _network(part: NetworkPart, path: str) -> Network:
    with located(path):
        return Network(
            part.hidden_weight,  # type: ignore[arg-type]  # Network copies any list into an array
            part.hidden_bias,  # type: ignore[arg-type]
            part.output_weight,  # type: ignore[arg-type]
            part.output_bias,
            activation_named(part.activation),
        )


def _locks(part: LocksPart, neurons: int) -> Locks:
    locked = {OUTPUT_BIAS} if part.output_bias else set()
    for kind in _NEURON_KINDS:
        for i, neuron in enumerate(getattr(part, kind.value)):
            if not 0 <= neuron < neurons:
                raise DocumentError(f"$.locks.{kind.value}[{i}]: no neuron {neuron} among 0 … {neurons - 1}")
            locked.add(Parameter(kind, neuron))
    return Locks(frozenset(locked))


def of_core(document: OpenedDocument) -> DocumentPart:
    """The structure to write for a document. Raises DocumentError for a target of an unknown class."""
    return DocumentPart(
        format=FORMAT,
        version=VERSION,
        title=document.title,
        source=document.source,
        look_at=document.look_at,
        target=target_part(document.target),
        sampling=sampling_part(document.sampling),
        start=_start_part(document.start),
        training=training_part(document.settings),
        view=ViewPart("fastest" if document.speed is None else document.speed, picture_part(document.picture)),
        locks=_locks_part(document.locks, (document.network or document.start).neurons),
        axes=None if document.axes == AxisNames() else sparing(AxesPart(document.axes.x, document.axes.y)),
        film=film_part(document.film),
        step=document.step,
        network=None if document.network is None else _network_part(document.network),
        kept=None if document.kept is None else _kept_part(document.kept),
        recording=recording_part(document.timeline, Course(document.target, document.sampling, document.settings.loss)),
    )


def _kept_part(kept: Kept) -> KeptPart:
    moment = kept.moment
    return sparing(
        KeptPart(
            name=kept.name,
            step=moment.step,
            loss=moment.loss,
            validation_loss=moment.validation_loss,
            network=_network_part(moment.network),
        )
    )


def _start_part(start: Start) -> DrawnPart | GivenPart:
    if start.network is not None:
        return GivenPart(_network_part(start.network), start.initializer, start.seed)
    return DrawnPart(start.initializer, start.neurons, start.activation.name, start.seed)


def _network_part(network: Network) -> NetworkPart:
    return NetworkPart(
        activation=network.activation.name,
        hidden_weight=tuple(network.hidden_weight.tolist()),
        hidden_bias=tuple(network.hidden_bias.tolist()),
        output_weight=tuple(network.output_weight.tolist()),
        output_bias=network.output_bias,
    )


def _locks_part(locks: Locks, neurons: int) -> LocksPart | None:
    v, b, w = (
        tuple(sorted(p.neuron for p in locks.locked if p.kind is kind and p.neuron < neurons)) for kind in _NEURON_KINDS
    )
    part = LocksPart(v, b, w, OUTPUT_BIAS in locks.locked)
    return None if part == LocksPart() else part
