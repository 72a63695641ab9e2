"""One line about a work: a credit, its publisher, an ISBN, where and when it can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from newsletter.importers.lines.written_days import certain_day
from newsletter.text.written_dates import WrittenDate, dates_in, names, one_of

_ANY_DAY = date(2000, 1, 1)
"""Only broadcasts with a year have a date, so it does not matter which day this is."""
_LONGEST = 250
_ENDS_SENTENCE = re.compile(r"[.!?…]['\"’”)]*$")
_CREDIT = re.compile(
    r"(?:(?:directed|written|produced|edited|narrated|presented|hosted|adapted|translated|created"
    r"|composed|choreographed|illustrated|curated|designed|performed|devised|organised|commissioned"
    r"|chaired|introduced|co-edited|compiled)(?:,? (?:and )?[a-z-]+){0,2} by"
    r"|based on (?:the|a) .*?by|starring|featuring|by|screenplay by|music by"
    r"|(?:with a )?foreword by"
    r"|(?:director|producer|writer|presenter|editor|author|cast|starring|curator|chair|narrator"
    r"|speakers?)s?\s*:)\s+\S.*",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(r"(?:published by|publisher\s*:)\s*(\S.*)", re.IGNORECASE)
_ISBN = re.compile(
    r"ISBN(?:[\s-]*1[03](?=\D))?\s*[:#]?\s*((?:97[89][\s–-]?)?\d(?:[\s–-]?[\dXx]){9})(?!\d)"
)
_CHANNEL = re.compile(
    r"(?:BBC|ITV|Channel\s?[45]|More\s?4|E4|S4C|STV|UTV|Sky|Radio\s|RT[EÉ]|Discovery|Dave|Yesterday"
    r"|National Geographic|Netflix|Amazon Prime|HBO|PBS|CBC|NPR|Film\s?4|Five|World Service)\b.*",
    re.IGNORECASE,
)
_ON = re.compile(
    r"(?:(?:first )?(?:broadcast|shown|aired|transmitted|available)\s*(?::|on|by)?\s+(?:on\s+)?"
    r"|channel\s*:\s*)",
    re.IGNORECASE,
)
_LABELLED_VENUE = re.compile(r"(?:venue|where|at)\s*:\s*(\S.*)", re.IGNORECASE)
_LABELLED_DATES = re.compile(r"(?:dates?|when|open)\s*:\s*(\S.*)", re.IGNORECASE)
_VENUE = re.compile(
    r".*\b(?:[A-Z]{1,2}\d[\dA-Z]?\s*\d[A-Z]{2}|Museum|Gallery|Theatre|Hall|Playhouse|Library"
    r"|Institute|University|College|Centre|Arena|House|Street|Road|Square|Lane|Avenue|Gate|Place"
    r"|Studio|Church|Cinema|Barbican|Hospital)\b.*"
)
_DATES = re.compile(
    r"(?:until|from|between|runs?|now|on|daily|opens?|open|closes|to|at|till|and|the|of|a\.?m\.?"
    r"|p\.?m\.?|\d{1,2}(?:st|nd|rd|th)?|\d{1,2}[.:]\d{2}(?:[ap]m)?|\d{1,2}[ap]m|\d{4}|[-–—,:;.]|\s)+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s,]*(?:at\s+)?\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?(?:\s*[-–]\s*\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)?",
    re.IGNORECASE,
)
_BROADCAST = ("tv", "radio", "documentary", "podcast")
_VISITED = ("exhibition", "theatre", "event")


class WorkLine(NamedTuple):
    """What a line says: fields of a work, by name."""

    fields: Mapping[str, Any]
    left_out: tuple[str, ...] = ()


def work_line(words: str, kind: str | None, language: str) -> WorkLine | None:
    """Return what a line says of a work of some kind; None if it is not about the work."""
    if len(words) > _LONGEST:
        return None
    if isbns := _isbns(words):
        return WorkLine({"isbn": isbns})
    if _ENDS_SENTENCE.search(words):
        return None

    if found := _PUBLISHER.fullmatch(words):
        return WorkLine({"publisher": found[1]})
    if kind in _BROADCAST and (line := _broadcast(words, language)):
        return line
    if kind in _VISITED and (line := _visit(words, language)):
        return line
    if _CREDIT.fullmatch(words):
        return WorkLine({"credits": [words]})
    return None


def _isbns(words: str) -> list[str]:
    """Return the ISBNs in a line that has nothing else."""
    rest = re.sub(r"[\s,;./|()]+|\band\b", "", _ISBN.sub("", words))
    numbers = [" ".join(number.split()) for number in _ISBN.findall(words)]
    if not rest:
        return numbers
    return []


def _broadcast(words: str, language: str) -> WorkLine | None:
    """Return the channel and the day in ``BBC Radio 4, Monday 16 April 2012, 9pm``."""
    said = _ON.match(words)
    line = words[said.end() :] if said else words
    written = _only_date(line, language)
    if written is None:
        is_channel = _CHANNEL.fullmatch(line) and len(line.split()) <= 6
        if is_channel:
            return WorkLine({"channel": line})
        return None

    weekday = rf"[\s,(–-]*(?:\bon\s+)?(?:(?:{one_of(names(language).weekdays)}|Sun)\.?,?\s*)?$"
    channel = re.sub(weekday, "", line[: written.start]).strip(" ,")
    after = line[written.end :].strip(" )")
    is_short = len(channel.split()) <= 4
    is_channel = is_short or bool(said or _CHANNEL.fullmatch(channel))
    day = certain_day(written.text, language)
    if not is_channel or day is None or (after and not _TIME.fullmatch(after)):
        return None

    fields = {"channel": channel, "broadcast": day}
    left_out = (f'The time of the broadcast: "{after.strip(" ,")}"',) if after else ()
    return WorkLine({name: value for name, value in fields.items() if value}, left_out)


def _only_date(line: str, language: str) -> WrittenDate | None:
    found = list(dates_in(line, language, _ANY_DAY))
    if len(found) == 1 and re.search(r"\d{4}", found[0].text):
        return found[0]
    return None


def _visit(words: str, language: str) -> WorkLine | None:
    """Return where, or when, a work can be visited."""
    if labelled := _LABELLED_VENUE.fullmatch(words):
        return WorkLine({"venue": labelled[1]})
    labelled = _LABELLED_DATES.fullmatch(words)
    dates = labelled[1] if labelled else words
    if labelled or _is_dates(dates, language):
        return WorkLine({"dates": dates})
    is_venue = _VENUE.fullmatch(words) and not _CREDIT.fullmatch(words)
    if is_venue:
        return WorkLine({"venue": words})
    return None


def _is_dates(words: str, language: str) -> bool:
    """Return whether words are days and hours, and nothing else."""
    known = names(language)
    months = one_of([*known.months, *known.weekdays])
    return bool(re.search(months, words)) and not _DATES.sub("", re.sub(months, "", words))
