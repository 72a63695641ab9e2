"""Themes: a folder of MJML, Jinja2 and CSS, compiled once. The only room that knows mjml and premailer."""

from newsletter.theme.compiling import Theme, compile_theme

__all__ = ["Theme", "compile_theme"]
