"""What language-and-title must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

MJML = '<mjml lang="{{ publication.language }}" dir="{{ publication.direction }}">'


def changed(old: str, new: str) -> Plant:
    return lambda room: room.html(room.galley().email.html.replace(old, new, 1))


MISTAKES: dict[str, Plant] = {
    "another language": changed('<html lang="en-GB"', '<html lang="fr"'),
    "no language": changed('<html lang="en-GB"', "<html"),
    "no direction": changed('<html lang="en-GB" dir="ltr"', '<html lang="en-GB"'),
    "a theme with a fixed language": lambda room: room.theme(
        "email.mjml.j2", MJML, MJML.replace("{{ publication.language }}", "de")
    ),
    "no title": changed("<title>BioNews 652, 16\u00a0April\u00a02012</title>", ""),
    "an empty title": changed(
        "<title>BioNews 652, 16\u00a0April\u00a02012</title>", "<title> </title>"
    ),
    "no language within the body": changed(
        'role="article" lang="en-GB" dir="ltr"', 'role="article"'
    ),
}
