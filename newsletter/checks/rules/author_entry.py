"""An entry under 'authors' is not the name of one person or one organisation.

What it does: looks at each name in `authors` for two people in one entry ("A. Author and B.
Author", "A. Author; B. Author"), for a name followed by a job ("A. Author, PhD student"), for an
entry that is only a job or a degree after a person ("PhD student", "MD"), for "By" before a name,
for brackets around it, and for an email address instead of a name. Degrees and honours after a name
are left alone ("A. Author, MD"), and so are organisations with "and" or a comma in their names,
firms ("Smith & Sons"), and particles ("van der Berg").

Why it matters: each entry is one author, in the byline and wherever pieces are grouped by author. A
job appears as a second person ("by A. Author and PhD student"), and "By" appears twice. YAML is the
trap: a comma inside square brackets starts a new entry (YAML 1.2.2, 7.4.1).

Wrong:

```yaml item
kind: comment
title: What the new rules leave open
url: https://www.bionews.org.uk/page_100007
authors: [Alex Author, PhD student]
teaser: The new rules answer three questions, and leave one open that many readers will ask...
```

Right:

```yaml item
kind: comment
title: What the new rules leave open
url: https://www.bionews.org.uk/page_100007
authors:
  - name: Alex Author
    role: PhD student
teaser: The new rules answer three questions, and leave one open that many readers will ask...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Person, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_BY = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(.+\)")
_MAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_AND = {"fr": "et", "de": "und", "es": "y", "it": "e", "nl": "en", "pt": "e"}
"""The word for "and", in languages other than English."""
_POST_BEHIND = re.compile(
    r"(?P<name>[^,(]+?)(?:\s*,\s+|\s+[-–—]\s+|\s*\((?=.*\s.*\)$))(?P<post>[^()]+)\)?"
)
_COMPANY = re.compile(
    r"[\s,](?:inc|ltd|limited|llc|llp|plc|corp|corporation|gmbh|ag|co)\b", re.IGNORECASE
)
_AND_OTHERS = re.compile(r"(?:and|&|et al\b|with)", re.IGNORECASE)
_SAME_PERSON = re.compile(
    r"(?:née?|nee|born|formerly|aka|alias|baron(?:ess)?|lord|lady|earl|viscount)\b", re.IGNORECASE
)
"""How another name of the same person begins."""

# A person's name is two to five words that begin with a capital, with particles between, and none of them is a
# word from the names of organisations. In doubt it is an organisation: a false alarm is worse than silence.
_LONGEST = 200
_FEWEST, _MOST = 2, 5
_BETWEEN_NAMES = "af al av bin da de del della den der di dos du el ibn la le ter ten van von y zu"
_PARTICLES = frozenset(_BETWEEN_NAMES.split())
_WORDS_OF_BODIES = (
    "academy administration agency alliance archive association authority authors bank bar board body books "
    "bookshop bureau care center centre charity church clinic club college commission committee commons company "
    "conference consortium contributors council court department directorate division education embassy ethics "
    "executive faculty federation fertility festival forum foundation fund genetics genomics government group "
    "guardian health hospital hospitals house human initiative institute institution journal lab laboratory law "
    "library limited llp lords ltd magazine media medicine ministry museum national network news office "
    "organisation organization panel parliament partners partnership party plc policy press productions project "
    "reproductive research rights royal school science sciences secretariat service services sexual society "
    "solicitors sons staff studies survey systems task team technologies technology theatre times trust union "
    "unit universidad universities university universität université watch women workers"
)
_OF_BODIES = frozenset(_WORDS_OF_BODIES.split())

_DEGREE = re.compile(
    r"(?:Jr|Sr|Jnr|Snr|Esq)\.?|(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z.]{2,8}|\([A-Za-z.]{2,8}\)"
)
"""A degree or an honour as it may follow a name: PhD, M.D., FRCOG, OBE, (Hons), Jr."""
_DEGREE_ALONE = re.compile(
    r"(?:Jr|Sr|Ph\.?D|M\.?D|D\.?Phil|M\.?Sc|B\.?Sc|M\.?A|B\.?A|FRS|OBE|CBE|MBE|QC|KC|MP|RN)\.?"
)
"""The best known ones, which are not the name of any organisation."""
_POST_ALONE = re.compile(
    r"(?:.+\s)?(?:student|fellow|researcher|lecturer|professor|editor|director|journalist|reporter|correspondent|writer"
    r"|scientist|embryologist|geneticist|biologist|psychologist|sociologist|bioethicist|ethicist|philosopher|counsellor"
    r"|solicitor|barrister|trainee|intern|volunteer|manager|officer|consultant|candidate|assistant|coordinator|adviser"
    r"|advisor|analyst|postdoc|president|trustee)(?:$|,.*|\s(?:of|in|at|for|to|and)\s.*)",
    re.IGNORECASE,
)
_PLACE_ALONE = re.compile(
    r".*\b(?:university|college|faculty|department|school|hospital)\b", re.IGNORECASE
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each entry that is not one author."""
    word = _AND.get(galley.issue.publication.primary_language)
    for item in galley.issue.items:
        before: Person | None = None
        for position, author in enumerate(item.authors):
            if found := _wrong(author, before, word):
                yield galley.manuscript.place(item, "authors", position, "name").warning(*found)
            before = author


