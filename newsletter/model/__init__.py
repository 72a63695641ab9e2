"""The nouns of the trade: what a newsletter is made of. Read this room first.

A Publication stays the same from week to week; an Issue is one number of it; it has Sections, which
hold Items; a rendered Issue is an Email, one in each Format; what a check finds in it is a Finding,
at a Place; an Issue at a mailing service is a Draft. All are frozen: each stage takes one noun and
returns the next.
"""

from newsletter.model.draft import Audience, Draft, Instant
from newsletter.model.finding import Finding, Place, Severity
from newsletter.model.formats import Format, Shows
from newsletter.model.issue import Email, File, Issue, Section
from newsletter.model.item_parts import (
    Correction,
    Image,
    Link,
    LinkGroup,
    Person,
    Source,
    Work,
    WorkKind,
)
from newsletter.model.items import (
    EDITORIAL,
    ITEM_OF_SECTION,
    Advert,
    Comment,
    Elsewhere,
    Event,
    Item,
    Job,
    News,
    Notice,
    Review,
    SectionKind,
)
from newsletter.model.noun import Noun
from newsletter.model.publication import Client, MergeTagName, Publication, Weekday
from newsletter.model.publication_parts import Ignore, Pages, Selectors, Site, WordTeasers

__all__ = [
    "EDITORIAL",
    "ITEM_OF_SECTION",
    "Advert",
    "Audience",
    "Client",
    "Comment",
    "Correction",
    "Draft",
    "Elsewhere",
    "Email",
    "Event",
    "File",
    "Finding",
    "Format",
    "Ignore",
    "Image",
    "Instant",
    "Issue",
    "Item",
    "Job",
    "Link",
    "LinkGroup",
    "MergeTagName",
    "News",
    "Notice",
    "Noun",
    "Pages",
    "Person",
    "Place",
    "Publication",
    "Review",
    "Section",
    "SectionKind",
    "Selectors",
    "Severity",
    "Shows",
    "Site",
    "Source",
    "Weekday",
    "WordTeasers",
    "Work",
    "WorkKind",
]
