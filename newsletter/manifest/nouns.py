"""The nouns of the model, and their fields as an editor writes them."""

from __future__ import annotations

from newsletter.model import ITEM_OF_SECTION, Noun
from newsletter.model.walking import nouns_in

ITEM_OF_KIND: dict[str, type[Noun]] = {
    item.model_fields["kind"].default: item for item in ITEM_OF_SECTION.values()
}
"""From a kind, as in ``kind: review``, to the noun of such an item."""


def noun_at(root: type[Noun], place: tuple[int | str, ...]) -> type[Noun] | None:
    """Return the noun at a place that pydantic names: ('sections', 0, 'items', 2, 'review').

    ``root`` is the noun that the place begins in. Numbers of entries, and names that are no fields,
    change nothing.
    """
    noun: type[Noun] | None = root
    for part in place:
        if part in ITEM_OF_KIND:
            noun = ITEM_OF_KIND[str(part)]
        elif isinstance(part, str) and noun:
            noun = _noun_in_field(noun, part) or noun
    return noun


def _noun_in_field(noun: type[Noun], name: str) -> type[Noun] | None:
    for field_name, field in noun.model_fields.items():
        if name not in (field_name, field.alias):
            continue
        for nested in nouns_in(field.annotation):
            return nested
    return None


def field_names(noun: type[Noun] | None) -> list[str]:
    """Return the names that an editor can write in a noun; none for None."""
    if noun is None:
        return []

    names = [field.alias or name for name, field in noun.model_fields.items()]
    if noun in ITEM_OF_KIND.values():
        return [name for name in names if name != "kind"] + ["file"]
    return [name for name in names if name != "publication"]


def description(noun: type[Noun] | None, name: object) -> str:
    """Return what a field is for, in the model's own words; "" if the noun has no such field."""
    if noun is None:
        return ""

    for field_name, field in noun.model_fields.items():
        if name in (field_name, field.alias):
            return field.description or ""
    return ""
