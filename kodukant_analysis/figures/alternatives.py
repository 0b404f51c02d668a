"""Alternative texts: what a chart shows, for whoever cannot see it, made from the same estimates."""

import pandas as pd

from kodukant_analysis.figures.dots import incidence_days
from kodukant_analysis.figures.map_captions import MAPS, map_alternative
from kodukant_analysis.figures.marks import Mark, read_marks
from kodukant_analysis.figures.timelines import series_of
from kodukant_analysis.text import (
    estonian_key,
    percent,
    percent_range,
    read_indicator,
    region_label,
    region_level,
    translate,
)
from kodukant_analysis.text.names import series_label, topic_text


def alternative(frame: pd.DataFrame, kind: str, level: str, lang: str) -> str:
    """The alternative text of a chart of a kind over these estimates; `level` as the chart's subtitle says it."""
    if kind in MAPS:
        return map_alternative(frame, kind, level, lang)
    title = topic_text("title", read_indicator(str(frame["indicator"].iloc[0])), lang)
    if kind == "dots":
        return translate("alt.dots", lang, level=level, title=title, **_panel_values(frame, lang))
    if kind == "incidence":
        panels = "".join(_incidence_panel(frame, day, lang) for day in incidence_days(frame))
        return translate("alt.incidence", lang, level=level, title=title, panels=panels)
    if kind == "years":
        return translate("alt.years", lang, title=title, lines=_year_values(frame, lang))
    return translate("alt.waves", lang, title=title, lines=_wave_lines(frame, lang))


def _panel_values(frame: pd.DataFrame, lang: str) -> dict[str, object]:
    marks = read_marks(frame, lang)
    regions = [mark for mark in marks if region_level(mark.region_name) != "country"]
    shown = [mark for mark in regions if mark.is_shown]
    unshown = [mark for mark in regions if not mark.is_shown]
    named = ", ".join(translate("alt.unshown_region", lang, region=m.label, why=m.words) for m in unshown)
    ends = [mark.estimate for mark in shown]
    return {
        "reference": "".join(
            _value(mark, lang) + ". " for mark in marks if region_level(mark.region_name) == "country"
        ),
        "shown": len(shown),
        "total": len(regions),
        "span": _span(ends, lang),
        "unshown": translate("alt.unshown", lang, regions=named) if unshown else "",
    }


def _span(ends: list[float], lang: str) -> str:
    if not ends:
        return ""
    if min(ends) == max(ends):
        return translate("alt.same", lang, value=percent(ends[0], lang))
    return translate("alt.span", lang, range=percent_range(min(ends), max(ends), lang))


def _incidence_panel(frame: pd.DataFrame, day: str, lang: str) -> str:
    values = _panel_values(frame[frame["indicator"].str.endswith(f":{day}")], lang)
    return translate(
        "alt.panel", lang, days=day, **{key: values[key] for key in ("reference", "shown", "total", "span")}
    )


def _value(mark: Mark, lang: str) -> str:
    value = percent(mark.estimate, lang) if mark.is_shown else mark.words
    return translate("figure.reference", lang, region=mark.label, value=value)


def _wave_lines(frame: pd.DataFrame, lang: str) -> str:
    texts = []
    for series in series_of(frame):
        part = frame[frame["indicator"].str.endswith(f":{series}")]
        for name in sorted(set(part["region_name"]), key=lambda name: (name != "Eesti", estonian_key(name))):
            marks = [mark for mark in read_marks(part[part["region_name"] == name], lang) if mark.is_shown]
            if marks:
                texts.append(_wave_line(marks, series_label(series, lang), region_label(name, lang), lang))
    return "".join(texts)


def _wave_line(marks: list[Mark], series: str, region: str, lang: str) -> str:
    first, last = marks[0], marks[-1]
    values = {"series": series, "region": region, "first": percent(first.estimate, lang), "first_period": first.period}
    if first is last:
        return translate("alt.wave_point", lang, **values)
    end = percent(last.estimate, lang)
    return translate("alt.wave_line", lang, last=end, last_period=last.period, count=len(marks), **values)


def _year_values(frame: pd.DataFrame, lang: str) -> str:
    return "".join(
        translate("alt.year_value", lang, period=m.period, value=percent(m.estimate, lang) if m.is_shown else m.words)
        for m in read_marks(frame, lang)
    )
