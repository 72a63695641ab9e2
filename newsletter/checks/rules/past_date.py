"""Readers are asked to come or to apply when it is too late, or an item should be gone by now.

What it does: compares the day and time of each event with those of the issue: an event that has
begun by then, or has ended if `ends` is given, is reported, and so is a job whose day of closing
(`closes`) is before the issue's, and whatever was to be current only `until` an earlier day. In the
texts of events, jobs, notices and adverts it also reads the dates of sentences that name a deadline
("Deadline: 2 April 2012", "apply by 2 April"), in English and with the publication's own names of
months. A deadline that was, or has been extended, is left alone, and so is a date such as 2/4/2012
that can be read in two ways, unless both have passed. News and comments report the past, and are
not read.

Why it matters: events and jobs are carried over from one issue to the next, and then one of them is
a week too old. A reader who trusts it applies for nothing; an advert that runs for longer than its
advertiser has paid for is a gift.

Wrong:

```yaml item
kind: job
title: Communications officer, Laboratory of Clocks
url: https://www.bionews.org.uk/page_100011
teaser: The laboratory is looking for somebody who explains what it does. Please apply by 4 January
  2030...
```

Right:

```yaml item
kind: job
title: Communications officer, Laboratory of Clocks
url: https://www.bionews.org.uk/page_100011
teaser: The laboratory is looking for somebody who explains what it does. Please apply by 4 February
  2030...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Advert, Event, Finding, Issue, Job, Notice, Severity
from newsletter.text.days import in_words
from newsletter.text.printable import printable
from newsletter.text.written_dates import WrittenDate, dates_in

SEVERITIES: tuple[Severity, ...] = ("warning",)
_WITH_END = Event | Job | Notice | Advert
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?=[A-Z\"'“‘(])")
"""Not after the full stop of "4. Januar"."""
_NAMED = re.compile(
    r"\b(?:deadlines?|clos(?:ing|es)|(?:applications?|entries|registration) closes?"
    r"|last (?:date|day)|(?:no|not) later than|rsvp)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:appl(?:y|ications?)|regist(?:er|ration)|book(?:ings?)?|submi(?:t|ssions?)|send|reply"
    r"|respon(?:d|ses?)|nominat(?:e|ions?)|ent(?:er|ries)|abstracts?|proposals?|tickets?)"
    r"\b[^;]{0,100}?\b(?:by|before|until|till)\b",
    re.IGNORECASE,
)
_FARTHEST = 60
"""Characters between the name of a deadline and its date."""
_LONGEST = 130
"""Characters from "apply" to "by", at most."""
_SHORT_WAY = re.compile(
    r"\W*(?:(?:the|noon|midday|midnight|end|close|of|business|on|at|[ap]\.?m\.?"
    r"|\d{1,2}(?:[:.]\d\d)?(?:[ap]\.?m\.?)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\W+)*",
    re.IGNORECASE,
)
"""What may be between "by" and its date: "by noon on Friday, 3 May"."""
_NO_LONGER = re.compile(
    r"\b(?:was|were|had|passed|closed|extended|postponed|previous(?:ly)?|original(?:ly)?|since)\b",
    re.IGNORECASE,
)
"""Words of sentences about the past."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each event and each deadline that has passed when the issue goes out."""
    for item in galley.issue.items:
        if isinstance(item, Event):
            yield from _about_event(galley, item)
        elif isinstance(item, Job) and item.closes:
            yield from _about_closing_day(galley, item, item.closes)
        if isinstance(item, _WITH_END) and item.until:
            yield from _about_end(galley, item, item.until)

    for passage in galley.manuscript.passages:
        if isinstance(passage.noun, _WITH_END):
            yield from _about_deadlines(galley, passage)


def _about_event(galley: Galley, event: Event) -> Iterator[Finding]:
    last = event.ends or event.starts
    if last >= galley.issue.published.replace(tzinfo=None):
        return

    if event.ends:
        field, verb = "ends", "ends"
        hint = "Correct 'ends', or delete the event."
    else:
        field, verb = "starts", "begins"
        hint = "Correct 'starts', or delete the event. If it goes on for longer, add 'ends'."

    title = printable(event.title)
    when = _publication_time(galley.issue)
    place = galley.manuscript.place(event, field)
    message = f"The event '{title}' {verb} before the issue goes out, on {when}."
    yield place.warning(message, hint)


def _about_closing_day(galley: Galley, job: Job, closes: date) -> Iterator[Finding]:
    if closes >= galley.issue.date:
        return

    place = galley.manuscript.place(job, "closes")
    message = (
        f"The job '{printable(job.title)}' closes before the issue goes out, "
        f"on {_publication_time(galley.issue)}."
    )
    yield place.warning(message, "Correct 'closes', or delete the job.")


def _about_end(
    galley: Galley, item: Event | Job | Notice | Advert, until: date
) -> Iterator[Finding]:
    if until >= galley.issue.date:
        return

    place = galley.manuscript.place(item, "until")
    message = (
        f"'{printable(item.title)}' was to be current until {in_words(until)}, "
        f"and the issue goes out on {in_words(galley.issue.date)}."
    )
    yield place.warning(message, "Correct 'until', or delete the item.")


def _about_deadlines(galley: Galley, passage: Passage) -> Iterator[Finding]:
    for sentence in _BETWEEN_SENTENCES.split(passage.text):
        deadline = _past_deadline(sentence, galley.issue)
        if deadline:
            place = galley.manuscript.find_in(passage, deadline)
            when = _publication_time(galley.issue)
            passes = f"passes before the issue goes out, on {when}"
            message = f"The deadline '{printable(deadline)}' {passes}."
            yield place.warning(message, "Correct the date, or delete the item.")


def _past_deadline(sentence: str, issue: Issue) -> str | None:
    """Return the date of the deadline in a sentence, if all dates of the sentence have passed."""
    if _NO_LONGER.search(sentence):
        return None
    if not _NAMED.search(sentence) and not _BY.search(sentence):
        return None

    dates = list(dates_in(sentence, issue.publication.language, issue.date))
    for written in dates:
        if any(day >= issue.date for day in written.days):
            return None

    for written in dates:
        if _is_deadline(sentence, written):
            return written.text
    return None


def _is_deadline(sentence: str, written: WrittenDate) -> bool:
    """Return whether what is before a date in a sentence makes it a deadline."""
    start = max(0, written.start - _FARTHEST - _LONGEST)
    before = sentence[start : written.start]
    if _NAMED.search(before[-_FARTHEST:]):
        return True

    ends = [by.end() for by in _BY.finditer(before)]
    return any(_SHORT_WAY.fullmatch(before, end) for end in ends)


def _publication_time(issue: Issue) -> str:
    day = in_words(issue.date)
    time = issue.publication.time
    return f"{day} at {time:%H:%M}"
