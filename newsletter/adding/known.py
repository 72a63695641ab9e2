"""What an issue already has of a piece."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsletter.adding.receipts import Imported, Receipt
from newsletter.adding.recognising import Likeness
from newsletter.manifest.written_items import WrittenIssue, WrittenItem


class Known(NamedTuple):
    """A piece that is recognised."""

    item: WrittenItem | None
    """The item that it became; None if an editor has taken it out since."""
    receipt: Receipt | None
    """What the item was read from; None if nobody kept that."""
    receipt_name: str | None
    """Within the issue's folder."""


def known(
    issue: WrittenIssue, receipts: Mapping[str, Receipt], kind: str, now: Imported
) -> Known | None:
    """Return what is known of a piece of this kind, by what its source says now."""
    piece = Likeness.of_fields(kind, now.fields)
    for name, receipt in receipts.items():
        if any(_is_earlier(each, now, kind, piece) for each in receipt.originals):
            return Known(_item_of(receipt, issue, kind, piece), receipt, name)

    for item in issue.items:
        own, own_name = _receipt_of(item, receipts)
        is_another = own and any(_is_another(each, now) for each in own.originals)
        if not is_another and Likeness.of_item(item).is_of(piece):
            return Known(item, own, own_name)
    return None


def _is_another(earlier: Imported, now: Imported) -> bool:
    """Return whether two pieces are of the very same original: a feed has each of them once."""
    are_alone = earlier.alone and now.alone
    has_another_title = earlier.fields.get("title") != now.fields.get("title")
    return earlier.sha256 == now.sha256 and has_another_title and not are_alone


def _is_earlier(earlier: Imported, now: Imported, kind: str, piece: Likeness) -> bool:
    """Return whether the same piece was read from an original before."""
    if _is_another(earlier, now):
        return False
    has_same_content = earlier.sha256 == now.sha256
    has_same_address = now.address is not None and earlier.address == now.address
    if earlier.alone and now.alone and (has_same_content or has_same_address):
        return True
    return _likeness(earlier, kind).is_of(piece)


def _item_of(
    receipt: Receipt, issue: WrittenIssue, kind: str, piece: Likeness
) -> WrittenItem | None:
    """Return the item of a receipt, even if an editor has moved it to another file."""
    for item in issue.items:
        if item.file is not None and item.file == receipt.file:
            return item

    earlier = [_likeness(each, kind) for each in receipt.originals]
    for item in issue.items:
        here = Likeness.of_item(item)
        if any(here.is_of(each) for each in (piece, *earlier)):
            return item
    return None


def _likeness(earlier: Imported, kind: str) -> Likeness:
    fields = earlier.fields
    return Likeness.of_fields(fields.get("kind", kind), fields)


def _receipt_of(
    item: WrittenItem, receipts: Mapping[str, Receipt]
) -> tuple[Receipt | None, str | None]:
    for name, receipt in receipts.items():
        if item.file is not None and receipt.file == item.file:
            return receipt, name
    return None, None
