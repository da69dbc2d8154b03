"""What writes frames into a file of one form. All of it runs in the encoder's thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Protocol

import av
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QImageWriter

from reluviz.core.film_format import APNG, FRAMES, GIF, WEBM, FilmFormat
from reluviz.export.output_place import frame_name
from reluviz.export.video_frame import opaque_frame, planar_alpha_frame, planar_frame, transparent_frame

# Sharp lines and small type need more than a film of the world: no ringing is seen at these.
CRF = 17
PRESET = "medium"
_VP9_CRF = "24"
_GIF_TICKS = 100
_BGRA = av.VideoFormat("bgra")
# Light enough that the pictures are written about as fast as they are painted.
_PNG_QUALITY = 80


class WriterError(RuntimeError):
    """Frames cannot be written; the message is one line."""


class FilmWriter(Protocol):
    """Takes frames in their order, then `finish`, or `abandon` at any time.

    All raise OSError and WriterError.
    """

    def write(self, image: QImage) -> None:
        """Take the next frame."""

    def finish(self) -> Iterator[None]:
        """Write what is still to be written, piece by piece: between two of them the caller may break off."""

    def abandon(self) -> None:
        """Let go of everything; what was written is of no use."""


def open_writer(
    form: FilmFormat,
    path: Path,
    size: tuple[int, int],
    fps: int,
    samples: Iterable[QImage],
    preset: str = PRESET,
    has_ground: bool = True,
) -> FilmWriter:
    """What writes a film of that form to `path`. `samples` are some of the frames, which a GIF takes its colours from.

    `has_ground`: whether the frames are opaque.

    Raises OSError, and WriterError where the codec is missing.
    """
    if form is FRAMES:
        return PictureWriter(path)
    check_codec(form)
    if form is GIF:
        return GifWriter(path, size, fps, palette_of(samples, size))
    if form is APNG:
        return ApngWriter(path, size, fps)
    if form is WEBM and not has_ground:
        return TransparentWriter(path, size, fps)
    return VideoWriter(path, form, size, fps, preset)


def check_codec(form: FilmFormat) -> None:
    """Raises WriterError where this FFmpeg has no encoder for that form."""
    if form is not FRAMES and form.codec not in av.codecs_available:
        raise WriterError(f"this installation of FFmpeg (PyAV {av.__version__}) has no encoder {form.codec}")


class _FileWriter:
    """One stream of frames into one file."""

    def __init__(self, path: Path, form: str, options: dict[str, str]) -> None:
        self._container = av.open(str(path), "w", format=form, options=options)
        self._written = 0

    def _add_stream(
        self, codec: str, size: tuple[int, int], fps: int, pix_fmt: str, time_base: Fraction, options: dict[str, str]
    ) -> None:
        stream = self._container.add_stream(codec, rate=fps, options=options)
        assert isinstance(stream, av.VideoStream)
        self._stream = stream
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = pix_fmt
        self._stream.codec_context.time_base = time_base

    def _encode(self, frame: av.VideoFrame | None) -> Iterator[None]:
        for packet in self._stream.encode_lazy(frame):
            self._container.mux(packet)
            yield

    def finish(self) -> Iterator[None]:
        yield from self._encode(None)
        self._container.close()

    def abandon(self) -> None:
        self._container.close()


class VideoWriter(_FileWriter):
    """MP4 with H.264, or WebM with VP9."""

    _PIX_FMT = "yuv420p"
    _OPTIONS: ClassVar[dict[str, str]] = {}
    _frame = staticmethod(planar_frame)

    def __init__(self, path: Path, form: FilmFormat, size: tuple[int, int], fps: int, preset: str = PRESET) -> None:
        is_webm = form is WEBM
        # The index stands in front, so that a film can be played while it is being fetched.
        super().__init__(path, form.name, {} if is_webm else {"movflags": "+faststart"})
        if is_webm:
            options = {"crf": _VP9_CRF, "b:v": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1", **self._OPTIONS}
        else:
            options = {"crf": str(CRF), "preset": preset, "tune": "animation"}
        self._time_base = Fraction(1, fps)
        self._add_stream(form.codec, size, fps, self._PIX_FMT, self._time_base, options)
        context = self._stream.codec_context
        # Without these tags players guess the matrix, some of them by the size: the colours would differ.
        context.color_primaries = context.color_trc = context.colorspace = 1
        context.color_range = 1

    def write(self, image: QImage) -> None:
        frame = self._frame(image)
        frame.pts, frame.time_base = self._written, self._time_base
        self._written += 1
        for _ in self._encode(frame):
            pass


class TransparentWriter(VideoWriter):
    """WebM with VP9 and, beside it, how opaque every pixel is."""

    _PIX_FMT = "yuva420p"
    # Frames that are never shown themselves would have no opacity.
    _OPTIONS: ClassVar[dict[str, str]] = {"auto-alt-ref": "0"}
    _frame = staticmethod(planar_alpha_frame)

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        super().__init__(path, WEBM, size, fps)


class ApngWriter(_FileWriter):
    """APNG with transparency, played again and again."""

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        super().__init__(path, "apng", {"plays": "0"})
        self._time_base = Fraction(1, fps)
        self._add_stream("apng", size, fps, "rgba", self._time_base, {"pred": "mixed", "compression_level": "6"})

    def write(self, image: QImage) -> None:
        frame = transparent_frame(image, self._written, self._time_base)
        self._written += 1
        for _ in self._encode(frame):
            pass


class GifWriter(_FileWriter):
    """GIF with one palette for all frames and no dither, played again and again."""

    def __init__(self, path: Path, size: tuple[int, int], fps: int, palette: av.VideoFrame) -> None:
        super().__init__(path, "gif", {"loop": "0"})
        self._fps = fps
        self._time_base = Fraction(1, _GIF_TICKS)
        self._add_stream("gif", size, fps, "pal8", self._time_base, {})
        graph = self._graph = av.filter.Graph()
        frames = graph.add_buffer(width=size[0], height=size[1], format=_BGRA, time_base=self._time_base)
        colours = graph.add_buffer(
            width=palette.width, height=palette.height, format=palette.format, time_base=self._time_base
        )
        use, self._sink = graph.add("paletteuse", "dither=none"), graph.add("buffersink")
        frames.link_to(use, 0, 0)
        colours.link_to(use, 0, 1)
        use.link_to(self._sink)
        graph.configure()
        self._frames = frames
        palette.pts, palette.time_base = 0, self._time_base
        colours.push(palette)
        colours.push(None)

    def write(self, image: QImage) -> None:
        self._frames.push(opaque_frame(image, round(self._written * _GIF_TICKS / self._fps), self._time_base))
        self._written += 1
        for _ in self._encode_ready():
            pass

    def finish(self) -> Iterator[None]:
        self._frames.push(None)
        yield from self._encode_ready()
        yield from super().finish()

    def _encode_ready(self) -> Iterator[None]:
        for frame in _pulled(self._sink):
            yield from self._encode(frame)


class PictureWriter:
    """Numbered PNGs in a folder, with transparency."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = 0

    def write(self, image: QImage) -> None:
        # By way of memory: Qt does not say why a file cannot be written, and libpng would say so on stderr.
        memory = QBuffer()
        memory.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QImageWriter(memory, b"png")
        writer.setQuality(_PNG_QUALITY)
        if not writer.write(image):
            raise WriterError(f"frame {self._written + 1}: {writer.errorString().lower()}")
        (self._path / frame_name(self._written)).write_bytes(memory.data().data())
        self._written += 1

    def finish(self) -> Iterator[None]:
        yield from ()

    def abandon(self) -> None:
        pass


def palette_of(samples: Iterable[QImage], size: tuple[int, int]) -> av.VideoFrame:
    """One palette of 256 colours for frames of which `samples` are some: an image of 16 × 16 pixels."""
    time_base = Fraction(1, _GIF_TICKS)
    graph = av.filter.Graph()
    frames = graph.add_buffer(width=size[0], height=size[1], format=_BGRA, time_base=time_base)
    generate, sink = graph.add("palettegen", "stats_mode=full"), graph.add("buffersink")
    frames.link_to(generate)
    generate.link_to(sink)
    graph.configure()
    for i, sample in enumerate(samples):
        frames.push(opaque_frame(sample, i, time_base))
    frames.push(None)
    return next(_pulled(sink))


def _pulled(sink: av.filter.context.FilterContext) -> Iterator[av.VideoFrame]:
    while True:
        try:
            frame = sink.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(frame, av.VideoFrame):
            yield frame
