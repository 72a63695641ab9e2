"""A listmonk server and its user: who that is, what they may do, and what must be set up there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.errors import NotAuthorised, Refused, ServiceError
from newsletter.services.answers import listmonk as answers
from newsletter.services.answers.listmonk import Answer
from newsletter.services.kept_files import fault_for_readers
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.services.http.api import Api

TITLE = "listmonk"
URL, USER, TOKEN = "LISTMONK_URL", "LISTMONK_USER", "LISTMONK_TOKEN"
_PERMISSIONS = (
    ("lists:get_all",),
    ("templates:get",),
    ("campaigns:get_all", "campaigns:get"),
    ("campaigns:manage_all", "campaigns:manage"),
    ("media:get",),
    ("media:manage",),
    ("campaigns:send",),  # known to servers from version 6.2 on
)
"""The permissions that the commands need; one from each line is enough."""


class ListmonkServer:
    """The server at ``site``, whose API is ``api``."""

    def __init__(self, api: Api, site: str) -> None:
        self._api = api
        self._site = site

    def account(self) -> str:
        """Return the user and the server. Raise NotAuthorised."""
        try:
            user = self._user()
        except NotAuthorised as error:
            # It needs no permission, but 403 is all that listmonk ever says.
            message = f"It does not accept {USER} and {TOKEN} ({error.status})."
            hint = "Check both, and that the user is enabled."
            raise NotAuthorised(TITLE, message, hint, error.status) from None

        _, _, server = self._site.partition("://")
        return f"{user.username} ({server})"

    def missing_setup(self) -> list[str]:
        """Return missing permissions, a missing template that adds nothing, and a root URL that
        readers cannot open.
        """
        user = self._user()
        configuration = self._api.get("/config", Answer[answers.Configuration]).data
        missing = _missing_permissions(user, configuration)
        missing += _faults_of_root(configuration.root_url)

        try:
            self.bare_template()
        except ServiceError as error:
            missing += [f"{problem.message} {problem.hint}" for problem in error.problems]
        return missing

    def templates(self) -> list[answers.Template]:
        """Return all templates, those of other kinds of email among them."""
        answer = self._api.get("/templates", Answer[list[answers.Template]])
        return answer.data

    def bare_template(self) -> int:
        """Return the id of a template that adds nothing. Raise Refused if there is none."""
        for template in self.templates():
            if template.type == "campaign" and template.is_bare:
                return template.id

        # Without it listmonk would use its default one.
        message = "It has no template that leaves an email as it is."
        hint = "Make one there, for campaigns,"
        hint += ' whose body is {{ template "content" . }} and nothing else.'
        raise Refused(TITLE, message, hint)

    def _user(self) -> answers.User:
        answer = self._api.get("/profile", Answer[answers.User])
        return answer.data


def _missing_permissions(user: answers.User, configuration: answers.Configuration) -> list[str]:
    """Return the permissions that the user needs and does not have, a line each.

    Those that the server's version does not know are left out.
    """
    known = configuration.known_permissions()
    missing: list[str] = []
    for any_of in _PERMISSIONS:
        is_known = not known.isdisjoint(any_of)
        if is_known and not user.may(*any_of):
            either = " or ".join(any_of)
            missing.append(f"A permission is missing: {either}. Give it to the user's role.")
    return missing


def _faults_of_root(url: str) -> list[str]:
    """Return what is wrong with the address that links and pictures begin with, a line each."""
    fault = fault_for_readers(url)
    if not fault:
        return []
    problem = f"Its root URL is {printable(url)}, {fault}: readers may not see pictures from it."
    return [f"{problem} Set it there, in the general settings."]
