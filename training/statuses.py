"""Learn what the pieces of a remark weigh for each status: ``python -m training.statuses``.

Writes ``status_weights.csv`` and ``status_evidence.csv`` in ``normalize/data``. ``--check`` writes
nothing: it learns without one lot after the other and prints how the lot left out is read.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from normalize.datafiles import DATA, read_rows
from normalize.remark_words import words_of
from normalize.status import is_boxed
from normalize.status_odds import (
    BIAS,
    OPEN,
    STATUSES,
    UNCLEAR,
    UNSTATED,
    evidence_of,
    pieces,
    stands,
    values_of,
)
from normalize.wording import STATUS_OF, plain_text, read_words

REMARKS = Path(__file__).parent / "data"
CASES = Path(__file__).parents[1] / "tests" / "data"
# The lot of the remarks that the rules were made on, and lots that they had not seen.
TUNED, UNSEEN = "tuned", ("2", "3", "4")
# A piece counts that stands in so many remarks; lighter ones than this are left out.
LEAST_REMARKS, LEAST_WEIGHT = 3, 0.35
# How little the weights are held back, and what is added to each count of first readings. Both
# readings see the same words, so the first counts for half.
LOOSENESS, ADDED, SHARE_OF_RULES = 60.0, 0.3, 0.5
# Of the remarks, so many are also learned with a slip, behind the name of an item (which tells what
# a status is of), and with a polite word, a date or a number of a page behind them.
SLIPS, NAMED, FOLLOWED, SEED = 0.5, 0.35, 0.15, 7
LONGEST_NAME, LONGEST_NAMED, LEAST_LETTERS = 50, 60, 6
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)


class Remark(NamedTuple):
    """A labelled remark: its pieces with their values, and what the rules found in it.

    One that was made out of another is not its own; where the rules knew all, they stand.
    """

    status: str
    lot: str
    values: dict[str, float]
    evidence: str
    is_known: bool
    is_own: bool = True


class Learned(NamedTuple):
    """Weights by piece, and the log of each first reading's share, by status."""

    weights: dict[str, NDArray[np.float64]]
    evidence: dict[str, NDArray[np.float64]]


def labelled() -> list[Remark]:
    """Return the remarks to learn from: lots written for it, cases and examples the rules know."""
    rows = [(row["text"], row["status"], row["lot"]) for row in read_rows("remarks.csv", REMARKS)]
    rows += [
        (row["text"], row["status"], TUNED)
        for row in read_rows("status_cases.csv", CASES)
        if row["tuned"] != "no"
    ]
    rows += [
        (row["example"], _alone(row["says"]) if float(row["sure"]) else UNCLEAR, TUNED)
        for row in read_rows("status_rules.csv")
    ]
    rows += [(row["example"], row["status"], TUNED) for row in read_rows("status_contrasts.csv")]
    random = Random(SEED)  # noqa: S311
    names = [row["name"] for row in read_rows("items.csv") if len(row["name"]) < LONGEST_NAME]
    endings = [row["text"] for row in read_rows("remark_endings.csv", REMARKS)]
    found = []
    for text, status, lot in rows:
        if status not in STATUSES or is_boxed(text) or read_words(text).says in ("", UNSTATED):
            continue
        found.append(_remark(text, status, lot))
        others = [_slipped(text, random)] if random.random() < SLIPS else []
        is_named = status != UNCLEAR and len(text) < LONGEST_NAMED and random.random() < NAMED
        others += [f"{random.choice(names)} {text}"] if is_named else []
        others += [f"{text} {random.choice(endings)}"] if random.random() < FOLLOWED else []
        found += [_remark(other, status, lot, is_own=False) for other in others]
    return found


def _alone(says: str) -> str:
    """Return the status of a clause that says this and nothing else."""
    return STATUS_OF.get(says, says)


def _remark(text: str, status: str, lot: str, *, is_own: bool = True) -> Remark:
    plain = plain_text(text)
    words = words_of(plain)
    values = values_of(pieces(plain, words))
    evidence = evidence_of(read_words(text))
    return Remark(status, lot, values, evidence, stands(evidence, words), is_own)


