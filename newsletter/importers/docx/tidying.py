"""A part of a document, edited in place where mammoth would lose its words or show too many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element

from newsletter.importers.docx.comments import without_tokens
from newsletter.importers.docx.drawings import Pictures, boxes_in, other_drawing, pictures_in
from newsletter.importers.docx.equations import line_of
from newsletter.importers.docx.fields import Fields, as_characters
from newsletter.importers.docx.lists import Lists
from newsletter.importers.docx.names import (
    MC,
    M,
    R,
    W,
    is_on,
    properties_of,
    run_of,
    set_value,
    text_of,
    value,
    with_words,
    words_of,
)
from newsletter.importers.docx.package import Package, Relationship
from newsletter.importers.docx.styles import Styles
from newsletter.importers.docx.tables import in_columns, with_header
from newsletter.importers.html.notices import Notices

_SYMBOLS = ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")
"""The fonts with symbols in the place of letters."""
_CODE = re.compile("[0-9A-Fa-f]{1,4}")
_PLACEHOLDER = "PlaceholderText"
"""The style of what a form says until somebody writes there (its id, in every language)."""
_GALLERIES = ("Table of Contents", "Table of Figures", "Bibliographies Index")
Note = tuple[str, str]
"""A footnote or an endnote: its kind and its id."""


class Tidying:
    """Edits the parts of a document, one after another."""

    def __init__(
        self, package: Package, styles: Styles, lists: Lists, notes: dict[Note, Element]
    ) -> None:
        self.notices = Notices()
        self.pictures = Pictures(package, self.notices)
        self._styles = styles
        self._lists = lists
        self._notes = notes
        self._leads_to: Mapping[str, Relationship] = {}
        self._is_text = True
        self._fields = Fields()
        self._hidden: list[str] = []
        self._is_hidden = False

    def tidy(self, root: Element, leads_to: Mapping[str, Relationship]) -> None:
        """Edit a part."""
        self._leads_to = leads_to
        self._is_text = root.tag == W + "document"
        self._fields = Fields()
        self._children(root)

    def not_kept(self, what: str, words: str = "") -> None:
        """Note that something was left out, and its words."""
        self.notices.not_kept(with_words(what, words))

    def _repaired(self, what: str, words: str = "") -> None:
        self.notices.repaired(with_words(what, words))

    def _children(self, element: Element) -> None:
        element[:] = self._all_kept(element)

    def _all_kept(self, elements: Iterable[Element]) -> list[Element]:
        return [kept for element in elements for kept in self._kept(element)]

    def _kept(self, element: Element) -> Iterable[Element]:
        """Return what is in the place of an element: what mammoth does not know is opened."""
        if element.tag in _WORDS and not self._fields.are_seen:
            if self._fields.are_contents:
                self._contents_not_kept()
            return ()
        if element.tag in _EDITS:
            return _EDITS[element.tag](self, element)
        if element.tag in _PLAIN:
            return (Element(_PLAIN[element.tag]),)
        if element.tag in _LEFT_OUT:
            self.not_kept(_LEFT_OUT[element.tag], words_of(element))
            return ()
        if element.tag in _AS_IT_IS:
            return (element,)
        self._children(element)
        return (element,) if element.tag in _HOLDERS else list(element)

    # Paragraphs and tables

    def _paragraph(self, paragraph: Element) -> Iterable[Element]:
        properties = properties_of(paragraph, "pPr")
        outer = self._hidden, self._is_hidden
        self._hidden, self._is_hidden = [], self._styles.hides(properties)
        self._children(paragraph)
        if "".join(self._hidden).strip():
            self.not_kept("Hidden text was left out", "".join(self._hidden))
        self._hidden, self._is_hidden = outer

        role = self._styles.role(properties)
        if role == "Contents":
            if words_of(paragraph):
                self._contents_not_kept()
            return ()
        if not words_of(paragraph) and paragraph.find(f".//{W}drawing") is not None:
            role = "Picture"
        if role.startswith(("Title", "Heading")):
            for look in paragraph.iter(W + "rPr"):
                look[:] = [one for one in look if one.tag != W + "b"]
        if role:
            self._lists.leave()
            set_value(properties, "pStyle", role)
        else:
            self._lists.place(paragraph)
        properties[:] = [one for one in properties if one.tag in _OF_PARAGRAPHS]
        return (paragraph,)

    def _table(self, table: Element) -> Iterable[Element]:
        self._children(table)
        if not words_of(table) and table.find(f".//{W}drawing") is None:
            return ()
        return (with_header(table),)

    def _row(self, row: Element) -> Iterable[Element]:
        self._children(row)
        in_columns(row)
        return (row,)

    # Words

    def _run(self, run: Element) -> Iterable[Element]:
        properties = properties_of(run, "rPr")
        self._styles.write_out(properties)
        vanish = properties.find(W + "vanish")
        if self._is_hidden if vanish is None else is_on(vanish):
            self._hidden.append(text_of(run) if self._fields.are_seen else "")
            run[:] = [child for child in run if child.tag in _OF_FIELDS]

        if value(properties.find(W + "highlight")) not in (None, "none") and words_of(run):
            self._repaired("Highlighting was left off", words_of(run))
        fonts = properties.find(W + "rFonts")
        font = value(fonts, "ascii") or value(fonts, "hAnsi")
        if font in _SYMBOLS:
            run[:] = [one for child in run for one in _in_symbols(child, font)]
        if any(child.tag in _REFERENCES for child in run):
            properties.clear()
        self._children(run)
        return (run,)

    def _text(self, text: Element) -> Iterable[Element]:
        text.text = without_tokens(text.text or "")
        return (text,)

    def _symbol(self, symbol: Element) -> Iterable[Element]:
        return (symbol,) if _CODE.fullmatch(value(symbol, "char") or "") else ()

    def _equation(self, equation: Element) -> Iterable[Element]:
        self._repaired("An equation is a line of text now", words_of(equation))
        return [run_of(part.text, part.height) for part in line_of(equation)]

    # Links, fields and notes

    def _link(self, link: Element) -> Iterable[Element]:
        if link.get(R + "id", "") not in self._leads_to:
            link.attrib.pop(R + "id", None)
        self._children(link)
        return (link,)

    def _simple_field(self, field: Element) -> Iterable[Element]:
        return self._all_kept(as_characters(field))

    def _field_character(self, character: Element) -> Iterable[Element]:
        return self._fields.character(character)

    def _instruction(self, instruction: Element) -> Iterable[Element]:
        self._fields.instruction(instruction)
        return ()

    def _note(self, reference: Element) -> Iterable[Element]:
        """Return the first reference to a note. There are no notes in notes."""
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        note = self._notes.pop((kind, value(reference, "id") or ""), None)
        if note is None:
            self.not_kept("A reference to a note that is missing, or has one already, was left out")
        elif self._is_text:
            return (reference,)
        else:
            self.not_kept("A note in a note was left out", words_of(note))
        return ()

    # What holds other things

    def _control(self, control: Element) -> Iterable[Element]:
        gallery = value(control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
        if gallery in _GALLERIES:
            self._contents_not_kept()
            return ()
        if _is_empty_form(control):
            self.not_kept("An empty form field was left out", words_of(control))
            for run in control.iter(W + "r"):
                run.clear()
        return self._all_kept(child for child in control if child.tag == W + "sdtContent")

    def _choice(self, alternatives: Element) -> Iterable[Element]:
        """Return what is in the first way of writing something that has words or pictures."""
        choices = [*alternatives.findall(MC + "Choice"), *alternatives.findall(MC + "Fallback")]
        for choice in (*filter(_has_content, choices), *choices):
            return self._all_kept(choice)
        return ()

    def _drawing(self, drawing: Element) -> Iterable[Element]:
        """Return the pictures in a drawing, and its boxes, which come after the paragraph."""
        boxes = list(boxes_in(drawing))
        pictures = list(self.pictures.kept(drawing, self._leads_to))
        other = other_drawing(drawing)
        if other:
            self.not_kept(f"A {other} was left out")

        holder = Element(W + "pict")
        for box in boxes:
            self._repaired("A text box comes after its paragraph now", words_of(box))
            self._children(box)
            holder.append(box)
        return [*pictures, holder]

    def _contents_not_kept(self) -> None:
        self.not_kept("The table of contents was left out")


def _in_symbols(element: Element, font: str | None) -> list[Element]:
    """Return characters of a font that has symbols in the place of letters."""
    if element.tag != W + "t":
        return [element]
    codes = (f"{ord(character):04X}" for character in element.text or "")
    return [Element(W + "sym", {W + "font": font or "", W + "char": code}) for code in codes]


def _is_empty_form(control: Element) -> bool:
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    runs = [run for run in control.iter(W + "r") if words_of(run)]
    return all(value(run.find(f"{W}rPr/{W}rStyle")) == _PLACEHOLDER for run in runs)


def _has_content(choice: Element) -> bool:
    return bool(words_of(choice)) or any(True for _ in pictures_in(choice))


def _named(*names: str) -> frozenset[str]:
    return frozenset(W + name for name in names)


_OF_PARAGRAPHS = _named("pStyle", "numPr")
"""What mammoth wants to know of them."""
_OF_FIELDS = _named("fldChar", "instrText")
_REFERENCES = _named("footnoteReference", "endnoteReference")
_COMMENTS = _named("commentRangeStart", "commentRangeEnd", "commentReference")
_TEXT = _named("t", "tab", "br", "cr", "ptab", "noBreakHyphen", "softHyphen", "sym")
_WORDS = _TEXT | _REFERENCES | _named("drawing", "pict", "object") | {M + "oMath"}
"""What is not seen in the instruction of a field."""
_AS_IT_IS = _COMMENTS | _named("pPr", "rPr", "tblPr", "trPr", "tcPr", "noBreakHyphen", "softHyphen")
_HOLDERS = _named("body", "footnote", "endnote", "p", "r", "tbl", "tr", "tc", "hyperlink")
"""What mammoth reads, and looks into."""
_PLAIN = {W + "tab": W + "tab", W + "ptab": W + "tab", W + "br": W + "br", W + "cr": W + "br"}
"""What may be of several kinds, such as the break of a page, and is of the usual one then."""
_LEFT_OUT = {
    W + "altChunk": "A document within the document was left out",
    W + "object": "An embedded object was left out",
    W + "rt": "What is above a word was left out",
}
_EDITS: dict[str, Callable[[Tidying, Element], Iterable[Element]]] = {
    W + "p": Tidying._paragraph,
    W + "r": Tidying._run,
    W + "tbl": Tidying._table,
    W + "tr": Tidying._row,
    W + "t": Tidying._text,
    W + "sym": Tidying._symbol,
    W + "hyperlink": Tidying._link,
    W + "fldSimple": Tidying._simple_field,
    W + "fldChar": Tidying._field_character,
    W + "instrText": Tidying._instruction,
    W + "footnoteReference": Tidying._note,
    W + "endnoteReference": Tidying._note,
    W + "sdt": Tidying._control,
    W + "drawing": Tidying._drawing,
    W + "pict": Tidying._drawing,
    M + "oMath": Tidying._equation,
    MC + "AlternateContent": Tidying._choice,
}
"""What is in the place of an element that is not as it should be."""
