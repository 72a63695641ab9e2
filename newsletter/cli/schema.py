"""``newsletter schema``: the JSON Schemas of the files that editors write."""

from __future__ import annotations

import json
from typing import Any

import click

from newsletter.cli.output import write_out


@click.command()
@click.argument("which", type=click.Choice(["publication", "issue"]), required=False)
def schema(which: str | None) -> None:
    """Print the JSON Schema of publication.yaml or issue.yaml; without a name, both."""
    every = schemas()
    write_out(as_text(every[which] if which else every))


def schemas() -> dict[str, Any]:
    """Return each schema by its name."""
    from newsletter.manifest.schema import issue_schema, publication_schema
    from newsletter.services import names

    return {"publication": publication_schema(names()), "issue": issue_schema()}


def as_text(document: dict[str, Any]) -> str:
    """Return a schema, or several by their names, as JSON."""
    return json.dumps(document, indent=2, ensure_ascii=False)
