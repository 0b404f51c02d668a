"""Charts: which chart each indicator gets, and what goes with it - name, numbers, title, alternative text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
from matplotlib.figure import Figure

from kodukant_analysis.figures.alternatives import alternative
from kodukant_analysis.figures.areas import is_of_today
from kodukant_analysis.figures.captions import caption, scope
from kodukant_analysis.figures.dots import dot_interval, incidence
from kodukant_analysis.figures.maps import choropleth, coverage_map
from kodukant_analysis.figures.marks import period_key
from kodukant_analysis.figures.style import Words
from kodukant_analysis.figures.tiles import coverage_tiles, tile_map
from kodukant_analysis.figures.timelines import wave_regions, waves, years
from kodukant_analysis.text import estonian_key, read_indicator, region_label, region_level

# A chart to be: the stem of its name, its kind, its rows.
Plan = tuple[str, str, pd.DataFrame]
LEVELS = ("county", "prefecture", "survey_region", "municipality")
_COLUMNS = ["indicator", "region", "region_name", "period", "n", "k", "estimate", "low", "high", "method", "flag"]
_DRAW: dict[str, Callable[[pd.DataFrame, Words, str], Figure]] = {
    "dots": dot_interval,
    "incidence": incidence,
    "waves": waves,
    "wave_regions": wave_regions,
    "years": years,
    "map": choropleth,
    "tiles": tile_map,
    "coverage_map": coverage_map,
    "coverage_tiles": coverage_tiles,
}
# What is drawn beside survey questions, all of it or one item: the rest is told in words and numbers.
_DRAWN = {
    "participation_triad_share": "",
    "joint_ownership_share": "",
    "action_cumulative_incidence": "completed",
    "action_on_time_share": "on_time",
    "summary_sent_share": "discussions",
    "plan_fulfilment": "",
    "discussion_count": "",
}


@dataclass(frozen=True)
class Chart:
    """A chart ready to be written: `name` is a file name's stem, `data` the estimate rows that were drawn."""

    name: str
    indicator: str
    lang: str
    figure: Figure
    data: pd.DataFrame
    title: str
    scope: str
    alt: str


def charts(estimates: pd.DataFrame, *, lang: str, as_of: date) -> list[Chart]:
    """Every chart that a disclosed estimate frame (detail=True) gives, in the order of its indicators.

    Raises KeyError for a language or a flag without a text, ValueError for a frame without the estimate columns.
    """
    lacking = [column for column in _COLUMNS if column not in estimates.columns]
    if lacking:
        raise ValueError(f"not an estimate frame with detail: no column {', '.join(lacking)}")
    return [
        _chart(name, kind, frame, lang, as_of)
        for topic in dict.fromkeys(map(_topic, estimates["indicator"]))
        for name, kind, frame in _plans(topic, estimates[estimates["indicator"].map(_topic) == topic])
    ]


def _topic(indicator: str) -> str:
    """What belongs together: a survey question over its series, an end state over its days, a count over its states."""
    name = read_indicator(indicator)
    return name.key if name.key == "discussion_count" or not name.item else f"{name.key}:{name.item}"


def _plans(topic: str, frame: pd.DataFrame) -> Iterator[Plan]:
    name, overall = read_indicator(topic), frame[frame["period"] == ""]
    if name.key == "survey_share":
        yield from _survey_plans(topic, frame)
    elif _DRAWN.get(name.key) not in {"", name.item} or _is_overwritten(topic, overall):
        return
    elif name.key == "discussion_count":
        yield from _coverage_plans(topic, overall)
    elif name.key == "action_cumulative_incidence":
        yield from _register_plans(topic, "incidence", overall)
    else:
        country = frame[(frame["region_name"] == "Eesti") & (frame["period"] != "")]
        if country["estimate"].notna().any():
            yield f"{topic}-years", "years", country
        yield from _register_plans(topic, "dots", overall)


def _is_overwritten(topic: str, overall: pd.DataFrame) -> bool:
    """Where registers overwrite planned days there is nothing to draw; the chart of all discussions says the rest."""
    return topic == "plan_fulfilment:planned" and not overall["estimate"].notna().any()


def _register_plans(topic: str, kind: str, frame: pd.DataFrame) -> Iterator[Plan]:
    """Shares of a register: dots, and a map of counties; of the 79 municipalities maps only, and only telling ones."""
    for name, _, rows in _region_plans(topic, kind, frame):
        level, longest = name.rpartition("-")[2], _longest(rows)
        if level != "municipality":
            yield name, kind, rows
        if level == "county" and _numbers(longest) > 0:
            yield f"{name}-map", "map", longest
        if level == "municipality" and _is_of_today(longest) and _is_telling(longest):
            yield f"{name}-map", "map", longest
            yield f"{name}-tiles", "tiles", longest


