"""The verified senders of a SendGrid account.

There are two lists of them: those made for marketing, and those of the whole account.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from newsletter.errors import Refused
from newsletter.services.answers import sendgrid as answers

if TYPE_CHECKING:
    from newsletter.services.http.api import Api

TITLE = "SendGrid"
_PAGE = 100
_NOBODY = answers.Sender(id=0)


class SendGridSenders:
    """The senders of the account behind an ``api``; each list is requested once, if at all."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def with_id(self, number: int | None) -> answers.Sender:
        """Return the sender with an id; one without a name or an address if there is none."""
        if number is None:
            return _NOBODY
        senders = self._matching(lambda sender: sender.id == number)
        return next(iter(senders), _NOBODY)

    def id_for(self, address: str) -> int:
        """Return the id of the one verified sender with an address.

        Raise Refused if there is none, or more than one.
        """

        def matches(sender: answers.Sender) -> bool:
            is_same = sender.address.casefold() == address.casefold()
            return sender.is_verified and is_same

        senders = self._matching(matches)
        if not senders:
            message = f"It has no verified sender {address}."
            hint = "Add and verify it there, or write another under 'from' in publication.yaml."
            raise Refused(TITLE, message, hint)

        if len(senders) > 1:
            names = ", ".join(f"{sender.id} ({sender.name})" for sender in senders)
            message = f"It has {len(senders)} verified senders {address}: {names}."
            raise Refused(TITLE, message, "Delete all but one there.")

        return senders[0].id

    def _matching(self, matches: Callable[[answers.Sender], bool]) -> list[answers.Sender]:
        """Return the senders that match.

        They are those made for marketing or, if none of them matches, of the whole account.
        """
        for_marketing = list(filter(matches, self._for_marketing))
        if for_marketing:
            return for_marketing
        return list(filter(matches, self._of_account))

    @cached_property
    def _for_marketing(self) -> list[answers.Sender]:
        """The senders made for marketing."""
        senders = self._api.get("/marketing/senders", answers.Senders)
        return senders.results

    @cached_property
    def _of_account(self) -> list[answers.Sender]:
        """The senders of the whole account; a page that is not full is the last."""
        senders: list[answers.Sender] = []
        query: dict[str, str | int] = {"limit": _PAGE}
        while True:
            page = self._api.get("/verified_senders", answers.Senders, **query).results
            senders += page
            if len(page) < _PAGE:
                return senders
            query["lastSeenID"] = page[-1].id
