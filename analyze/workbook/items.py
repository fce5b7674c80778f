"""The sheets about items: where they are missing, what changed, and what to complete first."""

from __future__ import annotations

import pandas as pd

from analyze.frames import AGENCY
from analyze.workbook.view import (
    Column,
    Kind,
    View,
    agency_columns,
    code_column,
    named_columns,
    spread,
)
from analyze.workbook.words import heading, titles, word
from analyze.workbook.writer import scale_legend
from normalize.catalogue import catalogue

_COUNTS = ("complete", "partial", "missing", "in_progress", "not_started")
_CHANGES = ("gained", "lost", "kept", "still_open", "unknown")
_FRAMEWORK = ("new_in_framework", "dropped_from_framework")
_PLAN: dict[str, Kind] = {
    "fiscal_year_be": "year",
    "step": "whole",
    "item_no": "item",
    "item_name": "text",
    "sub_indicator_no": "text",
    "status": "status",
    "adds_oit": "change",
    "adds_total": "change",
    "oit_after": "score",
    "total_before": "score",
    "total_after": "score",
    "pass_mark": "score",
}


def gaps_view(gaps: pd.DataFrame) -> View:
    """Return the most-missed items of each year and peer group, latest year first."""
    groups = titles("peer_group")
    order = gaps["peer_group"].map({name: n for n, name in enumerate(groups)})
    keys = ["fiscal_year_be", "_group", "peer", "gap_rank"]
    frame = gaps.assign(_group=order).sort_values(keys, ascending=[False, *[True] * 3])
    return View(
        "gaps",
        frame.assign(peer_group=frame["peer_group"].map(groups)),
        (
            *named_columns("item_gaps", {"gap_rank": "whole", "item_no": "item"}),
            Column("item_name", heading("item_gaps", "item_name")),
            Column("share_not_complete", heading("item_gaps", "share_not_complete"), "share",
                   "low_is_good"),
            Column("share_missing", heading("item_gaps", "share_missing"), "share"),
            *named_columns("item_gaps", {"agencies": "whole"}),
            *named_columns("item_gaps", {"fiscal_year_be": "year"}),
            Column("peer_group", word("gaps.peer_group")),
            Column("peer", word("gaps.peer")),
            *named_columns("item_gaps", dict.fromkeys(_COUNTS, "whole")),
            *named_columns("item_gaps", {"not_reported": "whole", "unclear": "whole"}),
            *named_columns("item_gaps", {"indicator_no": "whole", "sub_indicator_no": "text"}),
        ),
        catalogue().table("item_gaps").path,
        frozen=3,
        legend=scale_legend("many", "middle", "few"),
    )  # fmt: skip


def changes_view(changes: pd.DataFrame) -> View:
    """Return how many items each agency gained and lost between two years, and which ones."""
    keys = [*AGENCY, "from_year_be", "to_year_be"]
    kinds = [*_CHANGES, *_FRAMEWORK]
    counts = changes.groupby([*keys, "change"], dropna=False).size().reset_index(name="n")
    frame = spread(counts, keys, "change", ["n"])
    frame = frame.reindex(columns=[*keys, *(f"n:{kind}" for kind in kinds)])
    frame = frame.fillna({f"n:{kind}": 0 for kind in kinds})
    for kind in ("gained", "lost"):
        of_kind = changes[changes["change"] == kind].sort_values("to_item_no")
        # An item that has taken up another stands for both: it is named once.
        named = of_kind.drop_duplicates([*keys, "to_item_no"])
        named = named.assign(_item="O" + named["to_item_no"].astype("string"))
        lists = named.groupby(keys, dropna=False)["_item"].agg(" ".join).reset_index(name=kind)
        frame = frame.merge(lists, "left", keys)
    frame["net"] = frame["n:gained"] - frame["n:lost"]
    order = ["to_year_be", "net", "province", "agency_name"]
    frame = frame.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    names = titles("year_change")
    return View(
        "changes",
        frame,
        (
            *agency_columns("compare_years"),
            *named_columns("compare_years", {"from_year_be": "year", "to_year_be": "year"}),
            Column("net", word("changes.net"), "count_change", "high_is_good"),
            *(Column(f"n:{kind}", names[kind], "whole") for kind in _CHANGES[:2]),
            Column("gained", word("changes.gained_items")),
            Column("lost", word("changes.lost_items")),
            *(Column(f"n:{kind}", names[kind], "whole") for kind in kinds[2:]),
            code_column("compare_years"),
        ),
        catalogue().table("compare_years").path,
        legend=scale_legend("low", "middle", "high"),
    )


def plans_view(plans: pd.DataFrame) -> View:
    """Return the steps of each agency to the pass mark, latest year and nearest to it first."""
    order = ["fiscal_year_be", "total_before", "province", "agency_name", "agency_code", "step"]
    frame = plans.sort_values(order, ascending=[False, False, *[True] * 4], ignore_index=True)
    passes = frame["is_passing"].map({True: word("plans.passes"), False: None})
    bases = frame["basis"].map(titles("plan_basis"))
    return View(
        "plans",
        frame.assign(is_passing=passes, basis=bases),
        (
            *agency_columns("pass_plan"),
            *named_columns("pass_plan", _PLAN),
            *named_columns("pass_plan", {"is_passing": "text", "basis": "text"}),
            code_column("pass_plan"),
        ),
        catalogue().table("pass_plan").path,
    )