def _slipped(text: str, random: Random) -> str:
    """Return a text with a letter or mark lost, or swapped with the next."""
    places = [n for n, letter in enumerate(text) if letter.isalpha() or not letter.isascii()]
    if len(places) < LEAST_LETTERS:
        return text
    place = random.choice(places)
    swapped = text[place + 1 : place + 2] + text[place] if random.random() < 1 / 2 else ""
    return text[:place] + swapped + text[place + 1 + len(swapped[1:]) :]


def learn(remarks: Sequence[Remark], unseen: Collection[str]) -> Learned:
    """Fit the weights to remarks, and count what the rules find in lots they had not seen."""
    common = Counter(piece for remark in remarks for piece in remark.values)
    kept = [
        {p: v for p, v in remark.values.items() if common[p] >= LEAST_REMARKS} for remark in remarks
    ]
    table = DictVectorizer()
    model = LogisticRegression(C=LOOSENESS, max_iter=3000)
    model.fit(table.fit_transform(kept), [remark.status for remark in remarks])
    order = [list(model.classes_).index(name) for name in STATUSES]
    columns = np.vstack([model.intercept_, model.coef_.T])[:, order]
    columns -= columns.mean(axis=1, keepdims=True)
    names = [BIAS, *table.get_feature_names_out()]
    weights = {
        name: row
        for name, row in zip(names, columns, strict=True)
        if name == BIAS or np.abs(row).max() >= LEAST_WEIGHT
    }
    return Learned(weights, _evidence([r for r in remarks if r.is_own and r.lot in unseen]))


def _evidence(remarks: Sequence[Remark]) -> dict[str, NDArray[np.float64]]:
    counts = Counter((remark.evidence, remark.status) for remark in remarks)
    totals = Counter(remark.status for remark in remarks)
    firsts = (*STATUSES, *OPEN)
    return {
        first: np.array(
            [
                SHARE_OF_RULES
                * math.log((counts[first, name] + ADDED) / (totals[name] + ADDED * len(firsts)))
                for name in STATUSES
            ]
        )
        for first in firsts
    }


def check(remarks: Sequence[Remark]) -> None:
    """Print how each lot is read by what was learned from the others."""
    print("| lot | remarks | read by | " + " | ".join(f"from {t}" for t in THRESHOLDS) + " |")
    for lot in sorted({remark.lot for remark in remarks} - {TUNED}):
        others = [remark for remark in remarks if remark.lot != lot]
        asked = [remark for remark in remarks if remark.lot == lot and remark.is_own]
        learned = learn(others, [name for name in UNSEEN if name != lot])
        for reader in ("rules", "weights", "both"):
            shares = [_shares(asked, learned, reader, least) for least in THRESHOLDS]
            print(f"| {lot} | {len(asked)} | {reader} | " + " | ".join(shares) + " |")


def _shares(asked: Sequence[Remark], learned: Learned, reader: str, least: float) -> str:
    right = wrong = 0
    for remark in asked:
        status = _read(remark, learned, reader, least)
        right += status == remark.status
        wrong += status not in (remark.status, UNCLEAR)
    return f"{right / len(asked):.3f} right, {wrong / len(asked):.3f} wrong"


def _read(remark: Remark, learned: Learned, reader: str, least: float) -> str:
    first = remark.evidence if remark.evidence in STATUSES else UNCLEAR
    if reader == "rules":
        return first
    logs = learned.weights[BIAS].copy()
    for piece, value in remark.values.items():
        if piece in learned.weights:
            logs += learned.weights[piece] * value
    if reader == "both":
        logs += learned.evidence[remark.evidence]
    shares = np.exp(logs - logs.max())
    best = STATUSES[int(shares.argmax())]
    if reader == "both" and remark.is_known:
        return UNCLEAR if UNCLEAR not in (first, best) and best != first else first
    return best if shares.max() / shares.sum() >= least else UNCLEAR


def write(learned: Learned, folder: Path) -> None:
    """Write both tables, weights in steps of a hundredth."""
    for name, key, table in (
        ("status_weights.csv", "piece", learned.weights),
        ("status_evidence.csv", "first_reading", learned.evidence),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow([key, *STATUSES])
            for row, values in table.items():
                out.writerow([row, *(f"{value:.2f}" for value in values)])


def main() -> None:
    """Learn and write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    remarks = labelled()
    if parser.parse_args().check:
        check(remarks)
    else:
        write(learn(remarks, UNSEEN), DATA)


if __name__ == "__main__":
    main()
