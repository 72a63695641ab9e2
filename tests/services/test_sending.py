"""Test sends from a draft of their own: it goes in the end, and is never a second one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest

from newsletter.errors import ServiceError, Unavailable, Uncertain
from newsletter.model import Audience, File
from newsletter.services.protocol import Campaign, Outgoing, Status
from newsletter.services.sending import send_from_draft

MARKER = "[newsletter-test:652:0]"
OUTGOING = Outgoing(None, f"[Test] News {MARKER}", MARKER, "")  # type: ignore[arg-type]


class Account:
    """A service that can only send what it keeps, and loses some answers."""

    def __init__(self, *there: Status, fails: str = "") -> None:
        self.held = {f"old{number}": status for number, status in enumerate(there)}
        self.fails = fails
        self.done: list[str] = []

    def _do(self, what: str, campaign: str, error: type[ServiceError] = Unavailable) -> None:
        self.done.append(f"{what} {campaign}")
        if what in self.fails:
            raise error("Post", f"{what} failed.", "")

    def account(self) -> str:
        return "an account"

    def missing_setup(self) -> Sequence[str]:
        return ()

    def audiences(self) -> Sequence[Audience]:
        return ()

    def overlap(self, one: str, other: str) -> int:
        raise AssertionError("nobody asked")

    def find(self, marker: str) -> Sequence[Campaign]:
        assert marker == MARKER
        return [Campaign(name, MARKER, status, "", None) for name, status in self.held.items()]

    def create(self, outgoing: Outgoing) -> str:
        assert outgoing == OUTGOING
        if "nothing made" not in self.fails:
            self.held["new"] = Status.DRAFT
        self._do("create", "new", Uncertain)
        return "new"

    def update(self, campaign: str, outgoing: Outgoing) -> None:
        assert outgoing == OUTGOING
        self._do("update", campaign)

    def read(self, campaign: str) -> Campaign | None:
        raise NotImplementedError

    def kept_files(self, names: Sequence[str]) -> Mapping[str, str]:
        raise NotImplementedError

    def keep_file(self, file: File) -> str:
        raise NotImplementedError

    def send_test(self, outgoing: Outgoing, people: Sequence[str]) -> None:
        send_from_draft(self, outgoing, lambda campaign: self._do("send", campaign))

    def delete(self, campaign: str) -> None:
        self._do("delete", campaign)
        del self.held[campaign]

    def schedule(self, campaign: str, at: datetime) -> None:
        raise NotImplementedError

    def unschedule(self, campaign: str) -> None:
        raise NotImplementedError


def test_a_draft_is_made_filled_sent_and_deleted() -> None:
    account = Account()
    account.send_test(OUTGOING, ())
    assert account.done == ["create new", "update new", "send new", "delete new"]
    assert account.held == {}


def test_one_that_was_left_over_is_used_and_all_of_them_go() -> None:
    account = Account(Status.DRAFT, Status.DRAFT)
    account.send_test(OUTGOING, ())
    assert account.done == ["update old0", "send old0", "delete old0", "delete old1"]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
@pytest.mark.parametrize("fails", ["", "create"])
def test_what_is_no_draft_is_left_alone(status: Status, fails: str) -> None:
    account = Account(status, fails=fails)
    account.send_test(OUTGOING, ())
    assert account.done == ["create new", "update new", "send new", "delete new"]
    assert account.held == {"old0": status}


def test_one_whose_answer_was_lost_is_found() -> None:
    account = Account(fails="create")
    account.send_test(OUTGOING, ())
    assert account.done[-2:] == ["send new", "delete new"]


def test_if_none_is_found_nothing_is_sent() -> None:
    account = Account(fails="create, nothing made")
    with pytest.raises(Uncertain):
        account.send_test(OUTGOING, ())
    assert account.done == ["create new"]


@pytest.mark.parametrize("fails", ["update", "send"])
def test_it_goes_even_if_it_was_not_sent(fails: str) -> None:
    account = Account(fails=fails)
    with pytest.raises(Unavailable, match=f"{fails} failed"):
        account.send_test(OUTGOING, ())
    assert account.done[-1] == "delete new"
    assert account.held == {}


def test_what_went_wrong_first_is_told_and_what_is_left() -> None:
    account = Account(fails="send, delete")
    with pytest.raises(
        Unavailable,
        match=r"send failed.* The draft of the test \(new\) is still there: delete it\.",
    ):
        account.send_test(OUTGOING, ())


def test_a_draft_that_does_not_go_is_told_of() -> None:
    account = Account(fails="delete")
    with pytest.raises(Unavailable, match="delete failed"):
        account.send_test(OUTGOING, ())
    assert account.held == {"new": Status.DRAFT}
