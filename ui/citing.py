"""A citation of a provision in three styles, as plain text."""

from __future__ import annotations

import datetime as dt

from ui.api_client import Instrument
from ui.study_data import Paragraph
from ui.wording import Words

STYLES = ("un", "oscola", "plain")


def cite(style: str, instrument: Instrument, one: Paragraph, words: Words, address: str) -> str:
    """The citation.

    Args:
        style: `un` (title, date, symbol, place), `oscola` (title, (adopted date) place without stops), `plain` (place and permalink).
        instrument: What it stands in.
        one: The provision.
        words: The language of pinpoints, dates and of the mark of a summary.
        address: Of the service, as readers reach it.
    """
    comma = words["comma"]
    title = instrument.title.get(words.language) or one.title
    day = spoken_date(instrument.date, words.language)
    mark = f" ({words['digest']})" if one.tier == "digest" else ""
    if style == "un":
        return f"{comma} ".join(part for part in (title, day, instrument.symbol, one.pinpoint) if part) + mark + "."
    if style == "oscola":
        adopted = f" ({words.fill('adopted', day=day)})" if day else ""
        symbol = f" {instrument.symbol}" if instrument.symbol else ""
        return f"{title}{adopted}{symbol}{comma} {one.pinpoint.replace('para.', 'para')}{mark}"
    return f"{title}{comma} {one.pinpoint}{mark}. {address}{one.url}"


def spoken_date(day: str | dt.date | None, language: str) -> str:
    """A day as people write it, such as 9 April 2025; "" for none."""
    if not day:
        return ""
    from babel.dates import format_date

    date = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(date, "d MMMM y", locale=language))
