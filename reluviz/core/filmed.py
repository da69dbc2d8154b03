"""What there is to make a film of, and what a recipe takes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reluviz.core.activation import RELU
from reluviz.core.film import GoOn, Shot, Source
from reluviz.core.film_recipe import FilmRecipe, Sweep, What
from reluviz.core.film_recording import RecordingSource
from reluviz.core.film_run import FilmedRun, RunSource
from reluviz.core.film_sources import BuildSource, SumsSource, swept, usual_swept
from reluviz.core.network import Network
from reluviz.core.parameter import Kind
from reluviz.core.picture import Order, Picture, Rays
from reluviz.core.recording import Recording


@dataclass(frozen=True, eq=False)
class Filmed:
    """A document, frozen: how it is trained, and the network and the picture that are on show.

    `run` begins at the document's start; its `step` is the present one.
    """

    run: FilmedRun
    network: Network
    picture: Picture = field(default_factory=Picture)
    recording: Recording = field(default_factory=Recording)

    @property
    def domain(self) -> tuple[float, float]:
        return self.run.target.low, self.run.target.high


def source_of(filmed: Filmed, recipe: FilmRecipe, go_on: GoOn) -> Source:
    """What passes by in the film. Raises ValueError, in one line, where there is no such thing, and FilmCancelled."""
    run, network = filmed.run, filmed.network
    if recipe.what is What.BUILD:
        source = BuildSource(run.target)
        if network.activation != RELU:
            source.note = f"built from ReLUs: the network's own activation is {network.activation.label}"
        return source
    if recipe.what is What.SUMS:
        return SumsSource(network, run.target)
    if recipe.what is What.SWEEP:
        sweep = recipe.sweep or Sweep(usual_swept(network))
        return swept(network, sweep.parameter, sweep.low, sweep.high)
    if recipe.what is What.RECORDING:
        return RecordingSource(filmed.recording)
    if recipe.from_present:
        run = replace(run, network=network)
    return RunSource(run, recipe.steps, go_on)


def possible(recipe: FilmRecipe, network: Network) -> FilmRecipe:
    """The recipe; where it sweeps a parameter that the network does not have, with the usual sweep."""
    if recipe.sweep is None:
        return recipe
    swept_one = recipe.sweep.parameter
    if swept_one.kind is Kind.OUTPUT_BIAS or swept_one.neuron < network.neurons:
        return recipe
    return replace(recipe, sweep=Sweep(usual_swept(network)))


def picture_of(filmed: Filmed, recipe: FilmRecipe, shot: Shot | None = None) -> Picture:
    """What is drawn of the network; of one shot, where it is named."""
    if recipe.what is What.BUILD:
        # Neurons that are hidden, and partial sums, are about another network.
        return Picture(residual=filmed.picture.residual)
    if recipe.what is What.SUMS:
        added = None if shot is None else shot.added
        return replace(filmed.picture.all_shown(), rays=Rays.PARTIAL_SUMS, order=Order.KINK, added=added)
    return filmed.picture
