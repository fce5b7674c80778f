"""A page as pdfium holds it -> arrays of characters, and the shapes drawn on it.

There are two calls to pdfium a character and some an object; the rest is worked out on arrays.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pypdfium2.raw as pdfium

from extract.pdf import calls
from extract.pdf.arrays import Bools, Floats, Integers, places_of
from extract.pdf.calls import Handle
from extract.pdf.frame import Frame, Matrix, moved
from extract.pdf.objects import read_objects
from extract.pdf.shapes import Area, Shapes

Corners = Sequence[Floats] | Floats  # four arrays, or an array of four rows

# What pdfium says for a hyphen at the end of a line: asked for the character, and for the text.
_LINE_END_HYPHEN, _HYPHEN_IN_TEXT = 2, 0xFFFE
# Halves that a character beyond U+FFFF has in UTF-16: first ones, second ones, and what follows.
_FIRST_HALF, _SECOND_HALF, _NO_HALF = 0xD800, 0xDC00, 0xE000
_BEYOND = 0x10000
_NO_HANDLE = np.iinfo(np.int64).max
LOST = 0xFFFD  # the character of a glyph that nothing explains
SLANTED = -1
SLANT = 4.0  # degrees that level text may be off


@dataclass(slots=True)
class Characters:
    """The characters of a page in the order it draws them, without those that pdfium made up.

    ``index`` is a character's number in pdfium's text page and ``objects`` the number of the text
    object that shows it, in drawn order. ``boxes`` (left, top, right, bottom, from the origin over
    the advance) and ``origins`` are in the page's own coordinates, ``size`` is the type size in
    points. ``turn`` is how a person sees the text turned, in degrees clockwise (0, 90, 180, 270; -1
    if slanted).
    """

    codes: Integers
    index: Integers
    objects: Integers
    boxes: Floats
    origins: Floats
    size: Floats
    turn: Integers

    def chosen(self, which: Integers) -> Characters:
        """Return some of the characters, in the order given."""
        return Characters(*(getattr(self, one.name)[which] for one in fields(self)))

    def along(self, frame: Frame) -> tuple[Floats, Floats, Floats]:
        """Return left edges, right edges and baselines in a frame."""
        a, b, c, d, e, f = frame.matrix
        x0, x1 = _span(a, c, e, self.boxes.T)
        return x0, x1, b * self.origins[:, 0] + d * self.origins[:, 1] + f


@dataclass(slots=True)
class NativePage:
    """A page's characters and shapes, and the handles to ask pdfium for more."""

    frame: Frame
    characters: Characters
    shapes: Shapes
    text_page: Handle
    text_objects: Integers
    _spans: Integers | None = None

    def spans(self) -> Integers:
        """Return for each text object the number of the ActualText that speaks for it, or -1."""
        if self._spans is None:
            self._spans = self._read_spans()
        return self._spans

    def is_spoken(self, which: Integers) -> Bools:
        """Say of characters whether an ActualText speaks for them; their boxes are then made up."""
        spoken: Bools = self.spans()[self.characters.objects[which]] >= 0
        return spoken

    def _read_spans(self) -> Integers:
        spans = np.full(len(self.text_objects), -1)
        innermost = calls.count_marks.each(self.text_objects) - 1
        marked = places_of(innermost >= 0)
        if not len(marked):
            return spans
        marks = np.zeros(len(spans), np.int64)
        marks[marked] = calls.mark.each(self.text_objects[marked], innermost[marked])
        known = np.array(list(dict.fromkeys(marks[marked].tolist())))
        speaking = [
            calls.mark_kind(mark, b"ActualText") == pdfium.FPDF_OBJECT_STRING
            for mark in known.tolist()
        ]
        speaks = np.isin(marks, known[speaking])
        begins = speaks & (np.diff(marks, prepend=0) != 0)
        spans[speaks] = np.cumsum(begins)[speaks] - 1
        return spans

    def is_unmapped(self, which: Integers) -> Bools:
        """Say of characters whether their code is none of Unicode but the font's own."""
        flags = calls.is_unmapped.each(self.text_page, self.characters.index[which])
        unmapped: Bools = flags == 1
        return unmapped

    def inks(self, which: Integers) -> Floats:
        """Return where the ink of characters begins and ends, in em below their baselines.

        The result has a row for each character and two columns.
        """
        characters = self.characters
        left, right, bottom, top = self._tight(characters.index[which])
        found = np.zeros((len(which), 2))
        for turn in set(characters.turn[which].tolist()):
            own = characters.turn[which] == turn
            _, b, _, d, _, f = self.frame.turned(max(0, turn)).matrix
            above, below = _span(b, d, f, [edge[own] for edge in (left, top, right, bottom)])
            x, y = characters.origins[which[own]].T
            baseline, size = b * x + d * y + f, np.maximum(characters.size[which[own]], 0.1)
            found[own] = np.column_stack(((above - baseline) / size, (below - baseline) / size))
        return found

    def ink_edges(self, index: Integers, frame: Frame) -> tuple[Floats, Floats]:
        """Return the left and right edges of what characters draw, by their numbers in the page."""
        left, right, bottom, top = self._tight(index)
        a, _, c, _, e, _ = frame.matrix
        return _span(a, c, e, (left, top, right, bottom))

    def _tight(self, index: Integers) -> Floats:
        """Return the left, right, bottom and top edges of what characters draw, as four rows."""
        edges = np.zeros((len(index), 4))
        calls.tight_box.each(self.text_page, index, *calls.places(edges))
        return edges.T

    def ink(self, index: int, frame: Frame) -> Area:
        """Return the box of what a character draws, by its number in the text page."""
        left, right, bottom, top = self._tight(np.array([index]))[:, 0].tolist()
        return moved(frame.matrix, left, bottom, right, top)

    def advances(self, which: Integers, characters: Characters) -> Floats:
        """Return how wide characters are by their fonts, in points; 0 where a font does not say."""
        known: dict[tuple[Handle, int], float] = {}
        width = ctypes.c_float()
        found = np.zeros(len(which))
        fonts = calls.font_of.each(self.text_objects[characters.objects[which]]).tolist()
        for n, key in enumerate(zip(fonts, characters.codes[which].tolist(), strict=True)):
            if key not in known:
                is_told = calls.glyph_width(*key, 1.0, ctypes.addressof(width))
                known[key] = width.value if is_told else 0.0
            found[n] = known[key]
        return found * characters.size[which]

    def extents(self, objects: Integers, frame: Frame) -> Floats:
        """Return the left and right edges of what text objects draw, a row each."""
        a, _, c, _, e, _ = frame.matrix
        return np.column_stack(_span(a, c, e, self.edges(objects)))

    def edges(self, objects: Integers) -> Floats:
        """Return the left, bottom, right and top edges of what text objects draw, as four rows."""
        return calls.edges(self.text_objects[objects])


