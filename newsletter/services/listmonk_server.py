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
COUNTING = (
    "Counting readers who are on two lists needs the permissions subscribers:get_all and"
    " subscribers:sql_query. The second lets its user read all that is in the database."
)
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
_REACHES = """EXISTS (
    SELECT 1 FROM subscriber_lists JOIN lists ON lists.id = subscriber_lists.list_id
    WHERE lists.id = {list} AND subscriber_lists.subscriber_id = subscribers.id AND (
        subscriber_lists.status = 'confirmed'
        OR (lists.optin != 'double' AND subscriber_lists.status != 'unsubscribed')
    )
)"""
"""The condition that a campaign for a list reaches a subscriber who is not blocked.

It is listmonk's own, from the query with which it begins to send.
"""


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

    def overlap(self, one: int, other: int) -> int:
        """Return how many subscribers the campaigns for two lists would both reach.

        Raise NotAuthorised if the user may not ask for that.
        """
        reaches_both = [_REACHES.format(list=each) for each in (one, other)]
        condition = " AND ".join(["subscribers.status != 'blocklisted'", *reaches_both])

        # Without a list, whoever may see some lists only would get a row for each of them.
        count = Answer[answers.Count]
        try:
            answer = self._api.get("/subscribers", count, list_id=one, query=condition, per_page=1)
        except NotAuthorised as error:
            message = f"Its user may not count the subscribers of two lists ({error.status})."
            raise NotAuthorised(TITLE, message, COUNTING, error.status) from None
        return answer.data.total

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
