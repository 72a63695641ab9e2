"""The ids of audiences: that of a list, and with it that of a part of the list."""

from __future__ import annotations

from typing import NamedTuple

from newsletter.errors import Unsupported


class AudienceId(NamedTuple):
    """The id of an audience, taken apart: ``a1b2:segment-17``."""

    list: str
    """The id of the list; empty if the audience is of no list."""
    kind: str = ""
    """What the service calls a part of a list: segment, group, tag; empty for the whole list."""
    part: str = ""
    """The id that the service gave to that part."""

    @classmethod
    def of(cls, written: str) -> AudienceId:
        """Return the parts of an id as an editor writes it."""
        of_list, _, rest = written.rpartition(":")
        kind, hyphen, part = rest.partition("-")
        if hyphen and kind in ("segment", "group", "tag"):
            return cls(of_list, kind, part)
        return cls(written)

    def __str__(self) -> str:
        if not self.kind:
            return self.list

        part = f"{self.kind}-{self.part}"
        if not self.list:
            return part
        return f"{self.list}:{part}"


def counts_no_overlap(title: str) -> Unsupported:
    """Return the error of a service that cannot count the readers whom two audiences share."""
    hint = "Look there whether a reader is in more than one."
    return Unsupported(title, "It cannot count the readers that two audiences share.", hint)
