"""A link works for the person who copied it, but not for readers.

What it does: looks at the address of every link. An error is an address that no reader can reach:
the editing pages of a website (wp-admin), somebody's own mailbox or account, a host on an internal
network (https://intranet/), a library's proxy for its members, and an address that begins twice
(https://https://…). A warning is one that readers may not reach, or only by a detour: an address
wrapped by a mail filter, a search engine or a mailing service, the editing page of a shared
document, a preview of a page, somebody's own folder on SharePoint, and an address that was cut
short ("…"). If a wrapped address contains the page's own, the message gives it.

Why it matters: a link from your own email or browser works at your own desk, so nobody notices. A
wrapped address often contains the email address of whoever received it, counts every reader as that
one person, and may die with the service that made it:
https://learn.microsoft.com/en-us/defender-office-365/safe-links-about

Wrong:

```yaml item
title: A story whose address came from an email
url: https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.bionews.org.uk%2Fpage_100009
teaser: The address was copied from a page of search results, and so it leads to the search engine
  first...
```

Right:

```yaml item
title: A story whose address came from an email
url: https://www.bionews.org.uk/page_100009
teaser: The address was copied from the page itself, and so it leads straight to the page for every
  reader...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.model.addresses import as_written
from newsletter.text.printable import LONGEST_ADDRESS, printable
from newsletter.text.wrapped_links import BY_LIBRARY, Wrapped, unwrap

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "email"
_LONGEST_HINT = 400
"""Characters of an address for the editor to copy."""
_HOST = r"https?://(?:www\.)?"
_END = r"(?=[/?#]|:[0-9]|$)"
_RESERVED = "(?:localhost|test|example|invalid)"
"""Names for tests, which belong to the rule placeholder."""


class _Fault(NamedTuple):
    """What is wrong with an address, and what to do."""

    severity: Severity
    message: str
    hint: str


def _fault(severity: Severity, address: str, message: str, hint: str) -> _Entry:
    """Return an entry of the table below: the addresses with a fault, and the fault."""
    pattern = re.compile(address, re.IGNORECASE)
    return pattern, _Fault(severity, message, hint)


_Entry = tuple[re.Pattern[str], _Fault]


_OWN_ACCOUNT = (
    r"mail\.google\.com/mail|outlook\.(?:live|office|office365)\.com/(?:mail|owa)|mail\.yahoo\.com/d"
    r"|drive\.google\.com/drive/(?:u/\d+/)?my-drive|dropbox\.com/home"
    r"|[\w-]+\.admin\.mailchimp\.com|app\.(?:brevo|mailjet|sendgrid|hubspot|mailerlite)\.com"
)
_DOCUMENT = (
    r"docs\.google\.com/(?:a/[\w.-]+/)?(?:document|spreadsheets|presentation|drawings)/"
    r"(?:u/\d+/)?d/[^/]+/edit"
)
_FORM = r"docs\.google\.com/forms/(?:u/\d+/)?d/[^/]+/edit"
_INTERNAL = r"(?:[a-z][\w-]*|[\w.-]+\.(?:local|lan|corp|internal|intranet))"
"""A host without a dot, or under a name that is not for the web."""
_CUT_SHORT = r"https?://(?![\w.-]*\bwiki)(?:.*…|.*/\.{3}/|.*[^.]\.{3}$)"
"""Titles in a wiki may end in three dots, and so do the addresses of their pages."""

_FAULTS = (
    _fault(
        "error",
        rf"{_HOST}[^?#]*/(?:wp-admin|node/\d+/edit){_END}",
        "leads to the pages where its website is edited.",
        "Open the published page, and write its address.",
    ),
    _fault(
        "error",
        rf"{_HOST}(?:{_OWN_ACCOUNT}){_END}",
        "leads everyone to an account of their own, not to what you see there.",
        "Write the address of a page on the web.",
    ),
    _fault(
        "error",
        rf"https?://(?!{_RESERVED}{_END}){_INTERNAL}{_END}",
        "leads into an internal network, which readers cannot reach.",
        "Write the address of a page on the web.",
    ),
    _fault(
        "warning",
        rf"{_HOST}{_FORM}",
        "leads to where the form is edited, not to where it is filled in.",
        "Press 'Send' in the form, and write the link that is shown.",
    ),
    _fault(
        "warning",
        rf"{_HOST}{_DOCUMENT}",
        "leads to where the document is edited.",
        "Choose 'Publish to web' in its File menu, and write the address that is shown.",
    ),
    _fault(
        "warning",
        r"https?://[\w-]+-my\.sharepoint\.com/",
        "leads to somebody's own folder, which readers may not open.",
        "Put the document on the web, or make sure that people who are not signed in can open it.",
    ),
    _fault(
        "warning",
        rf"https?://intranet\.[\w.-]+{_END}",
        "leads to an intranet, which readers may not reach.",
        "Make sure that it opens outside that network, or write another address.",
    ),
    _fault(
        "warning",
        r"https?://[^?#]*\?(?:[^#]*&)?preview=true(?=[&#]|$)",
        "leads to a preview, which readers may not see.",
        "Open the published page, and write its address.",
    ),
    _fault(
        "warning",
        _CUT_SHORT,
        "appears to be cut short.",
        "Open the page, and copy its address from the browser.",
    ),
)
_TWICE = re.compile(r"https?://(?=https?:?/)", re.IGNORECASE)
_BROKEN_SCHEME = re.compile(r"^(https?):?/{1,2}", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each link that works only for an editor."""
    for link in galley.links:
        address = as_written(galley.issue, link.address)
        fault = _fault_of(address)
        if fault:
            readable = unquote(address)
            quoted = printable(readable, LONGEST_ADDRESS)
            message = f"The link '{quoted}' {fault.message}"
            place = galley.where(link.element, address)
            yield place.finding(fault.severity, message, fault.hint)


def _fault_of(address: str) -> _Fault | None:
    """Return what is wrong with an address; None if it is sound."""
    twice = _TWICE.match(address)
    if twice:
        return _begins_twice(address[twice.end() :])

    wrapped = unwrap(address)
    if wrapped:
        return _is_wrapped(wrapped)

    readable = unquote(address)
    for pattern, fault in _FAULTS:
        if pattern.match(readable):
            return fault
    return None


def _begins_twice(rest: str) -> _Fault:
    own_address = _BROKEN_SCHEME.sub(r"\1://", rest)
    quoted = printable(own_address, _LONGEST_HINT)
    return _Fault("error", "begins twice.", f"Write {quoted}")


def _is_wrapped(wrapped: Wrapped) -> _Fault:
    severity: Severity = "error" if wrapped.by == BY_LIBRARY else "warning"
    if wrapped.target:
        target = printable(wrapped.target, _LONGEST_HINT)
        hint = f"Write the page's own address: {target}"
    else:
        hint = "Open it in a browser, and write the address of the page that appears."
    return _Fault(severity, f"goes through {wrapped.by}.", hint)
