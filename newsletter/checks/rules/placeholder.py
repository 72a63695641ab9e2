"""A placeholder was left in, where the real words or the real address belong.

What it does: looks in every text and every address of the issue and of the publication, and in the
links of the finished email, for placeholders: "lorem ipsum", TODO, FIXME, XXX, "tk tk", "[TBD]",
"TBD:"; a field that is only "TBD", "None", "null", "undefined" or "NaN", or an address with one of
the last four in its path; the hosts example.com, example.org, example.net, localhost and all that
end in .test, .example or .invalid; "#" as an address; a greeting that has lost its name, such as
"Dear ,". A field that is only "test", or a subject that begins with "[Test]" or "Test:", is a
warning, and so is, in English, what is usually a placeholder: "???" for a word, "£XXX", "XX per
cent", "TK people", "[insert name]", "[date]", "[CHECK]", and the marks of Word's comments, as in
"so they said[SS1]". "47,XXX", "XXX syndrome" and a word such as Spanish "todo" are left alone, and
so are "TBC" and "TBD" for what nobody knows yet: "venue TBD", or the place of an event; so are
code, and a reminder in quotes.

Why it matters: a placeholder is written for one pair of eyes, and is sent to thousands. Nobody can
ever reach an address that RFC 2606 and RFC 6761 set aside for examples and tests:
https://www.rfc-editor.org/rfc/rfc6761

Wrong:

```yaml item
title: Gene therapy restores hearing in a first trial
url: https://www.bionews.org.uk/page_200001
teaser: Children heard their parents for the first time. TODO add the number of patients.
```

Right:

```yaml item
title: Gene therapy restores hearing in a first trial
url: https://www.bionews.org.uk/page_200001
teaser: Children heard their parents for the first time. Six patients took part.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Issue, Severity
from newsletter.model.addresses import written_addresses
from newsletter.model.fields import Seen, mailbox
from newsletter.model.walking import Text, texts
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "email"
_BEFORE_NAME = "dear|cher|chère|liebe|lieber|estimado|estimada"
_GREETING = (
    rf"(?:(?:{_BEFORE_NAME}|hi|hello|hey|bonjour|salut|hallo|hola|ciao) +,|(?:{_BEFORE_NAME}),$)"
)
_ANYWHERE = re.compile(
    rf"\blorem\s+ipsum\b|(?<![\w-])fixme(?![\w-])|\btk ?tk\b|^{_GREETING}", re.IGNORECASE
)
_TODO = re.compile(r"(?<![\w-])TODO(?![\w-])")
_TODO_WITH_COLON = re.compile(r"\[TODO\]|(?<![\w-])TODO:")
_A_WORD_FOR_ALL = ("es", "pt", "gl", "ast")
"""Languages in which "todo" is a word of its own."""
_REMINDER_IN_QUOTES = re.compile(r"""["'“‘«]\s?(?:todo|fixme|tbd):?\s?["'”’»]""", re.IGNORECASE)
_TBD = re.compile(r"TBD[.!?]*", re.IGNORECASE)
_TBD_AS_A_REMINDER = re.compile(r"\[TBD\]|(?:^|(?<=[.,;(] ))TBD:")
_XXX = re.compile(r"\[x{3,}\]|(?<![\w,.-])x{4,}(?![\w-])", re.IGNORECASE)
# Not "Super Bowl XXX", "XXX Congress" or "chapter XXX", which are numbers, nor "XXX women", who are
# people.
_XXX_FOR_A_WORD = re.compile(
    r"(?:^|[,;:.(] "
    r"|\b(?!chapter|volume|part|section|article|title|book|number)[a-z]+ "
    r"|\b(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.? )"
    r"XXX(?= (?!wom|female|girl|m[ae]n\b|male|boy|cell|embryo|bab)[a-z]|[,;:.?!]|$)"
)
_CHROMOSOMES = re.compile(
    r"chromosom|karyotyp|syndrom|som(?:y|ic)\b|ploid|triple.x|\d\d,\s?X|\b(?:XX|XY|XXY|XYY)\b",
    re.IGNORECASE,
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_AMOUNT = "per ?cent|million|billion|thousand|hundred|years|months|days|words"
_BEFORE, _BEHIND = r"(?:^|(?<=[\s(\[“‘\"'£$€]))", r"(?=[\s)\].,;:%”’\"']|$)"
_IN_BRACKETS = (
    "insert|to come|to follow|to check|TK|TBA",
    r"check(?=\])|(?-i:CHECK)(?=[ :?!])",
    "add (?:an?|the|your|name|link|date|quote)",
    "(?:your |the )?(?:name|date|time|title|link|url|quote|number|author|picture|photo)s?"
    "(?: here| needed)?(?=\\])",
)
_INITIALS = r"\[(?!(?:BH|CH|CN|CO|NH|NO|PO|SO)\d)[A-Z]{2}[1-9]\d?\]"
"""The mark of a comment in Word, such as [SS1]; not a formula, as in log[CO2]."""
_INSTRUCTION = "|".join(_IN_BRACKETS)
_DOUBTFUL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BEFORE}\?{{3,}}{_BEHIND}",  # a word of its own: not "Really???"
        rf"{_BEFORE}\?\?(?=%| (?:{_AMOUNT})\b|$)",  # not "a ?? b" in code
        r"[£$€](?:\?\?+|XX+\b|TK\b)",
        rf"(?<![\w,.-])XX+(?=%|th\b|/XX|-year| (?:{_AMOUNT}|{_MONTH})\b)",
        r"(?<=[“‘\"'])XXX(?=[”’\"'])",
        r"(?<![\w,.-])XXX (?:University|Hospital|Institute|College|Clinic|Trust)\b",
        rf"^TK[.!?]*$|(?<![\w-])TK(?=%| (?:{_AMOUNT}|people|patients)\b)",
        rf"(?<![\w\[(])\[(?i:{_INSTRUCTION})\b[^\[\]]{{0,60}}\](?!\])",
        # Word puts a mark straight behind the words, and pastes the comments themselves after the
        # text. With spaces around it, it may be what a speaker left out: "these [CD4] cells".
        rf"(?:(?<=[a-z]{{3}})|(?<=[.,;:?!%”’])){_INITIALS}(?=[\s.,;:?!”’]|$)"
        rf"|^{_INITIALS}(?=[A-Za-z])",
        r"\bComment(?:ed)? \[[A-Z]{1,3}\d{1,3}\]:",
    )
)
"""What is usually a placeholder, in English.

Such as ???, £XXX, TK per cent, [insert name], [CHECK] and said[SS1].
"""
_PRINTED = re.compile(r"None|undefined|null|NaN")
"""What programs print where they have nothing."""
_NOT_KNOWN_YET = ("place", "venue", "dates")
"""Fields that may say only that nobody knows yet."""
_ALL_THERE_IS = re.compile(r"(?:todo|tbd|fixme|x{3,})[.:!?]*", re.IGNORECASE)
_TEST = re.compile(r"test(?:ing)?[.!?]*", re.IGNORECASE)
_TEST_SUBJECT = re.compile(r"\[test\]|test:", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?([^/?#:]+)|mailto:[^?]*@([^?@]+)", re.IGNORECASE)
_RESERVED = re.compile(
    r"(?:.+\.)?(?:example(?:\.com|\.org|\.net)?|localhost|test|invalid)\.?", re.IGNORECASE
)
_LOST = re.compile(r"/(None|undefined|null|NaN)(?=[/?#]|$)")
_IN_TEXT = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"“”'’)]+|(?<![\w./-])example\.(?:com|org|net)\b"
)
_HINT = "Write what belongs here, or delete it."
_HINT_FOR_ADDRESS = "Write the real address."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield placeholders in texts, in written addresses, and in addresses of the theme."""
    for passage in galley.manuscript.passages:
        yield from _in_words(galley, passage)
        yield from _in_bare_addresses(galley, passage)
    yield from _in_subject(galley)

    reported: set[str] = set()
    for text, address in _written(galley.issue):
        fault = _fault(address)
        if fault:
            reported.add(address.rstrip("/"))
            place = galley.manuscript.find_in_text(text, address)
            yield place.error(fault, _HINT_FOR_ADDRESS)

    yield from _in_document(galley, reported)


# In texts


def _in_words(galley: Galley, passage: Passage) -> Iterator[Finding]:
    """Yield the first placeholder of a passage."""
    text = passage.text.strip()
    if _TEST.fullmatch(text):
        place = galley.manuscript.find_in(passage, text)
        yield place.warning(f"'{text}' is all that this text says.", _HINT)
        return

    language = galley.issue.publication.primary_language
    words = _REMINDER_IN_QUOTES.sub("", passage.prose.strip())
    may_be_open = passage.field in _NOT_KNOWN_YET
    found = _placeholder(words, language, may_be_open)
    if found:
        yield _certain(galley, passage, found)
        return

    doubtful = _first(_DOUBTFUL, words) if language == "en" else None
    if doubtful:
        place = galley.manuscript.find_in(passage, doubtful)
        yield place.warning(f"'{printable(doubtful)}' appears to be a placeholder.", _HINT)


def _certain(galley: Galley, passage: Passage, found: str) -> Finding:
    place = galley.manuscript.find_in(passage, found)
    is_greeting = found.endswith(",")
    if is_greeting:
        hint = "Write [[first-name]] after it (only in a welcome), or greet all readers."
        return place.error(f"The greeting '{found}' has lost its name.", hint)
    return place.error(f"'{printable(found)}' is a placeholder.", _HINT)


def _placeholder(text: str, language: str, may_be_open: bool) -> str | None:
    """Return the first placeholder in a text, which may be just TBD if it ``may_be_open``."""
    if may_be_open and _TBD.fullmatch(text):
        return None
    if _is_nothing_else(text, language):
        return text
    return _first(_patterns(text, language), text)


def _is_nothing_else(text: str, language: str) -> bool:
    if _PRINTED.fullmatch(text):
        return True
    is_a_word = language in _A_WORD_FOR_ALL and text.istitle()
    return bool(_ALL_THERE_IS.fullmatch(text)) and not is_a_word


def _patterns(text: str, language: str) -> list[re.Pattern[str]]:
    """Return what is certainly a placeholder in a text like this."""
    patterns = [_ANYWHERE, _TODO, _TBD_AS_A_REMINDER]
    if language in _A_WORD_FOR_ALL:
        patterns[1] = _TODO_WITH_COLON

    if not _CHROMOSOMES.search(text):
        patterns.append(_XXX)
        if language == "en":
            patterns.append(_XXX_FOR_A_WORD)
    return patterns


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> str | None:
    """Return the match of the first pattern that matches."""
    for pattern in patterns:
        match = pattern.search(text)
        if match:
            return match[0].strip()
    return None


def _in_subject(galley: Galley) -> Iterator[Finding]:
    match = _TEST_SUBJECT.match(galley.issue.subject or "")
    if match:
        place = galley.manuscript.place(name="subject")
        message = f"The subject begins with '{match[0]}'."
        yield place.warning(message, "Delete it before the issue goes to readers.")


# In addresses


def _in_bare_addresses(galley: Galley, passage: Passage) -> Iterator[Finding]:
    """Yield placeholders in addresses that are written out, and are no links."""
    for match in _IN_TEXT.finditer(passage.unread):
        address = match[0].rstrip(".,;:!?")
        has_scheme = "://" in address
        fault = _fault(address if has_scheme else f"//{address}")
        if fault:
            place = galley.manuscript.find_in(passage, address)
            yield place.error(fault, _HINT_FOR_ADDRESS)


def _written(issue: Issue) -> Iterator[tuple[Text, str]]:
    """Yield every address of an issue and its publication, with the text that it is written in."""
    yield from written_addresses(issue)
    for text in texts(issue):
        if text.seen is Seen.MAILBOX:
            _, address = mailbox(text.value)
            yield text, f"mailto:{address}"


def _in_document(galley: Galley, reported: set[str]) -> Iterator[Finding]:
    """Yield placeholders in links of the finished email whose address was not reported before."""
    for link in galley.links:
        fault = _fault(link.address)
        if fault is None:
            continue

        is_reported = any(link.address.startswith(address) for address in reported)
        if not is_reported:
            place = galley.in_theme(f'href="{link.address}"', f'"{link.address}"')
            yield place.error(fault, _HINT_FOR_ADDRESS)


def _fault(address: str) -> str | None:
    """Return what is wrong with an address, if it is a placeholder."""
    if address == "#":
        return "The address '#' leads nowhere."

    shown = printable(address.removeprefix("//").removeprefix("mailto:"))
    host = _HOST.match(address)
    if host and _RESERVED.fullmatch(host[1] or host[2]):
        return f"'{shown}' is an address for examples and tests; no reader can reach it."

    lost = _LOST.search(address)
    if lost:
        return f"'{shown}' has '{lost[1]}' where a part of the address should be."
    return None
