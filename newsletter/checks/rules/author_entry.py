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

# A person's name is two to five words that begin with a capital, with particles between, and none
# of them is a word from the names of organisations. In doubt it is an organisation: a false alarm
# is worse than silence.
_LONGEST = 200
_FEWEST, _MOST = 2, 5
_BETWEEN_NAMES = "af al av bin da de del della den der di dos du el ibn la le ter ten van von y zu"
_PARTICLES = frozenset(_BETWEEN_NAMES.split())
_WORDS_OF_BODIES = (
    "academy administration agency alliance archive association authority authors bank bar board "
    "body books bookshop bureau care center centre charity church clinic club college commission "
    "committee commons company conference consortium contributors council court department "
    "directorate division education embassy ethics executive faculty federation fertility "
    "festival forum foundation fund genetics genomics government group guardian health hospital "
    "hospitals house human initiative institute institution journal lab laboratory law library "
    "limited llp lords ltd magazine media medicine ministry museum national network news office "
    "organisation organization panel parliament partners partnership party plc policy press "
    "productions project reproductive research rights royal school science sciences secretariat "
    "service services sexual society solicitors sons staff studies survey systems task team "
    "technologies technology theatre times trust union unit universidad universities university "
    "universität université watch women workers"
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
_POSTS = (
    "student fellow researcher lecturer professor editor director journalist reporter "
    "correspondent writer scientist embryologist geneticist biologist psychologist sociologist "
    "bioethicist ethicist philosopher counsellor solicitor barrister trainee intern volunteer "
    "manager officer consultant candidate assistant coordinator adviser advisor analyst postdoc "
    "president trustee"
)
_POST_ALONE = re.compile(
    rf"(?:.+\s)?(?:{'|'.join(_POSTS.split())})(?:$|,.*|\s(?:of|in|at|for|to|and)\s.*)",
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
            fault = _fault(author, before, word)
            if fault:
                place = galley.manuscript.place(item, "authors", position, "name")
                yield place.warning(*fault)
            before = author


def _fault(author: Person, before: Person | None, word: str | None) -> tuple[str, str] | None:
    """Return what is wrong with an entry, and what to do.

    ``before`` is the entry before it; ``word`` means "and" in the language of the publication.
    """
    name = author.name
    if len(name) > _LONGEST:
        return None

    fault = _fault_of_form(name)
    if fault or _COMPANY.search(name):
        return fault

    fault = _two_people(name, word) or _role_behind(name)
    if fault:
        return fault

    if before is None or author.role:
        return None
    return _part_of_entry_before(name, before.name)


def _fault_of_form(name: str) -> tuple[str, str] | None:
    if _IN_BRACKETS.fullmatch(name):
        message = f"The brackets of '{_quoted(name)}' appear in the byline."
        return message, "Take them off; a list has square ones: [A, B]."

    if _MAIL_ADDRESS.fullmatch(name):
        message = f"'{_quoted(name)}' is an email address, and readers see it in the byline."
        return message, "Write the author's name."

    by = _BY.match(name)
    if by:
        rest = name[by.end() :]
        message = f"The author '{_quoted(name)}' begins with 'By'."
        return message, f"Write '{printable(rest)}': the email adds 'by'."
    return None


def _two_people(name: str, word: str | None) -> tuple[str, str] | None:
    people = _people(name, word)
    if not people:
        return None

    count = len(people)
    message = f"There are {count} authors in one entry: '{_quoted(name)}'."
    entries = ", ".join(printable(person) for person in people)
    return message, f"Write one entry for each: [{entries}]"


def _role_behind(name: str) -> tuple[str, str] | None:
    found = _post_behind(name)
    if not found:
        return None

    message = f"There is more than a name in '{_quoted(name)}'."
    own_name = printable(found["name"])
    role = printable(found["post"])
    return message, f"Write 'name: {own_name}' and, on a line of its own, 'role: {role}'."


def _part_of_entry_before(name: str, before: str) -> tuple[str, str] | None:
    if not _is_person(before) or not _is_post_or_place(name):
        return None

    role = _quoted(name)
    person = printable(before)
    message = f"'{role}' is listed as a separate author, after '{person}'."
    if _DEGREE_ALONE.fullmatch(name):
        remedy = f'write both in quotes: "{person}, {role}"'
    else:
        remedy = f"write 'name: {person}' and below it 'role: {role}'"
    return message, f"If it belongs to that name, {remedy}."


def _quoted(name: str) -> str:
    return printable(name, _LONGEST)


def _people(name: str, word: str | None) -> list[str]:
    """Return the names of the people in one entry; none for one person or one organisation."""
    joints = ["and", "&", "with"]
    if word:
        joints.append(word)
    joint = "|".join(joints)
    parts = re.split(rf"\s*[,;/|]\s*(?:(?:{joint})\s+)?|\s+(?:{joint})\s+", name)
    people = [part for part in parts if part and not _is_degrees(part)]

    is_one_person = any(_SAME_PERSON.match(part) for part in people)
    if len(people) < 2 or is_one_person:
        return []

    are_people = all(_is_person(part) for part in people)
    if are_people or ";" in name:
        return people
    return []


def _post_behind(name: str) -> re.Match[str] | None:
    """Return the name and the job behind it; None if what is behind it may well be there."""
    found = _POST_BEHIND.fullmatch(name)
    if not found or not _is_person(found["name"]):
        return None

    post = found["post"]
    if _SAME_PERSON.match(post) or _AND_OTHERS.match(post):
        return None
    if all(_is_degrees(part) for part in post.split(",")):
        return None
    return found


def _is_degrees(text: str) -> bool:
    words = text.split()
    return all(_DEGREE.fullmatch(word) for word in words)


def _is_post_or_place(name: str) -> bool:
    """Return whether an entry is a degree, a job or a place of work, and not a name."""
    if _DEGREE_ALONE.fullmatch(name) or _POST_ALONE.fullmatch(name):
        return True
    return bool(_PLACE_ALONE.match(name))


def _is_person(name: str) -> bool:
    """Return whether a name is built like a person's.

    'Jan van der Berg' is, but not 'Science Museum' or 'BioNews'.
    """
    words = name.split()
    own = [word for word in words if word not in _PARTICLES]
    if len(own) < _FEWEST or len(words) > _MOST:
        return False
    if words[-1] in _PARTICLES:
        return False
    return all(_is_name_word(word) for word in own)


def _is_name_word(word: str) -> bool:
    """Return whether a word may be part of a person's name, as Brooks, J., O'Neill or al-Said."""
    if word.lower() in _OF_BODIES:
        return False

    parts = re.split(r"['’.-]", word)
    letters = "".join(parts)
    has_capital = any(part[:1].isupper() for part in parts)
    return has_capital and letters.isalpha()
