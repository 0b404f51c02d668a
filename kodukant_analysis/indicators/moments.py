"""Moments: the point in time, in years, for which a period or the wave of a survey stands: its middle."""

import calendar
import re
from datetime import date, timedelta

# What a label says beside the year -> how far into the year the middle of it lies. The first pattern that fits counts.
_PARTS = (
    (r"^(\d{4})[ -]?H([12])$", 2),
    (r"^(\d{4})[ -]?Q([1-4])$", 4),
    (r"^(\d{4})[ -](0[1-9]|1[0-2])$", 12),
)
_SEASONS = (
    (r"kevad|spring|весн|весен", 3.5 / 12),
    (r"suv[ie]|summer|лет", 6.5 / 12),
    (r"sügis|autumn|fall|осен", 9.5 / 12),
    (r"talv|winter|зим", 0.5 / 12),
)


def moment_of(period: str) -> float | None:
    """The middle of a period by its label, in years; None where it does not name a year.

    A year, half ("2016H1"), quarter ("2016-Q2"), month ("2016-05") or day ("2016-05-19"); of a wave with a name of its
    own the season in it, else the middle of its year. Two years in a label name none.

    >>> [moment_of(label) for label in ("2016", "2016H1", "2016-Q2", "2016 kevad", "3. laine")]
    [2016.5, 2016.25, 2016.375, 2016.2916666666667, None]
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        return moment_of_day(date.fromisoformat(period))
    for pattern, parts in _PARTS:
        if found := re.match(pattern, period):
            return int(found[1]) + (int(found[2]) - 0.5) / parts
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", period))
    if len(years) != 1:
        return None
    season = (part for pattern, part in _SEASONS if re.search(pattern, period.lower()))
    return int(years.pop()) + next(season, 0.5)


def moment_of_day(day: date) -> float:
    """The noon of a day, in years.

    >>> moment_of_day(date(2016, 7, 2))
    2016.5013661202186
    """
    length = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 0.5) / length


def day_of(moment: float) -> date:
    """The day in which a moment lies.

    >>> day_of(2016.5), day_of(moment_of_day(date(2019, 3, 1)))
    (datetime.date(2016, 7, 2), datetime.date(2019, 3, 1))
    """
    year = int(moment)
    return date(year, 1, 1) + timedelta(days=int((moment - year) * (366 if calendar.isleap(year) else 365)))
