"""The forms that a film can have as files, and what each of them can hold."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SIDE = 8192
MIN_SIDE = 16


@dataclass(frozen=True)
class FilmFormat:
    """One form. `suffix` is its file's, "" for a folder of files; `codec` is FFmpeg's name of what writes it.

    `transparent`: whether the ground can be left out; `even`: whether only even sizes can be written; `most_fps`: the
    most frames per second that players show; `bytes_per_pixel`: about how large a frame of a plot becomes.
    """

    name: str
    label: str
    suffix: str
    codec: str
    transparent: bool = False
    even: bool = False
    most_fps: int = 120
    bytes_per_pixel: float = 0.003

    def check_size(self, width: int, height: int) -> None:
        """Raises ValueError for a size, in pixels, that it cannot have."""
        for side in (width, height):
            if not MIN_SIDE <= side <= MAX_SIDE:
                raise ValueError(f"a film's sides have {MIN_SIDE} to {MAX_SIDE} pixels, not {side}")
        if self.even and (width % 2 or height % 2):
            fits = f"{width + width % 2}x{height + height % 2}"
            raise ValueError(f"{self.label} has even sides, not {width}x{height}: {fits} would do")

    def check_fps(self, fps: int) -> None:
        """Raises ValueError for a rate that it cannot have."""
        if not 1 <= fps <= self.most_fps:
            raise ValueError(f"{self.label} shows 1 to {self.most_fps} frames per second, not {fps}")


MP4 = FilmFormat("mp4", "MP4", ".mp4", "libx264", even=True, bytes_per_pixel=0.003)
WEBM = FilmFormat("webm", "WebM", ".webm", "libvpx-vp9", transparent=True, even=True, bytes_per_pixel=0.002)
# Its delays are hundredths of a second, and players take those below two for ten.
GIF = FilmFormat("gif", "GIF", ".gif", "gif", most_fps=50, bytes_per_pixel=0.008)
APNG = FilmFormat("apng", "APNG", ".apng", "apng", transparent=True, bytes_per_pixel=0.015)
FRAMES = FilmFormat("frames", "numbered PNGs", "", "png", transparent=True, bytes_per_pixel=0.05)

FORMATS = {form.name: form for form in (MP4, WEBM, GIF, APNG, FRAMES)}


def format_of(name: str) -> FilmFormat:
    """The form that a file's name asks for; a name that ends in a slash asks for a folder of numbered PNGs.

    Raises ValueError naming the known ones.
    """
    if name.endswith(("/", "\\")):
        return FRAMES
    for form in FORMATS.values():
        if form.suffix and name.lower().endswith(form.suffix):
            return form
    known = ", ".join(form.suffix for form in FORMATS.values() if form.suffix)
    raise ValueError(f"an animation's name ends in {known}, or in / for a folder of numbered PNGs")
