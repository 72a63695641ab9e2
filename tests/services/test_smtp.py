"""SMTP, against a real mail server: what arrives, what never leaves, and what is said when something breaks."""

from __future__ import annotations

import base64
import email
import email.policy
import re
import smtplib
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.checks.report import Report
from newsletter.email.message import to_message
from newsletter.errors import (
    HandoverError,
    NotAuthorised,
    Refused,
    ServiceError,
    Unavailable,
    Uncertain,
    Unsupported,
)
from newsletter.handover import Destination, HandoverPlan, hand_over
from newsletter.handover import send_test as send_test_of
from newsletter.model import Audience, Draft, File
from newsletter.services import connect, mail_session, profile_of
from newsletter.services.adapters import smtp
from newsletter.services.protocol import Capability, Outgoing
from newsletter.services.settings import Settings
from tests.email.test_message import BODIES, HOSTILE, SUBJECTS, email_of
from tests.services.fakes import CANARY
from tests.services.mail_server import (
    HOST,
    USER,
    Arrived,
    Certificates,
    MailServer,
    made_in,
    running,
)
from tests.services.scenes import Newsletter

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

LIST, OTHER_LIST = "bionews@lists.example.org", "bionews-full@lists.example.org"
EDITOR, CHAIR = PEOPLE = ("editor@example.org", "chair@example.org")
SECRETS = (
    CANARY,
    base64.b64encode(CANARY.encode()).decode(),
    base64.b64encode(f"\0{USER}\0{CANARY}".encode()).decode(),
)
Start = Callable[..., MailServer]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority and what it has certified."""
    return made_in(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def start(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts servers with encryption, by an authority that this computer trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with ExitStack() as stack:
        yield lambda **what: stack.enter_context(
            running(MailServer(**{"certificate": certificates.right, **what}))
        )


def service_at(server: MailServer, /, **changed: str) -> smtp.Smtp:
    """The service with settings that fit the server, but for what is changed; what is changed to nothing is not set."""
    given = {
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(server.port),
        "SMTP_SECURITY": "tls"
        if server.is_implicit
        else "starttls"
        if server.certificate
        else "none",
        "SMTP_USER": USER,
        "SMTP_PASSWORD": CANARY,
        "SMTP_LIST": LIST,
    }
    service = connect("smtp", Settings({**given, **changed}, Path()))
    assert isinstance(service, smtp.Smtp)
    return service


def outgoing(audience: str = "", **email: Any) -> Outgoing:
    """An email on its way."""
    return Outgoing(
        email_of(**{"sender": "BioNews <news@example.org>", **email}),
        "BioNews 652",
        "[x]",
        audience,
    )


def failure(kind: type[ServiceError], action: Callable[[], object]) -> ServiceError:
    """The error of exactly this kind that an action ends with; there is no secret in it."""
    with pytest.raises(ServiceError) as caught:
        action()
    error = caught.value
    assert type(error) is kind, error
    shown = "".join(traceback.format_exception(error)) + str(error) + repr(error)
    assert not any(secret in shown for secret in SECRETS)
    return error


def header(message: Arrived, name: str) -> str:
    return str(email.message_from_bytes(message.content)[name])


def made_again(message: Arrived, given: Outgoing) -> bytes:
    """What message.py makes for the recipient, at the time in the message."""
    return to_message(
        given.email, message.people[0], parsedate_to_datetime(header(message, "Date"))
    )


# What arrives


@pytest.mark.parametrize("is_implicit", [False, True], ids=["starttls", "tls"])
def test_each_person_gets_a_message_of_their_own_byte_for_byte(
    start: Start, is_implicit: bool
) -> None:
    server, given = start(is_implicit=is_implicit), outgoing(subject="[Test] Ünïcode 🧬")
    service_at(server).send_test(given, PEOPLE)
    assert [message.people for message in server.arrived] == [(EDITOR,), (CHAIR,)]
    for message, person in zip(server.arrived, PEOPLE, strict=True):
        assert message.content == made_again(message, given)
        assert header(message, "To") == person
        assert (message.sender, message.login, message.was_encrypted) == (
            "news@example.org",
            USER,
            True,
        )
        assert header(message, "List-Unsubscribe") == "<https://a.org/unsubscribe>"
        assert b"List-Unsubscribe-Post" not in message.content
        assert abs(parsedate_to_datetime(header(message, "Date")) - datetime.now(UTC)) < timedelta(
            minutes=1
        )
    assert len({header(message, "Message-ID") for message in server.arrived}) == 2
    assert server.connections == 1


def test_what_a_mail_server_could_spoil_arrives_as_it_was(start: Start) -> None:
    server = start()
    text = ".\n..\n.dot\n\nFrom here\n" + "x" * 3000 + "\ntrailing \t\n"
    for content in (text, "é" * 5000 + "\n.\n", "\n.\n.\n", ""):
        given = outgoing(text=content, html=f"<p>\n.\n{content}</p>")
        service_at(server).send_test(given, [EDITOR])
        message = server.arrived[-1]
        assert message.content == made_again(message, given)
        plain, html = (
            part.get_payload(decode=True)
            for part in email.message_from_bytes(message.content).walk()
            if not part.is_multipart()
        )
        assert isinstance(plain, bytes)
        assert isinstance(html, bytes)
        assert plain.replace(b"\r\n", b"\n").decode() == content
        assert html.replace(b"\r\n", b"\n").decode() == given.html


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(subject=st.one_of(st.sampled_from(HOSTILE).map(str.strip), SUBJECTS), text=BODIES)
def test_any_subject_and_text_arrive_as_they_were_made(
    certificates: Certificates, subject: str, text: str
) -> None:
    given_ = outgoing(subject=subject, text=text, audience=LIST)
    with running(MailServer(wants_login=False)) as server:
        service_at(server, SMTP_USER="", SMTP_PASSWORD="").create(given_)
    (message,) = server.arrived
    assert message.people == (LIST,)
    assert message.content == made_again(message, given_)


def test_the_list_server_gets_one_message_and_its_id_is_told(start: Start) -> None:
    server, given = start(), outgoing(LIST)
    made = service_at(server).create(given)
    (message,) = server.arrived
    assert message.people == (LIST,)
    assert header(message, "To") == LIST
    assert header(message, "Message-ID") == f"<{made}>"
    assert message.content == made_again(message, given)


# Who gets it: all or nobody, and nobody else


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 no such user", Refused),
        ("450 4.2.0 try later", Unavailable),
        ("nonsense", Unavailable),
    ],
)
@pytest.mark.parametrize("refused", PEOPLE)
def test_nobody_gets_a_test_if_one_of_them_is_refused(
    start: Start, refused: str, answer: str, kind: type[ServiceError]
) -> None:
    server = start(at_rcpt={refused: answer})
    error = failure(kind, lambda: service_at(server).send_test(outgoing(), PEOPLE))
    assert refused in str(error)
    assert "DATA" not in server.commands
    assert server.arrived == []


@pytest.mark.parametrize(
    "person",
    [
        "a@example.org\r\nRCPT TO:<evil@example.org>", "a@example.org\nBcc: evil@example.org", "ä@example.org", "",
        "A\r\nBcc: evil@example.org\r\n <a@example.org>", "a@example.org, evil@example.org", "a@example.org\0",
        "a@example.org\r\n.\r\nMAIL FROM:<>", "a@example.org> <evil@example.org", "evil",
    ],
)  # fmt: skip
def test_an_address_cannot_bring_others_with_it(start: Start, person: str) -> None:
    server = start()
    failure(Refused, lambda: service_at(server).send_test(outgoing(), [EDITOR, person]))
    if person and ", " not in person:
        failure(Refused, lambda: service_at(server, SMTP_LIST=person.replace("\0", "\1")))
    assert server.connections == 0


def test_a_test_for_nobody_reaches_nobody(start: Start, newsletter: Newsletter) -> None:
    server = start()
    service_at(server).send_test(outgoing(), [])
    assert "DATA" not in server.commands
    with pytest.raises(HandoverError):
        send_test_of(newsletter.first.galley, smtp.PROFILE, service_at(server), [])
    assert server.arrived == []


@pytest.mark.parametrize(
    "people", [[LIST], ["editor@example.org", LIST.upper()], [f"Readers <{LIST}>"]]
)
def test_a_test_does_not_reach_the_list_server(start: Start, people: list[str]) -> None:
    server = start()
    with pytest.raises(Refused, match="which sends to all readers"):
        service_at(server).send_test(outgoing(), people)
    assert server.arrived == []


def test_a_test_send_of_an_issue_is_marked_and_has_the_publications_own_addresses(
    start: Start, newsletter: Newsletter
) -> None:
    server = start()
    sent = send_test_of(newsletter.first.galley, smtp.PROFILE, service_at(server), PEOPLE)
    assert sent.subject == f"[Test] {newsletter.first.email.subject}"
    assert newsletter.first.email.issue.publication.unsubscribe in sent.html
    assert newsletter.first.email.issue.publication.unsubscribe in sent.text
    assert [message.content for message in server.arrived] == [
        made_again(message, sent) for message in server.arrived
    ]
    assert len(server.arrived) == 2
    assert not newsletter.record.folder.exists()


def test_a_test_has_its_pictures_inside_and_what_readers_get_does_not(start: Start) -> None:
    server = start()
    picture = File(
        name="lab-3f9a61c2.jpg",
        address="https://a.org/p/652/lab-3f9a61c2.jpg",
        media_type="image/jpeg",
        content=b"\xff\xd8\xff\r\n.\r\n" + bytes(range(256)) * 400,
        source="images/lab.jpg",
    )
    shown = email_of(html=f'<img src="{picture.address}" alt="">\n')
    pictured = replace(outgoing(LIST), email=shown.model_copy(update={"files": (picture,)}))
    service = service_at(server)
    service.send_test(pictured, [EDITOR])
    service.create(pictured)

    test, mailing = [email.message_from_bytes(sent.content) for sent in server.arrived]
    html, inside = list(test.walk())[-2:]
    assert inside.get_payload(decode=True) == picture.content
    assert f"cid:{inside['Content-ID'][1:-1]}".encode() in html.get_payload(decode=True)
    assert [part.get_content_type() for part in mailing.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.parametrize("audience", ["", EDITOR, LIST.upper()])
def test_another_address_than_the_one_that_is_set_gets_nothing(start: Start, audience: str) -> None:
    server = start()
    assert LIST in str(failure(Refused, lambda: service_at(server).create(outgoing(audience))))
    failure(Refused, lambda: service_at(server, SMTP_LIST="").create(outgoing("")))
    assert server.connections == 0


# The formats of an issue, each to a list of its own


def test_each_format_goes_to_its_own_list(start: Start) -> None:
    server = start()
    service = service_at(server, SMTP_LIST=f"{LIST}, {OTHER_LIST}")
    ids = [service.create(outgoing(audience)) for audience in (LIST, OTHER_LIST)]
    assert [message.people for message in server.arrived] == [(LIST,), (OTHER_LIST,)]
    assert ids == [header(message, "Message-ID")[1:-1] for message in server.arrived]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    "audience", ["", f"{LIST}, {OTHER_LIST}", "bionews-text@lists.example.org"]
)
def test_a_format_without_a_list_of_its_own_gets_nowhere(start: Start, audience: str) -> None:
    server = start()
    service = service_at(server, SMTP_LIST=f"{LIST}, {OTHER_LIST}")
    error = failure(Refused, lambda: service.create(outgoing(audience)))
    assert f"is not in SMTP_LIST, which has {LIST}, {OTHER_LIST}." in str(error)
    assert server.connections == 0


@pytest.mark.parametrize("person", [LIST, OTHER_LIST.upper()])
def test_a_test_reaches_none_of_the_lists(start: Start, person: str) -> None:
    server = start()
    service = service_at(server, SMTP_LIST=f"{LIST}, {OTHER_LIST}")
    with pytest.raises(Refused, match="which sends to all readers"):
        service.send_test(outgoing(), [EDITOR, person])
    assert server.connections == 0


@pytest.mark.parametrize("audience", ["", LIST])
def test_a_text_alone_is_a_message_of_one_part(start: Start, audience: str) -> None:
    server, given_ = start(), outgoing(audience, text="Ünï\n.\nFrom me\n", html="")
    service = service_at(server)
    if audience:
        service.create(given_)
    else:
        service.send_test(given_, PEOPLE)
    assert len(server.arrived) == (1 if audience else 2)
    for message in server.arrived:
        arrived = email.message_from_bytes(message.content, policy=email.policy.default)
        assert arrived.get_content_type() == "text/plain"
        assert arrived.get_content() == given_.text
        assert message.content == made_again(message, given_)


# Before credentials are shown


@pytest.mark.parametrize("wants_login", [False, True])
def test_a_server_without_encryption_gets_no_credentials(start: Start, wants_login: bool) -> None:
    server = start(certificate=None, wants_login=wants_login)
    service = service_at(server, SMTP_SECURITY="starttls")
    for action in (service.account, lambda: service.create(outgoing(LIST))):
        assert "STARTTLS" in str(failure(Refused, action))
    assert server.connections == 2
    assert server.commands == []


@pytest.mark.parametrize("is_implicit", [False, True], ids=["starttls", "tls"])
@pytest.mark.parametrize("fault", ["untrusted", "of another host"])
def test_a_server_that_may_be_another_gets_no_credentials(
    start: Start,
    certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
    is_implicit: bool,
    fault: str,
) -> None:
    if fault == "untrusted":
        monkeypatch.delenv("SSL_CERT_FILE")
        server = start(is_implicit=is_implicit)
    else:
        server = start(is_implicit=is_implicit, certificate=certificates.other)
    service = service_at(server)
    for action in (service.account, lambda: service.create(outgoing(LIST))):
        assert "Nothing was sent" in str(failure(Unavailable, action))
    assert server.commands == []


def test_a_certificate_holds_for_the_host_by_whatever_name_it_is_called(start: Start) -> None:
    server = start()
    assert service_at(server, SMTP_HOST="localhost").account() == "sender@localhost (starttls)"


def test_encryption_from_the_beginning_with_a_server_that_begins_without(start: Start) -> None:
    server = start()
    failure(Unavailable, service_at(server, SMTP_SECURITY="tls").account)
    assert server.commands == []


# Credentials


def test_the_account_is_the_login_and_the_server(start: Start) -> None:
    assert service_at(start()).account() == "sender@127.0.0.1 (starttls)"
    assert service_at(start(is_implicit=True)).account() == "sender@127.0.0.1 (tls)"
    server = start(certificate=None, wants_login=False)
    assert service_at(server, SMTP_USER="", SMTP_PASSWORD="").account() == "127.0.0.1 (none)"


def test_this_computers_own_server_may_want_a_login_without_encryption(start: Start) -> None:
    server = start(certificate=None)
    service_at(server).send_test(outgoing(), [EDITOR])
    (message,) = server.arrived
    assert (message.login, message.was_encrypted) == (USER, False)


def test_a_server_that_wants_a_login_says_so(start: Start) -> None:
    server = start()
    service = service_at(server, SMTP_USER="", SMTP_PASSWORD="")
    assert "SMTP_USER" in str(failure(NotAuthorised, lambda: service.create(outgoing(LIST))))
    assert server.arrived == []


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("535 5.7.8 wrong", NotAuthorised),
        ("535 5.7.8 {password} is wrong, {coded} is too, and {plain}", NotAuthorised),
        ("454 4.7.0 later, {password}", Unavailable),
        ("421 4.7.0 later, {plain}", Unavailable),
        ("334 no challenge", Refused),
        ("{password}", Unavailable),
    ],
)
def test_a_wrong_password_is_told_and_never_shown(
    start: Start, says: str, kind: type[ServiceError]
) -> None:
    server = start(at_login=says)
    wrong = f"{CANARY}-of-last-year"
    coded = [base64.b64encode(text.encode()).decode() for text in (wrong, f"\0{USER}\0{wrong}")]
    for action in (
        service_at(server, SMTP_PASSWORD=wrong).account,
        lambda: service_at(server, SMTP_PASSWORD=wrong).create(outgoing(LIST)),
    ):
        error = failure(kind, action)
        assert not any(secret in str(error) for secret in coded)
    assert server.arrived == []


def test_a_server_that_knows_no_login_is_not_sent_one(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start()
    ehlo = smtplib.SMTP.ehlo

    def without_auth(self: smtplib.SMTP, name: str = "") -> tuple[int, bytes]:
        answer = ehlo(self, name)
        self.esmtp_features.pop("auth", None)
        return answer

    monkeypatch.setattr(smtplib.SMTP, "ehlo", without_auth)
    assert "SMTP_USER" in str(failure(Refused, service_at(server).account))
    assert "AUTH" not in server.commands


def test_no_secret_is_in_what_is_printed_of_the_service(start: Start) -> None:
    service = service_at(start())
    assert CANARY not in f"{service!r} {vars(service)!r} {smtp.PROFILE!r}"


# When something breaks


@pytest.mark.parametrize("happens", ["drop", "silence", "nonsense", "99 what", "777 what"])
def test_after_the_message_was_given_it_is_not_known_whether_it_went_out(
    start: Start, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    monkeypatch.setattr(mail_session, "_TIMEOUT", 0.5)
    server = start(at_data={LIST: happens})
    error = failure(Uncertain, lambda: service_at(server).create(outgoing(LIST)))
    assert LIST in str(error)
    assert len(server.arrived) == 1


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("552 too large", Refused),
        ("451 try later", Unavailable),
        ("421 shutting down", Unavailable),
    ],
)
def test_a_message_that_the_server_does_not_take_was_not_sent(
    start: Start, says: str, kind: type[ServiceError]
) -> None:
    server = start(at_data={LIST: says})
    error = failure(kind, lambda: service_at(server).create(outgoing(LIST)))
    assert says.partition(" ")[2] in str(error)
    assert server.arrived == []


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("554 no", Refused),
        ("451 later", Unavailable),
        ("250 OK", Unavailable),
        ("nonsense", Unavailable),
    ],
)
def test_a_server_that_does_not_wait_for_the_message_has_not_sent_it(
    start: Start, says: str, kind: type[ServiceError]
) -> None:
    server = start(before_data=says)
    failure(kind, lambda: service_at(server).create(outgoing(LIST)))
    assert server.arrived == []


@pytest.mark.parametrize("happens", ["drop", "silence"])
def test_a_connection_that_breaks_before_the_message_sends_nothing(
    start: Start, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    monkeypatch.setattr(mail_session, "_TIMEOUT", 0.5)
    server = start(at_rcpt={LIST: happens})
    failure(Unavailable, lambda: service_at(server).create(outgoing(LIST)))
    assert server.arrived == []


def test_a_message_that_was_broken_off_is_not_sent(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(self: smtplib.SMTP, message: bytes) -> tuple[int, bytes]:
        self.docmd("DATA")
        self.send(message[: len(message) // 2])
        raise KeyboardInterrupt

    server = start()
    with monkeypatch.context() as patch:
        patch.setattr(smtplib.SMTP, "data", half)
        with pytest.raises(KeyboardInterrupt):
            service_at(server).create(outgoing(LIST))
    service_at(server).create(outgoing(LIST))
    assert len(server.arrived) == 1


def test_an_error_half_way_says_who_did_not_get_the_test_and_who_has_it(start: Start) -> None:
    board = "board@example.org"
    server = start(at_data={board: "552 full"})
    people = [EDITOR, CHAIR, board, "press@example.org"]
    error = failure(Refused, lambda: service_at(server).send_test(outgoing(), people))
    assert (
        f"It did not take the message for {board} (552: full). Already sent to {EDITOR}, {CHAIR}."
        in str(error)
    )
    assert "press@example.org" not in str(error)
    assert [message.people for message in server.arrived] == [(EDITOR,), (CHAIR,)]


@pytest.mark.parametrize("fault", [{"at_data": {CHAIR: "drop"}}, {"at_data": {CHAIR: "451 later"}}])
def test_so_does_a_connection_that_breaks_or_a_server_that_is_busy(
    start: Start, fault: dict[str, Any]
) -> None:
    server = start(**fault)
    with pytest.raises(ServiceError, match=f"Already sent to {EDITOR}"):
        service_at(server).send_test(outgoing(), [EDITOR, CHAIR])


def test_where_nobody_has_it_nobody_is_named(start: Start) -> None:
    server = start(at_data={EDITOR: "552 full"})
    error = failure(Refused, lambda: service_at(server).send_test(outgoing(), [EDITOR, CHAIR]))
    assert "already" not in str(error)


def test_what_a_list_server_may_do_is_said() -> None:
    notes = " ".join(smtp.PROFILE.notes)
    assert "may hold the message until a moderator approves it" in notes
    assert "Empty the footer of the list" in notes


@pytest.mark.parametrize("host", [HOST, "no such host.example.org", "a..b", "x" * 300])
def test_a_server_that_is_not_there(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if host != HOST:
        monkeypatch.setattr(socket, "getaddrinfo", _nowhere)
    with socket.socket() as taken:  # bound, and not listening
        taken.bind((HOST, 0))
        server = MailServer(certificate=Path(), port=taken.getsockname()[1])
        failure(Unavailable, service_at(server, SMTP_HOST=host).account)


def _nowhere(host: str, *_: object, **__: object) -> None:
    host.encode("idna")
    raise socket.gaierror(-2, "Name or service not known")


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (b"554 go away\r\n", Refused),
        (b"421 busy\r\n", Unavailable),
        (b"HTTP/1.1 400 no\r\n", Unavailable),
        (b"\xff\xfe\r\n", Unavailable),
        (b"220 " + b"x" * 9000 + b"\r\n", Refused),
        (b"", Unavailable),
    ],
)
def test_a_greeting_that_is_none(
    greeting: bytes, kind: type[ServiceError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_session, "_TIMEOUT", 0.5)
    with socket.create_server((HOST, 0)) as listening:

        def greet() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(greeting)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1000):
                    pass

        thread = threading.Thread(target=greet)
        thread.start()
        server = MailServer(certificate=Path(), port=listening.getsockname()[1])
        failure(kind, service_at(server).account)
        thread.join()


# Settings


@pytest.mark.parametrize(
    ("changed", "kind", "named"),
    [
        ({"SMTP_SECURITY": "ssl"}, Refused, "SMTP_SECURITY"),
        ({"SMTP_SECURITY": "none", "SMTP_HOST": "mail.example.org"}, Refused, "SMTP_SECURITY"),
        ({"SMTP_SECURITY": "none", "SMTP_HOST": "127.0.0.1.example.org"}, Refused, "SMTP_SECURITY"),
        ({"SMTP_PORT": "smtp"}, Refused, "SMTP_PORT"),
        ({"SMTP_PORT": "0"}, Refused, "SMTP_PORT"),
        ({"SMTP_PORT": "65536"}, Refused, "SMTP_PORT"),
        ({"SMTP_PORT": "-1"}, Refused, "SMTP_PORT"),
        ({"SMTP_USER": ""}, NotAuthorised, "SMTP_USER is not set"),
        ({"SMTP_PASSWORD": ""}, NotAuthorised, "SMTP_PASSWORD is not set"),
        ({"SMTP_PASSWORD": f"ä{CANARY}"}, NotAuthorised, "SMTP_PASSWORD"),
        ({"SMTP_HOST": ""}, NotAuthorised, "SMTP_HOST is not set"),
        ({"SMTP_LIST": "no address"}, Refused, "no address"),
    ],
)
def test_settings_that_cannot_be_meant(
    changed: dict[str, str], kind: type[ServiceError], named: str
) -> None:
    error = failure(kind, lambda: service_at(MailServer(certificate=Path(), port=587), **changed))
    assert named in str(error)


@pytest.mark.parametrize(
    ("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25), ("TLS", 465), ("", 587)]
)
def test_the_port_is_the_usual_one_if_none_is_set(
    security: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def note(address: tuple[str, int], *_: object, **__: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", note)
    failure(Unavailable, service_at(MailServer(), SMTP_SECURITY=security, SMTP_PORT="").account)
    assert tried == [(HOST, port)]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_computer_needs_no_encryption(host: str) -> None:
    service_at(MailServer(port=25), SMTP_HOST=host, SMTP_SECURITY="none")


@pytest.mark.parametrize("written", [f"{LIST},{OTHER_LIST}", f" {LIST} , {OTHER_LIST}, "])
def test_each_list_is_an_audience(written: str) -> None:
    service = service_at(MailServer(port=25), SMTP_LIST=written)
    assert service.audiences() == [Audience(LIST, LIST), Audience(OTHER_LIST, OTHER_LIST)]


@pytest.mark.parametrize("written", [f"{LIST} {OTHER_LIST}", f"{LIST};{OTHER_LIST}", f"{LIST},x"])
def test_lists_have_commas_between_them_and_each_is_an_address(written: str) -> None:
    failure(Refused, lambda: service_at(MailServer(port=25), SMTP_LIST=written))


def test_the_audience_is_the_list_server_if_one_is_set() -> None:
    assert service_at(MailServer(port=25)).audiences() == [Audience(LIST, LIST)]
    assert service_at(MailServer(port=25), SMTP_LIST="").audiences() == []


def test_what_it_cannot_do_is_unsupported() -> None:
    service, at = service_at(MailServer(port=25)), datetime.now(UTC)
    assert smtp.PROFILE.can.isdisjoint(
        {Capability.DRAFT, Capability.UPDATE, Capability.READ_BACK, Capability.SCHEDULE}
    )
    for action in (
        lambda: service.find("[x]"),
        lambda: service.read("1"),
        lambda: service.update("1", outgoing()),
        lambda: service.schedule("1", at),
        lambda: service.unschedule("1"),
    ):
        failure(Unsupported, action)


def test_a_command_that_sends_nothing_does_not_load_what_sends() -> None:
    program = "import sys, newsletter.services.adapters.smtp, newsletter.services.adapters.folder; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    ).stdout.split()
    assert {"httpx", "smtplib", "zipfile", "ssl"}.isdisjoint(loaded)


# Handing over


def destination_at(server: MailServer) -> Destination:
    service = service_at(server)
    archive = httpx.MockTransport(lambda _: httpx.Response(200))
    audience = service.audiences()[0]
    profile = profile_of("smtp")
    return Destination("smtp", profile, service, service.account(), audience, "smtp", archive)


def hand(
    newsletter: Newsletter,
    server: MailServer,
    report: Report,
    plans: list[HandoverPlan] | None = None,
) -> Draft:
    """Hand a version over, and note what the editor was asked."""
    destination = destination_at(server)
    confirm = (plans if plans is not None else []).append
    (draft,) = hand_over(report, [destination], by="a test", confirm=confirm)
    return draft


def test_an_issue_is_sent_once_however_often_it_is_handed_over(
    start: Start, newsletter: Newsletter
) -> None:
    server, plans = start(), list[HandoverPlan]()
    first = hand(newsletter, server, newsletter.first, plans)
    assert (first.state, first.subject) == ("done", newsletter.first.email.subject)
    assert [plan.steps[0].does for plan in plans] == ["send"]
    (message,) = server.arrived
    assert message.people == (LIST,)
    assert message.content == made_again(message, plans[0].outgoing)
    assert header(message, "Message-ID") == f"<{first.campaign}>"
    assert hand(newsletter, server, newsletter.first, plans) == first
    assert len(plans) == len(server.arrived) == 1
    kept = b"".join(path.read_bytes() for path in newsletter.record.folder.iterdir())
    assert not any(secret.encode() in kept for secret in SECRETS)


def test_what_was_sent_is_not_sent_again_after_a_change(
    start: Start, newsletter: Newsletter
) -> None:
    server = start()
    first = hand(newsletter, server, newsletter.first)
    with pytest.raises(HandoverError, match="already sent"):
        hand(newsletter, server, newsletter.second)
    assert len(server.arrived) == 1
    assert newsletter.record.read() == first


@pytest.mark.parametrize("happens", ["drop", "silence"])
def test_what_may_have_been_sent_is_not_sent_again(
    start: Start, newsletter: Newsletter, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    monkeypatch.setattr(mail_session, "_TIMEOUT", 0.5)
    server = start(at_data={LIST: happens})
    failure(Uncertain, lambda: hand(newsletter, server, newsletter.first))
    server.at_data.clear()
    for report in (newsletter.first, newsletter.second):
        with pytest.raises(HandoverError, match=re.escape(LIST)):
            hand(newsletter, server, report)
    assert len(server.arrived) == 1


@pytest.mark.parametrize(
    "fault",
    [{"at_rcpt": {LIST: "550 no"}}, {"at_rcpt": {LIST: "drop"}}, {"at_data": {LIST: "554 no"}}],
)
def test_what_was_not_sent_can_be_sent(
    start: Start, newsletter: Newsletter, fault: dict[str, dict[str, str]]
) -> None:
    server = start(**fault)
    with pytest.raises((Refused, Unavailable)):
        hand(newsletter, server, newsletter.first)
    assert newsletter.record.read() is None
    server.at_rcpt, server.at_data = {}, {}
    assert hand(newsletter, server, newsletter.first).state == "done"
    assert len(server.arrived) == 1


def test_an_editor_who_says_no_has_sent_nothing(start: Start, newsletter: Newsletter) -> None:
    server = start()

    def no(_: HandoverPlan) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hand_over(newsletter.first, [destination_at(server)], by="a test", confirm=no)
    assert newsletter.record.read() is None
    assert server.arrived == []
