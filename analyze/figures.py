"""The main charts of a dataset, for papers and slides: tables of the analysis -> Altair charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import altair as alt
import pandas as pd

from analyze import charts
from analyze.charts import Chart
from analyze.frames import AGENCY, YEAR
from analyze.latest import latest_statuses
from analyze.words import Language, marks, word
from normalize.reference import indicator_name

Frames = Mapping[str, pd.DataFrame]


WIDTH = 640
"""Width of the plot; a PNG is two and a half times as wide, in pixels."""
LABEL_WIDTH = 460
"""Width of the longest names of items, which tables cut shorter."""
MISSED_ITEMS = 15
HEAT_ROWS = 60
"""With more agencies than a page holds the heat map shows the least complete ones."""


def figures(tables: Frames, seen: pd.DataFrame, language: Language = "th") -> dict[str, Chart]:
    """Return the charts that the tables have figures for, by name, each titled with its year and n.

    ``tables`` are those of :func:`analyze.tables`, ``seen`` is what
    :func:`analyze.observed.observed` settles of items. Spreads, items, indicators and the heat map
    are of the latest year that has them.
    """
    return dict(_figures(tables, seen, language))


def _figures(tables: Frames, seen: pd.DataFrame, language: Language) -> Iterator[tuple[str, Chart]]:
    shares = tables["completeness"].dropna(subset=["completeness"])
    complete = pd.DataFrame({YEAR: shares[YEAR], "value": shares["completeness"] * 100})
    scores = tables["score_comparison"].dropna(subset=["value"])
    overall = scores.loc[scores["metric"] == "overall", [YEAR, "value"]]
    for what, values in (("completeness", complete), ("overall", overall)):
        if values.empty:
            continue
        year = int(values[YEAR].max())
        latest = values[values[YEAR] == year]
        chart = charts.distribution(latest[["value"]], language, what)
        title = word(f"spread_{what}", language)
        yield f"spread_{what}", _titled(chart, title, _of(language, year, len(latest)))
        if values[YEAR].nunique() > 1:
            trend = charts.year_trend(_by_year(values), language, what)
            spread = word("middle_half_median", language)
            yield f"trend_{what}", _titled(trend, word(f"median_{what}", language), spread)
    yield from _of_items(tables["item_gaps"], language)
    yield from _of_indicators(scores, language)
    yield from _heat_map(seen, tables["completeness"], language)


def _by_year(values: pd.DataFrame) -> pd.DataFrame:
    """Return the quartiles and the n of ``value`` by year."""
    by_year = values.astype({"value": float}).groupby(YEAR)["value"]
    quartiles = {name: by_year.quantile(q) for name, q in _QUARTILES.items()}
    n = by_year.size()
    years = [f"{year} (n = {count:,})" for year, count in n.items()]
    return pd.DataFrame(quartiles | {"n": n}).assign(year=years)


_QUARTILES = {"low": 0.25, "median": 0.5, "high": 0.75}


def _of_items(gaps: pd.DataFrame, language: Language) -> Iterator[tuple[str, Chart]]:
    """Yield the statuses of the most-missed items in all agencies."""
    if gaps.empty:
        return
    year = int(gaps[YEAR].max())
    is_shown = (gaps[YEAR] == year) & (gaps["peer_group"] == "country") & (gaps["agencies"] > 0)
    missed = gaps[is_shown].sort_values("gap_rank").head(MISSED_ITEMS)
    shown = marks()[:5]
    rows = [
        {
            "label": f"O{item['item_no']} (n = {item['agencies']:,}) {item['item_name']}",
            "position": place,
            "status": mark.status,
            "status_title": word(f"item_status:{mark.status}", language),
            "order": order,
            "share": 100 * item[mark.status] / item["agencies"],
            "n": item["agencies"],
        }
        for place, item in enumerate(missed.to_dict("records"))
        for order, mark in enumerate(shown)
    ]
    chart = charts.item_shares(pd.DataFrame(rows), language, LABEL_WIDTH)
    n = int(missed["agencies"].max())
    yield "item_gaps", _titled(chart, word("statuses_of_items", language), _of(language, year, n))


def _of_indicators(scores: pd.DataFrame, language: Language) -> Iterator[tuple[str, Chart]]:
    """Yield the spread of the scores of each indicator."""
    of_indicator = scores[scores["metric"].str.startswith("indicator:")]
    if of_indicator.empty:
        return
    year = int(of_indicator[YEAR].max())
    latest = of_indicator[of_indicator[YEAR] == year].astype({"value": float})
    number = latest["metric"].str.removeprefix("indicator:").astype(int)
    values = latest.groupby(number)["value"]
    found = pd.DataFrame(
        {name: values.quantile(q) for name, q in _QUARTILES.items()} | {"n": values.size()}
    )
    names = [
        f"{number}. {_indicator(int(number), year, language)} (n = {n:,})"
        for number, n in zip(found.index, found["n"], strict=True)
    ]
    rows = found.assign(label=names, position=range(len(found)))
    chart = charts.indicator_ranges(rows, language)
    n = int(found["n"].max())
    title, spread = word("scores_by_indicator", language), word("middle_half_median", language)
    yield "indicators", _titled(chart, title, _of(language, year, n), spread)


def _indicator(number: int, year: int, language: Language) -> str:
    return (
        indicator_name(number, year) if language == "th" else word(f"indicator:{number}", language)
    )


def _heat_map(
    seen: pd.DataFrame, completeness: pd.DataFrame, language: Language
) -> Iterator[tuple[str, Chart]]:
    """Yield the status of each item in each agency, the least complete agencies first."""
    year, latest = latest_statuses(seen)
    of_year = completeness[completeness[YEAR] == year].sort_values(["completeness", *AGENCY])
    least = of_year.head(HEAT_ROWS)[AGENCY].reset_index(drop=True)
    told = latest.dropna(subset=["status"]).merge(
        least.assign(label=_labels(least), position=least.index), on=AGENCY
    )
    if told.empty:
        return
    status = told["status"]
    rows = pd.DataFrame(
        {
            "label": told["label"],
            "position": told["position"],
            "item": "O" + told["item_no"].astype(str),
            "item_no": told["item_no"].astype(int),
            "status_title": status.map(lambda name: word(f"item_status:{name}", language)),
        }
    )
    key = "least_complete" if len(least) < len(of_year) else "view_heatmap"
    title = word(key, language).format(n=len(least), of=len(of_year))
    chart = charts.heat_map(rows, language)
    yield "heat_map", _titled(chart, title, _of(language, year, len(least)))


def _labels(agencies: pd.DataFrame) -> pd.Series:
    """Return the type and name of each agency, with its district where two are named alike."""
    names = agencies["agency_type"] + " " + agencies["agency_name"]
    places = " (" + agencies["district"].fillna(agencies["province"]).fillna("") + ")"
    return names.where(~names.duplicated(keep=False), names + places)


def _titled(chart: Chart, title: str, *below: str) -> Chart:
    """Give a chart its title, what stands below it, and a width of its own."""
    params = alt.TitleParams(
        title, subtitle=[*below], anchor="start", fontSize=18, subtitleFontSize=14, offset=14
    )
    return chart.properties(width=WIDTH, autosize="pad", title=params)


def _of(language: Language, year: int, n: int) -> str:
    """Say which fiscal year (be) a chart is of, and how many agencies."""
    return word("n_year", language).format(n=f"{n:,}", year=year)
