"""``newsletter schema``: the JSON Schemas of the files that editors write."""

from __future__ import annotations

import json

import click

from newsletter.cli.output import write_out
from newsletter.manifest.schema import issue_schema, publication_schema
from newsletter.services import names

_SCHEMAS = {"publication": lambda: publication_schema(names()), "issue": issue_schema}


@click.command()
@click.argument("which", type=click.Choice(list(_SCHEMAS)), required=False)
def schema(which: str | None) -> None:
    """Print the JSON Schema of publication.yaml or issue.yaml; without a name, both."""
    schemas = {name: make() for name, make in _SCHEMAS.items()}
    write_out(json.dumps(schemas[which] if which else schemas, indent=2, ensure_ascii=False))
