"""Why a published score is not what its published parts give, where the figures alone decide it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analyze.framework import parts
from analyze.published import Published
from normalize.reference import weights

TOLERANCE = 0.01
"""A published score farther than this (points) from the computed one differs from it."""

_EXACT = 1e-6  # what sums of binary fractions may be off
_CENTS = 100  # scores are published to two decimals

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def discrepancy_reasons(found: Published) -> dict[str, npt.NDArray[np.object_]]:
    """Return by metric the reason (enum discrepancy_reason) of each difference, None without one.

    Differences up to TOLERANCE have no reason, nor has one that no reason or more than one
    explains.
    """
    step = _step(np.array([np.full(len(found.year), np.nan), *found.values.values()]))
    reasons = {}
    for metric, expected in found.computed.items():
        reasons[metric] = np.full(len(found.year), None, dtype=object)
        gaps = np.abs(found.value(metric) - expected)
        own_step = np.maximum(step, _step(found.value(metric)[np.newaxis], fewest=1))
        is_rounding = gaps <= (step + own_step) / 2 + _EXACT
        differs = gaps > TOLERANCE + _EXACT
        reasons[metric][differs & is_rounding] = "rounding"
        for year in np.unique(found.year[differs]):
            rows = np.flatnonzero(differs & ~is_rounding & (found.year == year))
            reasons[metric][rows] = _Case(found, metric, int(year), rows).reasons()
    return reasons


def _step(values: Floats, fewest: int = 0) -> Floats:
    """Return the unit (1, 0.1 or 0.01 points) of the finest of the values of each column.

    One value alone may be printed with zeros behind the point; ``fewest`` decimals are supposed.
    """
    steps = np.full(values.shape[1], 10.0**-fewest)
    for decimals in range(fewest + 1, 3):
        scaled = np.nan_to_num(values * 10.0 ** (decimals - 1))
        steps[(np.abs(scaled - np.round(scaled)) > _EXACT).any(axis=0)] = 10.0**-decimals
    return steps


class _Case:
    """The published scores of one metric and year that differ from what their parts give."""

    def __init__(
        self, found: Published, metric: str, year: int, rows: npt.NDArray[np.int64]
    ) -> None:
        self.found, self.metric, self.year, self.rows = found, metric, year, rows
        self.value = found.value(metric)[rows]
        self.computed = found.computed[metric][rows]
        self.shares = parts(year)[metric]

    def reasons(self) -> npt.NDArray[np.object_]:
        """Return the one reason that explains each row, None where none or several do."""
        explained = dict(self._explained())
        is_only = sum(flags.astype(int) for flags in explained.values()) == 1
        reasons = np.full(len(self.rows), None, dtype=object)
        for reason, flags in explained.items():
            reasons[flags & is_only] = reason
        return reasons

    def _explained(self) -> Iterator[tuple[str, Flags]]:
        yield "already_weighted", self._already_weighted()
        yield "interchanged", self._interchanged()
        yield "part_left_out", self._part_left_out()
        yield "equal_weights", self._equal_weights()
        yield "transposed_digits", self._transposed_digits()
        yield "year_before", np.abs(self.value - self.found.before(self.metric)[self.rows]) < _EXACT

    def _is(self, other: Floats | float) -> Flags:
        return np.abs(self.value - other) <= TOLERANCE + _EXACT

    def _of(self, metric: str) -> Floats:
        """Return the scores of a metric as they count: published, else computed."""
        return self.found.as_it_counts(metric)[self.rows]

    def _already_weighted(self) -> Flags:
        """Instruments printed with their weight in them, and the total that is their plain sum."""
        if self.metric == "overall":
            return self._is(sum(self._of(part) for part in self.shares))
        kind, _, name = self.metric.partition(":")
        share = weights().get(self.year, {}).get(name) if kind == "instrument" else None
        return self._is(self.computed * share / 100 if share else np.nan)

    def _interchanged(self) -> Flags:
        """Two parts of one metric that carry each other's score."""
        is_found = np.zeros(len(self.rows), dtype=bool)
        made = self.found.computed
        for siblings in parts(self.year).values():
            for other in siblings if self.metric in siblings else ():
                if other != self.metric and other in made:
                    back = np.abs(self.found.value(other)[self.rows] - self.computed)
                    is_found |= self._is(made[other][self.rows]) & (back <= TOLERANCE + _EXACT)
        return is_found

    def _part_left_out(self) -> Flags:
        """One part does not count, or counts as nothing."""
        is_found = np.zeros(len(self.rows), dtype=bool)
        for part, share in self.shares.items() if len(self.shares) > 1 else ():
            rest = self.computed - share * self._of(part)
            is_found |= self._is(rest) | self._is(rest / (1 - share))
        return is_found

    def _equal_weights(self) -> Flags:
        """The plain mean of the parts, or of what the parts are made of."""
        below = [parts(self.year).get(part, {part: 1.0}) for part in self.shares]
        finer = np.mean([self._of(name) for names in below for name in names], axis=0)
        return self._is(np.mean([self._of(part) for part in self.shares], axis=0)) | self._is(finer)

    def _transposed_digits(self) -> Flags:
        """Two neighbouring digits that stand in each other's place."""
        cents = np.round(self.value * _CENTS).astype(np.int64)
        is_found = np.zeros(len(self.rows), dtype=bool)
        for place in (1, 10, 100):
            right, left = cents // place % 10, cents // (10 * place) % 10
            swapped = cents + (left - right) * place + (right - left) * 10 * place
            is_near = np.abs(swapped / _CENTS - self.computed) <= TOLERANCE + _EXACT
            is_found |= (left != right) & is_near
        return is_found
