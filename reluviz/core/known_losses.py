"""The losses over the training and the validation samples, found when they are asked for."""

from __future__ import annotations

from reluviz.core.loss import Loss
from reluviz.core.stepper import Stepper


class KnownLosses:
    """What is found is kept until `forget` says that a parameter has moved.

    From residuals, but of very many samples from their sums where these are as good for the eye. Both may raise
    Interrupted, see `Stepper`.
    """

    def __init__(self, stepper: Stepper, validator: Stepper | None) -> None:
        self._stepper = stepper
        self._validator = validator
        self.forget()

    def forget(self) -> None:
        self._training: float | None = None
        self._validation: float | None = None

    @property
    def are_known(self) -> bool:
        """Whether both are at hand."""
        return self._training is not None and (self._validator is None or self._validation is not None)

    def training(self, loss: Loss) -> float:
        """Over the training samples; inf where it overflows."""
        if self._training is None:
            self._training = _found(self._stepper, loss)
        return self._training

    def validation(self, loss: Loss) -> float | None:
        """Over the validation samples; inf where it overflows, None where there are none."""
        if self._validation is None and self._validator is not None:
            self._validation = _found(self._validator, loss)
        return self._validation


def _found(stepper: Stepper, loss: Loss) -> float:
    summed = stepper.summed_loss(loss)
    return stepper.loss(loss) if summed is None else summed
