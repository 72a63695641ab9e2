"""Every call of a service with faults, once and for the rest of the run; then the same command again.

    python -m tests.services.faulting SERVICE FOLDER [formats] [everything]

Each call meets one fault of each class, another one than the call before it; with ``everything``, all faults there are.
With ``formats`` the issue has three of them, each for an audience of its own, and there are three times as many calls:
each meets one fault, and with ``everything`` one of each class.
Prints JSON: how often each outcome came, which faults were tried, and the rows of the table. Fails at the first run that
does not end as it must.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from newsletter.checks import web
from newsletter.errors import NewsletterError
from newsletter.handover import campaigns, served, service_draft
from newsletter.services.http import api
from tests.services.every_fake import FAKES
from tests.services.fakes import ALIKE, CANARY, Effect, Fake, Fault, Wire
from tests.services.judging import (
    Before,
    before_scene,
    copies_in,
    disaster_in,
    fault_in,
    is_told,
    prepared,
    secret_in,
    undisturbed,
    untold_in,
)
from tests.services.scenes import IN_FORMATS, SCENES, Newsletter, newsletter_in

_AGAIN = 2
"""How often an editor runs a command again that ended with an error."""
SIGNS: dict[str, str] = {"immediately": "✓", "reported": "≠", "again": "↻", "person": "!"}
"""Each outcome, and how the table writes it."""


def main(service: str, folder: Path, *, formats: bool, everything: bool) -> dict[str, Any]:
    """Faults at all calls of all scenes of one service."""
    for room in (api, campaigns, service_draft, served):
        room.sleep = lambda _: None  # type: ignore[attr-defined]
    web._PAUSE = 0
    os.fsync = lambda fd: None  # thousands of runs; what is at stake here is not the disk
    kind = next(fake for fake in FAKES if service == fake.NAME)
    audiences = kind.PARTS if formats else ()
    newsletter = newsletter_in(folder, with_pictures=True, audiences=audiences)
    rows: list[str] = []
    outcomes: Counter[str] = Counter()
    tried: set[Effect] = set()
    for scene in IN_FORMATS if formats else SCENES:
        before = before_scene(kind, newsletter, scene)
        for number, call in enumerate(undisturbed(kind, newsletter, scene, before)):
            faults = _faults(call, number, formats=formats, everything=everything)
            tried.update(fault.effect for fault in faults)
            ended = [_outcome(kind, newsletter, scene, before, fault) for fault in faults]
            outcomes.update(ended)
            rows.append(f"  {scene:<10} {call:<64} {''.join(SIGNS[outcome] for outcome in ended)}")
    return {"outcomes": outcomes, "tried": sorted(tried), "rows": rows}


def _faults(call: str, number: int, *, formats: bool, everything: bool) -> list[Fault]:
    """The faults that a call meets: once, and for the rest of the run; of one alone the one or the other."""
    turn, is_odd = divmod(number, 2)
    if formats:
        effects = _one_of_each_class(call, turn)
        if not everything:
            effects = effects[turn % len(effects) :][:1]
        return [Fault(effect, number, bool(is_odd)) for effect in effects]

    effects = _effects(call) if everything else _one_of_each_class(call, number)
    return [Fault(effect, number, stays) for effect in effects for stays in (False, True)]


def _effects(call: str) -> list[Effect]:
    """All faults that can strike a call."""
    return [effect for alike in _classes(call) for effect in alike]


def _one_of_each_class(call: str, number: int) -> list[Effect]:
    """One fault of each class: the next one at each call, so that a few calls have met them all."""
    return [alike[number % len(alike)] for alike in _classes(call)]


def _classes(call: str) -> list[tuple[Effect, ...]]:
    """The classes of faults that can strike a call. A call that only reads changes nothing: before and after are alike,
    and there is nothing to spoil.
    """
    if not call.startswith("GET"):
        return list(ALIKE)
    before, after, certain, unreadable, *_ = ALIKE
    return [(*before, *after), certain, unreadable]


def _outcome(
    kind: type[Fake], newsletter: Newsletter, scene: str, before: Before, fault: Fault
) -> str:
    """How it ends: well, immediately; with other content than was given, and that is reported; well when the command is
    run again; or with something for a person to look at.
    """
    fake = prepared(kind, newsletter, before)
    errors: list[NewsletterError] = []
    for wire in (Wire(fake, fault), *(Wire(fake) for _ in range(_AGAIN))):
        error = _error_of(newsletter, fake, scene, wire)
        if error:
            wrong = disaster_in(newsletter, fake, scene)
        else:
            wrong = fault_in(newsletter, fake, scene)
        wrong = wrong or copies_in(fake)
        assert wrong is None, (fault, wrong, error, errors)
        assert secret_in(newsletter) is None, (fault, errors)
        if error is None:
            break
        assert untold_in(fake, error) is None, (fault, error)
        assert CANARY not in "".join(traceback.format_exception(error))
        errors.append(error)
    else:
        assert _names_the_place(errors[-1], fake), (fault, errors)
        return "person"
    if is_told(newsletter):
        assert fault.effect == "content altered"
        return "reported"
    return "again" if errors else "immediately"


def _error_of(newsletter: Newsletter, fake: Fake, scene: str, wire: Wire) -> NewsletterError | None:
    """What a command ends with."""
    try:
        SCENES[scene][0](newsletter, fake, wire)
    except NewsletterError as error:
        return error
    return None


def _names_the_place(error: NewsletterError, fake: Fake) -> bool:
    """Whether an error that does not go away says in its own words which campaign is to be looked at."""
    words = "\n".join(
        f"{problem.message} {problem.hint}" for problem in error.problems
    )  # digits of a path are no id
    return any(re.search(rf"\b{re.escape(campaign.id)}\b", words) for campaign in fake.held())


if __name__ == "__main__":
    service, place, *choices = sys.argv[1:]
    found = main(
        service, Path(place), formats="formats" in choices, everything="everything" in choices
    )
    print(json.dumps(found))  # noqa: T201
