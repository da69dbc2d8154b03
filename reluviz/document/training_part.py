"""How a run is trained, as a part of the document. What is left at its default is not written."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from reluviz.core.optimizer import Optimizer
from reluviz.core.schedule import MAX_PERIOD, Schedule
from reluviz.core.settings import MAX_STEPS, Plateau, TrainingSettings
from reluviz.document.part import Line, Part, located, sparing

Steps = Annotated[int, msgspec.Meta(ge=0, le=MAX_STEPS)]
Count = Annotated[int, msgspec.Meta(ge=1, le=10**15)]


class OptimizerPart(Part, omit_defaults=True):
    name: Line = "sgd"
    momentum: float = 0.9
    alpha: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.0


class SchedulePart(Part, omit_defaults=True):
    name: Line = "constant"
    every: Annotated[int, msgspec.Meta(ge=1, le=MAX_PERIOD)] = 1000
    gamma: float = 0.1
    least: float = 0.0


class PlateauPart(Part):
    steps: Count
    tolerance: float


class TrainingPart(Part, omit_defaults=True):
    learning_rate: float
    batch_size: Count | Literal["full"]
    steps: Steps | None = None
    shuffle: bool = False
    window_limit: Count | None = None
    optimizer: OptimizerPart | None = None
    schedule: SchedulePart | None = None
    loss: Line = "half_mse"
    batching: Line = "windows"
    epochs: Steps | None = None
    loss_goal: float | None = None
    plateau: PlateauPart | None = None


def settings_of(part: TrainingPart) -> TrainingSettings:
    """Raises DocumentError where a value is impossible."""
    optimizer, schedule = part.optimizer or OptimizerPart(), part.schedule or SchedulePart()
    with located("$.training.optimizer"):
        core_optimizer = Optimizer(**msgspec.structs.asdict(optimizer))
    with located("$.training.schedule"):
        core_schedule = Schedule(**msgspec.structs.asdict(schedule))
    with located("$.training.plateau"):
        plateau = None if part.plateau is None else Plateau(part.plateau.steps, part.plateau.tolerance)
    with located("$.training"):
        return TrainingSettings(
            learning_rate=part.learning_rate,
            batch_size=None if part.batch_size == "full" else part.batch_size,
            shuffle=part.shuffle,
            window_limit=part.window_limit,
            steps=part.steps,
            optimizer=core_optimizer,
            schedule=core_schedule,
            loss=part.loss,
            batching=part.batching,
            epochs=part.epochs,
            loss_goal=part.loss_goal,
            plateau=plateau,
        )


def training_part(settings: TrainingSettings) -> TrainingPart:
    """What to write for the settings."""
    plateau = settings.plateau
    part = TrainingPart(
        learning_rate=settings.learning_rate,
        batch_size="full" if settings.batch_size is None else settings.batch_size,
        steps=settings.steps,
        shuffle=settings.shuffle,
        window_limit=settings.window_limit,
        optimizer=_optimizer_part(settings.optimizer),
        schedule=_schedule_part(settings.schedule),
        loss=settings.loss,
        batching=settings.batching,
        epochs=settings.epochs,
        loss_goal=settings.loss_goal,
        plateau=None if plateau is None else PlateauPart(plateau.steps, plateau.tolerance),
    )
    return sparing(part)


def _optimizer_part(optimizer: Optimizer) -> OptimizerPart | None:
    part = sparing(msgspec.convert(optimizer, OptimizerPart, from_attributes=True))
    return None if part == OptimizerPart() else part


def _schedule_part(schedule: Schedule) -> SchedulePart | None:
    part = sparing(msgspec.convert(schedule, SchedulePart, from_attributes=True))
    return None if part == SchedulePart() else part
