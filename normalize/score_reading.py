"""Where a report prints scores and levels, and of which fiscal year: sentences and tables.

Only what is plainly the agency's own ITA score is taken. A sentence must speak of ITA or give a
level with the score, and must not speak of a target, an average of others, a change or another
assessment; a whole number in it may be a target, a weight or full marks, and is a doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from extract.document import Document, Paragraph, Table
from normalize.patterns import bare, pattern
from normalize.score_labels import Score
from normalize.score_sentences import paragraph_scores, scored_year
from normalize.score_tables import table_scores

# A line of running text from this length (characters) may go on in the next line.
FULL_LINE = 60


def find_scores(
    document: Document, report_year_be: int | None, item_tables: Collection[str]
) -> Iterator[Score]:
    """Yield the scores of a document in reading order; what is said twice comes twice.

    ``item_tables`` are the checklists, whose scores are those of items.
    """
    year: int | None = None
    for block in _passages(document):
        if isinstance(block, Paragraph):
            year = scored_year(block.text, report_year_be) or year
            yield from paragraph_scores(block, year)
        elif block.table_id not in item_tables and not block.columns_with("measure"):
            yield from table_scores(block, year)


def _passages(document: Document) -> Iterator[Paragraph | Table]:
    """Yield the blocks, full lines of a text joined with the line below that goes on with them."""
    passage: Paragraph | None = None
    end = 0
    for block in document.blocks:
        line = block.place.line if isinstance(block, Paragraph) else None
        if passage and isinstance(block, Paragraph) and line == end + 1 and _goes_on(block.text):
            passage = replace(passage, text=f"{passage.text} {block.text}")
        else:
            if passage:
                yield passage
            passage = block if isinstance(block, Paragraph) else None
            if passage is None:
                yield block
        end = line or 0
        if passage and isinstance(block, Paragraph) and len(block.text) < FULL_LINE:
            yield passage
            passage = None
    if passage:
        yield passage


def _goes_on(text: str) -> bool:
    """Say whether a line may be the middle of a sentence: it begins no list entry or heading."""
    line = bare(text)
    return not (
        pattern("step_number").match(line)
        or pattern("indicator_heading").match(line)
        or pattern("step_bullet").match(line)
    )
