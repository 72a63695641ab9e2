"""The fields of a work whose line 'work:' was left out.

YAML reads them as fields of the picture above them.
"""

from __future__ import annotations

from newsletter.manifest.node import Node
from newsletter.problem import Problem


def take_work_out_of_picture(review: Node, problems: list[Problem]) -> None:
    """Give a review without a work the fields that its picture has from 'kind' on.

    The missing line is reported. A picture has no kind, so nothing else can be meant.
    """
    picture = review.field("picture")
    kind = picture.field("kind") if picture else None
    if picture is None or kind is None or review.field("work"):
        return
    if not isinstance(review.value, dict) or not isinstance(picture.value, dict):
        return

    names = list(picture.value)
    of_work = names[names.index("kind") :]
    fields = {name: picture.value.pop(name) for name in of_work}
    review.value["work"] = kind.within(fields)

    message = (
        "'work:' is missing above this line: "
        "these are fields of what is reviewed, not of the picture."
    )
    hint = "Write 'work:' on a line of its own, lined up with 'picture:'."
    problems.append(kind.problem(message, hint))