def _coverage_plans(topic: str, frame: pd.DataFrame) -> Iterator[Plan]:
    # What was cancelled is neither held nor planned: it is not on the map.
    for name, _, rows in _region_plans(topic, "coverage_map", frame[frame["indicator"] != f"{topic}:cancelled"]):
        if name.endswith("-municipality") and _is_of_today(rows):
            yield f"{name}-map", "coverage_map", rows
            yield f"{name}-tiles", "coverage_tiles", rows


def _longest(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the longest time, where the indicator's name ends in days."""
    days = frame["indicator"].map(_days)
    longest: pd.DataFrame = frame[days == days.max()]
    return longest


def _is_of_today(frame: pd.DataFrame) -> bool:
    return all(map(is_of_today, set(frame["region"][frame["region_name"] != "Eesti"])))


def _survey_plans(topic: str, frame: pd.DataFrame) -> Iterator[Plan]:
    if frame["period"].nunique() > 1:
        country = frame[frame["region_name"] == "Eesti"]
        if not country.empty:
            yield f"{topic}-waves", "waves", country
    for indicator in sorted(set(frame["indicator"]), key=estonian_key):
        series = frame[frame["indicator"] == indicator]
        for name, _, rows in _region_plans(indicator, "dots", series):
            asked = rows[rows["period"].isin(_waves_with_regions(rows))]
            if asked["period"].nunique() > 1 and _is_telling(asked):
                yield f"{name}-waves", "wave_regions", asked
            if not asked.empty:
                yield name, "dots", asked[asked["period"] == max(asked["period"], key=period_key)]


def _waves_with_regions(frame: pd.DataFrame) -> set[str]:
    """The waves that say something about a region: many tables are published for the country only."""
    said = (frame["region_name"] != "Eesti") & (frame["flag"] != "no_data")
    return set(frame["period"][said])


def _is_telling(frame: pd.DataFrame) -> bool:
    """True when most regions have a number in some wave: panels of nothing but hatching would say less than none."""
    return 2 * _numbers(frame) > frame["region"][frame["region_name"] != "Eesti"].nunique()


def _numbers(frame: pd.DataFrame) -> int:
    """How many regions besides the country have a number."""
    return int(frame["region"][(frame["region_name"] != "Eesti") & frame["estimate"].notna()].nunique())


def _region_plans(stem: str, kind: str, frame: pd.DataFrame) -> Iterator[Plan]:
    levels = frame["region_name"].map(region_level)
    for level in LEVELS:
        if (levels == level).any():
            yield f"{stem}-{level}", kind, frame[levels.isin(["country", level])]


def _chart(name: str, kind: str, frame: pd.DataFrame, lang: str, as_of: date) -> Chart:
    words = caption(frame, kind, lang, as_of)
    covered = scope(frame, kind, lang)
    return Chart(
        name=_slug(f"{name}-{lang}"),
        indicator=_topic(str(frame["indicator"].iloc[0])),
        lang=lang,
        figure=_DRAW[kind](frame, words, lang),
        data=_drawn(frame, lang),
        title=words.title,
        scope=covered,
        alt=alternative(frame, kind, covered, lang),
    )


def _drawn(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The rows drawn, in the order of the eye; numbers of a suppressed row are left out even if the frame has them."""
    cells = list(zip(frame["indicator"], frame["region_name"], frame["period"], strict=True))
    order = sorted(range(len(cells)), key=lambda place: _place(*cells[place], lang))
    rows = frame.iloc[order].reset_index(drop=True)[_COLUMNS]
    hidden = rows["flag"].str.contains("suppressed", regex=False)
    numbers = {column: rows[column].mask(hidden) for column in ("n", "k", "estimate", "low", "high")}
    return rows.assign(**numbers)


def _place(indicator: str, region_name: str, period: str, lang: str) -> tuple[object, ...]:
    """Sorting key of a row: parts of the indicator (days as numbers), the country first, the alphabet, time."""
    label = estonian_key(region_label(region_name, lang))
    return _days(indicator), indicator, region_level(region_name) != "country", label, period_key(period)


def _days(indicator: str) -> int:
    variant = read_indicator(indicator).variant
    return int(variant) if variant.isdigit() else 0


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
