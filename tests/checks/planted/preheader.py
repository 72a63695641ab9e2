"""What preheader must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant


def planted(preheader: str) -> Plant:
    return lambda room: room.change(
        "issues/652/issue.yaml",
        "date: 2012-04-16\n\n",
        f'date: 2012-04-16\npreheader: "{preheader}"\n\n',
    )


MISTAKES: dict[str, Plant] = {
    "a short preheader": planted("Egg and sperm donations"),
    "a long preheader": planted(
        "More people should come forward to donate, a hospital in Rome is criticised, and a gene therapy shows success"
    ),
    "a preheader that repeats the subject": planted("Emerging science and established problems"),
    "a preheader that sends readers away": planted(
        "Having trouble reading this email? View it in your browser instead."
    ),
}
