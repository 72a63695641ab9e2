"""From a document's text to a Piece: Markdown, fields, pictures, questions and footnotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from newsletter.importers.closing_lines import split_closing
from newsletter.importers.docx.comments import put_questions, take_questions
from newsletter.importers.docx.document import WordText
from newsletter.importers.docx.package import Refused
from newsletter.importers.markdown_writer import markdown_of
from newsletter.importers.opening_lines import split_opening
from newsletter.importers.picture_kinds import picture_suffix
from newsletter.importers.piece import Found, PictureFile, Piece
from newsletter.model import Publication

_IN_TITLE_STYLE = "the paragraph in Word's style Title"
_REST = "the text below the first lines"
_LONGEST_NAME = 40
_REFERENCE = re.compile(r" *\[\^\d+\]")
"""To a footnote, which stays below the body."""


def piece_of(text: WordText, name: str, publication: Publication) -> Piece:
    """Return the piece that a document is. Its pictures are named after ``name``, the file's.

    Raise Refused if there is no text in it.
    """
    pictures = dict(_named(text.pictures, name))
    addresses = {address: f"images/{file.name}" for address, file in pictures.items()}
    written = markdown_of(text.html, picture=addresses.get)
    if not written.markdown:
        raise Refused("There is no text in it.", "Check that it is the right file.")
    title = "# " if text.has_title else ""
    markdown, asked = take_questions(title + written.markdown)

    opening = split_opening(markdown, publication)
    closing = split_closing(opening.body, publication)
    fields = _fields({**opening.fields, **closing.fields}, has_title=text.has_title)
    fields["body"] = Found(put_questions(closing.body, asked, text.questions), _REST)

    return Piece(
        fields,
        tuple(pictures.values()),
        hints=_hints(opening.hints, fields, text.title_in_properties),
        repairs=_together(text.repairs, written.repairs),
        left_out=_together(
            text.left_out,
            written.left_out,
            opening.left_out,
            closing.left_out,
        ),
        number=opening.number,
        related=closing.related,
    )


def _named(pictures: Sequence[bytes], document: str) -> Iterator[tuple[str, PictureFile]]:
    """Yield the pictures by their addresses, named after the document and numbered."""
    letters = unicodedata.normalize("NFKD", PurePath(document).stem).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", letters.decode("ascii").lower())
    stem = "-".join(words)[:_LONGEST_NAME].strip("-") or "picture"
    for number, content in enumerate(pictures):
        name = f"{stem}-{number + 1}{picture_suffix(content)}"
        yield f"picture:{number}", PictureFile(name, content)


def _fields(found: Mapping[str, Found], *, has_title: bool) -> dict[str, Found]:
    """Return the fields without references to footnotes; the style Title is why a title is one."""
    fields = {name: _plain(field) for name, field in found.items()}
    if has_title and "title" in fields:
        fields["title"] = Found(fields["title"].value, _IN_TITLE_STYLE)
    return fields


def _hints(
    hints: Mapping[str, str], fields: Mapping[str, Found], in_properties: str
) -> Mapping[str, str]:
    """Return the hints; a title in the properties is often that of the document copied from."""
    if not in_properties or "title" in fields:
        return hints
    return {"title": f"The properties of the document say “{in_properties}”", **hints}


def _plain(field: Found) -> Found:
    if isinstance(field.value, str):
        return Found(_REFERENCE.sub("", field.value).strip(), field.rule)
    return field


def _together(*sentences: Sequence[str]) -> tuple[str, ...]:
    """Return all sentences, each once."""
    return tuple(dict.fromkeys(sentence for several in sentences for sentence in several))
