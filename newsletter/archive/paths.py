"""Where a site has its pages, from its root. Others link to them, so these names are for ever."""

from __future__ import annotations

PAGE = "index.html"
"""The file of a page in its folder."""
ALL_ISSUES = "issues/"
SECTIONS = "sections/"
REVIEWS = "reviews/"
AUTHORS = "authors/"
TOPICS = "topics/"
CORRECTIONS = "corrections/"
SEARCH = "search/"
