"""The sheets with a row per agency, or per agency and year: coverage, ranking, items, scores."""

from __future__ import annotations

import pandas as pd

from analyze.frames import AGENCY
from analyze.latest import latest_statuses
from analyze.observed import KNOWN
from analyze.workbook.view import (
    NAMED,
    Above,
    Column,
    Kind,
    View,
    agency_columns,
    agency_year,
    code_column,
    named_columns,
    spread,
)
from analyze.workbook.words import heading, titles, word
from analyze.workbook.writer import INK, NOT_SENT, SENT, scale_legend, status_legend
from normalize.catalogue import catalogue
from normalize.reference import item_lists

KINDS = ("oit_checklist", "measures", "score_analysis", "mixed", "unknown", "failed")
PEERS = ("province", "type", "country")
METRICS = ("overall", "instrument:IIT", "instrument:EIT", "instrument:OIT")
INDICATORS = tuple(f"indicator:{number}" for number in range(1, 11))
# What the row of the overall score says besides: of the level, the year before and the peers.
_OF_PEERS: dict[str, Kind] = {
    "value_change": "change",
    "province_difference": "change",
    "province_n": "whole",
    "type_difference": "change",
    "type_n": "whole",
}
_OF_OVERALL = ("level", *_OF_PEERS)


def coverage_view(coverage: pd.DataFrame) -> View:
    """Return who sent which reports: a row per agency, a column per fiscal year (be)."""
    undated = word("coverage.undated")
    year = coverage["fiscal_year_be"].astype("string").fillna(undated)
    letters = [_letters(row) for row in coverage[[*KINDS]].to_dict("records")]
    sent = coverage.assign(year=year, sent=pd.Series(letters, coverage.index, "string"))
    frame = spread(sent, AGENCY, "year", ["sent"])
    years = sorted(set(year) - {undated})
    dated = [f"sent:{name}" for name in years]
    frame["without"] = frame[dated].isna().sum(axis=1).astype("Int64")
    order = ["without", "province", "district", "agency_type", "agency_name"]
    frame = frame.sort_values(order, ascending=[False, *[True] * 4], ignore_index=True)
    names = titles("report_type") | {"failed": heading("coverage", "failed")}
    return View(
        "coverage",
        frame,
        (
            *agency_columns("coverage"),
            *(Column(f"sent:{name}", name, "sent") for name in years),
            *(Column(f"sent:{name}", name) for name in {undated} & set(year)),
            Column("without", word("coverage.years_without"), "whole"),
            code_column("coverage"),
        ),
        catalogue().table("coverage").path,
        legend=(
            *((f"{word(f'coverage.{kind}')} {names[kind]}", SENT, INK) for kind in KINDS),
            (f"{word('coverage.none')} {word('legend.none')}", NOT_SENT, INK),
        ),
    )


def _letters(counts: dict[object, int]) -> str | None:
    """Return a letter for each kind of report that is there; None where there is no report."""
    there = [(word(f"coverage.{kind}"), counts[kind]) for kind in KINDS if counts[kind]]
    return " ".join(letter + (str(n) if n > 1 else "") for letter, n in there) or None


def ranking_view(ranks: pd.DataFrame) -> View:
    """Return the ranks of agencies: a row per agency, year and metric; latest year first."""
    keys = agency_year("metric", "value")
    figures = ["rank", "peers", "quartile"]
    frame = spread(ranks, keys, "peer_group", figures).reindex(
        columns=[*keys, *(f"{figure}:{group}" for group in PEERS for figure in figures)]
    )
    metrics = titles("rank_metric")
    # Shares and scores stand in one column: both of 100.
    is_share = frame["metric"].isin(["completeness", "weighted_completeness"])
    frame["value"] = frame["value"].where(~is_share, frame["value"] * 100)
    frame["_metric"] = frame["metric"].map({name: n for n, name in enumerate(metrics)})
    order = ["fiscal_year_be", "_metric", "rank:country", "province", "agency_name"]
    frame = frame.sort_values(order, ascending=[False, *[True] * 4], ignore_index=True)
    groups = titles("peer_group")
    peers = [
        Column(
            f"{figure}:{group}",
            word(f"ranking.{figure}", group=groups[group]),
            "whole",
            "quarters" if figure == "quartile" else None,
        )
        for group in PEERS
        for figure in figures
    ]
    return View(
        "ranking",
        frame.assign(metric=frame["metric"].map(metrics)),
        (
            *agency_columns("rank_agencies"),
            *named_columns("rank_agencies", {"fiscal_year_be": "year"}),
            Column("metric", word("ranking.metric")),
            Column("value", word("ranking.value"), "score"),
            *peers,
            code_column("rank_agencies"),
        ),
        catalogue().table("rank_agencies").path,
        legend=scale_legend("low", "middle", "high"),
    )


