"""The `.reluviz` document as JSON, version 1: its structure, and the way from it to the core's values and back."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from reluviz.core.axis_names import AxisNames
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.timeline import Course, Timeline
from reluviz.document.film_part import FilmPart, film_of, film_part
from reluviz.document.kept_part import KeptPart, KeptRunPart, kept_of, kept_part, kept_run_part
from reluviz.document.network_part import (
    DrawnPart,
    GivenPart,
    NetworkPart,
    network_of,
    network_part,
    start_of,
    start_part,
)
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
    kept_run: KeptRunPart | None = None
    recording: RecordingPart | None = None


def to_core(part: DocumentPart) -> OpenedDocument:
    """The document's values. Raises DocumentError where one is impossible."""
    target = target_of(part.target)
    sampling = sampling_of(part.sampling)
    start = start_of(part.start)
    settings = settings_of(part.training)
    with located("$.training"):
        settings.check_for(sampling.trained(target))
    network = None if part.network is None else network_of(part.network, "$.network")
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
        kept=kept_of(part.kept, part.kept_run),
    )


def _axes(part: AxesPart) -> AxisNames:
    with located("$.axes"):
        return AxisNames(part.x, part.y)


def _timeline(part: RecordingPart | None, course: Course) -> Timeline:
    return Timeline() if part is None else timeline_of(part, course)


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
        start=start_part(document.start),
        training=training_part(document.settings),
        view=ViewPart("fastest" if document.speed is None else document.speed, picture_part(document.picture)),
        locks=_locks_part(document.locks, (document.network or document.start).neurons),
        axes=None if document.axes == AxisNames() else sparing(AxesPart(document.axes.x, document.axes.y)),
        film=film_part(document.film),
        step=document.step,
        network=None if document.network is None else network_part(document.network),
        kept=kept_part(document.kept),
        kept_run=kept_run_part(document.kept, document.target),
        recording=recording_part(document.timeline, Course(document.target, document.sampling, document.settings.loss)),
    )


def _locks_part(locks: Locks, neurons: int) -> LocksPart | None:
    v, b, w = (
        tuple(sorted(p.neuron for p in locks.locked if p.kind is kind and p.neuron < neurons)) for kind in _NEURON_KINDS
    )
    part = LocksPart(v, b, w, OUTPUT_BIAS in locks.locked)
    return None if part == LocksPart() else part
