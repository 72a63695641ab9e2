"""What could not be kept of HTML as it was, in sentences."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from newsletter.importers.html.lines import Line, Span
from newsletter.text.printable import printable

_LONGEST = 60
_MARKS = {
    "strong": "Bold",
    "em": "Italics",
    "s": "Striking out",
    "sub": "A subscript",
    "sup": "A superscript",
    "code": "The type of code",
}


class Notices:
    """What was changed and what was left out, in the order in which it was met; each once."""

    def __init__(self) -> None:
        self._repairs: dict[str, None] = {}
        self._left_out: dict[str, None] = {}

    @property
    def repairs(self) -> tuple[str, ...]:
        """Sentences about what is another than in the source."""
        return tuple(self._repairs)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sentences about what is not there at all."""
        return tuple(self._left_out)

    def repaired(self, sentence: str) -> None:
        """Note what was changed."""
        self._repairs[sentence] = None

    def not_kept(self, sentence: str) -> None:
        """Note what was left out."""
        self._left_out[sentence] = None

    def source(self, name: str, element: Element) -> None:
        """Note that something embedded was left out, with where it is."""
        address = element.get("src") or element.get("data") or ""
        self.not_kept(f"{name}: {printable(address)}." if address else f"{name}.")

    def text(self, name: str, element: Element) -> None:
        """Note that a text was left out, if there is any."""
        if text := text_of(element):
            self.not_kept(f"{name}: {_quoted(text)}.")

    def not_underlined(self, element: Element) -> None:
        """Note that a text has no line below it any more."""
        if text := text_of(element):
            self.repaired(f"{_quoted(text)} is no longer underlined.")

    def no_link(self, words: str, address: str) -> None:
        """Note a link that leads to no page."""
        said = f"{_quoted(words)} is no longer a link" if words else "A link had no words"
        self.repaired(f"{said}: '{printable(address)}' is not on the web.")

    def no_picture(self, alt: str, caption: Line) -> None:
        """Note a picture that has no file."""
        sentence = "A picture"
        if alt:
            sentence += f": {_quoted(alt)}"
        if caption.text:
            sentence += f", with the text {_quoted(caption.text, len(caption.text))}"
        self.not_kept(f"{sentence}.")

    def not_marked(self, line: Line, span: Span) -> None:
        """Note a mark that Markdown cannot have where it is."""
        words = _quoted(line.text[span.start : span.end])
        if span.is_link:
            self.repaired(f"{words} is no longer a link to {printable(span.mark)}.")
        else:
            name = _MARKS.get(span.mark, "A mark")
            self.repaired(f"{name} in {words} is not possible there, and was left off.")


def text_of(element: Element) -> str:
    """Return the text in an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def _quoted(text: str, longest: int = _LONGEST) -> str:
    return f"'{printable(text, longest)}'" if text else ""
