"""An issue to a PublishedIssue: what lists show of it and of its pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from operator import attrgetter

from newsletter.adding.receipts import RelatedPiece, related_by_file
from newsletter.archive.issues.references import mentions
from newsletter.archive.issues.slugs import author_path, topic_path
from newsletter.archive.nouns import (
    Byline,
    Corrected,
    Heading,
    ListedCorrection,
    Occasion,
    Piece,
    PublishedIssue,
    Related,
    Reviewed,
    Shown,
    Topic,
    Vacancy,
)
from newsletter.archive.paths import REVIEWS, SECTIONS
from newsletter.archive.words.telling_words import telling_words
from newsletter.email.teaser import teaser
from newsletter.email.typesetting import blocks_in_type, line_in_type
from newsletter.manifest import Manuscript
from newsletter.model import (
    EDITORIAL,
    Advert,
    Event,
    Image,
    Issue,
    Item,
    Job,
    Person,
    Publication,
    Review,
    Work,
)
from newsletter.model.fields import Seen
from newsletter.model.walking import texts
from newsletter.pictures.on_pages import stored_pictures
from newsletter.text.markdown import run_on, running_text, to_line
from newsletter.text.normalise import normalised_url
from newsletter.theme.words import Words


def published(words: Words, manuscript: Manuscript, issue: Issue) -> PublishedIssue:
    """Return an issue as the archive knows it, its texts in type, as one that is no draft.

    The paths of its authors and topics are those that no other name has (slugs.py sees to that).
    ``words`` are the theme's; ``issue`` is that of the manuscript, its lines in type.
    """
    pictures = stored_pictures(manuscript)
    lead = issue.lead or next(issue.items)
    whole = PublishedIssue(
        number=issue.number,
        path=f"{issue.number}/",
        day=issue.date,
        is_draft=False,
        title=lead.title,
        folder=manuscript.folder,
        pieces=tuple(_pieces(issue, manuscript, words)),
        corrections=tuple(_corrections(issue)),
        events=tuple(item.page for item in issue.items if isinstance(item, Event)),
        mentions=mentions(_markdown_of(issue), issue.publication.name),
        pictures=pictures,
        files=_digest_of(manuscript.lines.values()),
        facts=b"",
    )
    return whole._replace(facts=_facts_of(whole))


def _facts_of(issue: PublishedIssue) -> bytes:
    own = issue._replace(folder=None, pieces=(), files=b"")  # type: ignore[arg-type]
    digest = sha256(repr(own).encode())
    for piece in issue.pieces:
        digest.update(piece.digest)
    return digest.digest()


def _markdown_of(issue: Issue) -> Iterator[str]:
    """Return all texts of an issue that are Markdown."""
    return (text.value for text in texts(issue) if text.seen is Seen.MARKDOWN)


def _digest_of(files: Iterable[list[str]]) -> bytes:
    """Return a digest of files, of which each is given as its lines."""
    digest = sha256()
    for lines in files:
        digest.update("\n".join(lines).encode() + b"\0")
    return digest.digest()


def _pieces(issue: Issue, manuscript: Manuscript, words: Words) -> Iterator[Piece]:
    links = related_by_file(manuscript.folder)
    for section in issue.sections:
        title = section.title or words["sections"][section.kind]
        heading = Heading(section.kind, title, f"{SECTIONS}{section.kind}/")
        for item in filter(attrgetter("has_page"), section.items):
            file = _file(manuscript, item)
            piece = _piece(issue, heading, item, file, links.get(file, ()))
            yield piece._replace(source=_source(manuscript, item))


def _source(manuscript: Manuscript, item: Item) -> bytes:
    """Return a digest of the files that an item is written in."""
    files = {manuscript.folder.manifest, manuscript.place(item).path}
    return _digest_of(manuscript.lines[file] for file in sorted(files))


def _corrections(issue: Issue) -> Iterator[ListedCorrection]:
    for item in issue.items:
        place = f"{item.page}/" if item.has_page else f"#{item.key}"
        path = f"{issue.number}/{place}"
        for one in sorted(item.corrections, key=attrgetter("date"), reverse=True):
            yield ListedCorrection(issue.number, path, item.title, one.date, one.text)


def _file(manuscript: Manuscript, item: Item) -> str:
    """Return the file that an item is written in, from its issue's folder on; "" for issue.yaml."""
    path = manuscript.place(item).path
    if path == manuscript.folder.manifest:
        return ""
    return path.relative_to(manuscript.folder.path).as_posix()


def _piece(
    issue: Issue, heading: Heading, item: Item, file: str, led_to: Iterable[RelatedPiece]
) -> Piece:
    written = sorted(item.corrections, key=attrgetter("date"))
    corrections = [Corrected(one.date, one.text) for one in written]
    piece = Piece(
        number=issue.number,
        key=item.key,
        path=f"{issue.number}/{item.page}/",
        file=file,
        kind=item.kind,
        is_editorial=isinstance(item, EDITORIAL),
        advertiser=item.advertiser if isinstance(item, Advert) else "",
        section=heading,
        title=item.title,
        day=item.date or issue.date,
        authors=tuple(map(_byline, item.authors)),
        teaser=_teaser(issue, item),
        topics=tuple(Topic(name, topic_path(name)) for name in item.topics),
        work=_reviewed(item.work) if isinstance(item, Review) else None,
        occasion=_occasion(item) if isinstance(item, Event) else None,
        vacancy=_vacancy(item) if isinstance(item, Job) else None,
        picture=_shown(item.picture) if item.picture else None,
        url=item.url or "",
        corrections=tuple(corrections),
        corrected=corrections[-1].day if corrections else None,
        related=item.related,
        led_to=tuple(_link(issue.publication, other) for other in led_to if other.title),
        words="",
        source=b"",
        digest=b"",
    )
    words = telling_words(item.title, item.body)
    digest = sha256(repr(piece).encode()).digest()
    return piece._replace(words=" ".join(words), digest=digest)


def _byline(author: Person) -> Byline:
    return Byline(author.name, author.role or "", author_path(author.name))


def _reviewed(work: Work) -> Reviewed:
    return Reviewed(work.kind, work.title, f"{REVIEWS}{work.kind}/")


def _occasion(event: Event) -> Occasion:
    return Occasion(event.starts, event.ends, event.place)


def _vacancy(job: Job) -> Vacancy | None:
    vacancy = Vacancy(job.employer, job.place, job.closes)
    return vacancy if any(vacancy) else None


def _shown(picture: Image) -> Shown:
    return Shown(picture.src, picture.alt, picture.credit or "")


def _link(publication: Publication, other: RelatedPiece) -> Related:
    return Related.of(
        title=line_in_type(other.title or "", publication),
        day=_day(other.date),
        authors=(line_in_type(other.author, publication),) if other.author else (),
        teaser=line_in_type(other.teaser or "", publication),
        url=other.url if other.url and normalised_url(other.url) else "",
    )


def _day(written: str | None) -> date | None:
    """Return the day of a receipt; None if it has none, or no real one."""
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None


def _teaser(issue: Issue, item: Item) -> str:
    """Return a teaser, of a piece too that its email shows whole."""
    publication = issue.publication
    if item.whole:
        item = item.model_copy(update={"whole": False})
    short = teaser(item, publication.teasers, publication.language, is_lead=False)
    blocks = blocks_in_type(running_text(short), publication)
    return "".join(between + to_line(line) for between, line in run_on(blocks))
