"""Optimizers and schedules once more, straight from the definitions in PyTorch's documentation."""

from __future__ import annotations

import math

import numpy as np

from reluviz.core.arrays import FloatArray

_DEFAULTS = {"momentum": 0.9, "alpha": 0.99, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.0}


class Descent:
    """θ on its way down. `optimizer` and `schedule` are their names and numbers, as their classes are given them."""

    def __init__(self, theta: FloatArray, rate: float, optimizer: dict, schedule: dict | None = None) -> None:
        self.theta = np.array(theta)
        self.made = 0
        self.change(rate, optimizer, schedule)
        self._first, self._second = np.zeros_like(self.theta), np.zeros_like(self.theta)

    def change(self, rate: float, optimizer: dict, schedule: dict | None = None) -> None:
        """Other numbers from the next step on; what is remembered stays."""
        self._rate = rate
        self._optimizer = _DEFAULTS | optimizer
        self._schedule = schedule or {"name": "constant"}

    def rate(self) -> float:
        """The learning rate of the next step."""
        s = self._schedule
        if s["name"] == "step":
            return self._rate * s["gamma"] ** (self.made // s["every"])
        if s["name"] == "cosine":
            least = s.get("least", 0.0)
            return least + (self._rate - least) * (1 + math.cos(math.pi * self.made / s["every"])) / 2
        return self._rate

    def step(self, slopes: FloatArray) -> FloatArray:
        """Go one step against the gradient `slopes`; the parameters after it."""
        o, name, rate = self._optimizer, self._optimizer["name"], self.rate()
        g = slopes + o["weight_decay"] * self.theta
        self.made += 1
        if name in ("momentum", "nesterov"):
            self._first = o["momentum"] * self._first + g
            g = g + o["momentum"] * self._first if name == "nesterov" else self._first
        elif name == "rmsprop":
            self._second = o["alpha"] * self._second + (1 - o["alpha"]) * g * g
            g = g / (np.sqrt(self._second) + o["epsilon"])
        elif name == "adam":
            self._first = o["beta1"] * self._first + (1 - o["beta1"]) * g
            self._second = o["beta2"] * self._second + (1 - o["beta2"]) * g * g
            unbiased = np.sqrt(self._second / (1 - o["beta2"] ** self.made))
            g = self._first / (1 - o["beta1"] ** self.made) / (unbiased + o["epsilon"])
        self.theta = self.theta - rate * g
        return self.theta
