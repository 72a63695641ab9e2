"""The formats of a publication: what its readers can choose to get of each issue."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from newsletter.model.fields import OneLine
from newsletter.model.noun import Noun
from newsletter.text.mistakes import mistake
from newsletter.text.printable import printable

Shows = Literal["teasers", "headlines", "full"]
Parts = Literal["both", "text"]
GMAIL_CLIPS_AT = 102_400
"""Bytes of HTML after which Gmail clips an email, and its unsubscribe link with it."""
_NAME = re.compile("[a-z][a-z0-9-]{0,19}")
_TAKEN = {"pictures", "handed-over", "con", "prn", "aux", "nul"}
"""Folders that a build has already, and names that Windows has for devices."""
_DEVICE = re.compile("(?:com|lpt)[0-9]")
_PERCENT = re.compile(r"(\d{1,3})\s*(?:%|per ?cent)?")
_FRACTION = re.compile(r"0?\.\d{1,9}")


def _format_name(name: str) -> str:
    """Return the name. Raise PydanticCustomError if no folder can have it."""
    if not _NAME.fullmatch(name):
        message = f"'{printable(name)}' cannot be the name of a format."
        hint = "Write 1 to 20 small letters, digits or hyphens, a letter first: full."
        raise mistake(message, hint)
    if name in _TAKEN or _DEVICE.fullmatch(name):
        message = f"'{name}' cannot be the name of a format: another folder or a device has it."
        raise mistake(message, "Choose another name for this format.")
    return name


def _percent(value: object) -> object:
    """Return the number of ``95%``; anything but text as it is. Raise PydanticCustomError for text
    that is no such number.
    """
    if not isinstance(value, str):
        return value

    written = value.strip()
    if number := _PERCENT.fullmatch(written):
        return int(number[1])

    hint = "Write a whole number and a per cent sign: 95%."
    if _FRACTION.fullmatch(written):
        hint = f"Write {float(written):.0%}."
    raise mistake(f"'{printable(written)}' is not a share in whole per cent.", hint)


def _written_out(format: object) -> object:
    """Return the fields of a format; of some, only what they show is written."""
    if format in get_args(Shows):
        return {"name": format, "shows": format}
    return format


FormatName = Annotated[str, AfterValidator(_format_name)]
Percent = Annotated[
    int,
    Field(
        ge=1,
        le=100,
        json_schema_extra={
            "type": ["integer", "string"],
            "pattern": r"^\d{1,3}\s*(?:%|per ?cent)?$",
        },
    ),
    BeforeValidator(_percent),
]
"""A share: 95, or ``95%``."""


class Format(Noun):
    """One of the emails that an issue becomes: what it shows, in which parts, to whom."""

    name: FormatName = Field(description="A short name: teasers, headlines, full.")
    shows: Shows = Field(
        description="teasers, headlines (titles alone), or full (every piece whole)."
    )
    parts: Parts = Field(
        "both", description="both (HTML and plain text), or text (plain text alone)."
    )
    audience: OneLine | None = Field(
        None, description="Who gets it: an id that 'newsletter audiences' lists."
    )
    at_most: Percent = Field(
        95,
        description=(
            "Share of the 102,400 bytes that Gmail shows. The last pieces of a full email that "
            "is larger become teasers."
        ),
    )

    @property
    def most_bytes(self) -> int:
        """How large its HTML can be with whole pieces."""
        return GMAIL_CLIPS_AT * self.at_most // 100

    @property
    def has_html(self) -> bool:
        """Whether it has an HTML part."""
        return self.parts == "both"


ShownFormat = Annotated[Format, BeforeValidator(_written_out)]
"""A format, or a word for what it shows, which is then its name too."""
# made unchecked, for whoever only imports this: the first check loads more than all of the model
TEASERS = Format.model_construct(name="teasers", shows="teasers")
"""The only format of a publication that names none."""
