"""What subject-line must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant


def planted(subject: str) -> Plant:
    return lambda room: room.change(
        "issues/652/issue.yaml",
        "date: 2012-04-16\n\n",
        f'date: 2012-04-16\nsubject: "{subject}"\n\n',
    )


MISTAKES: dict[str, Plant] = {
    "a subject that is too long": planted(
        "BioNews 652: new science meets problems that are old, and the United Kingdom looks for a way between"
    ),
    "a subject in capitals": planted("BIONEWS 652: GOVERNING BIOMEDICAL INNOVATION"),
    "a subject with many exclamation marks": planted(
        "BioNews 652: new science meets problems that are old!!!"
    ),
    "a subject that pretends to be a reply": planted(
        "Re: BioNews 652: new science meets problems that are old"
    ),
}
