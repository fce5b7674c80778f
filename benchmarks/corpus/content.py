"""The tables of a report, composed from facts by a random generator that a seed determines.

Names of items, indicators and sub-indicators are facts; everything else is fictitious.
"""

from __future__ import annotations

import csv
import random
from functools import cache
from pathlib import Path

from data.make_samples.facts import table as facts
from data.make_samples.thai import MONTHS, THAI_DIGITS, item_number, localize

from .model import Align, Cell, Rules, Style, Table

FULL_TYPES = {"อบต.": "องค์การบริหารส่วนตำบล", "อบจ.": "องค์การบริหารส่วนจังหวัด"}
SHORT_MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.")


@cache
def texts(kind: str) -> tuple[str, ...]:
    """Return the texts of one kind in ``facts/texts.csv``."""
    path = Path(__file__).with_name("facts") / "texts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file) if row["kind"] == kind)


class Content:
    """Composes the texts and tables of one report in the digits of its style."""

    def __init__(self, rng: random.Random, style: Style) -> None:
        self.rng = rng
        self.style = style
        self.agency_row = rng.choice(facts("agencies"))
        self.year = rng.choice((2564, 2565, 2566, 2567))

    @property
    def agency(self) -> str:
        """The full name of the fictitious agency."""
        kind = self.agency_row["agency_type"]
        return FULL_TYPES.get(kind, kind) + self.agency_row["agency_name"]

    def text(self, text: str) -> str:
        """Return a text in the digits of this report."""
        return localize(text, self.style.digits)

    def pick(self, kind: str) -> str:
        """Return a text of a kind."""
        return self.text(self.rng.choice(texts(kind)))

    def office(self) -> str:
        """Return the name of an office of the agency."""
        kinds = {"อบต.": "sao", "อบจ.": "pao"}
        kind = kinds.get(self.agency_row["agency_type"], "municipality")
        return self.rng.choice(facts("offices"))[kind]

    def number(self, value: float, decimals: int = 2) -> str:
        """Return a number with thousands separators."""
        text = f"{value:,.{decimals}f}"
        return text.translate(THAI_DIGITS) if self.style.digits == "thai" else text

    def date(self) -> str:
        """Return a date in one of four common forms."""
        day, year = self.rng.randint(1, 28), self.year - self.rng.randint(0, 1)
        month = self.rng.randint(1, 12)
        forms = (
            f"{day} {MONTHS[month - 1]} {year}",
            f"{day} {self.rng.choice(SHORT_MONTHS)} {year % 100}",
            f"{day:02d}/{month:02d}/{year}",
            f"ต.ค. {self.year - 1} - มี.ค. {self.year}",
        )
        return self.text(self.rng.choice(forms))

    def items(self, count: int) -> list[dict[str, str]]:
        """Return items of the year's list that follow one another, from a random one on."""
        every = [row for row in facts("oit_items") if row["list_year_be"] == str(self.year)]
        start = self.rng.randint(0, max(0, len(every) - count))
        return every[start : start + count]

    def item_link(self, item: dict[str, str]) -> str:
        """Return the fictitious address of an item's page."""
        slug = self.agency_row["slug"]
        return f"https://www.{slug}.example/ita{self.year}/o{item['item_no']}"

    def tick(self) -> str:
        """Return the tick of this report: each report keeps to one."""
        if self.style.has_symbol_font:
            return ("✓", "☑")[self.style.variant % 2]
        return ("✓", "/", "✔", "√")[self.style.variant % 4]

    def checklist(
        self, count: int, *, rules: Rules = "full", with_components: bool = False
    ) -> Table:
        """Item number, name, has, has not, address, responsible, remark."""
        style = self.rng.choice(("two_digits", "letter_o", "latin_o", "plain"))
        header = [head("ข้อ"), head("รายการข้อมูล")]
        if with_components:
            header.append(head("องค์ประกอบด้านข้อมูล"))
        header += [head("มี"), head("ไม่มี"), head("ลิงก์ที่เผยแพร่ (URL)"), head("ผู้รับผิดชอบ")]
        header.append(head("หมายเหตุ"))
        rows = [tuple(header)]
        for item in self.items(count):
            has = self.rng.random() < 0.8
            row = [
                Cell((item_number(int(item["item_no"]), style),), align="center"),
                Cell((self.text(item["item_name"]) + self.footnote(0.15),)),
            ]
            if with_components:
                row.append(self.bullets("component", self.rng.randint(1, 4)))
            row += [
                Cell((self.tick(),) if has else (), align="center"),
                Cell(() if has else (self.tick(),), align="center"),
                Cell((self.item_link(item),) if has else ()),
                Cell((self.office(),)),
                self.remark(),
            ]
            rows.append(tuple(row))
        widths = (5, 16, 24, 4.5, 5.5, 17, 13, 15) if with_components else (7, 22, 5, 6, 21, 15, 16)
        return Table(tuple(rows), widths, rules=rules)

    def footnote(self, chance: float) -> str:
        """Return a footnote mark, or nothing."""
        return (
            f"{{^{self.text(str(self.rng.randint(1, 3)))}}}" if self.rng.random() < chance else ""
        )

    def remark(self) -> Cell:
        """Return a remark, a ditto mark, a framed remark, or an empty cell."""
        draw = self.rng.random()
        if draw < 0.3:
            return Cell()
        if draw < 0.4:
            return Cell(("”",), align="center")
        if draw < 0.5:
            return Cell((self.pick("remark"), self.pick("box_note")), is_boxed=True)
        return Cell((self.pick("remark"),))

    def bullets(self, kind: str, count: int, mark: str = "") -> Cell:
        """Return a cell with a list of texts of a kind."""
        chosen = self.rng.sample(texts(kind), count)
        mark = mark or ("-", "•", "n.", "(n)")[self.style.variant % 4]
        return Cell(
            tuple(
                self.text(f"{mark.replace('n', str(n))} {one}") for n, one in enumerate(chosen, 1)
            )
        )

    def components(self, count: int, *, rules: Rules = "full") -> Table:
        """Item, its components as a list, check boxes: few columns and tall rows."""
        rows = [(head("ที่"), head("ข้อมูลที่ต้องเปิดเผย"), head("องค์ประกอบ"), head("สถานะ"))]
        for n, item in enumerate(self.items(count), 1):
            done = self.rng.random() < 0.7
            on, off = ("☑", "☐") if done else ("☐", "☑")
            rows.append(
                (
                    Cell((self.text(str(n)),), align="center"),
                    Cell((self.text(item["item_name"]),)),
                    self.bullets("component", self.rng.randint(2, 6)),
                    Cell((f"{on} ดำเนินการแล้ว", f"{off} ยังไม่ดำเนินการ")),
                )
            )
        return Table(tuple(rows), (6, 26, 46, 22), rules=rules)

    def grouped(self, count: int) -> Table:
        """A two-level header, sub-indicators that span their items, and rows across sections."""
        names = {
            (row["fiscal_year_be"], row["sub_indicator_no"]): row["sub_indicator_name"]
            for row in facts("sub_indicators")
        }
        rows: list[tuple[Cell, ...]] = [
            (
                head("ตัวชี้วัดย่อย", rows=2),
                head("ข้อ", rows=2),
                head("รายการข้อมูล", rows=2),
                head("ผลการเปิดเผย", columns=2),
                head("ผู้รับผิดชอบ", rows=2),
            ),
            (head("มี"), head("ไม่มี")),
        ]
        items = self.items(count)
        indicator, at = "", 0
        while at < len(items):
            number = items[at]["sub_indicator_no"]
            size = 1
            while at + size < len(items) and items[at + size]["sub_indicator_no"] == number:
                size += 1
            if number.split(".")[0] != indicator:
                indicator = number.split(".")[0]
                name = "การเปิดเผยข้อมูล" if indicator == "9" else "การป้องกันการทุจริต"
                label = self.text(f"ตัวชี้วัดที่ {indicator} {name}")
                rows.append((Cell((label,), column_span=6, is_bold=True),))
            label = f"{number} {names.get((str(self.year), number), '')}".strip()
            for n, item in enumerate(items[at : at + size]):
                has = self.rng.random() < 0.75
                rows.append(
                    (
                        *((Cell((self.text(label),), row_span=size),) if n == 0 else ()),
                        Cell((item_number(int(item["item_no"]), "latin_o"),), align="center"),
                        Cell((self.text(item["item_name"]),)),
                        Cell((self.tick(),) if has else (), align="center"),
                        Cell(() if has else (self.tick(),), align="center"),
                        Cell((self.office(),)),
                    )
                )
            at += size
        return Table(tuple(rows), (20, 7, 37, 7, 8, 21), header_rows=2)

    def measures(self, count: int, *, rules: Rules = "full") -> Table:
        """Measure, steps, responsible, period, result."""
        rows = [
            (
                head("มาตรการ"),
                head("ขั้นตอน/วิธีการ"),
                head("ผู้รับผิดชอบ"),
                head("ระยะเวลา"),
                head("ผลการดำเนินงาน"),
            )
        ]
        mark = ("n.", "-", "(n)", "n)")[self.style.variant % 4]
        for n, row in enumerate(self.rng.sample(facts("measures"), count), 1):
            steps = row["steps"].replace(" > ", " | ").split(" | ")
            result = [row["result"], *([row["outcome"]] if row["outcome"] else [])]
            rows.append(
                (
                    Cell((self.text(f"{n}. {row['measure']}"),)),
                    Cell(
                        tuple(
                            self.text(f"{mark.replace('n', str(k))} {step}")
                            for k, step in enumerate(steps, 1)
                        )
                    ),
                    Cell((self.office(),)),
                    Cell((self.date(),), align="center"),
                    Cell(tuple(self.text(one) for one in result)),
                )
            )
        return Table(tuple(rows), (20, 33, 14, 13, 20), rules=rules)

    def scores(self, *, rules: Rules = "full", start: int = 0, count: int = 10) -> Table:
        """Indicator, score, level, change against the year before."""
        chosen = [row for row in facts("indicators") if row["fiscal_year_be"] == str(self.year)]
        rows = [(head("ตัวชี้วัด"), head("คะแนน"), head("ระดับ"), head("เปลี่ยนแปลง"))]
        for row in chosen[start : start + count]:
            change = self.rng.uniform(-9, 9)
            rows.append(
                (
                    Cell((self.text(f"{row['indicator_no']}. {row['indicator_name']}"),)),
                    Cell((self.number(self.rng.uniform(60, 100)),), align="right"),
                    Cell((self.pick("level"),), align="center"),
                    Cell((("+" if change > 0 else "") + self.number(change),), align="right"),
                )
            )
        rows.append(
            (
                Cell(("รวมเฉลี่ย",), align="center", is_bold=True),
                Cell((self.number(self.rng.uniform(60, 100)),), align="right", is_bold=True),
                Cell((self.pick("level"),), align="center", is_bold=True),
                Cell(("-",), align="right"),
            )
        )
        return Table(tuple(rows), (44, 16, 22, 18), rules=rules)

    def scores_by_year(self, *, rules: Rules = "full") -> Table:
        """Scores of two years under a two-level header."""
        chosen = [row for row in facts("indicators") if row["fiscal_year_be"] == str(self.year)]
        rows: list[tuple[Cell, ...]] = [
            (
                head("เครื่องมือ", rows=2),
                head("ตัวชี้วัด", rows=2),
                head(self.text(f"ปี {self.year - 1}"), columns=2),
                head(self.text(f"ปี {self.year}"), columns=2),
            ),
            (head("คะแนน"), head("ระดับ"), head("คะแนน"), head("ระดับ")),
        ]
        for row in chosen:
            scores = [
                Cell((text,), align=align)
                for _ in range(2)
                for text, align in self._score_and_level()
            ]
            rows.append(
                (
                    Cell((row["instrument"],), align="center"),
                    Cell((self.text(f"{row['indicator_no']}. {row['indicator_name']}"),)),
                    *scores,
                )
            )
        return Table(tuple(rows), (12, 34, 11, 16, 11, 16), header_rows=2, rules=rules)

    def _score_and_level(self) -> list[tuple[str, Align]]:
        return [(self.number(self.rng.uniform(55, 100)), "right"), (self.pick("level"), "center")]

    def budget(self, count: int, *, rules: Rules = "full") -> Table:
        """Projects with amounts, in accounting format where the style has it, and a total."""
        rows: list[tuple[Cell, ...]] = [
            (
                head("ลำดับ"),
                head("โครงการ/รายการ"),
                head("งบประมาณ (บาท)"),
                head("เบิกจ่าย (บาท)"),
                head("คงเหลือ (บาท)"),
                head("ร้อยละ"),
            )
        ]
        pool = list(texts("project"))
        total = spent_total = 0.0
        for n in range(1, count + 1):
            name = pool[(n - 1) % len(pool)] if count > len(pool) else self.rng.choice(pool)
            amount = round(self.rng.choice((1e4, 1e5, 1e6)) * self.rng.uniform(0.5, 9.9), -1)
            spent = self.rng.choice((0.0, amount, round(amount * self.rng.random(), 2)))
            total, spent_total = total + amount, spent_total + spent
            rows.append(
                (
                    Cell((self.text(str(n)),), align="center"),
                    Cell((self.text(name) + self.footnote(0.08),)),
                    *self._amounts(amount, spent),
                )
            )
        rows.append(
            (
                Cell(("รวมทั้งสิ้น",), column_span=2, align="center", is_bold=True),
                *self._amounts(total, spent_total),
            )
        )
        return Table(tuple(rows), (6, 27, 19, 18, 18, 12), rules=rules)

    def _amounts(self, amount: float, spent: float) -> list[Cell]:
        left = amount - spent
        shown = [amount, spent, left, 100 * spent / amount]
        return [
            Cell((self.number(value) if value >= 0.005 else "-",), align="right") for value in shown
        ]

    def services(self, count: int, *, rules: Rules = "full") -> Table:
        """A small table of services and how many people used them."""
        rows = [(head("งานบริการ"), head("จำนวน (ราย)"))]
        rows += [
            (
                Cell((self.text(name),)),
                Cell((self.number(self.rng.randint(0, 2400), 0),), align="right"),
            )
            for name in self.rng.sample(texts("service"), count)
        ]
        return Table(tuple(rows), (64, 36), rules=rules)


def head(text: str, rows: int = 1, columns: int = 1) -> Cell:
    """Return a header cell."""
    return Cell((text,), rows, columns, align="center", is_bold=True)
