"""Charts as Altair specs: plain functions of summarized rows and a language.

``data`` is a frame with the columns that a function names, or ``alt.NamedData`` where the rows come
later (the dashboard). Scores and percentages run from 0 to 100; years are be. The rows carry words
in the right language; axis titles come from ``analyze/data/words.csv``.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from analyze.words import Language, marks, word

Data = pd.DataFrame | alt.NamedData
Chart = alt.Chart | alt.LayerChart | alt.FacetChart

FONTS = "Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Thonburi, Loma, Garuda, sans-serif"
INK, SOFT, LINE = "#1F2937", "#6B7280", "#E5E7EB"
MAIN, PALE, ACCENT = "#1D4E89", "#B9CFE6", "#C2410C"
# Report types in order of their columns: hues that differ in lightness too.
KINDS = ("#1D4E89", "#E08E2B", "#7FB7A3", "#6C6FA8")
HEIGHT = 240


def distribution(data: Data, language: Language, what: str) -> Chart:
    """Count agencies by ``value``, five points to a bar, with their median.

    ``what`` is the key of the word for what was measured.
    """
    base = alt.Chart(data)
    bars = base.mark_bar(color=PALE, stroke="white").encode(
        x=alt.X(
            "value:Q",
            bin=alt.Bin(step=5, extent=[0, 100]),
            title=word(what, language),
            axis=alt.Axis(values=[0, 20, 40, 60, 80, 100]),
        ),
        y=alt.Y("count():Q", title=word("agencies", language), axis=alt.Axis(tickMinStep=1)),
        tooltip=[alt.Tooltip("count():Q", title=word("agencies", language))],
    )
    median = base.mark_rule(color=ACCENT, strokeWidth=2).encode(x="median(value):Q")
    label = base.mark_text(
        align="left", dx=5, dy=8, baseline="top", color=ACCENT, fontWeight="bold"
    ).encode(
        x="median(value):Q",
        y=alt.value(0),
        text=alt.Text("median(value):Q", format=".1f"),
    )
    return _styled(alt.layer(bars, median, label))


def indicator_ranges(data: Data, language: Language, *, one: bool = False) -> Chart:
    """Show the middle half and the median of each indicator, with ``one`` an agency's value too.

    Columns: label, position, low, median, high (points; quartiles), n, and with ``one`` value.
    """
    y = alt.Y("label:N", sort=alt.SortField("position"), title=None, axis=alt.Axis(labelLimit=240))
    scale = alt.Scale(zero=False, nice=True, domainMax=100)
    tooltip = [
        alt.Tooltip("label:N", title=word("indicator", language)),
        *_quartiles(language, ".2f"),
    ]
    if one:
        tooltip.append(alt.Tooltip("value:Q", title=word("this_agency", language), format=".2f"))
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)

    def x(field: str) -> alt.X:
        return alt.X(field, scale=scale, title=word("points", language))

    spread = base.mark_bar(color=PALE, height=12, cornerRadius=2).encode(x=x("low:Q"), x2="high:Q")
    median = base.mark_tick(color=MAIN, thickness=3, size=18, opacity=1).encode(x=x("median:Q"))
    layers: list[alt.Chart] = [spread, median]
    if one:
        point = base.transform_filter("isValid(datum.value)").mark_point(
            color=ACCENT, filled=True, size=90, shape="diamond", opacity=1
        )
        layers.append(point.encode(x=x("value:Q")))
    return _styled(alt.layer(*layers), alt.Step(30))


def year_trend(data: Data, language: Language, what: str) -> Chart:
    """Show the median and the middle half by fiscal year.

    Columns: year, low, median, high, n. ``what`` is the key of the word for what was measured.
    """
    x = _year_axis(language)
    scale = alt.Scale(zero=False, nice=True, domainMax=100)
    y = alt.Y("low:Q", scale=scale, title=word(what, language))
    tooltip = [
        alt.Tooltip("year:O", title=word("year", language)),
        *_quartiles(language, ".1f"),
    ]
    base = alt.Chart(data)
    spread = base.mark_bar(color=PALE, size=22, cornerRadius=3).encode(
        x=x, y=y, y2="high:Q", tooltip=tooltip
    )
    line = base.mark_line(color=MAIN, strokeWidth=2).encode(x=x, y=alt.Y("median:Q", scale=scale))
    point = base.mark_point(color=MAIN, filled=True, size=60).encode(
        x=x, y=alt.Y("median:Q", scale=scale), tooltip=tooltip
    )
    label = base.mark_text(dy=-12, color=INK, stroke="white", strokeWidth=0.2).encode(
        x=x, y=alt.Y("median:Q", scale=scale), text=alt.Text("median:Q", format=".1f")
    )
    return _styled(alt.layer(spread, line, point, label))


def agency_trend(data: Data, language: Language, what: str) -> Chart:
    """Show one agency beside the median of its peers by fiscal year.

    Columns: year, series (a word), position (0 the agency, 1 its peers), value.
    """
    base = alt.Chart(data).encode(
        x=_year_axis(language),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(zero=False, nice=True, domainMax=100),
            title=word(what, language),
        ),
        color=alt.Color(
            "series:N",
            sort=alt.SortField("position"),
            scale=alt.Scale(range=[ACCENT, MAIN]),
            title=None,
            legend=alt.Legend(orient="top"),
        ),
        tooltip=[
            alt.Tooltip("year:O", title=word("year", language)),
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("value:Q", title=word(what, language), format=".1f"),
        ],
    )
    points = [
        base.transform_filter(f"datum.position == {position}").mark_point(
            filled=True, size=80, opacity=1, shape=shape
        )
        for position, shape in enumerate(("diamond", "circle"))
    ]
    return _styled(alt.layer(base.mark_line(strokeWidth=2), *points))


def item_shares(data: Data, language: Language, label_width: int = 300) -> Chart:
    """Stack the shares of statuses of each item; longer labels than ``label_width`` are cut.

    Columns: label, position, status, status_title, order (of the status), share (percent), n.
    """
    shown = marks()[:5]
    titles = [word(f"item_status:{mark.status}", language) for mark in shown]
    chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            y=alt.Y(
                "label:N",
                sort=alt.SortField("position"),
                title=None,
                axis=alt.Axis(labelLimit=label_width),
            ),
            x=alt.X(
                "share:Q",
                title=word("share_of_known", language),
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(values=[0, 25, 50, 75, 100]),
            ),
            color=alt.Color(
                "status_title:N",
                scale=alt.Scale(domain=titles, range=[mark.colour for mark in shown]),
                title=None,
                legend=alt.Legend(orient="top", columns=3),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("label:N", title=word("item", language)),
                alt.Tooltip("status_title:N", title=word("status", language)),
                alt.Tooltip("share:Q", title=word("share_of_known", language), format=".1f"),
                alt.Tooltip("n:Q", title=word("n", language)),
            ],
        )
    )
    return _styled(chart, alt.Step(22))


def heat_map(data: Data, language: Language) -> Chart:
    """Show the status of each item in each agency by its mark on its colour.

    Columns: label, position (of the agency), item, item_no, status_title.
    """
    titles = [word(f"item_status:{mark.status}", language) for mark in marks()]
    base = alt.Chart(data).encode(
        x=alt.X(
            "item:N",
            sort=alt.SortField("item_no"),
            title=word("item", language),
            axis=alt.Axis(orient="top", labelAngle=-90, labelFontSize=10),
        ),
        y=alt.Y(
            "label:N",
            sort=alt.SortField("position"),
            title=None,
            axis=alt.Axis(labelLimit=300),
        ),
    )
    cells = base.mark_rect(stroke="white").encode(
        color=alt.Color(
            "status_title:N",
            scale=alt.Scale(domain=titles, range=[mark.colour for mark in marks()]),
            title=None,
            legend=alt.Legend(orient="right", symbolStrokeColor=SOFT),
        )
    )
    signs = base.mark_point(filled=False, size=90, strokeWidth=1.4, opacity=1).encode(
        shape=alt.Shape(
            "status_title:N",
            scale=alt.Scale(domain=titles, range=[mark.shape for mark in marks()]),
            title=None,
            legend=alt.Legend(orient="right", symbolStrokeColor=INK, symbolSize=120),
        ),
        color=alt.Color(
            "status_title:N",
            scale=alt.Scale(domain=titles, range=[mark.ink for mark in marks()]),
            legend=None,
        ),
    )
    return _styled(alt.layer(cells, signs).resolve_scale(color="independent"), alt.Step(14))


def year_changes(data: Data, language: Language) -> Chart:
    """Show items gained above the line and lost below it, by pair of years.

    Columns: years ("2565-2566"), change (a word), position (0 gained, 1 lost), items (of those
    lost, below 0).
    """
    bars = (
        alt.Chart(data)
        .mark_bar(size=34)
        .encode(
            x=alt.X("years:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("items:Q", title=word("items", language)),
            color=alt.Color(
                "change:N",
                sort=alt.SortField("position"),
                scale=alt.Scale(range=[marks()[0].colour, marks()[2].colour]),
                title=None,
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[
                alt.Tooltip("years:O", title=word("years", language)),
                alt.Tooltip("change:N", title=" "),
                alt.Tooltip("items:Q", title=word("items", language)),
            ],
        )
    )
    line = alt.Chart(data).mark_rule(color=SOFT).encode(y=alt.datum(0))
    return _styled(alt.layer(bars, line))


def coverage_by_year(data: Data, language: Language) -> Chart:
    """Count the agencies that published each type of report, by fiscal year.

    Columns: year, kind (a word), position (of the kind), agencies, of (agencies in all).
    """
    chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=_year_axis(language),
            xOffset=alt.XOffset("kind:N", sort=alt.SortField("position")),
            y=alt.Y("agencies:Q", title=word("agencies", language)),
            color=alt.Color(
                "kind:N",
                sort=alt.SortField("position"),
                scale=alt.Scale(range=list(KINDS)),
                title=None,
                legend=alt.Legend(orient="top", columns=2, labelLimit=260),
            ),
            tooltip=[
                alt.Tooltip("year:O", title=word("year", language)),
                alt.Tooltip("kind:N", title=word("report_type", language)),
                alt.Tooltip("agencies:Q", title=word("agencies", language)),
                alt.Tooltip("of:Q", title=word("of_agencies", language)),
            ],
        )
    )
    return _styled(chart)


def _year_axis(language: Language) -> alt.X:
    return alt.X("year:O", title=word("fiscal_year", language), axis=alt.Axis(labelAngle=0))


def _quartiles(language: Language, form: str) -> list[alt.Tooltip]:
    """Return what is told of a spread: its median and quartiles, in this format, and its n."""
    named = {"median": "median", "low": "quartile_low", "high": "quartile_high"}
    return [
        *(
            alt.Tooltip(f"{x}:Q", title=word(key, language), format=form)
            for x, key in named.items()
        ),
        alt.Tooltip("n:Q", title=word("n", language)),
    ]


def _styled(chart: Chart, height: float | alt.Step = HEIGHT) -> Chart:
    """Give a chart the width of its place, the fonts of Thai and quiet lines."""
    styled: Chart = chart.properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    ).configure(
        font=FONTS,
        background="transparent",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=INK,
            titleColor=SOFT,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelPadding=6,
        ),
        legend=alt.LegendConfig(labelFontSize=13, labelColor=INK),
        text=alt.MarkConfig(font=FONTS, fontSize=12),
    )
    return styled