def _span(x_scale: float, y_scale: float, shift: float, corners: Corners) -> tuple[Floats, Floats]:
    """Return where rectangles begin and end on the axis that a row of a matrix leads to.

    ``corners`` are x and y of a corner and of the one across; the matrix turns by quarters.
    """
    x0, y0, x1, y1 = corners
    if y_scale == 0:
        first, second = x_scale * x0 + shift, x_scale * x1 + shift
    else:
        first, second = x_scale * x0 + y_scale * y0 + shift, x_scale * x1 + y_scale * y1 + shift
    return np.minimum(first, second), np.maximum(first, second)


def read_page(page: Handle, text_page: Handle) -> NativePage:
    """Read a page that pdfium has loaded, and its text page (handles as integers).

    The frame is turned so that most of the text stands upright in it.
    """
    frame = _page_frame(page)
    characters, handles = _characters(text_page, frame)
    turns, often = np.unique(characters.turn[characters.turn >= 0], return_counts=True)
    if len(turns):
        frame = frame.turned(int(turns[np.argmax(often)]))
    text_objects, shapes = read_objects(page, frame.matrix)
    shapes.clip(*frame.size)
    native = NativePage(frame, characters, shapes, text_page, text_objects)
    _put_in_drawn_order(native, handles)
    return native


def _put_in_drawn_order(native: NativePage, handles: Integers) -> None:
    """Put characters into the order of their text objects: pdfium sorts those of a line by x.

    ``handles`` are the text objects that ``Characters.objects`` means until then.
    """
    known = np.append(native.text_objects, _NO_HANDLE)
    order = np.argsort(known)
    ranks = order[np.searchsorted(known, handles, sorter=order)]
    missing = known[ranks] != handles
    if missing.any():  # too deep in forms, so they come last
        added, number = np.unique(handles[missing], return_inverse=True)
        ranks[missing] = len(native.text_objects) + number
        native.text_objects = np.append(native.text_objects, added)
    characters = native.characters
    characters.objects = ranks[characters.objects]
    if (np.diff(characters.objects) < 0).any():
        native.characters = characters.chosen(np.argsort(characters.objects, kind="stable"))


