"""How the target becomes samples, as a part of the document. Noise and a validation split are written where used."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from reluviz.core.dataset import Sampling
from reluviz.document.part import Part, located
from reluviz.document.training_part import Count


class SamplingPart(Part):
    samples: Count
    single_precision: bool = False
    noise: float | UnsetType = UNSET
    noise_seed: int | UnsetType = UNSET
    validation: float | UnsetType = UNSET
    validation_seed: int | UnsetType = UNSET


def sampling_of(part: SamplingPart) -> Sampling:
    """Raises DocumentError where a value is impossible."""
    with located("$.sampling"):
        return Sampling(
            part.samples,
            part.single_precision,
            noise=0.0 if part.noise is UNSET else part.noise,
            noise_seed=0 if part.noise_seed is UNSET else part.noise_seed,
            validation=0.0 if part.validation is UNSET else part.validation,
            validation_seed=0 if part.validation_seed is UNSET else part.validation_seed,
        )


def sampling_part(sampling: Sampling) -> SamplingPart:
    """What to write for it."""
    return SamplingPart(
        sampling.samples,
        sampling.single,
        noise=sampling.noise or UNSET,
        noise_seed=sampling.noise_seed or UNSET,
        validation=sampling.validation or UNSET,
        validation_seed=sampling.validation_seed or UNSET,
    )
