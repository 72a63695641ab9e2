"""A mail (.eml, .msg): what is attached to it, or else its text.

The sender is a hint for the author, and never the author: volunteers send each other's texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage

from newsletter.errors import UnreadableError
from newsletter.importers.composing import piece_of
from newsletter.importers.mail.letter import Letter, text_of_letter
from newsletter.importers.mail.messages import (
    OUTLOOK,
    is_forwarded,
    opened,
    sender_of,
    subject_of,
)
from newsletter.importers.mail.parts import Attached, Parts, parts_of
from newsletter.importers.markdown_writer import Written, markdown_of
from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.pictures import Pictures
from newsletter.importers.pages.saved import decoded
from newsletter.importers.piece import Found, Piece
from newsletter.importers.plain_text import markdown_of_text
from newsletter.importers.protocol import Context, Fit
from newsletter.text.flowed import unflowed
from newsletter.text.printable import printable

TITLE = "a mail (.eml, .msg)"
_DEEPEST = 5
"""Mails within mails that are read."""
_LEAST_WORDS = 80
"""Words of a text that can be a piece, and not only a letter beside what is attached."""
_LONGEST_SHOWN = 300
_HEADERS = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?(?:from|received|return-path|message-id):",
    re.IGNORECASE,
)
_SAVED_PAGE = re.compile(rb"\n(?:snapshot-content-location:|from: <saved by)", re.IGNORECASE)
_LOOKED_AT = 8192
_CID = "cid:"
_BORDER_OF_QUOTATION = re.compile(r"^(?:(?!>).+\n(?=>)|>.*\n(?=[^>\n]))", re.MULTILINE)
"""The last line before a quotation or in it."""


def fit(original: Original) -> Fit:
    """Return YES for a mail by its name, or by its headers."""
    if original.suffix in (".eml", OUTLOOK) or original.media_type == "message/rfc822":
        return Fit.YES
    beginning = original.content[:_LOOKED_AT]
    is_mail = _HEADERS.match(beginning) and not _SAVED_PAGE.search(beginning)
    is_named_otherwise = original.suffix in (".mht", ".mhtml", ".txt", ".md", ".csv")
    return Fit.YES if is_mail and not is_named_otherwise else Fit.NO


def read(original: Original, context: Context) -> Iterator[Piece]:
    """Yield the pieces that are attached to a mail, or the one that it is."""
    yield from _Mail(original, opened(original), context).pieces()


class _Mail:
    """A mail, and the pieces in it."""

    def __init__(
        self, original: Original, message: EmailMessage, context: Context, depth: int = 0
    ) -> None:
        self.original = original
        self.message = message
        self.context = context
        self.depth = depth
        self.left_out: list[str] = []
        self.errors: list[UnreadableError] = []

    def pieces(self) -> Iterator[Piece]:
        """Yield each piece. Raise UnreadableError if there is none."""
        parts = parts_of(self.message)
        self.left_out += parts.left_out
        pieces = [*self._attached(parts), *self._within(parts)]
        letter = self._letter(parts)
        text = letter.fields["body"].value

        if not pieces and (not self.errors or len(text.split()) >= _LEAST_WORDS) and text:
            pieces = [letter]
        elif text:
            shown = printable(" ".join(text.split()), _LONGEST_SHOWN)
            self.left_out.append(f"The text of the mail: '{shown}'.")
        if not pieces:
            raise self._nothing()

        pieces = self._with_pictures(pieces, parts)
        first, *others = [self._with_hints(piece) for piece in pieces]
        problems = map(str, self.errors)
        yield replace(first, left_out=(*first.left_out, *self.left_out, *problems))
        yield from others

    def _nothing(self) -> UnreadableError:
        if self.errors:
            return self.errors[0]
        return unreadable(
            self.original,
            "There is no text in this mail that can be read.",
            "Copy its text, and add that with --clipboard.",
        )

    # What is attached

    def _attached(self, parts: Parts) -> Iterator[Piece]:
        for file in parts.files:
            if file.is_picture:
                continue
            try:
                yield from self.context.read_another(self._original(file))
            except UnreadableError as error:
                self.errors.append(error)

    def _original(self, file: Attached) -> Original:
        return Original(
            f"{self.original.name}/{file.name}",
            file.content,
            media_type=file.media_type,
            charset=file.charset,
        )

    def _within(self, parts: Parts) -> Iterator[Piece]:
        """Yield the pieces in the mails that are attached to this one."""
        for message in parts.messages:
            if self.depth == _DEEPEST:
                self.left_out.append(f"A mail within {_DEEPEST} others.")
                continue
            try:
                yield from _Mail(self.original, message, self.context, self.depth + 1).pieces()
            except UnreadableError as error:
                self.errors.append(error)

    # Its text

    def _letter(self, parts: Parts) -> Piece:
        """Return the piece that the text of the mail is, if it is one."""
        inline = {
            f"{_CID}{file.content_id}": (f"{number}/{file.name}", file.content)
            for number, file in enumerate(parts.files)
            if file.content_id and not file.is_logo
        }
        pictures = Pictures(dict(inline.values()).get)

        def picture(address: str) -> str | None:
            return pictures.name(inline[address][0]) if address in inline else None

        texts = [_written(text, picture) for text in parts.texts]
        markdown = "\n\n".join(text.markdown for text in texts if text.markdown)
        letter = text_of_letter(markdown, is_forwarded=is_forwarded(self.message))
        piece = piece_of(letter.text, self.context.publication)
        shown = [file for file in pictures.files if f"images/{file.name}" in letter.text]
        return replace(
            piece,
            pictures=tuple(shown),
            hints={**_author_hint(letter, self.message), **piece.hints},
            repairs=piece.repairs + tuple(one for text in texts for one in text.repairs),
            left_out=(
                *piece.left_out,
                *letter.left_out,
                *(one for text in texts for one in text.left_out),
                *pictures.left_out,
            ),
        )

    # What belongs to all

    def _with_pictures(self, pieces: Sequence[Piece], parts: Parts) -> list[Piece]:
        """Return the pieces, a single one with the pictures that are attached."""
        shown = {picture.content for piece in pieces for picture in piece.pictures}
        files = [file for file in parts.files if file.is_picture and file.content not in shown]
        for file in files:
            if file.is_logo or parts.shows(file):  # in a signature, or beside what is attached
                self.left_out.append(f"The picture {file.name}: it is a part of the letter.")
            elif len(pieces) > 1:
                self.left_out.append(
                    f"The picture {file.name}: this mail has {len(pieces)} pieces. "
                    "Add it to the one that it belongs to."
                )
            else:
                pieces = [_with_picture(pieces[0], file)]
        return list(pieces)

    def _with_hints(self, piece: Piece) -> Piece:
        subject = subject_of(self.message)
        hints = {"title": f"The mail's subject: {subject}"} if subject else {}
        hints |= _author_hint(Letter(""), self.message)
        missing = {
            name: hint
            for name, hint in {**hints, **piece.hints}.items()
            if name not in piece.fields
        }
        return replace(piece, hints=missing)


def _written(text: Attached, picture: Callable[[str], str | None]) -> Written:
    """Return one of a mail's texts as Markdown."""
    source = decoded(text.content, text.charset)
    if text.media_type == "text/html":
        return markdown_of(source, picture=picture)
    source = source.replace("\r\n", "\n")
    if text.is_flowed:
        source = unflowed(source, delete_spaces=text.deletes_spaces)
    return Written(markdown_of_text(_BORDER_OF_QUOTATION.sub(r"\g<0>\n", source)))


def _author_hint(letter: Letter, message: EmailMessage) -> dict[str, str]:
    sender = letter.sender or sender_of(message)
    return {"authors": f"Sent by {sender}: the author?"} if sender else {}


def _with_picture(piece: Piece, file: Attached) -> Piece:
    """Return a piece with a picture: its own if it has none, or else one below its text."""
    pictures = Pictures(lambda _: file.content)
    name = pictures.name(file.name)
    if name is None:
        return replace(piece, left_out=(*piece.left_out, *pictures.left_out))

    fields = dict(piece.fields)
    if "picture.src" in fields or piece.pictures:
        body = f"{fields['body'].value}\n\n![]({name})".strip("\n")
        fields["body"] = Found(body, fields["body"].rule)
    else:
        fields["picture.src"] = Found(name, "a picture that is attached")
    return replace(piece, fields=fields, pictures=(*piece.pictures, *pictures.files))
