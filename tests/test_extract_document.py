"""The Document: what it says of its cells, and that its JSON gives it back."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import (
    Box,
    Cell,
    Column,
    Document,
    Issue,
    Paragraph,
    Part,
    Place,
    Table,
    read_bytes,
    read_report,
)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
counts = st.integers(1, 99)
floats = st.floats(-1e4, 1e4, allow_nan=False)
boxes = st.builds(Box, floats, floats, floats, floats)
places = st.builds(Place, st.none() | counts, st.none() | counts, st.none() | boxes)
parts = st.builds(Part, texts, texts, places)
sources = st.sampled_from(["text_layer", "ocr", "html", "text"])
cells = st.builds(
    Cell,
    counts,
    counts,
    st.lists(parts, min_size=1, max_size=2).map(tuple),
    counts,
    counts,
    st.booleans(),
    sources,
    st.none() | st.floats(0, 1),
)
columns = st.builds(Column, texts, texts)
tables = st.builds(
    Table,
    texts,
    counts,
    counts,
    st.lists(columns, max_size=3).map(tuple),
    st.lists(cells, max_size=3).map(tuple),
)
paragraphs = st.builds(Paragraph, texts, texts, places, st.booleans())
severities = st.sampled_from(["info", "warning", "error"])
issues = st.builds(Issue, severities, texts, texts, st.none() | counts)
documents = st.builds(
    Document,
    texts,
    texts,
    texts,
    st.none() | counts,
    st.none() | st.sampled_from(["text_layer", "ocr", "mixed", "text"]),
    st.lists(tables | paragraphs, max_size=3).map(tuple),
    st.lists(issues, max_size=2).map(tuple),
    st.sampled_from(["ok", "partial", "failed"]),
    texts,
    texts,
)


@given(documents)
def test_json_gives_the_document_back(document: Document) -> None:
    written = document.to_json()
    assert Document.from_json(written) == document
    assert Document.from_json(written).to_json() == written


def test_json_is_readable_with_a_block_a_line() -> None:
    written = read_bytes("หัว\nข้อ\tสถานะ\n๑\tมี".encode(), "a.txt").to_json()
    assert '{"type": "paragraph", "text": "หัว"' in written
    assert [block["type"] for block in json.loads(written)["blocks"]] == ["paragraph", "table"]
    assert len([line for line in written.splitlines() if line.startswith('{"type"')]) == 2


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"blocks": {"a": 1}}',
        '{"blocks": [1]}',
        '{"blocks": [{}]}',
        "[" * 9999,
    ],
)
def test_damaged_json_is_told(damaged: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Document.from_json(damaged)


@given(st.data())
def test_json_with_a_part_cut_out_is_told_or_read(data: st.DataObject) -> None:
    written = read_bytes("หัว\nข้อ\tสถานะ\n๑\tมี".encode(), "a.txt").to_json()
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, min(len(written), start + 40)))
    with contextlib.suppress(ValueError, KeyError, TypeError):
        Document.from_json(written[:start] + written[end:])


def part(text: str, page: int | None = None) -> Part:
    return Part(text, f"<{text}>" if text else "", Place(page))


def test_cell_joins_its_parts_and_begins_where_the_first_does() -> None:
    cell = Cell(2, 1, (part("ก", 1), part("", 2), part("ข", 2)))
    assert (cell.text, cell.raw_text, cell.place.page) == ("ก\nข", "<ก>\n<ข>", 1)


def test_table_finds_cells_under_their_spans() -> None:
    wide = Cell(1, 1, (part("หัว"),), 1, 2, is_header=True)
    tall = Cell(2, 1, (part("ก"),), 2, 1)
    one = Cell(3, 2, (part("ข"),))
    table = Table("t1", 3, 1, (Column("หัว", "item"), Column("", "")), (wide, tall, one))
    assert table.at(1, 2) is wide
    assert table.at(3, 1) is tall
    assert table.at(2, 2) is None
    assert dict(table.body()) == {2: {1: tall}, 3: {1: tall, 2: one}}
    assert (table.columns_with("item"), table.columns_with("status")) == ([1], [])


def test_a_report_is_named_by_a_text_or_a_path(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("ข้อมูล", "utf-8")
    by_path = read_report(tmp_path / "report.txt", tmp_path)
    assert read_report(f"{tmp_path}/report.txt", str(tmp_path)) == by_path
