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
from newsletter.model.fields import Seen, mailbox
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import links
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
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
# Not "Super Bowl XXX", "XXX Congress" or "chapter XXX", which are numbers, nor "XXX women", who are people.
_XXX_FOR_A_WORD = re.compile(
    r"(?:^|[,;:.(] |\b(?!chapter|volume|part|section|article|title|book|number)[a-z]+ "
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
    "(?:your |the )?(?:name|date|time|title|link|url|quote|number|author|picture|photo)s?(?: here| needed)?(?=\\])",
)
_INITIALS = r"\[(?!(?:BH|CH|CN|CO|NH|NO|PO|SO)\d)[A-Z]{2}[1-9]\d?\]"
"""The mark of a comment in Word, such as [SS1]; not a formula, as in log[CO2]."""
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
        rf"(?<![\w\[(])\[(?i:{'|'.join(_IN_BRACKETS)})\b[^\[\]]{{0,60}}\](?!\])",
        # Word puts a mark straight behind the words, and pastes the comments themselves after the text. With spaces
        # around it, it may be what a speaker left out: "these [CD4] cells".
        rf"(?:(?<=[a-z]{{3}})|(?<=[.,;:?!%”’])){_INITIALS}(?=[\s.,;:?!”’]|$)|^{_INITIALS}(?=[A-Za-z])",
        r"\bComment(?:ed)? \[[A-Z]{1,3}\d{1,3}\]:",
    )
)
"""What is usually a placeholder, in English: ???, £XXX, TK per cent, [insert name], [CHECK], said[SS1]."""
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


def check(galley: Galley) -> Iterator[Finding]:
    """Yield placeholders in texts, in written addresses, and in addresses that only the theme has."""
    language = galley.issue.publication.primary_language
    for passage in galley.manuscript.passages:
        yield from _in_text(galley, passage, language)
    if galley.issue.subject and (found := _TEST_SUBJECT.match(galley.issue.subject)):
        place = galley.manuscript.place(name="subject")
        yield place.warning(
            f"The subject begins with '{found[0]}'.", "Delete it before the issue goes to readers."
        )
    reported = set()
    for text, address in _written(galley.issue):
        if fault := _fault(address):
            reported.add(address.rstrip("/"))
            place = galley.manuscript.find_in_text(text, address)
            yield place.error(fault, "Write the real address.")
    yield from _in_document(galley, reported)


def _in_text(galley: Galley, passage: Passage, language: str) -> Iterator[Finding]:
    text = passage.text.strip()
    words = _REMINDER_IN_QUOTES.sub("", passage.prose.strip())
    if _TEST.fullmatch(text):
        yield galley.manuscript.find_in(passage, text).warning(
            f"'{text}' is all that this text says.", _HINT
        )
    elif found := _placeholder(words, language, may_be_open=passage.field in _NOT_KNOWN_YET):
        place = galley.manuscript.find_in(passage, found)
        if found.endswith(","):
            hint = "Write [[first-name]] after it (only in a welcome), or greet all readers."
            yield place.error(f"The greeting '{found}' has lost its name.", hint)
        else:
            yield place.error(f"'{printable(found)}' is a placeholder.", _HINT)
    elif language == "en" and (doubtful := _first(_DOUBTFUL, words)):
        place = galley.manuscript.find_in(passage, doubtful)
        yield place.warning(f"'{printable(doubtful)}' appears to be a placeholder.", _HINT)
    for match in _IN_TEXT.finditer(passage.unread):  # links are checked later
        address = match[0].rstrip(".,;:!?")
        if fault := _fault(address if "://" in address else f"//{address}"):
            yield galley.manuscript.find_in(passage, address).error(
                fault, "Write the real address."
            )


def _placeholder(text: str, language: str, may_be_open: bool) -> str | None:
    """Return the first placeholder in a text, which may be just TBD if it ``may_be_open``."""
    if may_be_open and _TBD.fullmatch(text):
        return None
    todo_is_a_word = language in _A_WORD_FOR_ALL
    if _PRINTED.fullmatch(text) or (
        _ALL_THERE_IS.fullmatch(text) and not (todo_is_a_word and text.istitle())
    ):
        return text
    patterns = [_ANYWHERE, _TODO_WITH_COLON if todo_is_a_word else _TODO, _TBD_AS_A_REMINDER]
    if not _CHROMOSOMES.search(text):
        patterns += [_XXX, _XXX_FOR_A_WORD] if language == "en" else [_XXX]
    return _first(patterns, text)


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> str | None:
    """Return the match of the first pattern that matches."""
    return next((found[0].strip() for pattern in patterns if (found := pattern.search(text))), None)


def _fault(address: str) -> str | None:
    """Return what is wrong with an address, if it is a placeholder."""
    host = _HOST.match(address)
    seen = printable(address.removeprefix("//").removeprefix("mailto:"))
    if address == "#":
        return "The address '#' leads nowhere."
    if host and _RESERVED.fullmatch(host[1] or host[2]):
        return f"'{seen}' is an address for examples and tests; no reader can reach it."
    if lost := _LOST.search(address):
        return f"'{seen}' has '{lost[1]}' where a part of the address should be."
    return None


def _written(issue: Issue) -> Iterator[tuple[Text, str]]:
    """Yield every address of an issue and of its publication, with the text that it is written in."""
    for text in texts(issue):
        if text.seen is Seen.MARKDOWN:
            yield from ((text, address) for address in links(text.value))
        elif text.seen is Seen.ADDRESS:
            yield text, text.value
        elif text.seen is Seen.MAILBOX:
            yield text, f"mailto:{mailbox(text.value)[1]}"


def _in_document(galley: Galley, reported: set[str]) -> Iterator[Finding]:
    """Yield placeholders in links of the finished email, unless their address has been reported already."""
    for link in galley.document.links:
        fault = _fault(link.address)
        if fault and not any(link.address.startswith(address) for address in reported):
            place = galley.in_theme(f'href="{link.address}"', f'"{link.address}"')
            yield place.error(fault, "Write the real address.")
