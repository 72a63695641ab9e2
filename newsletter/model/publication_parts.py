"""What belongs to a publication: how its teasers are made, what is ignored, its website."""

from __future__ import annotations

from pydantic import Field

from newsletter.model.dates import Day
from newsletter.model.fields import (
    Line,
    Markdown,
    OneLine,
    QuotedTitle,
    WebAddress,
    WebOrMailAddress,
)
from newsletter.model.noun import Noun


class WordTeasers(Noun):
    """Teasers cut after a fixed number of words."""

    words: int = Field(ge=5, le=200, description="How many words of the body a teaser shows.")


class Ignore(Noun):
    """Findings of a rule that are ignored, and why."""

    rule: OneLine = Field(description="Name of the rule; 'newsletter explain' lists them.")
    reason: OneLine = Field(
        description="Why its findings can be ignored, for whoever asks next year."
    )
    item: QuotedTitle | None = Field(None, description="Title of the item, if only one is meant.")
    until: Day | None = Field(
        None, description="The last day on which this applies, as 2012-04-30."
    )


class Selectors(Noun):
    """Where the publisher's own web pages have what: CSS selectors (Selectors Level 4)."""

    title: OneLine | None = Field(None, description="The headline, as h1.entry-title.")
    date: OneLine | None = Field(None, description="The piece's own date.")
    byline: OneLine | None = Field(None, description="Who wrote it.")
    affiliation: OneLine | None = Field(None, description="The author's post, beside the byline.")
    number: OneLine | None = Field(None, description="The issue that it appeared in.")
    section: OneLine | None = Field(None, description="The section's name, as News or Comment.")
    teaser: OneLine | None = Field(None, description="A teaser or standfirst of its own.")
    image: OneLine | None = Field(None, description="The picture.")
    caption: OneLine | None = Field(None, description="The words below the picture.")
    credit: OneLine | None = Field(None, description="Who made the picture.")
    body: OneLine | None = Field(None, description="The whole piece.")
    references: OneLine | None = Field(None, description="The list of sources and references.")


class Site(Noun):
    """The publisher's own website, from which 'newsletter add' takes pieces."""

    wordpress: WebAddress | None = Field(
        None, description="The address of a WordPress site, whose posts are read through its API."
    )
    feed: WebAddress | None = Field(
        None, description="The address of a feed (RSS, Atom or JSON Feed), for any other site."
    )
    selectors: Selectors = Field(
        default_factory=Selectors,
        description="Where its pages have what; asked before anything is guessed.",
    )


class Pages(Noun):
    """What the web pages of the archive say and offer, besides the pieces."""

    comments: WebOrMailAddress | None = Field(
        None, description="Where a reader comments on a piece: https:// or mailto:."
    )
    comment_terms: Markdown | None = Field(
        None, description="What somebody who comments agrees to, in Markdown."
    )
    syndicate: WebOrMailAddress | None = Field(
        None, description="Where somebody asks to use a piece: https:// or mailto:."
    )
    republish: Markdown | None = Field(
        None,
        description=(
            "The terms on which others may show a piece, in Markdown; with them each page has a "
            "box with its HTML and its text, ready to copy."
        ),
    )
    affiliate: Line | None = Field(
        None,
        description="What readers should know about links to shops, such as who earns from them.",
    )
    cards: Day | None = Field(
        None,
        description=(
            "The day of the first issue that has a share card, the picture beside a link to it "
            "that somebody shares; if left out, the newest 52 issues have one."
        ),
    )
