"""The first files of another newsletter: its publication.yaml, an issue with examples, a README."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from newsletter.errors import ModelError
from newsletter.manifest.project import MANIFEST, PUBLICATION
from newsletter.manifest.wording import Wording, field_problem
from newsletter.manifest.yaml_values import as_yaml
from newsletter.model import Publication
from newsletter.model.fields import mailbox
from newsletter.text.holes import fill
from newsletter.text.localised import direction_of

_PUBLICATION = """\
# yaml-language-server: $schema=publication.schema.json
# What stays the same from week to week. 'newsletter fields publication' prints every field.

{name}
{publisher}
{home_page}

# Who sends it, and how readers leave. Most mailing services put a link of their own in this place.
{from}
{unsubscribe}
{why}
{postal_address}

# When it goes out.
{day}
{time}
{time_zone}
{language}
{direction}

# Where the issues and their pictures are on the web: below each address, in a folder for each
# number. Write your own here before the first issue goes out.
{archive}
{pictures}
"""
_ISSUE = """\
# yaml-language-server: $schema=../issue.schema.json
# The first issue, with examples. 'newsletter check' reports each TODO until it is gone.
# 'newsletter fields news' prints all that may be written of a story; so it does for other kinds.

number: {number}
date: {day}

sections:
  - kind: news
    items:
      # A story in a file of its own, beside this one:
      - file: first-story.md
      # A story whose whole text is elsewhere on the web:
      - title: "TODO: the headline of another story"
        {url}
        teaser: One or two sentences that make readers want to read on...

  - kind: notices
    items:
      # 'newsletter new' puts it into each issue until this day.
      - title: "TODO: something that readers should know for some weeks"
        {url}
        until: {until}
        teaser: What it is about, in a sentence or two.
"""
_STORY = """\
---
title: "TODO: the headline of your first story"
date: {day}
---
A story in a file of its own has its fields above, between two lines of three hyphens, and its text
below them. An empty line ends a paragraph. Readers of the email see the beginning of the text, and
read the rest on the web.

These words are *in italics*, these are **bold**, and [these lead to a page](<{home_page}>).
"""
_README = """\
# {name}

One folder for each issue, in `issues/`; what all share is in `issues/publication.yaml`.

    newsletter new                 make the next issue, from the last one
    newsletter add piece.docx      add what was sent: Word, mail, web pages, text
    newsletter monday              all at once: new, what lies in issues/inbox/, check, preview
    newsletter check               find every mistake before readers do
    newsletter build --open        make the email, and look at it
    newsletter proof               make one file to mail for sign-off
    newsletter archive --drafts    make its pages for the web, in public/: upload them
    newsletter hand-over           make a draft in the mailing service
"""
_IGNORED = """\
# What is built, what waits to be added, and the keys of mailing services.
build/
public/
issues/inbox/
.env
"""
_WEEKS = 28
"""Days for which the example of a notice is current."""


def fault_of(field: str, answer: str) -> Wording | None:
    """Return what is wrong with a field of a publication, and what to do; None if it is right."""
    try:
        Publication.model_validate({field: answer})
    except ModelError as error:
        for fault in error.refusal.errors(include_url=False):
            if fault["loc"][:1] == (field,):
                return field_problem(fault, Publication, is_written=True)
    return None


def first_files(answers: Mapping[str, str], number: str, day: date) -> dict[str, bytes]:
    """Return the files of a newsletter by their names.

    ``answers`` has what is known of the publication, by the names of its fields.
    """
    fields = {**_derived(answers), **answers}
    lines = {name: as_yaml({name: value}).rstrip() for name, value in fields.items()}
    until = day.fromordinal(day.toordinal() + _WEEKS)
    home_page = answers["home_page"]
    facts = {
        "number": number,
        "day": day,
        "until": until,
        "home_page": home_page,
        "url": as_yaml({"url": home_page}).rstrip(),
    }

    issue = f"issues/{number}"
    texts = {
        ".gitignore": _IGNORED,
        "README.md": fill(_README, {"name": answers["name"]}),
        f"issues/{PUBLICATION}": fill(_PUBLICATION, lines),
        f"{issue}/first-story.md": fill(_STORY, facts),
        f"{issue}/{MANIFEST}": fill(_ISSUE, facts),
    }
    return {name: text.encode() for name, text in texts.items()}


def _derived(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that follow from others, as far as anything can be known of them."""
    home = urlsplit(answers["home_page"])
    site = f"{home.scheme}://{home.netloc}"
    _, address = mailbox(answers["from"])
    why = f"You get this email because you asked for it at {home.netloc}."
    return {
        "unsubscribe": f"mailto:{address}?subject=Unsubscribe",
        "why": f"{why} You can leave at any time.",
        "direction": direction_of(answers["language"]),
        "archive": f"{site}/issues/",
        "pictures": f"{site}/pictures/",
    }
