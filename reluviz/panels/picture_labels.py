"""What the colours and the parts of a picture are called."""

from __future__ import annotations

from reluviz.core.picture_recipe import Part, Theme

THEMES = {
    Theme.LIGHT: "Light",
    Theme.DARK: "Dark",
    Theme.TRANSPARENT: "Transparent, for light ground",
    Theme.TRANSPARENT_DARK: "Transparent, for dark ground",
}
NOTHING_KEPT = "Nothing is kept to compare with: C keeps the moment on show"
PARTS = {
    Part.TARGET: ("&Target", "The line that is approximated"),
    Part.OUTPUT: ("&Output", "The network's output"),
    Part.RAYS: ("&Rays", "The neurons' rays, or the partial sums, as the window shows them"),
    Part.KINKS: ("&Kinks", "A mark where each neuron switches"),
    Part.SAMPLES: ("S&amples", "Where there is more to see in them than in the target"),
    Part.KEPT: ("G&host", "The moment, or the run, that is kept to compare with"),
    Part.LOSS: ("&Loss", "A small plot of J over the steps, in the corner where it hides least"),
    Part.CAPTION: ("Step a&nd J", "Above the plot, on the left"),
    Part.TITLE: ("Tit&le", "The document's name"),
    Part.LEGEND: ("Le&gend", "What the lines are"),
}