def _wrong(author: Person, before: Person | None, word: str | None) -> tuple[str, str] | None:
    """Return what is wrong with an entry, and what to do."""
    name = author.name
    if len(name) > _LONGEST:
        return None

    seen = printable(name, _LONGEST)
    if _IN_BRACKETS.fullmatch(name):
        return (
            f"The brackets of '{seen}' appear in the byline.",
            "Take them off; a list has square ones: [A, B].",
        )
    if _MAIL_ADDRESS.fullmatch(name):
        return (
            f"'{seen}' is an email address, and readers see it in the byline.",
            "Write the author's name.",
        )

    if by := _BY.match(name):
        return (
            f"The author '{seen}' begins with 'By'.",
            f"Write '{printable(name[by.end() :])}': the email adds 'by'.",
        )

    if _COMPANY.search(name):
        return None
    if people := _people(name, word):
        entries = ", ".join(map(printable, people))
        return (
            f"There are {len(people)} authors in one entry: '{seen}'.",
            f"Write one entry for each: [{entries}]",
        )

    if behind := _post_behind(name):
        hint = f"Write 'name: {printable(behind['name'])}' and, on a line of its own, 'role: {printable(behind['post'])}'."
        return f"There is more than a name in '{seen}'.", hint

    if before and not author.role and _is_person(before.name) and _is_not_a_name(name):
        message = f"'{seen}' is listed as a separate author, after '{printable(before.name)}'."
        hint = f"If it belongs to that name, write 'name: {printable(before.name)}' and below it 'role: {seen}'."
        if _DEGREE_ALONE.fullmatch(name):
            hint = f'If it belongs to that name, write both in quotes: "{printable(before.name)}, {seen}".'
        return message, hint
    return None


def _people(name: str, word: str | None) -> list[str]:
    """Return the names of the people in one entry; none if it is one person or one organisation."""
    joints = "|".join(("and", "&", "with", *filter(None, [word])))
    parts = re.split(rf"\s*[,;/|]\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+", name)
    people = [part for part in parts if part and not _is_degrees(part)]
    if len(people) < _FEWEST or any(_SAME_PERSON.match(part) for part in people):
        return []
    return people if ";" in name or all(map(_is_person, people)) else []


def _post_behind(name: str) -> re.Match[str] | None:
    found = _POST_BEHIND.fullmatch(name)
    if not found or not _is_person(found["name"]):
        return None

    post = found["post"]
    is_sound = (
        _SAME_PERSON.match(post)
        or _AND_OTHERS.match(post)
        or all(map(_is_degrees, post.split(",")))
    )
    return None if is_sound else found


def _is_degrees(text: str) -> bool:
    return all(_DEGREE.fullmatch(word) for word in text.split())


def _is_not_a_name(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (_DEGREE_ALONE, _POST_ALONE)) or bool(
        _PLACE_ALONE.match(name)
    )


def _is_person(name: str) -> bool:
    """Return whether a name is built like a person's: 'Jan van der Berg', but not 'Science Museum' or 'BioNews'."""
    words = name.split()
    own = [word for word in words if word not in _PARTICLES]
    return (
        len(own) >= _FEWEST
        and len(words) <= _MOST
        and words[-1] not in _PARTICLES
        and all(_is_name_word(word) for word in own)
    )


def _is_name_word(word: str) -> bool:
    """Return whether a word may be part of a person's name: Brooks, J., O'Neill, al-Said, d'Arcy."""
    parts = re.split(r"['’.-]", word)
    begins_large = any(part[:1].isupper() for part in parts)
    return begins_large and "".join(parts).isalpha() and word.lower() not in _OF_BODIES