def _page_frame(page: Handle) -> Frame:
    box = pdfium.FS_RECTF()
    handle = ctypes.cast(page, pdfium.FPDF_PAGE)
    pdfium.FPDF_GetPageBoundingBox(handle, box)
    area = Area(box.left, box.bottom, box.right, box.top)
    return Frame.of_page(area, 90 * int(pdfium.FPDFPage_GetRotation(handle)))


def _characters(text_page: Handle, frame: Frame) -> tuple[Characters, Integers]:
    """Return the characters as pdfium sorts them, and the text objects that they number."""
    count = max(0, calls.count_chars(text_page))
    boxes = np.zeros((count, 4), np.float32)  # left, top, right, bottom, as FS_RECTF has them
    calls.loose_box.each(text_page, range(count), calls.places(boxes)[0])
    kept = places_of(boxes[:, 1] != boxes[:, 3])  # what pdfium makes up has no height
    codes = _codes(text_page, count, kept)
    if _is_half(codes).any():
        whole, codes = _joined_halves(codes)
        kept = kept[whole]
    shown = calls.text_object.each(text_page, kept)
    begins = np.diff(shown, prepend=0) != 0
    place = np.cumsum(begins) - 1
    examples = kept[begins]  # what all characters of an object have alike
    floats = np.zeros((len(examples), 6), np.float32)
    calls.char_matrix.each(text_page, examples, calls.places(floats)[0])
    matrices = floats.astype(np.float64)
    sizes = calls.font_size.each(text_page, examples)
    sizes = np.abs(sizes) * np.hypot(matrices[:, 2], matrices[:, 3])
    characters = Characters(
        codes,
        kept,
        objects=place,
        boxes=boxes[kept].astype(np.float64),
        origins=matrices[place, 4:],
        size=sizes[place],
        turn=_turns(matrices, frame.matrix)[place],
    )
    return characters, shown[begins]


def _codes(text_page: Handle, count: int, kept: Integers) -> Integers:
    """Return the codes of some of the characters of a text page, which has ``count`` of them.

    The text of all takes one call. It leaves out characters without a code and has two units for
    one beyond U+FFFF: then each character is asked.
    """
    units = np.zeros(2 * count + 1, np.uint16)
    length = calls.text(text_page, 0, count, units.ctypes.data) - 1
    text = units[:count].astype(np.int64)
    if length == count and not _is_half(text).any():
        codes, hyphen = text[kept], _HYPHEN_IN_TEXT
    else:
        codes, hyphen = calls.unicode.each(text_page, kept), _LINE_END_HYPHEN
    codes[codes == hyphen] = ord("-")
    return codes


def _is_half(codes: Integers) -> Bools:
    halves: Bools = (codes >= _FIRST_HALF) & (codes < _NO_HALF)
    return halves


def _joined_halves(codes: Integers) -> tuple[Integers, Integers]:
    """Return which characters are no second halves, and their codes; a lone half is lost."""
    is_second = _is_half(codes) & (codes >= _SECOND_HALF)
    is_first = _is_half(codes) & ~is_second
    follows = np.append(False, is_first[:-1] & is_second[1:])
    leads = np.append(follows[1:], False)
    high, low = codes - _FIRST_HALF, np.append(codes[1:], 0) - _SECOND_HALF
    joined = np.where(leads, _BEYOND + 0x400 * high + low, codes)
    joined[_is_half(joined)] = LOST
    whole = places_of(~follows)
    return whole, joined[whole]


def _turns(matrices: Floats, to_frame: Matrix) -> Integers:
    """Return how characters are turned as a person sees them, in degrees clockwise; -1: slanted."""
    a, b, c, d, _, _ = to_frame
    across = a * matrices[:, 0] + c * matrices[:, 1]
    down = b * matrices[:, 0] + d * matrices[:, 1]
    if (down == 0).all() and (across > 0).all():  # as nearly always
        return np.zeros(len(matrices), np.int64)
    degrees = np.rad2deg(np.arctan2(down, across))
    nearest = np.round(degrees / 90) * 90
    return np.where(np.abs(degrees - nearest) <= SLANT, nearest % 360, SLANTED).astype(np.int64)
