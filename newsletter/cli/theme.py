"""``newsletter theme check`` and ``newsletter theme new``."""
import click


@click.group()
def theme() -> None:
    """Check a theme, or start a new one."""
