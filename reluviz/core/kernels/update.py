"""The last part of every step: from the gradient to the new parameters, see `reluviz.core.optimizer`."""

from __future__ import annotations

import math

from reluviz.core.arrays import BoolArray, FloatArray
from reluviz.core.kernels.compiled import compiled
from reluviz.core.operands import Memory, Parameters, Rule
from reluviz.core.optimizer import ADAM, NESTEROV, RMSPROP, SGD
from reluviz.core.schedule import CONSTANT, STEP

_CONTRACT = frozenset({"contract"})

# What is remembered of a gradient that has stayed 0 fades to numbers that processors compute with slowly: 0 from here.
_FADED = 1e-280


@compiled
def scheduled_rate(rule: Rule, step: int) -> float:
    """The learning rate at `step`, see `reluviz.core.schedule`."""
    if rule.schedule == STEP:
        return rule.rate * rule.factor ** math.floor(step / rule.every)
    return rule.least + (rule.rate - rule.least) * (1.0 + math.cos(math.pi * step / rule.every)) / 2.0


@compiled(inline=True)
def descend(theta: FloatArray, locked: BoolArray, gradient: FloatArray, rate: float) -> None:
    """θ ← θ − rate·gradient where not locked."""
    for i in range(len(theta)):
        theta[i] -= 0.0 if locked[i] else rate * gradient[i]


@compiled(inline=True)
def _faded(value: float) -> float:
    return value if abs(value) > _FADED else 0.0


@compiled(fast=_CONTRACT)
def _accelerate(rule: Rule, rate: float, scale: float, parameters: Parameters, velocity: FloatArray) -> None:
    """SGD with weight decay, momentum or Nesterov's momentum."""
    theta, locked, gradient = parameters
    if rule.kind == SGD:
        for i in range(len(theta)):
            theta[i] -= 0.0 if locked[i] else rate * (scale * gradient[i] + rule.weight_decay * theta[i])
        return
    ahead = rule.momentum if rule.kind == NESTEROV else 1.0
    plain = 1.0 if rule.kind == NESTEROV else 0.0
    for i in range(len(theta)):
        g = scale * gradient[i] + rule.weight_decay * theta[i]
        m = rule.momentum * velocity[i] + g
        velocity[i] = velocity[i] if locked[i] else _faded(m)
        theta[i] -= 0.0 if locked[i] else rate * (plain * g + ahead * m)


@compiled(fast=_CONTRACT)
def _adapt(rule: Rule, rate: float, scale: float, updates: int, parameters: Parameters, memory: Memory) -> None:
    """RMSprop and Adam: every parameter's step is measured by its own gradients' size."""
    theta, locked, gradient = parameters
    first, second, _, _ = memory
    if rule.kind == RMSPROP:
        for i in range(len(theta)):
            g = scale * gradient[i] + rule.weight_decay * theta[i]
            s = rule.decay * second[i] + (1.0 - rule.decay) * g * g
            second[i] = second[i] if locked[i] else _faded(s)
            theta[i] -= 0.0 if locked[i] else rate * g / (math.sqrt(s) + rule.epsilon)
        return
    stride = rate / (1.0 - rule.momentum**updates)
    root = 1.0 / math.sqrt(1.0 - rule.decay**updates)
    for i in range(len(theta)):
        g = scale * gradient[i] + rule.weight_decay * theta[i]
        m = rule.momentum * first[i] + (1.0 - rule.momentum) * g
        s = rule.decay * second[i] + (1.0 - rule.decay) * g * g
        first[i] = first[i] if locked[i] else _faded(m)
        second[i] = second[i] if locked[i] else _faded(s)
        theta[i] -= 0.0 if locked[i] else stride * m / (math.sqrt(s) * root + rule.epsilon)


@compiled(inline=True)
def is_plain(rule: Rule) -> bool:
    """Whether a step is the rate times the gradient."""
    return rule.kind == SGD and rule.weight_decay == 0.0


@compiled(inline=True)
def update(rule: Rule, scale: float, step: int, parameters: Parameters, memory: Memory) -> None:
    """Move θ by the optimizer's step number `step` of this call; J's gradient is scale·parameters.gradient."""
    rate = rule.rate if rule.schedule == CONSTANT else scheduled_rate(rule, memory.step + step)
    if is_plain(rule):
        descend(parameters.theta, parameters.locked, parameters.gradient, rate * scale)
    elif rule.kind in (RMSPROP, ADAM):
        _adapt(rule, rate, scale, memory.updates + step + 1, parameters, memory)
    else:
        _accelerate(rule, rate, scale, parameters, memory.first)


@compiled
def update_once(rule: Rule, scale: float, parameters: Parameters, memory: Memory) -> None:
    """`update` for a gradient that was made before."""
    update(rule, scale, 0, parameters, memory)
