"""Learn what the pieces of a remark weigh for each status: ``python -m training.statuses``.

Writes ``status_weights.csv`` in ``normalize/data``. ``--check`` writes nothing: it learns without
one lot after the other and prints how the lot left out is read.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
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
    CERTAIN,
    RULES,
    STATUSES,
    UNCLEAR,
    knows_all,
    likeliest,
    pieces,
    pieces_of_rules,
    values_of,
)
from normalize.wording import STATUS_OF, StatusReading, plain_text, read_words

REMARKS = Path(__file__).parent / "data"
CASES = Path(__file__).parents[1] / "tests" / "data"
# The lot of the remarks that the rules were made on, and other lots that they had seen.
TUNED = "tuned"
SEEN = (TUNED, "1", "2", "5", "6", "7")
# Stands in for what the rules found in these lots, where they are right too often to learn from.
OF_SEEN = f"{RULES}seen"
# A piece counts that stands in so many remarks; lighter ones than this are left out.
LEAST_REMARKS, LEAST_WEIGHT = 3, 0.5
# How little the weights are held back.
LOOSENESS = 60.0
# Of the remarks, so many are also learned with a slip, behind the name of an item (which tells what
# a status is of), and with a polite word, a date or a number of a page behind them.
SLIPS, NAMED, FOLLOWED, SEED = 0.5, 0.35, 0.15, 7
LONGEST_NAME, LONGEST_NAMED, LEAST_LETTERS = 50, 60, 6


class Remark(NamedTuple):
    """A labelled remark: what each of its pieces counts, and what the rules find in it.

    What they find is a piece where they had not seen the lot, since there they are as often
    right as with new remarks. A remark that was made out of another is not its own.
    """

    status: str
    lot: str
    values: dict[str, float]
    first: StatusReading
    is_known: bool
    is_own: bool = True


Weights = dict[str, NDArray[np.float64]]


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
        first = read_words(text)
        if status not in STATUSES or is_boxed(text) or not first.says or first.sure == CERTAIN:
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
    first, plain = read_words(text), plain_text(text)
    words = words_of(plain)
    is_known = knows_all(words)
    said = {OF_SEEN: []} if lot in SEEN else pieces_of_rules(first, is_known=is_known)
    values = values_of({**pieces(plain, words), **said})
    return Remark(status, lot, values, first, is_known, is_own)


def _slipped(text: str, random: Random) -> str:
    """Return a text with a letter or mark lost, or swapped with the next."""
    places = [n for n, letter in enumerate(text) if letter.isalpha() or not letter.isascii()]
    if len(places) < LEAST_LETTERS:
        return text
    place = random.choice(places)
    swapped = text[place + 1 : place + 2] + text[place] if random.random() < 1 / 2 else ""
    return text[:place] + swapped + text[place + 1 + len(swapped[1:]) :]


def learn(remarks: Sequence[Remark]) -> Weights:
    """Fit the weights to remarks."""
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
    return {
        name: row
        for name, row in zip(names, columns, strict=True)
        if name == BIAS or (name != OF_SEEN and np.abs(row).max() >= LEAST_WEIGHT)
    }


def check(remarks: Sequence[Remark]) -> None:
    """Print how lots that the rules had not seen are read by what the other lots taught."""
    print("| lot | remarks | rules: right, wrong | rules and weights: right, wrong |")
    for lot in sorted({remark.lot for remark in remarks} - {*SEEN}, key=int):
        weights = learn([remark for remark in remarks if remark.lot != lot])
        asked = [remark for remark in remarks if remark.lot == lot and remark.is_own]
        shares = [
            _shares([(remark.status, remark.first.status) for remark in asked]),
            _shares([(remark.status, _read(remark, weights)) for remark in asked]),
        ]
        print(f"| {lot} | {len(asked)} | " + " | ".join(shares) + " |", flush=True)


def _shares(pairs: Sequence[tuple[str, str]]) -> str:
    right = sum(want == got for want, got in pairs) / len(pairs)
    wrong = sum(want != got != UNCLEAR for want, got in pairs) / len(pairs)
    return f"{right:.3f}, {wrong:.3f}"


def _read(remark: Remark, weights: Weights) -> str:
    logs = weights[BIAS].copy()
    for piece, value in remark.values.items():
        if piece in weights:
            logs += weights[piece] * value
    shares = np.exp(logs - logs.max())
    chances = dict(zip(STATUSES, (shares / shares.sum()).tolist(), strict=True))
    return likeliest(chances, remark.first, is_known=remark.is_known)[0]


def write(weights: Weights, folder: Path) -> None:
    """Write the table, weights in steps of a hundredth."""
    with (folder / "status_weights.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["piece", *STATUSES])
        for piece, values in weights.items():
            out.writerow([piece, *(f"{value:.2f}" for value in values)])


def main() -> None:
    """Learn and write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    remarks = labelled()
    if parser.parse_args().check:
        check(remarks)
    else:
        write(learn(remarks), DATA)


if __name__ == "__main__":
    main()
