"""The fields of a work whose line 'work:' was left out: YAML reads them as fields of the picture above them."""

from __future__ import annotations

from newsletter.manifest.node import Node
from newsletter.problem import Problem


def take_work_out_of_picture(review: Node, problems: list[Problem]) -> None:
    """Give a review without a work the fields that its picture has from 'kind' on, and report the missing line. A
    picture has no kind, so nothing else can be meant.
    """
    picture = review.field("picture")
    kind = picture.field("kind") if picture else None
    if not (
        picture and kind and isinstance(review.value, dict) and isinstance(picture.value, dict)
    ):
        return
    if review.field("work"):
        return

    names = list(picture.value)
    moved = {name: picture.value.pop(name) for name in names[names.index("kind") :]}
    review.value["work"] = kind.within(moved)

    message = "'work:' is missing above this line: these are fields of what is reviewed, not of the picture."
    problems.append(
        kind.problem(message, "Write 'work:' on a line of its own, lined up with 'picture:'.")
    )
