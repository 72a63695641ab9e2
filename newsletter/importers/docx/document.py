"""A whole document: its parts, with the changes in them settled, tidied and converted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.docx.changes import changes_in, listed, settle, undecided, what_was_done
from newsletter.importers.docx.comments import Comment, comments_of, mark_questions
from newsletter.importers.docx.conversion import Part, html_of
from newsletter.importers.docx.lists import Lists, two_lists
from newsletter.importers.docx.names import W, properties_of, set_value, value, words_of
from newsletter.importers.docx.package import Package, Refused
from newsletter.importers.docx.styles import Styles
from newsletter.importers.docx.tidying import Tidying
from newsletter.importers.protocol import Changes

_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
"""The kinds of notes, and the parts that they are in."""
_AROUND = {"header": "The page header was left out", "footer": "The page footer was left out"}
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_WORD = re.compile(r"[^\W\d]+")
_PAGE = {"of", "page"}
"""The words of a footer that has the page number alone."""


class WordText(NamedTuple):
    """What is read of a document."""

    html: str
    pictures: tuple[bytes, ...]
    """The pictures, which are at the addresses ``picture:0`` and so on."""
    has_title: bool
    """Whether its first paragraph is the title."""
    questions: tuple[str, ...]
    """Comments, from number 0: who asks what about which words."""
    title_in_properties: str
    """Empty if there is none."""
    repairs: tuple[str, ...]
    left_out: tuple[str, ...]


def read_document(package: Package, decide: Callable[[str], Changes | None]) -> WordText:
    """Return what is read of a document; ``decide`` is asked about changes. Raise Refused."""
    return _Document(package).read(decide)


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = _main_part(package)
        self._leads_to = package.relationships(self._main)
        root = package.tree(self._main)
        bodies = [] if root is None else root.findall(W + "body")
        if root is None or not bodies:
            hint = "Open it in Word, and save it under a new name."
            raise Refused("There is no Word document in it.", hint)

        self._body = bodies[0]
        for other in bodies[1:]:  # mammoth reads the first alone
            self._body.extend(other)
        self._texts = {"document": Part(root, self._leads_to), **dict(self._notes_parts())}
        styles = Styles(self._tree("styles"))
        lists = Lists(self._tree("numbering"), styles)
        self._tidying = Tidying(package, styles, lists, dict(self._notes()))

    def read(self, decide: Callable[[str], Changes | None]) -> WordText:
        """Return the text; the notes come after all of it."""
        settled = self._settle_changes(decide)
        for part in self._texts.values():
            self._tidying.tidy(*part)
        has_title = _put_title_first(self._body)
        questions = self._mark_questions()
        self._note_left_out()

        converted = html_of(
            {**self._texts, "numbering": Part(two_lists(), {})}, self._tidying.pictures.shown
        )
        notices = self._tidying.notices
        return WordText(
            converted.html,
            converted.pictures,
            has_title,
            tuple(comment.question() for comment in questions),
            self._title_in_properties(),
            (*settled, *notices.repairs),
            (*notices.left_out, *converted.left_out),
        )

    def _notes_parts(self) -> Iterator[tuple[str, Part]]:
        for kind in _NOTES.values():
            root = self._tree(kind)
            if root is not None:
                yield kind, Part(root, self._package.relationships(self._name(kind)))

    def _notes(self) -> Iterator[tuple[tuple[str, str], Element]]:
        """Yield the notes by kind and id; without one, mammoth could not read them."""
        for kind, part in _NOTES.items():
            root = self._texts[part].root if part in self._texts else Element("none")
            root[:] = [note for note in root if value(note, "id")]
            yield from (((kind, value(note, "id") or ""), note) for note in root.iter(W + kind))

    def _settle_changes(self, decide: Callable[[str], Changes | None]) -> tuple[str, ...]:
        """Accept or reject the tracked changes; those of formatting alone are accepted.

        Return what was done, if there are any.
        """
        roots = [part.root for part in self._texts.values()]
        changes = [change for root in roots for change in changes_in(root)]
        if not changes:
            return ()
        decision: Changes | None = "accept"
        if any(change.is_of_words for change in changes):
            decision = decide(listed(changes))
        if decision is None:
            raise undecided(changes)
        for root in roots:
            settle(root, decision)
        return (what_was_done(changes, decision),)

    def _mark_questions(self) -> list[Comment]:
        """Mark open comments, and note those that are resolved, or on words that are gone."""
        comments = comments_of(self._tree("comments"), self._tree("commentsExtended"))
        questions = mark_questions(self._body, comments)
        resolved = sum(one.is_resolved and not one.is_reply for one in comments.values())
        if resolved:
            times = f" ({resolved} times)" if resolved > 1 else ""
            self._tidying.not_kept(f"A resolved comment was left out{times}")
        for comment in comments.values():
            if comment.is_open and comment not in questions:
                what = f"A comment by {comment.by} on words that are not in the text was left out"
                self._tidying.not_kept(what, comment.words)
        return questions

    def _title_in_properties(self) -> str:
        root = self._package.tree("docProps/core.xml")
        title = "" if root is None else root.findtext(_TITLE) or ""
        return " ".join(title.split())

    def _note_left_out(self) -> None:
        for kind, sentence in _AROUND.items():
            for name in dict.fromkeys(self._targets(kind)):
                words = self._words_around(name)
                if words:
                    self._tidying.not_kept(sentence, words)

        if any(name.lower().endswith("vbaproject.bin") for name in self._package.names):
            self._tidying.not_kept("Macros were left out, and not run")

    def _words_around(self, name: str) -> str:
        """Return the words of a header or footer, if it is more than a page number."""
        root = self._package.tree(name)
        words = "" if root is None else words_of(root)
        return words if set(_WORD.findall(words.lower())) - _PAGE else ""

    def _tree(self, kind: str) -> Element | None:
        return self._package.tree(self._name(kind))

    def _name(self, kind: str) -> str:
        """Return the name of the part that the text leads to, or that it usually has."""
        usual = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        return next(self._targets(kind), usual)

    def _targets(self, kind: str) -> Iterator[str]:
        for relationship in self._leads_to.values():
            if relationship.kind == kind and not relationship.is_external:
                yield relationship.target


def _main_part(package: Package) -> str:
    for relationship in package.relationships("").values():
        if relationship.kind == "officeDocument" and not relationship.is_external:
            return relationship.target
    return "word/document.xml"


def _put_title_first(body: Element) -> bool:
    """Put the first paragraph in the style Title before all others; return whether there is one.

    Others in that style become headings.
    """
    styles = {one: one.find(f"{W}pPr/{W}pStyle") for one in body.findall(W + "p")}
    titles = [one for one, style in styles.items() if value(style) == "Title" and words_of(one)]
    for other in titles[1:]:
        set_value(properties_of(other, "pPr"), "pStyle", "Heading1")
    for first in titles[:1]:
        body.remove(first)
        body.insert(0, first)
    return bool(titles)
