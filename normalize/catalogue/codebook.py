"""The catalogue for people: ``codebook.md`` beside a dataset, ``docs/schema.md`` in the project.

``python -m normalize.catalogue.codebook docs/schema.md`` writes the second anew; a test fails
while the file in the project is older than the catalogue.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.catalogue.files import write_whole
from normalize.catalogue.spec import EnumValue, Field, TableSpec, catalogue

CONVENTIONS = """\
- Files are UTF-8 without BOM, with line feeds, quoted by RFC 4180. Read identifiers as text.
  (ไฟล์เป็น UTF-8 ไม่มี BOM ให้อ่านคอลัมน์รหัสเป็นข้อความเพื่อไม่ให้เลขศูนย์นำหน้าหาย)
- An empty field means not known. It never means zero or no.
  (ช่องว่างหมายถึงไม่ทราบค่า ไม่ได้หมายถึงศูนย์หรือไม่มี)
- A `required` field is never empty.
  (คอลัมน์ที่ระบุ `required` มีค่าเสมอ ไม่มีช่องว่าง)
- A pattern such as `[0-9a-f]{16}` is a regular expression that the whole value matches.
  (รูปแบบเช่น `[0-9a-f]{16}` คือนิพจน์ปรกติที่ค่าทั้งหมดต้องตรงตาม)
- `_be` is a year of the Buddhist Era, `_ce` of the Common Era: `_ce` = `_be` - 543. A fiscal year
  runs from October of the year before to September.
  (`_be` คือปี พ.ศ. `_ce` คือปี ค.ศ. ปีงบประมาณเริ่มเดือนตุลาคมของปีก่อนหน้าและสิ้นสุดเดือนกันยายน)
- `_raw` is text as the report has it; the column without `_raw` is our reading of it.
  (`_raw` คือข้อความตามรายงาน คอลัมน์ชื่อเดียวกันที่ไม่มี `_raw` คือค่าที่โปรแกรมแปลความ)
- `document_id`, `page` or `line`, `table_id` and `row` say where a value stands in the report.
  (คอลัมน์เหล่านี้บอกตำแหน่งของข้อมูลในรายงาน ใช้ตรวจสอบย้อนกลับได้)
- Scores are points from 0 to 100; shares, confidences and match scores run from 0 to 1.
  (คะแนนประเมินมีค่า 0 ถึง 100 ส่วนสัดส่วน ค่าความเชื่อมั่น และคะแนนการจับคู่มีค่า 0 ถึง 1)
"""

CODEBOOK_HEAD = """\
# Codebook / คู่มือข้อมูล

Tables that Prongsai (โปร่งใส) made from reports on the Integrity and Transparency Assessment (ITA)
of Thai local administrative organizations. `datapackage.json` and `data_dictionary.csv` say the
same for programs.

ชุดข้อมูลนี้ Prongsai (โปร่งใส) จัดทำจากรายงานการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน (ITA)
ขององค์กรปกครองส่วนท้องถิ่น คำอธิบายเดียวกันสำหรับโปรแกรมอยู่ใน `datapackage.json` และ
`data_dictionary.csv`
"""

SCHEMA_HEAD = """\
# The tables

<!-- Generated from normalize/data/*.csv: change those, then run
python -m normalize.catalogue.codebook docs/schema.md -->

What `prongsai run` writes, column by column. The same text travels with each dataset as
`codebook.md`, and for programs as `datapackage.json` (Data Package v2) and `data_dictionary.csv`
(one row per table and field; `allowed_values` are separated by `|`).
"""


def write_codebook(out: Path) -> Path:
    """Write ``codebook.md`` into the output folder and return its path."""
    path = out / "codebook.md"
    write_whole(path, [codebook_text()])
    return path


def codebook_text() -> str:
    """Return the codebook: files, columns and allowed values, in English and Thai."""
    return "\n".join((CODEBOOK_HEAD, *_body()))


def schema_text() -> str:
    """Return what ``docs/schema.md`` must hold."""
    return "\n".join((SCHEMA_HEAD, *_body()))


def _body() -> Iterator[str]:
    yield "## Conventions / ข้อตกลง\n"
    yield CONVENTIONS
    yield "## Files / ไฟล์ข้อมูล\n"
    yield _table(
        ("file", "one row per", "แต่ละแถวคือ"),
        ((f"[`{spec.path}`](#{_anchor(spec)})", spec.row_en, spec.row_th) for spec in catalogue()),
    )
    for spec in catalogue():
        yield from _section(spec)
    yield "## Allowed values / ค่าที่กำหนด\n"
    for values in catalogue().enums:
        yield f"### {values[0].enum}\n"
        yield _table(
            ("value", "ความหมายโดยย่อ", "meaning", "คำอธิบาย"),
            (_value_cells(value) for value in values),
        )


def _section(spec: TableSpec) -> Iterator[str]:
    yield f'<a id="{_anchor(spec)}"></a>\n'
    yield f"## {spec.path}: {spec.title_en} / {spec.title_th}\n"
    yield f"{spec.description_en} One row per {spec.row_en}.\n"
    yield f"{spec.description_th} (แต่ละแถวคือ{spec.row_th})\n"
    notes = []
    if spec.primary_key:
        key = ", ".join(f"`{name}`" for name in spec.primary_key)
        notes.append(f"- Key / คีย์หลัก: {key}")
    notes.extend(
        f"- `{key.field}` refers to / อ้างอิงถึง `{catalogue().table(key.table).path}` "
        f"(`{key.reference}`)"
        for key in spec.foreign_keys
    )
    if notes:
        yield "\n".join(notes) + "\n"
    yield _table(
        ("field", "type", "ชื่อภาษาไทย", "meaning / ความหมาย", "allowed values / ค่าที่กำหนด"),
        (_field_cells(field) for field in spec.fields),
    )


def _field_cells(field: Field) -> tuple[str, ...]:
    kind = field.type + (", required" if field.required else "")
    if field.unit:
        kind += f"; {field.unit}"
    meaning = f"**{field.title_en}.** {field.description_en}<br>{field.description_th}"
    return f"`{field.name}`", kind, field.title_th, meaning, _allowed(field)


def _allowed(field: Field) -> str:
    if field.values:
        members = ", ".join(f"`{value}`" for value in field.allowed)
        return f"{members} ([{field.enum}](#{field.enum}))"
    if field.pattern:
        return f"`{field.pattern}`"
    if field.minimum is not None and field.maximum is not None:
        return f"{field.minimum}–{field.maximum}"
    if field.minimum is not None:
        return f"≥ {field.minimum}"
    if field.maximum is not None:
        return f"≤ {field.maximum}"
    return ""


def _value_cells(value: EnumValue) -> tuple[str, ...]:
    meaning = f"**{value.title_en}.** {value.description_en}"
    return f"`{value.value}`", value.title_th, meaning, value.description_th


def _anchor(spec: TableSpec) -> str:
    return f"table-{spec.name}"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Make a Markdown table; a bar inside a cell is escaped, in code too, as GitHub reads it."""
    lines = [header, ("---",) * len(header), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m normalize.catalogue.codebook docs/schema.md")
    write_whole(Path(sys.argv[1]), [schema_text()])
