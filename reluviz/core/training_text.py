"""How training settings are written: their names, what they amount to in a few words, and what a change is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reluviz.core.dataset import Sampling
from reluviz.core.notation import count_text, short_text
from reluviz.core.optimizer import Optimizer
from reluviz.core.schedule import Schedule
from reluviz.core.settings import TrainingSettings

OPTIMIZER_TITLES = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}
LOSS_TITLES = {"half_mse": "½ MSE", "mse": "MSE", "mae": "MAE", "huber": "Huber"}
SCHEDULE_TITLES = {"constant": "constant", "step": "step", "cosine": "cosine"}
BATCHING_TITLES = {"windows": "windows", "epochs": "epochs"}

OPTIMIZER_NUMBERS = {
    "sgd": ("weight_decay",),
    "momentum": ("momentum", "weight_decay"),
    "nesterov": ("momentum", "weight_decay"),
    "rmsprop": ("alpha", "epsilon", "weight_decay"),
    "adam": ("beta1", "beta2", "epsilon", "weight_decay"),
}
"""The numbers that each optimizer's definition reads."""

SCHEDULE_NUMBERS = {"constant": (), "step": ("every", "gamma"), "cosine": ("every", "least")}
"""The numbers that each schedule's definition reads."""

NUMBER_TITLES = {
    "momentum": "momentum",
    "alpha": "α",
    "beta1": "β₁",
    "beta2": "β₂",
    "epsilon": "ε",
    "weight_decay": "weight decay",
    "every": "period",
    "gamma": "γ",
    "least": "least rate",
}

USUAL_LEARNING_RATES = {"sgd": 1e-3, "momentum": 1e-3, "nesterov": 1e-3, "rmsprop": 1e-2, "adam": 1e-3}
"""PyTorch's defaults of `lr` (torch.optim)."""


def optimizer_text(optimizer: Optimizer) -> str:
    """What stands out of its numbers: "momentum 0.9", "β₁ 0.9, β₂ 0.999, weight decay 0.01"; "" for nothing."""
    told = [name for name in OPTIMIZER_NUMBERS[optimizer.name] if name not in ("epsilon", "weight_decay")]
    told += ["weight_decay"] if optimizer.weight_decay else []
    return ", ".join(f"{NUMBER_TITLES[name]} {short_text(getattr(optimizer, name))}" for name in told)


def schedule_text(schedule: Schedule) -> str:
    """ "constant rate", "rate ×0.1 every 1 000", "cosine over 1 000"."""
    if schedule.name == "step":
        return f"rate ×{short_text(schedule.gamma)} every {count_text(schedule.every)}"
    return f"cosine over {count_text(schedule.every)}" if schedule.name == "cosine" else "constant rate"


def batch_text(settings: TrainingSettings) -> str:
    """ "full batch", "100 in a row" of a window, "100 in turn" of an epoch, "100 shuffled once"."""
    if settings.batch_size is None:
        return "full batch"
    size = count_text(settings.batch_size)
    in_turn = settings.batching == "epochs"
    if settings.shuffle:
        return f"{size} shuffled {'anew' if in_turn else 'once'}"
    return f"{size} in {'turn' if in_turn else 'a row'}"


def stop_text(settings: TrainingSettings) -> str:
    """ "never", "at step 1 000", "after 10 epochs, at loss 0.01"."""
    told = []
    if settings.steps is not None:
        told.append(f"at step {count_text(settings.steps)}")
    if settings.epochs is not None:
        told.append(_epochs(settings.epochs))
    if settings.loss_goal is not None:
        told.append(f"at loss {short_text(settings.loss_goal)}")
    if settings.plateau is not None:
        told.append("on a plateau")
    return ", ".join(told) or "never"


def sampling_text(sampling: Sampling) -> str:
    """ "exact", "noise 0.4, validation 0.2"."""
    told = []
    if sampling.noise:
        told.append(f"noise {short_text(sampling.noise)}")
    if sampling.validation:
        told.append(f"validation {short_text(sampling.validation)}")
    return ", ".join(told) or "exact"


def _epochs(epochs: int) -> str:
    return f"after {count_text(epochs)} epoch{'s' * (epochs != 1)}"


