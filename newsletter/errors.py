"""What can go wrong, as the editor is told it.

NewsletterError              a problem at a place: path, line, what is wrong, what to do
├── ManifestError            every problem of every file of an issue, found in one go
├── ThemeError               an unknown theme, or a theme that breaks a rule of themes
├── PreflightError           the checks found errors
├── HandoverError            an issue cannot be handed over as things stand
└── ServiceError             a mailing service did not do what it was asked for
    ├── NotAuthorised        credentials are missing, wrong or not enough
    ├── Unsupported          it cannot do that
    ├── Unavailable          it could not be asked; nothing was done
    ├── Uncertain            it is not known whether it was done
    └── Refused              it said no
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsletter.files import seen_from_here

if TYPE_CHECKING:
    from newsletter.model import Report


@dataclass(frozen=True)
class Problem:
    """One thing to mend: printed as ``path:line: what is wrong. What to do.``

    ``line`` counts from 1; None where a whole file is meant.
    """

    path: Path
    line: int | None
    what: str
    hint: str

    def place(self) -> tuple[str, int, str]:
        """What problems are sorted by."""
        return str(self.path), self.line or 0, self.what

    def __str__(self) -> str:
        path = seen_from_here(self.path)
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: {self.what} {self.hint}".rstrip()


class NewsletterError(Exception):
    """One or more problems; its text has one line for each of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=Problem.place))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def at(cls, path: Path, line: int | None, what: str, hint: str) -> Self:
        """One problem at a place."""
        return cls([Problem(path, line, what, hint)])


class ManifestError(NewsletterError):
    """The files of an issue cannot be used as they stand."""


class ThemeError(NewsletterError):
    """The theme cannot be used as it stands."""


class PreflightError(NewsletterError):
    """The checks found errors, and nothing may leave the house."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(finding.problem for finding in report.of("error"))


class HandoverError(NewsletterError):
    """An issue cannot be handed over as things stand: an approval is missing, a person must look at something."""


class ServiceError(NewsletterError):
    """A mailing service did not do what it was asked for. Its place is the service's name; no secret is in its text."""

    def __init__(self, service: str, what: str, hint: str, status: int | None = None) -> None:
        self.service = service
        self.status = status
        """Of the HTTP answer, if there was one."""
        super().__init__([Problem(Path(service), None, what, hint)])


class NotAuthorised(ServiceError):
    """Credentials are missing, wrong, or not enough."""


class Unsupported(ServiceError):
    """The service cannot do that at all."""


class Unavailable(ServiceError):
    """It could not be asked, or did not answer as it should. What was asked for was not done."""


class Uncertain(ServiceError):
    """It is not known whether what was asked for was done."""


class Refused(ServiceError):
    """The service understood, and said no."""
