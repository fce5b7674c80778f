"""A page that is a picture -> what a text page gives: clusters, rules and a frame, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.document import POINTS_PER_INCH, Issue
from extract.pdf.arrays import Bools, Floats
from extract.pdf.frame import Frame
from extract.pdf.runs import PART, Glyphs
from extract.pdf.shapes import Area, Shapes
from extract.pdf.sheet import Sheet
from extract.scan.commas import with_commas, with_doubts, with_points
from extract.scan.covered import Components
from extract.scan.digits import DIGITS
from extract.scan.engine import Cluster, Engine, Grey, Reading
from extract.scan.halves import Covers, with_doubts_beside
from extract.scan.heights import height, without_notes
from extract.scan.lines import EM, INK, PALE_INK, TextLine, text_lines
from extract.scan.paper import evened, flattened
from extract.scan.picture import PagePicture
from extract.scan.rules import Rules, ruled_lines
from extract.scan.stamps import without_stamps
from extract.scan.unread import unread
from extract.scan.upright import Lie, lie, upright
from extract.unsure import doubted, guessed

# A page of which it is less sure which way is up is read both ways, so many of its lines.
DOUBT, PROBES = 0.6, 8
# Readings that are less sure than this on average are of a page that lies on its side.
POOR = 0.85
# Characters that specks and strokes are read as; print is read with more confidence on average.
STROKES, PRINT = frozenset("\u2018\u2019\u201c\u2022'*.,:;~|_=<>^`Il"), 0.65
# More ink than this share of a page, of which less than the second is letters, is a picture.
MUCH_INK, LETTERS = 0.05, 0.1
# In em: a gap in the ink that is so wide is more than one between letters; lighter pixels than the
# second are blank.
OPEN, PALE = 0.4, 190
# In em: the space of a usual font, and how many of a page tell that its font has a wider one.
SPACE, MIN_SPACES = 0.25, 4
# Digits and Latin capitals are higher than Thai letters of the same size: a line without Thai takes
# the size of the nearest line with Thai that has it within these shares.
LEAST_SIZE, MOST_SIZE = 0.65, 1.4
# In em, from one Thai letter to the next: what is usual in all fonts, and what is not, so that the
# em must be larger than was thought.
PITCH, WIDE_PITCH = 0.61, 0.75
# Sizes of lines that differ by no more than this factor are taken for one.
ALIKE = 1.13
# Pixels: where letters are lower both readers take one digit for another together, and a digit is
# unsure below this confidence.
SMALL, SUREST = 6.5, 0.9995
# Dashes, of which an engine sees a line's share only; in em: one that is no longer is the first.
DASHES, SHORT_DASH = "-\u2013", 0.42
_THAI = range(0x0E01, 0x0E2F)  # consonants, which are of one height
_THAI_LETTERS = range(0x0E01, 0x0E4F)


@dataclass(frozen=True, slots=True)
class _Layout:
    """An upright page taken apart."""

    lines: list[TextLine]
    rules: Rules
    shades: list[Area]
    ink: Components
    taken: Bools
    is_photograph: bool


def read_scan(picture: PagePicture, engine: Engine) -> Sheet:
    """Set a page upright, find its rules and lines, and have the lines read.

    A blank page and a photograph give no clusters, the latter an issue too. Raises EngineError.
    """
    dots = picture.dots_per_inch
    found = lie(flattened(picture.grey, dots), dots)
    layout = _layout(picture, found)
    if not layout.is_photograph and layout.lines and found.confidence < DOUBT:
        found, layout = _settled(picture, found, layout, engine)
    lines = [] if layout.is_photograph else layout.lines
    readings = engine.read([line.picture for line in lines])
    read = [(line, one) for line, one in zip(lines, readings, strict=True) if not _is_dirt(one)]
    glyphs = _glyphs([line for line, _ in read], [one for _, one in read], dots)
    return Sheet(
        _frame(picture, found),
        glyphs,
        Shapes(layout.rules.level, layout.rules.upright, layout.shades),
        source="ocr",
        is_worn=layout.rules.is_worn,
        hides=unread(layout.ink, layout.taken, (line for line, _ in read), dots),
        issues=_issues(layout, len(glyphs.x0)),
    )


def _layout(picture: PagePicture, found: Lie) -> _Layout:
    dots = picture.dots_per_inch
    even = evened(upright(picture.grey, found), dots)
    clean = without_stamps(even.grey, dots, even.shades)
    taken = (clean > even.grey) & (even.grey < PALE_INK)
    if picture.taken is not None:
        taken |= upright(np.where(picture.taken, 0, 255).astype(np.uint8), found) < INK
    rules = ruled_lines(clean, dots, found.skew)
    text = text_lines(rules.without, rules.upright, dots)
    is_photograph = text.ink > MUCH_INK and text.letters < LETTERS
    return _Layout(text.lines, rules, even.shades, text.found, taken, is_photograph)


def _settled(
    picture: PagePicture, found: Lie, layout: _Layout, engine: Engine
) -> tuple[Lie, _Layout]:
    """Settle by reading some lines which way up the page is."""
    as_is, other_way = _trust(layout.lines, engine)
    turn = found.turn
    if max(as_is, other_way) < POOR:
        side = Lie((turn + 90) % 360, found.skew, found.confidence)
        on_side = _layout(picture, side)
        up, down = _trust(on_side.lines, engine)
        if max(up, down) > max(as_is, other_way):
            found, layout, as_is, other_way = side, on_side, up, down
    if other_way > as_is:
        found = Lie((found.turn + 180) % 360, found.skew, found.confidence)
        layout = _layout(picture, found)
    return found, layout


def _trust(lines: Sequence[TextLine], engine: Engine) -> tuple[float, float]:
    """Return how sure the readings of the longest lines are, as they are and upside down."""
    some = sorted(lines, key=lambda line: -line.picture.shape[1] / line.size)[:PROBES]
    pictures: list[Grey] = [line.picture for line in some]
    pictures += [np.ascontiguousarray(np.rot90(line.picture, 2)) for line in some]
    readings = engine.read(pictures)
    both = []
    for half in (readings[: len(some)], readings[len(some) :]):
        sure = [cluster.confidence for reading in half for cluster in reading.clusters]
        both.append(float(np.mean(sure)) if sure else 0.0)
    return both[0], both[1]


def _frame(picture: PagePicture, found: Lie) -> Frame:
    page = Area(0.0, 0.0, picture.width, picture.height)
    plain = Frame.of_page(page, 0).turned(found.turn)
    return Frame(plain.matrix, plain.width, plain.height, plain.turn, found.skew)


def _glyphs(lines: Sequence[TextLine], readings: Sequence[Reading], dots_per_inch: float) -> Glyphs:
    """Put the clusters of all lines into points, line by line."""
    points = POINTS_PER_INCH / dots_per_inch
    texts: list[str] = []
    rows: list[tuple[float, float, float, float, float]] = []
    widening = _widening(lines, readings, points)
    all_sizes = _sizes(lines, readings, widening, points)
    settled = with_doubts(
        [line.picture for line in lines],
        with_points([with_commas(reading.clusters) for reading in readings]),
        [size / points for size in all_sizes],
    )
    covers = [Covers(line.blots, line.touched, line.size / points) for line in lines]
    settled = with_doubts_beside(settled, covers)
    for line, clusters, size in zip(lines, settled, all_sizes, strict=True):
        clusters = _settled_edges(line.picture, clusters, OPEN * size / points)
        clusters = without_notes(line.picture, clusters, size / points)
        if line.size / EM < SMALL * points:
            clusters = [_if_surest(cluster) for cluster in clusters]
        dash = SHORT_DASH * widening * size / points
        texts += [_dash(cluster, dash) for cluster in clusters]
        rows += [
            (
                (line.left + cluster.x0) * points,
                (line.left + cluster.x1) * points,
                line.baseline * points,
                size,
                cluster.confidence,
            )
            for cluster in clusters
        ]
    x0, x1, y, sizes, confidence = np.array(rows, np.float64).reshape(-1, 5).T
    is_space = np.array([text.isspace() for text in texts], bool)
    starts = np.cumsum([0, *map(len, texts)])
    glyphs = Glyphs("".join(texts), starts, x0, x1, y, sizes, is_space, confidence)
    _narrow_spaces(glyphs)
    return glyphs


def _narrow_spaces(glyphs: Glyphs) -> None:
    """Give spaces the width that they have in the font of the page, in place.

    An engine reads a space between two columns too; what such a gap has beyond it nobody typed.
    Gaps between Thai words tell what a space is.
    """
    spaces = np.flatnonzero(glyphs.is_space)
    em, start = glyphs.size[spaces], glyphs.x0[spaces]
    widths = (glyphs.x1[spaces] - start) / em
    kinds = np.array(["", *(_kind(text) for text in glyphs.texts), ""])
    before, after = kinds[spaces], kinds[spaces + 2]
    words = widths[(before == "letter") & (after == "letter") & (widths < PART)]
    usual = float(np.median(words)) if len(words) >= MIN_SPACES else SPACE
    # No number has a space in it.
    typed = np.where((before == "digit") & (after == "digit"), 0.0, max(usual, SPACE))
    glyphs.x1[spaces] = start + np.minimum(widths, typed) * em


def _kind(text: str) -> str:
    if ord(text[0]) in _THAI_LETTERS:
        return "letter"
    return "digit" if guessed(text) in DIGITS else ""


def _if_surest(cluster: Cluster) -> Cluster:
    """Doubt a digit of small print of which both readers are not nearly certain."""
    is_doubtful = cluster.text in DIGITS and cluster.confidence < SUREST
    return cluster._replace(text=doubted(cluster.text)) if is_doubtful else cluster


def _is_dirt(reading: Reading) -> bool:
    """Say whether what was read on a line is a speck or a stroke, not print."""
    solid = [cluster for cluster in reading.clusters if not cluster.text.isspace()]
    sure = float(np.mean([cluster.confidence for cluster in solid])) if solid else 0.0
    return sure < PRINT and all(cluster.text in STROKES for cluster in solid)


def _dash(cluster: Cluster, longest: float) -> str:
    """Return the text of a cluster; a dash up to so many pixels long is a hyphen."""
    is_dash = cluster.text in DASHES
    return DASHES[0] if is_dash and cluster.x1 - cluster.x0 <= longest else cluster.text


def _settled_edges(picture: Grey, clusters: Sequence[Cluster], least: float) -> list[Cluster]:
    """Part neighbours where the ink does, by ``least`` pixels more than usual; others touch.

    An engine knows better which clusters there are than where they end, and it reads the spaces: a
    gap that is no wider than between letters must not make one. A space that it reads is as wide as
    the ink says: it may part columns that are set close. One of an em is as wide as it was read
    where ink that is no letter, as a stamp's, lies in it.
    """
    blank = picture.min(axis=0) >= PALE
    ends = np.flatnonzero(np.diff(np.concatenate(([False], blank, [False])).astype(np.int8)))
    starts, stops = ends[::2].astype(np.float64), ends[1::2].astype(np.float64)
    made = list(clusters)
    solid = [n for n, cluster in enumerate(made) if not cluster.text.isspace()]
    middles = [(made[n].x0 + made[n].x1) / 2 for n in solid]
    gaps = [
        _widest_gap(starts, stops, left, right) if left < right else None
        for left, right in pairwise(middles)
    ]
    letters = [
        gap[1] - gap[0] if gap else 0.0
        for gap, before, after in zip(gaps, solid, solid[1:], strict=False)
        if after == before + 1
    ]
    # Letters have white at their sides, which is no part of a gap between words.
    side = float(np.median(letters)) / 2 if letters else 0.0
    for gap, before, after in zip(gaps, solid, solid[1:], strict=False):
        if gap is None:
            continue
        start, stop = gap
        if stop - start < least / OPEN:  # a wider one parts columns, whatever white letters have
            start, stop = start + side, stop - side
            space = made[before + 1]
            if after > before + 1 and space.x1 - space.x0 >= least / OPEN:
                start, stop = space.x0, space.x1
        is_space = after > before + 1
        if stop <= start or (stop - start < least and not is_space):
            start = stop = (start + stop) / 2
        made[before] = made[before]._replace(x1=start)
        made[after] = made[after]._replace(x0=stop)
        for n in range(before + 1, after):
            made[n] = made[n]._replace(x0=start, x1=stop)
    return made


def _widest_gap(starts: Floats, stops: Floats, left: float, right: float) -> tuple[float, float]:
    """Return the widest blank between two places; the middle between them if there is none."""
    first, last = np.maximum(starts, left), np.minimum(stops, right)
    if not len(first) or (last - first).max() <= 0:
        return (left + right) / 2, (left + right) / 2
    widest = int(np.argmax(last - first))
    return float(first[widest]), float(last[widest])


def _widening(
    lines: Sequence[TextLine], readings: Sequence[Reading], points_per_pixel: float
) -> float:
    """Return by what factor the type of a page is larger than its letters are high.

    Letters of a typewriter are low for their width, which is that of other fonts of their size.
    """
    pitches = [
        (after.x0 - before.x0) * points_per_pixel / line.size
        for line, reading in zip(lines, readings, strict=True)
        for before, after in pairwise(reading.clusters)
        if ord(before.text[0]) in _THAI and ord(after.text[0]) in _THAI
    ]
    pitch = float(np.median(pitches)) if pitches else 0.0
    return pitch / PITCH if pitch > WIDE_PITCH else 1.0


def _sizes(
    lines: Sequence[TextLine], readings: Sequence[Reading], widening: float, points: float
) -> list[float]:
    """Return type sizes in points: few letters tell one badly, so lines of about one size share it.

    Lines without Thai take that of their neighbours. ``points`` is the size of a pixel.
    """
    has_thai = [sum(ord(letter) in _THAI for letter in reading.text) > 2 for reading in readings]
    own = [_by_thai(line, reading, points) for line, reading in zip(lines, readings, strict=True)]
    known = [n for n, thai in enumerate(has_thai) if thai]
    usual = _usual_sizes([(own[n], lines[n].picture.shape[1]) for n in known])
    sizes = []
    for n, (line, thai) in enumerate(zip(lines, has_thai, strict=True)):
        least, most = LEAST_SIZE * line.size, MOST_SIZE * line.size
        fitting = [other for other in known if least <= own[other] <= most]
        if thai:
            sizes.append(usual[own[n]])
        elif fitting:
            nearest = min(fitting, key=lambda one: abs(lines[one].baseline - line.baseline))
            sizes.append(usual[own[nearest]])
        else:
            sizes.append(line.size)
    return [size * widening for size in sizes]


def _by_thai(line: TextLine, reading: Reading, points: float) -> float:
    """Return the size of a line by its Thai consonants where it has taller digits or capitals."""
    if not any(cluster.text.isascii() and cluster.text.isalnum() for cluster in reading.clusters):
        return line.size
    highs = [
        high
        for cluster in reading.clusters
        if len(cluster.text) == 1 and ord(cluster.text) in _THAI
        if (high := height(line.picture, cluster))
    ]
    return min(line.size, EM * float(np.median(highs)) * points) if len(highs) > 2 else line.size


def _usual_sizes(lines: Sequence[tuple[float, int]]) -> dict[float, float]:
    """Return for each size of a line the median of sizes like it, by their widths."""
    sizes, widths = np.array(sorted(lines), np.float64).reshape(-1, 2).T
    usual = {}
    for size in sizes.tolist():
        near = (sizes >= size / ALIKE) & (sizes <= size * ALIKE)
        half = widths[near].cumsum()
        usual[size] = float(sizes[near][np.searchsorted(half, half[-1] / 2)])
    return usual


def _issues(layout: _Layout, count: int) -> tuple[Issue, ...]:
    if layout.is_photograph:
        message = "the page is a photograph or drawing without lines of text: nothing was read"
        return (Issue("warning", "scan_photograph", message),)
    if layout.lines and not count:
        message = "no text could be read on the page: look at it, and scan it anew if it has text"
        return (Issue("warning", "scan_unread", message),)
    return ()