@dataclass(frozen=True)
class Change:
    """What a change of settings is called. `number` names the one number that changed, "" where something else did."""

    text: str
    number: str = ""


def change_of(old: TrainingSettings, new: TrainingSettings) -> Change:
    """What happened from `old` to `new`; the first of several changes gives its name to all."""
    changes = [change for find in _FINDERS if (change := find(old, new)) is not None]
    if not changes:
        return Change("training settings")
    return changes[0] if len(changes) == 1 else Change(f"{changes[0].text} and more")


def sampling_change(old: Sampling, new: Sampling) -> Change:
    """What happened to noise, split or the number of samples; a changed seed is said by what it draws."""
    if new.noise != old.noise:
        return Change(f"noise {short_text(new.noise)}", "noise")
    if new.validation != old.validation:
        return Change(f"validation {short_text(new.validation)}", "validation")
    if new.noise_seed != old.noise_seed:
        return Change(f"noise seed {new.noise_seed}", "noise_seed")
    if new.validation_seed != old.validation_seed:
        return Change(f"split seed {new.validation_seed}", "validation_seed")
    return Change(f"{count_text(new.samples)} samples", "samples")


def _optimizer(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    if new.optimizer.name != old.optimizer.name:
        return Change(f"optimizer {OPTIMIZER_TITLES[new.optimizer.name]}")
    return _number(old.optimizer, new.optimizer)


def _schedule(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    if new.schedule.name != old.schedule.name:
        return Change(f"{new.schedule.name} learning rate")
    return _number(old.schedule, new.schedule)


def _number(old: Optimizer | Schedule, new: Optimizer | Schedule) -> Change | None:
    for name, title in NUMBER_TITLES.items():
        value = getattr(new, name, None)
        if value is not None and value != getattr(old, name):
            written = count_text(value) if isinstance(value, int) else short_text(value)
            return Change(f"{title} {written}", name)
    return None


def _learning_rate(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    rate = new.learning_rate
    return None if rate == old.learning_rate else Change(f"learning rate {short_text(rate)}", "learning_rate")


def _loss(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    return None if new.loss == old.loss else Change(f"loss {LOSS_TITLES[new.loss]}")


def _batch_size(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    if new.batch_size == old.batch_size:
        return None
    if new.batch_size is None:
        return Change("full batch")
    return Change(f"batch size {count_text(new.batch_size)}", "" if old.batch_size is None else "batch_size")


def _batching(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    return None if new.batching == old.batching else Change(f"batches in {BATCHING_TITLES[new.batching]}")


def _shuffle(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    return None if new.shuffle == old.shuffle else Change("shuffle" if new.shuffle else "do not shuffle")


def _steps(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    return _limit(old.steps, new.steps, "steps", f"stop at step {count_text(new.steps or 0)}", "at a step")


def _epoch_limit(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    return _limit(old.epochs, new.epochs, "epochs", f"stop {_epochs(new.epochs or 0)}", "after epochs")


def _loss_goal(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    return _limit(
        old.loss_goal, new.loss_goal, "loss_goal", f"stop at loss {short_text(new.loss_goal or 0.0)}", "at a loss"
    )


def _limit(old: float | None, new: float | None, name: str, text: str, where: str) -> Change | None:
    if new == old:
        return None
    if new is None:
        return Change(f"no stop {where}")
    return Change(text, "" if old is None else name)


def _plateau(old: TrainingSettings, new: TrainingSettings) -> Change | None:
    if new.plateau == old.plateau:
        return None
    if new.plateau is None:
        return Change("no stop on a plateau")
    if old.plateau is None:
        return Change("stop on a plateau")
    if old.plateau.steps != new.plateau.steps:
        return Change(f"plateau of {count_text(new.plateau.steps)} steps", "plateau_steps")
    return Change(f"plateau tolerance {short_text(new.plateau.tolerance)}", "plateau_tolerance")


_FINDERS: tuple[Callable[[TrainingSettings, TrainingSettings], Change | None], ...] = (
    _optimizer,
    _learning_rate,
    _schedule,
    _loss,
    _batch_size,
    _batching,
    _shuffle,
    _steps,
    _epoch_limit,
    _loss_goal,
    _plateau,
)
