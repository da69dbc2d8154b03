"""What `reluviz train` prints."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from reluviz.command_line.arguments import shown
from reluviz.core.network import Network
from reluviz.core.notation import count_text, value_text

_NEURONS_LISTED = 12


@dataclass(frozen=True)
class Result:
    """What training made of a document.

    Losses are over all training samples, the validation loss over all that training did not see, None where there are
    none; `seconds` is training alone.
    """

    steps: int
    seconds: float
    loss_before: float
    loss: float
    validation_loss: float | None
    network: Network
    diverged: bool

    def as_json(self) -> str:
        """One JSON object, numbers in full precision; a loss that overflowed is null."""
        network = self.network
        return json.dumps(
            {
                "steps": self.steps,
                "seconds": self.seconds,
                "loss_before": _finite(self.loss_before),
                "loss": _finite(self.loss),
                "validation_loss": _finite(self.validation_loss),
                "network": {
                    "activation": network.activation.name,
                    "hidden_weight": network.hidden_weight.tolist(),
                    "hidden_bias": network.hidden_bias.tolist(),
                    "output_weight": network.output_weight.tolist(),
                    "output_bias": network.output_bias,
                },
            },
            allow_nan=False,
        )

    def as_text(self, name: str) -> str:
        """Some lines to read."""
        network = self.network
        losses = f"J {value_text(self.loss_before)} → {value_text(self.loss)}"
        if self.validation_loss is not None:
            losses += f", validation {value_text(self.validation_loss)}"
        steps = f"{count_text(self.steps)} step{'s' * (self.steps != 1)}"
        lines = [
            f"{shown(name)}: {steps} in {value_text(self.seconds, 3)} s, {losses}",
            "".join(f"{head:>12}" for head in ("neuron", "v", "b", "w", "kink")),
        ]
        columns = (network.hidden_weight, network.hidden_bias, network.output_weight, network.kinks)
        for j, row in enumerate(zip(*columns, strict=True)):
            if j == _NEURONS_LISTED < network.neurons - 1:
                lines.append(f"{'…':>12}  and {network.neurons - j} more neurons (--json has them all)")
                break
            lines.append(f"{j + 1:>12}" + "".join(f"{value_text(value):>12}" for value in row))
        return "\n".join([*lines, f"{'b₀':>12}{value_text(network.output_bias):>12}"])


def _finite(loss: float | None) -> float | None:
    return loss if loss is not None and math.isfinite(loss) else None
