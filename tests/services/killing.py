"""Kill a process at every step of handing over, and look at what is left.

    python -m tests.services.killing SERVICE FOLDER [formats] [everything]

Each step is done in a child of this process, with a real SIGKILL: at each call, before and after the service has acted,
and at each file that is put in its place, before and after that. Without ``everything`` one of the two: before the first
call, after the second, before the third, and so on. With ``formats`` the issue has three of them, each for an audience
of its own; without ``everything``, what comes after handing over is killed at every third step. Then the command is run
again. Prints a JSON list of [scene, step, outcome]; an outcome is "as it must be", or what is wrong.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from newsletter.errors import NewsletterError
from tests.services.every_fake import FAKES
from tests.services.fakes import Fake, Fault, Wire
from tests.services.judging import Before, before_scene, copies_in, disaster_in, fault_in, prepared
from tests.services.scenes import IN_FORMATS, SCENES, Newsletter, newsletter_in

_replace = Path.replace
_MOMENTS = ("before", "after")
_OF_STEPS = 3


def main(
    service: str, folder: Path, *, formats: bool, everything: bool
) -> list[tuple[str, str, str]]:
    """All steps of all scenes of one service."""
    kind = next(fake for fake in FAKES if service == fake.NAME)
    audiences = kind.PARTS if formats else ()
    newsletter = newsletter_in(folder, with_pictures=True, audiences=audiences)
    rows: list[tuple[str, str, str]] = []
    for scene in IN_FORMATS if formats else SCENES:
        before = before_scene(kind, newsletter, scene)
        steps = _steps(kind, newsletter, scene, before, everything)
        if formats and not everything and scene != "hand over":
            steps = steps[::_OF_STEPS]
        rows += [(scene, step, _outcome(kind, newsletter, scene, before, step)) for step in steps]
    return rows


def _steps(
    kind: type[Fake], newsletter: Newsletter, scene: str, before: Before, everything: bool
) -> list[str]:
    """The steps there are, found by doing it once: ``call 3 after``, ``file 0 before``."""
    renamed: list[Path] = []

    def counted(path: Path, target: Path) -> Path:
        renamed.append(target)
        return _replace(path, target)

    wire = Wire(prepared(kind, newsletter, before))
    Path.replace = counted  # type: ignore[assignment,method-assign]
    SCENES[scene][0](newsletter, wire.fake, wire)
    Path.replace = _replace  # type: ignore[method-assign]
    places = [("call", len(wire.calls)), ("file", len(renamed))]
    return [
        f"{what} {n} {when}"
        for what, count in places
        for n in range(count)
        for when in (_MOMENTS if everything else (_MOMENTS[n % 2],))
    ]


def _outcome(
    kind: type[Fake], newsletter: Newsletter, scene: str, before: Before, step: str
) -> str:
    file = newsletter.folder / "state.json"
    fake = prepared(kind, newsletter, before, file)
    file.write_text(json.dumps(fake.state))
    child = os.fork()
    if child == 0:
        _die(newsletter, fake, scene, step)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        return f"it was not killed: {status}"
    fake = kind(file)
    if wrong := disaster_in(newsletter, fake, scene):
        return f"after the kill: {wrong}"
    try:
        SCENES[scene][0](newsletter, fake, Wire(fake))
    except NewsletterError as error:
        return f"again: {error}"
    return fault_in(newsletter, fake, scene) or copies_in(fake) or "as it must be"


def _die(newsletter: Newsletter, fake: Fake, scene: str, step: str) -> None:
    what, number, when = step.split()
    fault = None
    if what == "call":
        fault = Fault("kill before" if when == "before" else "kill after", int(number))
    else:
        _kill_at_file(int(number), when)
    SCENES[scene][0](newsletter, fake, Wire(fake, fault))


def _kill_at_file(number: int, when: str) -> None:
    seen: list[Path] = []

    def deadly(path: Path, target: Path) -> Any:
        seen.append(target)
        if len(seen) == number + 1 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = _replace(path, target)
        if len(seen) == number + 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    Path.replace = deadly  # type: ignore[assignment,method-assign]


if __name__ == "__main__":
    service, place, *choices = sys.argv[1:]
    found = main(
        service, Path(place), formats="formats" in choices, everything="everything" in choices
    )
    print(json.dumps(found))  # noqa: T201
