"""Whether an issue's pages in the archive are on the web, where its email sends readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsletter.checks.serving import MEANINGS, is_offline
from newsletter.checks.web import Answer, Fetched, Outcome, fetch
from newsletter.model import Finding, Severity
from newsletter.model.addresses import path_in_archive, web_version
from newsletter.text.printable import LONGEST_ADDRESS, printable

if TYPE_CHECKING:
    import httpx

    from newsletter.checks.galley import Galley
    from newsletter.model import Issue

RULE = "page-not-published"
_BEGINNING = 20_000
"""Bytes of a page that are read: its head is in them, and says which page it is."""
_READERS_MAY_SEE_IT: tuple[Outcome, ...] = ("closed", "unknown issuer")
"""The page may be there, and only this program does not get it."""
_CANONICAL = re.compile(
    rb"""<link\b(?=[^>]*\brel\s*=\s*["']?canonical\b)[^>]*\bhref\s*=\s*["']?([^"'\s>]+)""",
    re.IGNORECASE,
)
"""Where a page says that its own address is (RFC 6596)."""


def pages_of(galleys: Iterable[Galley], *, without_web_version: bool) -> list[str]:
    """Return the pages of an issue in the archive that its formats lead to, each once.

    The link to the web version leads to a page of the mailing service ``without_web_version``.
    """
    pages: dict[str, None] = {}
    for galley in galleys:
        own = web_version(galley.issue)
        for link in galley.links:
            is_service_page = without_web_version and link.address == own
            if link.address.startswith(own) and not is_service_page:
                pages[link.page] = None
    return list(pages)


def asked(pages: Iterable[str], transport: httpx.BaseTransport | None = None) -> dict[str, Fetched]:
    """Return what is on the web at each address: the beginning of each page.

    Without a ``transport``, they are asked for over the network.
    """
    sizes = dict.fromkeys(pages, _BEGINNING)
    return dict(fetch(sizes, transport=transport)) if sizes else {}


def unpublished(galley: Galley, found: Mapping[str, Fetched], hint: str) -> Iterator[Finding]:
    """Yield a finding for each page that readers would not get, or one if no host was reached.

    It is an error, unless the page may be there for readers and only this program does not get it.
    ``hint`` says what to do.
    """
    place = galley.manuscript.place(galley.issue.publication, "archive")
    if is_offline(found):
        message = "It is not known whether the archive has the pages that the email leads to"
        hint = "Try again when you are online. If you are online now, correct this address."
        yield place.error(f"{message}: there is no connection to it.", hint)
        return

    for address, page in found.items():
        fault = _fault(galley.issue, address, page)
        if not fault:
            continue

        shortened = printable(address, LONGEST_ADDRESS)
        message = f"The page '{shortened}' {fault}."
        yield place.finding(_severity(page.answer), message, hint)


def how_to_publish(galley: Galley) -> str:
    """Return what to do about pages that are not on the web yet."""
    is_draft = galley.issue.date > galley.today
    command = "newsletter archive --drafts" if is_draft else "newsletter archive"
    return (
        f"Publish the archive first: {command}, then upload what public/.archive/changes.txt lists,"
        " or let --to do it. If another program makes it, publish the issue there."
    )


def _severity(answer: Answer) -> Severity:
    """Return how serious it is if a page is answered so."""
    if answer.outcome in _READERS_MAY_SEE_IT and not _is_fault_of_server(answer):
        return "info"
    return "error"


def _is_fault_of_server(answer: Answer) -> bool:
    return answer.outcome == "closed" and answer.detail >= "500"


def _fault(issue: Issue, address: str, page: Fetched) -> str:
    """Return what is wrong with a page; empty if it is there."""
    answer = page.answer
    if _is_fault_of_server(answer):
        return f"cannot be read (the server says {answer.detail})"
    if answer.outcome != "found":
        _, meaning = MEANINGS[answer.outcome]
        return meaning.format(answer.detail)

    if _host(page.address) != _host(address):
        return f"leads away, to {printable(page.address, LONGEST_ADDRESS)}"

    other = _other_issue(issue, page)
    return f"is that of issue {other}" if other else ""


def _host(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")


def _other_issue(issue: Issue, page: Fetched) -> str:
    """Return the number of the issue that a page belongs to, if it is another one."""
    for address in (page.address, _own_address(page)):
        path = path_in_archive(issue.publication, address) or ""
        number, _, _ = path.partition("/")
        if number[:1].isdigit() and number != issue.number:
            return printable(number)
    return ""


def _own_address(page: Fetched) -> str:
    """Return the address that a page says is its own; empty if it says none."""
    written = _CANONICAL.search(page.content)
    if written is None:
        return ""
    address: str = urljoin(page.address, written[1].decode("utf-8", "replace"))
    return address