def heat_view(seen: pd.DataFrame, completeness: pd.DataFrame) -> View:
    """Return the status of each item in each agency, in the latest fiscal year (be) there is.

    ``seen`` has one status per agency, year and item. Over the headings stand the share of agencies
    in which the item is complete, and the agencies whose status is known.
    """
    year, latest = latest_statuses(seen)
    items = {item.item_no: item for item in item_lists().get(year, ())}
    marked = [f"status:{number}" for number in items]
    frame = spread(latest, AGENCY, "item_no", ["status"]).reindex(columns=[*AGENCY, *marked])
    known = frame[marked].isin(KNOWN)
    complete = (frame[marked] == "complete") & known
    figures = completeness.loc[completeness["fiscal_year_be"] == year, [*AGENCY, "completeness"]]
    frame = frame.assign(known=known.sum(axis=1)).merge(figures, "left", AGENCY)
    order = ["completeness", "province", "agency_name"]
    frame = frame.sort_values(order, ascending=[False, True, True], ignore_index=True)
    n = known.sum()
    shares = complete.sum()[n > 0] / n[n > 0]
    named = agency_columns("completeness")
    return View(
        "heat",
        frame,
        (
            *named[:NAMED],
            Column("completeness", word("heat.share"), "share", "high_is_good"),
            Column("known", word("heat.known"), "whole"),
            *(
                Column(f"status:{number}", f"O{number} {item.name}", "status", is_narrow=True)
                for number, item in items.items()
            ),
            *named[NAMED:],
            code_column("completeness"),
        ),
        catalogue().table("items").path,
        title_values=(("year", year or ""),),
        legend=status_legend(),
        above=(
            Above(word("heat.complete"), "percent", shares.to_dict()),
            Above(word("heat.n"), "whole", n.to_dict()),
        ),
    )


def scores_view(scores: pd.DataFrame) -> View:
    """Return the scores: a row per agency and fiscal year scored (be), latest year first."""
    metrics = [*METRICS, *INDICATORS]
    of_metric = scores[scores["metric"].isin(metrics)]
    keys = agency_year()
    frame = spread(of_metric, keys, "metric", ["value"])
    frame = frame.reindex(columns=[*keys, *(f"value:{metric}" for metric in metrics)])
    doubts = of_metric.assign(
        differs=of_metric["discrepancy_reason"].notna(), disputed=of_metric["is_disputed"]
    )
    counts = doubts.groupby(keys, dropna=False, as_index=False)[["differs", "disputed"]].sum()
    overall = scores.loc[scores["metric"] == "overall", [*keys, *_OF_OVERALL]]
    frame = frame.merge(overall, "left", keys).merge(counts, "left", keys)
    order = ["fiscal_year_be", "value:overall", "province", "agency_name"]
    frame = frame.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    names = titles("rank_metric") | {
        f"indicator:{number}": word("scores.indicator", number=number) for number in range(1, 11)
    }
    return View(
        "scores",
        frame,
        (
            *agency_columns("score_comparison"),
            *named_columns("score_comparison", {"fiscal_year_be": "year"}),
            Column("value:overall", names["overall"], "score", "high_is_good"),
            Column("level", heading("score_comparison", "level")),
            *(Column(name, word(f"scores.{name}"), kind) for name, kind in _OF_PEERS.items()),
            *(
                Column(f"value:{metric}", names[metric], "score", "high_is_good")
                for metric in metrics[1:]
            ),
            Column("differs", word("scores.differs"), "whole"),
            Column("disputed", word("scores.disputed"), "whole"),
            code_column("score_comparison"),
        ),
        catalogue().table("score_comparison").path,
        legend=scale_legend("low", "middle", "high"),
    )
