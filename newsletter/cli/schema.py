"""``newsletter schema``: the JSON Schemas of the files that editors write."""

from __future__ import annotations

import json

import click

from newsletter.cli.output import write_out


@click.command()
@click.argument("which", type=click.Choice(["publication", "issue"]), required=False)
def schema(which: str | None) -> None:
    """Print the JSON Schema of publication.yaml or issue.yaml; without a name, both."""
    from newsletter.manifest.schema import issue_schema, publication_schema
    from newsletter.services import names

    schemas = {"publication": publication_schema(names()), "issue": issue_schema()}
    document = schemas
    if which:
        document = schemas[which]
    write_out(json.dumps(document, indent=2, ensure_ascii=False))
