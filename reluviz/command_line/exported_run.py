"""The document's state, or where training gets it, as one frame."""

from __future__ import annotations

import time

from reluviz.command_line.arguments import UsageError
from reluviz.command_line.progress import Progress
from reluviz.core.frame import Frame
from reluviz.core.history import LossHistory, first_stride
from reluviz.core.timeline import Course
from reluviz.core.trainer import Trainer
from reluviz.document.opened import OpenedDocument

_CHUNK_SECONDS = 0.05


def frame_after(document: OpenedDocument, steps: int) -> Frame:
    """The frame `steps` steps on from where the document stands, with the losses on the way and before.

    Raises UsageError where the document cannot be trained, or diverges on the way.
    """
    start, random = document.start.begin(document.target.low, document.target.high)
    network, step = (start, 0) if document.network is None else (document.network, document.step)
    try:
        split = document.sampling.split(document.target)
        document.settings.check_for(len(split.training))
    except ValueError as error:
        raise UsageError(str(error)) from None
    trainer = Trainer(network, split.training, document.settings, random, document.locks, split.validation)
    trainer.step = step
    history = LossHistory(stride=first_stride(len(split.training)))
    history.record(step, trainer.loss(), trainer.validation_loss())
    if steps:
        _train(trainer, step, step + steps, history)
    loss, held_out = trainer.loss(), trainer.validation_loss()
    course = Course(document.target, document.sampling, document.settings.loss)
    curve = document.timeline.losses_to(history.curve(trainer.step, loss, held_out), course)
    return Frame(trainer.network, trainer.step, trainer.epoch, loss, curve, validation_loss=held_out, split=split)


def _train(trainer: Trainer, first: int, last: int, history: LossHistory) -> None:
    chunk = 1
    with Progress(first, last) as progress:
        while trainer.step < last:
            wanted = min(chunk, last - trainer.step, history.steps_until_due(trainer.step))
            begun = time.perf_counter()
            if trainer.run(wanted) < wanted:
                raise UsageError(
                    f"J diverged at step {trainer.step + 1} with learning rate "
                    f"{trainer.settings.learning_rate:g}: nothing is written; try fewer --steps"
                )
            # Between chunks Ctrl-C is heard.
            chunk = max(1, int(wanted * min(2.0, _CHUNK_SECONDS / max(time.perf_counter() - begun, 1e-9))))
            if trainer.step % history.stride == 0:
                history.record(trainer.step, trainer.loss(), trainer.validation_loss())
            progress.update(trainer)
