"""A galley: a rendered issue, laid out for the checks with everything that they need to know.

A typesetter's galley is the first print, which is read and corrected before the pages are made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email import message_from_string
from email.message import Message
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from newsletter.checks.back_issues import BackIssue, back_issues_in
from newsletter.checks.links import Link, links_in_text
from newsletter.email.building import theme_of
from newsletter.email.digests import issue_digest
from newsletter.email.merge_tags import own_email
from newsletter.email.message import to_message
from newsletter.email.rendering import render
from newsletter.manifest import IssueFolder, Manuscript, read_manuscript
from newsletter.model import Email, File, Issue, Item, Place
from newsletter.model.addresses import web_version
from newsletter.pictures.preparing import Pictures, prepare
from newsletter.text.hosts import host_of
from newsletter.theme import Theme
from newsletter.theme.folder import TEMPLATE, TEXT_TEMPLATE
from newsletter.theme.searching import line_with

if TYPE_CHECKING:
    from newsletter.markup import Document, Hyperlink, Image

BACK_ISSUES = 25
"""How many earlier issues the checks read."""
_OF_PUBLICATION = {
    "from": "from",
    "message-id": "from",
    "list-id": "from",
    "to": "name",
    "reply-to": "reply_to",
    "list-unsubscribe": "unsubscribe",
}
"""From a header of the message to the field of the publication that it is made from."""


@dataclass(frozen=True, eq=False)
class Galley:
    """The email of an issue, with neutral merge tags, and what it was made from."""

    manuscript: Manuscript
    theme: Theme = field(repr=False)
    email: Email = field(repr=False)
    pictures: Pictures = field(repr=False)
    today: date
    """Today, where the publication lives."""
    others: tuple[Galley, ...] = ()
    """The same issue in the other formats of the publication, if this is its leading one."""

    @property
    def every_format(self) -> tuple[Galley, ...]:
        """Return the issue in all formats, this one first."""
        return (self, *self.others)

    @cached_property
    def issue_digest(self) -> str:
        """The SHA-256 of all that an approval is about, in every format of the issue."""
        return issue_digest([galley.email for galley in self.every_format])

    @property
    def issue(self) -> Issue:
        """The issue that was rendered."""
        return self.manuscript.issue

    @property
    def folder(self) -> IssueFolder:
        """The folder of the issue."""
        return self.manuscript.folder

    @property
    def has_html(self) -> bool:
        """Whether the email has an HTML part."""
        return self.email.format.has_html

    @property
    def has_titles_alone(self) -> bool:
        """Whether no format of the issue shows more of an item than its title."""
        return all(each.email.format.shows == "headlines" for each in self.every_format)

    @property
    def files(self) -> tuple[File, ...]:
        """The files that the issue shows or links to in any of its formats, each once."""
        files = {file.address: file for each in self.every_format for file in each.email.files}
        return tuple(files.values())

    @cached_property
    def sent(self) -> Email:
        """The email as ``newsletter build`` writes it, with the publication's own merge values."""
        return own_email(self.email)

    @cached_property
    def document(self) -> Document:
        """The HTML of ``sent``, parsed."""
        # An HTML parser and a CSS parser: a twentieth of a second.
        from newsletter.markup import parse

        return parse(self.sent.html)

    @cached_property
    def message(self) -> bytes:
        """The raw message of ``sent`` (RFC 5322)."""
        return to_message(self.sent)

    @cached_property
    def headers(self) -> Message:
        """The headers of ``message``."""
        head, _, _ = self.message.partition(b"\r\n\r\n")
        return message_from_string(head.decode("latin-1"))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of ``sent``."""
        if self.has_html:
            links = self.document.links
            return tuple(Link(link.address, link.text, link.element) for link in links)
        return tuple(links_in_text(self.sent.text))

    @cached_property
    def links_elsewhere(self) -> tuple[Link, ...]:
        """The links to the web, but for what is online only once the issue is out."""
        own_page = web_version(self.issue)
        return tuple(
            link
            for link in self.links
            if self._is_elsewhere(link.address) and not link.address.startswith(own_page)
        )

    @cached_property
    def images_elsewhere(self) -> tuple[Image, ...]:
        """The images on the web that are not the issue's own files."""
        return tuple(each for each in self.document.images if self._is_elsewhere(each.address))

    def _is_elsewhere(self, address: str) -> bool:
        own = {file.address for file in self.email.files}
        return _has_host(address) and address not in own

    # Other issues

    @cached_property
    def earlier(self) -> tuple[IssueFolder, ...]:
        """The folders of the last 25 issues before this one, newest first.

        Only folders named by a number count.
        """
        before = self.folder.project.before(self.folder.name)
        return tuple(islice(before, BACK_ISSUES))

    @cached_property
    def is_newest(self) -> bool:
        """Whether no issue has a higher number."""
        newest_first = self.folder.project.newest_first()
        newest = next(newest_first, self.folder)
        return newest.name == self.folder.name

    @cached_property
    def back_issues(self) -> tuple[BackIssue, ...]:
        """The last 25 issues before this one, newest first, without those that cannot be read."""
        issues = self.folder.project.issues
        folders = [folder.path for folder in self.earlier]
        return back_issues_in(issues).read(folders)

    # Where to fix what is found in the finished email

    def item_of(self, element: Element) -> Item | None:
        """Return the item that an element belongs to; None for what the theme puts around items."""
        return self._items.get(element)

    def item_showing(self, image: Image) -> Item | None:
        """Return the item whose picture an image is; it may be above the item's title."""
        showing: list[Item] = []
        for item in self.issue.items:
            shown = self.pictures.shown.get(item.key)
            if shown and shown.address == image.address:
                showing.append(item)

        owner = self.item_of(image.element)
        if owner in showing:
            return owner
        return next(iter(showing), None)

    def where(self, element: Element | None, *texts: str) -> Place:
        """Return where an editor can change what an element shows.

        It is the place of the first of ``texts`` that is in its item, in the issue, in the
        publication or in the theme; if none is, the place of the item or the theme's template.
        """
        item = None if element is None else self.item_of(element)
        if item is None:
            return self._in_manuscript(texts) or self.in_theme(*texts)

        written = self._in_manuscript(texts, item) or self._in_manuscript(texts)
        if written:
            return written
        return self._in_theme(texts) or self.manuscript.place(item)

    def where_link(self, link: Link | Hyperlink) -> Place:
        """Return where an editor can change a link."""
        in_markdown = f"[{link.text}]({link.address}"
        return self.where(link.element, in_markdown, link.address)

    def where_header(self, name: str) -> Place:
        """Return where an editor can change a header; if nobody writes it, the issue's start."""
        name = name.lower()
        if name in ("subject", "date"):
            return self.manuscript.place(name=name)

        field = _OF_PUBLICATION.get(name)
        if field:
            return self.manuscript.place(self.issue.publication, field)
        return self.manuscript.place()

    def in_theme(self, *snippets: str) -> Place:
        """Return where the theme has one of these pieces of text; its template if it has none."""
        return self._in_theme(snippets) or self.template

    @property
    def template(self) -> Place:
        """The theme's template of the HTML email."""
        path = self.theme.folder.path(TEMPLATE)
        return Place(path, None)

    @property
    def text_template(self) -> Place:
        """The theme's template of the plain-text email."""
        path = self.theme.folder.path(TEXT_TEMPLATE)
        return Place(path, None)

    def _in_manuscript(self, texts: tuple[str, ...], within: Item | None = None) -> Place | None:
        for text in texts:
            place = self.manuscript.find(text, within=within)
            if place:
                return place
        return None

    def _in_theme(self, snippets: tuple[str, ...]) -> Place | None:
        files = self.theme.folder.email_files()

        for snippet in filter(str.strip, snippets):
            for path in files:
                line = line_with(snippet, path)
                if line:
                    return Place(path, line)
        return None

    @cached_property
    def _items(self) -> dict[Element, Item]:
        """Each element of an item: those from its title on, within what holds its title."""
        items = {item.key: item for item in self.issue.items}
        owners: dict[Element, Item] = {}
        holder: Element | None = None
        current: Item | None = None
        for element in self.document.elements():
            above = list(self.document.ancestors(element))
            if element.get("id") in items:
                current = items[element.get("id", "")]
                holder = above[1] if len(above) > 1 else None
                owners[above[0]] = current
            if current and holder in above:
                owners[element] = current
        return owners


def galley_of(folder: IssueFolder | Path) -> Galley:
    """Return the issue in ``folder``, rendered, with all that checks need to know about it.

    Raise NewsletterError if the issue or its theme has a fault.
    """
    manuscript = read_manuscript(folder)
    issue = manuscript.issue
    theme = theme_of(issue, manuscript.folder.project.templates)
    pictures = prepare(manuscript)
    time_zone = ZoneInfo(issue.publication.time_zone)
    today = datetime.now(time_zone).date()

    leading, *others = (
        Galley(manuscript, theme, render(issue, theme, format, pictures), pictures, today)
        for format in issue.publication.every_format
    )
    return replace(leading, others=tuple(others))


def _has_host(address: str) -> bool:
    host = host_of(address)
    if host is None:
        return False
    return host[1].strip("[]") != ""
