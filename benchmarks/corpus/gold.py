"""The gold of a report: the tables as a person reads them, whatever the pages did to them."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from .model import (
    SUPERSCRIPT,
    FillIn,
    Heading,
    Note,
    Report,
    Signature,
    Table,
    Text,
    Title,
    placed,
)

_BEHIND_NUMBER = re.compile(r"(?<=[0-9๐-๙])" + SUPERSCRIPT.pattern)
_RAISED = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙(),", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2 + "⁽⁾ ")


def plain(text: str) -> str:
    """Return a text without the marking of superscripts; behind a number they are raised digits."""
    text = _BEHIND_NUMBER.sub(lambda note: note[1].translate(_RAISED), text)
    return SUPERSCRIPT.sub(r"\1", text)


def gold(report: Report) -> dict[str, Any]:
    """Return what ``<name>.json`` holds; rows and columns count from 1."""
    not_tables: list[str] = []
    paragraphs: list[str] = []
    for block in report.blocks:
        if isinstance(block, Title):
            paragraphs += block.lines
        elif isinstance(block, Heading | Text):
            paragraphs.append(block.text)
        elif isinstance(block, Note):
            not_tables.append(block.text)
        elif isinstance(block, Signature):
            not_tables += block.lines
        elif isinstance(block, FillIn):
            not_tables += block.labels
    return {
        "producer": report.producer,
        "font": report.style.font,
        "layout": report.layout,
        "style": asdict(report.style),
        "tables": [_table(table) for table in report.tables()],
        "not_tables": [plain(text) for text in not_tables],
        "paragraphs": [plain(text) for text in paragraphs],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "header_rows": table.header_rows,
        "row_count": len(table.rows),
        "column_count": len(table.widths),
        "cells": [
            {
                "row": row + 1,
                "column": column + 1,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "is_header": row < table.header_rows,
                "text": "\n".join(plain(text) for text in cell.paragraphs),
            }
            for row, column, cell in placed(table)
        ],
    }
