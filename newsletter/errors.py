"""What can go wrong, as the editor reads it.

NewsletterError              a problem at a place: path, line, what is wrong, what to do
├── ModelError               a noun, such as an Issue, cannot be made of these values
├── ManifestError            every problem of every file of an issue, found in one go
├── ThemeError               an unknown theme, or a theme that breaks a rule of themes
├── UnreadableError          what somebody sent cannot be read as a piece
├── PreflightError           the checks found errors
├── HandoverError            an issue cannot be handed over as it is now
├── PluginError              a plug-in that is installed cannot be used
└── ServiceError             a mailing service did not do what it was asked to do
    ├── NotAuthorised        credentials are missing, wrong or not enough
    ├── Unsupported          the service cannot do that
    ├── Unavailable          the service could not be reached; nothing was done
    ├── Uncertain            it is not known whether it was done
    └── Refused              the service refused
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsletter.problem import Problem

if TYPE_CHECKING:
    from pydantic import ValidationError


class NewsletterError(Exception):
    """One or more problems; its text has one line for each of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=Problem.sort_key))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def at(cls, path: Path, line: int | None, message: str, hint: str) -> Self:
        """Return an error with one problem at a place."""
        return cls([Problem(path, line, message, hint)])

    def followed_by(self, problem: Problem) -> Self:
        """Add a problem that comes last, wherever its place is. Return this very error."""
        self.problems = (*self.problems, problem)
        self.args = ("\n".join(map(str, self.problems)),)
        return self


class ModelError(NewsletterError, ValueError):
    """A noun cannot be made of these values. The place of each problem is the noun's name."""

    def __init__(self, problems: Iterable[Problem], refusal: ValidationError) -> None:
        super().__init__(problems)
        self.refusal = refusal
        """The same faults as pydantic has them."""


class ManifestError(NewsletterError):
    """The files of an issue cannot be used as they are."""


class ThemeError(NewsletterError):
    """The theme cannot be used as it is."""


class UnreadableError(NewsletterError):
    """What somebody sent, or a page on the web, cannot be read as a piece.

    Its place is what it was read from.
    """


class PreflightError(NewsletterError):
    """The checks found errors: the issue cannot go out."""


class HandoverError(NewsletterError):
    """An issue cannot be handed over as it is now.

    An approval is missing, say, or a person must look at something.
    """


class PluginError(NewsletterError):
    """A plug-in that is installed cannot be used.

    Its place is the distribution that it came with.
    """


class ServiceError(NewsletterError):
    """A mailing service did not do what it was asked to do.

    Its place is the service's name; its text has no secret.
    """

    def __init__(self, service: str, message: str, hint: str, status: int | None = None) -> None:
        self.service = service
        self.status = status
        """The status code of the HTTP response, if there was one."""
        super().__init__([Problem(Path(service), None, message, hint)])


class NotAuthorised(ServiceError):
    """Credentials are missing, wrong, or not enough."""


class Unsupported(ServiceError):
    """The service cannot do that."""


class Unavailable(ServiceError):
    """The service could not be reached, or did not answer as it should. Nothing was done."""


class Uncertain(ServiceError):
    """It is not known whether what was asked for was done."""


class Refused(ServiceError):
    """The service understood, and refused."""
