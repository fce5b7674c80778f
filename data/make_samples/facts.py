"""The facts: read from ``facts/*.csv``, and the rows that the gold and the reports both show."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from .thai import item_number, localize, period, pick, share

FACTS = Path(__file__).with_name("facts")
FULL_TYPES = {"อบต.": "องค์การบริหารส่วนตำบล", "อบจ.": "องค์การบริหารส่วนจังหวัด"}
LETTERS = ((95, "AA"), (85, "A"), (75, "B"), (65, "C"), (55, "D"), (50, "E"), (0, "F"))
FIRST_PASS_YEAR_BE = 2566
WEIGHTS = {"IIT": 30, "EIT": 30, "OIT": 40}
INDICATORS = {"IIT": range(1, 6), "EIT": range(6, 9), "OIT": range(9, 11)}
REASONS = (
    "ไม่ได้รับจัดสรรงบประมาณในปีนี้ จะเสนอขอตั้งงบประมาณในปีถัดไป",
    "ขาดบุคลากรที่รับผิดชอบโดยตรง อยู่ระหว่างขอสรรหา",
)
DONE, NOT_DONE, DOING = "ดำเนินการแล้ว", "ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table of facts."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@dataclass(frozen=True, eq=False)
class Report:
    """A sample report: who, when, what it holds and how it looks."""

    source_file: str
    agency: dict[str, str]
    year: int
    period: str
    report_type: str
    list_year: int | None
    parts: tuple[str, ...]
    style: dict[str, str]

    def text(self, text: str) -> str:
        """Return a text in the digits of this report."""
        return localize(text, self.style["digits"])

    @property
    def agency_name(self) -> str:
        """The full name, such as องค์การบริหารส่วนตำบลทุ่งสายรุ้ง."""
        kind = self.agency["agency_type"]
        return FULL_TYPES.get(kind, kind) + self.agency["agency_name"]

    def office(self, role: str) -> str:
        """Return the name of the office that has a role in this type of agency."""
        kind = {"อบต.": "sao", "อบจ.": "pao"}.get(self.agency["agency_type"], "municipality")
        return next(row[kind] for row in table("offices") if row["role"] == role)


@dataclass(frozen=True)
class Item:
    """An OIT item as a report shows it; the raw texts are in the digits of the report."""

    number: int
    number_raw: str
    name_raw: str
    sub_indicator: str
    components: tuple[str, ...]
    responsible: str
    status: str
    status_lines: tuple[str, ...]  # what a person sees, a line or paragraph each


@dataclass(frozen=True)
class Measure:
    """A measure or point to improve as a report shows it."""

    key: str
    number: str
    name: str
    instrument: str
    indicator: str
    question: str
    steps: tuple[tuple[str, ...], ...]  # a step and the lines under it
    responsible: str
    period_raw: str
    period_start: str
    period_end: str
    status: str
    result: str
    outcome: str


@dataclass(frozen=True)
class Scores:
    """The published scores of one year, as two-decimal texts; some metrics may be absent."""

    year: int
    values: dict[str, str]
    level: str


@cache
def reports() -> tuple[Report, ...]:
    """Return the sample reports, in the order of the table."""
    agencies = {row["agency_code"]: row for row in table("agencies")}
    return tuple(
        Report(
            source_file=row["source_file"],
            agency=agencies[row["agency_code"]],
            year=int(row["fiscal_year_be"]),
            period=row["period"],
            report_type=row["report_type"],
            list_year=int(row["item_list_year_be"]) if row["item_list_year_be"] else None,
            parts=tuple(row["parts"].split("+")),
            style=row,
        )
        for row in table("reports")
    )


def _status(layout: str, report: Report, concept: str) -> str:
    """Choose a status: the same concept needs the same quality every year."""
    quality = float(report.agency[f"quality_{report.year}"])
    need = share("item", report.agency["agency_code"], concept)
    if need < quality:
        return "complete"
    rest = (need - quality) / (1 - quality)
    if layout.startswith("boxes"):
        ladder = [(0.84, "not_started"), (0.92, "not_reported"), (1.0, "unclear")]
        if layout == "boxes3":
            ladder = [(0.5, "in_progress"), (0.92, "not_started"), (1.0, "not_reported")]
    elif layout == "ticks":
        ladder = [(0.4, "partial"), (0.85, "missing"), (1.0, "not_reported")]
    else:
        ladder = [(0.3, "partial"), (0.64, "missing"), (0.79, "in_progress")]
        ladder += [(0.88, "not_started"), (0.95, "not_reported"), (1.0, "unclear")]
    return next(status for top, status in ladder if rest < top)


def _wording(kind: str, status: str, *key: object) -> str:
    choices = [
        row["wording"]
        for row in table("status_wordings")
        if (row["layout"], row["status"]) == (kind, status)
    ]
    return pick(choices, kind, *key) if choices else ""


def _status_lines(layout: str, status: str, *key: object) -> tuple[str, ...]:
    if layout.startswith("boxes"):
        ticked = {"complete": {DONE}, "not_started": {NOT_DONE}, "in_progress": {DOING}}
        ticks = ticked.get(status, {DONE, NOT_DONE} if status == "unclear" else set())
        choices = (NOT_DONE, DOING, DONE) if layout == "boxes3" else (NOT_DONE, DONE)
        boxes = [f"{'☑' if choice in ticks else '☐'} {choice}" for choice in choices]
        lines = boxes if layout == "boxes3" else [" ".join(boxes)]
        note = _wording("note", status, *key)
        return (*lines, f"- {note}") if note else tuple(lines)
    if layout == "ticks":
        tick = {"complete": "มี ✓", "partial": "มี ✓", "missing": "ไม่มี ✓"}.get(status, "")
        remark = _wording("remark", status, *key) if status == "partial" else ""
        return tuple(text for text in (tick, remark) if text)
    words = _wording("remark", status, *key)
    return (f"- {words}" if layout == "remark_dash" and words else words,) if words else ()


@cache
def items(report: Report) -> tuple[Item, ...]:
    """Return the items that a report shows."""
    if "items" not in report.parts:
        return ()
    concepts = {row["concept_id"]: row for row in table("concepts")}
    variants = {row["item_name"]: row["variant"] for row in table("name_variants")}
    layout = report.style["item_layout"].removesuffix("_cut")
    found = []
    for row in table("oit_items"):
        if row["list_year_be"] != str(report.list_year):
            continue
        concept, name = row["concept_id"], row["item_name"]
        key = (report.source_file, concept)
        if name in variants and share("name", *key) < 0.5:
            name = variants[name]
        status = _status(layout, report, concept)
        found.append(
            Item(
                number=int(row["item_no"]),
                number_raw=item_number(int(row["item_no"]), report.style["number_style"]),
                name_raw=report.text(name),
                sub_indicator=row["sub_indicator_no"],
                components=tuple(
                    report.text(f"- {one}") for one in concepts[concept]["component"].split(" | ")
                ),
                responsible=report.office(concepts[concept]["role"]),
                status=status,
                status_lines=tuple(
                    report.text(line) for line in _status_lines(layout, status, *key)
                ),
            )
        )
    return tuple(found)


def _outcome(row: dict[str, str], status: str, parts: tuple[str, ...]) -> tuple[str, str]:
    """Return the summary of what was done and the outcome, as far as the status allows."""
    if "points" in parts:
        return row["result"], ""
    ticks = "measures_ticks" in parts
    if status == "complete":
        return ("" if ticks else f"{DONE} {row['result']}"), row["outcome"] or ""
    if status == "in_progress":
        return f"{DOING} คาดว่าแล้วเสร็จภายในสิ้นปีงบประมาณ", ""
    if status == "not_started" and ticks:
        return "", pick(REASONS, row["key"])
    return "", ""


@cache
def measures(report: Report) -> tuple[Measure, ...]:
    """Return the measures and points to improve that a report shows."""
    library = {row["key"]: row for row in table("measures")}
    found = []
    for chosen in table("report_measures"):
        if chosen["source_file"] != report.source_file:
            continue
        row = library[chosen["key"]]
        raw, start, end = period(chosen["period"], report.year)
        result, outcome = _outcome(row, chosen["status"], report.parts)
        found.append(
            Measure(
                key=row["key"],
                number=chosen["measure_no"],
                name=report.text(row["measure"]),
                instrument=row["instrument"],
                indicator=row["indicator_no"],
                question=row["question_no"],
                steps=tuple(
                    tuple(report.text(part) for part in step.split(" > "))
                    for step in row["steps"].split(" | ")
                ),
                responsible=report.office(row["role"]),
                period_raw=report.text(raw),
                period_start=start,
                period_end=end,
                status=chosen["status"],
                result=report.text(result),
                outcome=report.text(outcome),
            )
        )
    return tuple(found)


def _two_decimals(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def level(year: int, overall: Decimal, instruments: list[Decimal]) -> str:
    """Return the letter (to 2565) or pass level (from 2566) of a total score."""
    if year < FIRST_PASS_YEAR_BE:
        return next(letter for least, letter in LETTERS if overall >= least)
    if overall < 85:
        return "ต้องปรับปรุง" if overall >= 70 else "ต้องปรับปรุงโดยด่วน"
    lowest = min(instruments)
    return "ผ่านดีเยี่ยม" if lowest >= 95 else "ผ่านดี" if lowest >= 85 else "ผ่าน"


@cache
def scores(report: Report) -> tuple[Scores, ...]:
    """Return the scores that a report publishes, by the year that was scored.

    The total is computed from the indicators unless the table of facts publishes another one.
    """
    mine = [row for row in table("scores") if row["source_file"] == report.source_file]
    found = []
    for year in sorted({int(row["fiscal_year_be"]) for row in mine}):
        values = {
            row["metric"]: row["published"] for row in mine if int(row["fiscal_year_be"]) == year
        }
        means = {
            name: sum((Decimal(values[f"indicator:{n}"]) for n in numbers), Decimal(0))
            / len(numbers)
            for name, numbers in INDICATORS.items()
        }
        total = sum((means[name] * weight for name, weight in WEIGHTS.items()), Decimal(0)) / 100
        values.setdefault("overall", _two_decimals(total))
        for name, mean in means.items():
            values[f"instrument:{name}"] = _two_decimals(mean)
        overall = Decimal(values["overall"])
        found.append(Scores(year, values, level(year, overall, list(means.values()))))
    return tuple(found)


def shows_instruments(report: Report) -> bool:
    """Say whether the report prints the scores of the three instruments."""
    return report.style["writer"] != "text" and "scores_sentence" in report.parts
