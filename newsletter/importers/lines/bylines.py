"""Who wrote a piece: the names and posts in a byline."""

from __future__ import annotations

import re
from typing import NamedTuple

Authors = list[str | dict[str, str]]
"""As an item has them: a name, or a name and a role."""

_HONORIFIC = (
    r"(?:(?:Emeritus|Associate|Assistant|Visiting) Prof(?:essor|\.)?|Dr|Prof(?:essor)?|Mr|Mrs|Ms"
    r"|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|Baron|(?:The )?Revd?|Hon|Rabbi|Canon)\.?"
)
_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|[dl]['’][^\W\d_][\w-]*)"
_PARTICLE = r"(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|bin|ibn|al|el|y|ap|ten|ter)"
_LETTERS = (
    r"(?:Ph\.?D|D\.?Phil|M\.?D|M\.?Sc|B\.?Sc|M\.?A|B\.?A|LL\.?[BM]|MB[A-Za-z]*|FRS|FMedSci|FRC[A-Z]+"
    r"|MRC[A-Z]+|OBE|CBE|MBE|DBE|KBE|QC|KC|MP|FBA|Jr|RN|JD)\.?"
)
_PLAIN_NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,4}}"
_NAME = re.compile(
    rf"(?:{_PLAIN_NAME}|(?:{_HONORIFIC}\s+)+{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{0,4}})"
    rf"(?:\s+{_LETTERS})*"
)
_ONLY_LETTERS = re.compile(rf"{_LETTERS}(?:\s+{_LETTERS})*")
_TITLED = re.compile(rf"{_HONORIFIC}\s+{_WORD}")
_NO_FIRST_NAME = re.compile(
    r"(?:The|This|That|These|Those|Our|Their|Contrast|Comparison|Law|All|An?|In|On|Now|Then"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_POST = re.compile(
    r"\b(?:universit\w+|college|school|institut\w+|hospital|centre|center|clinic\w*|department|dept"
    r"|faculty|unit|group|trust|foundation|society|association|council|alliance|charity|network"
    r"|laboratory|academy|authority|agency|ltd|inc|llp|plc|nhs|ucl|bma|hfea|programme|project"
    r"|lecturers?|reader in|fellows?|professor of|professor in|chair|director|editors?|writer"
    r"|volunteer|students?|candidate|researchers?|scientists?|consultant|counsell?or|nurse|doctor"
    r"|lawyer|solicitor|barrister|journalist|correspondent|reporter|intern|officer|manager"
    r"|president|embryologist|geneticist|biologist|bioethicist|philosopher|sociologist"
    r"|psychologist|author of|founder|head of|secretary|co-?ordinator|executive|trustee"
    r"|chair(?:man|woman)|postdoc\w*|(?:post)?graduate|partner|advis[eo]r|member of|specialist"
    r"|freelance)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:(?:written|reviewed|words|article|review|text|report|reported)\s+)?by)(?:\s*:\s*|\s+)"
    r"(.+)|(?:authors?|writers?|reviewers?|byline)\s*:\s*(.+)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"\s*,?\s+(?P<and>and|&)\s+|\s*(?P<comma>[,;])\s*|\s*(?P<bracket>\()"
    r"|\s+(?P<dash>[-–—|])\s+|\s+(?P<of>of|at|from)\s+"
)
_NEXT_AUTHOR = re.compile(rf"(?:;\s*|,?\s+(?:and|&)\s+|,\s*)(?={_HONORIFIC}\s+{_WORD})")
_BEFORE_NEXT = re.compile(r"^\s*[,;]?\s*(?:(?:and|&)\s+)?")
_GOES_ON = re.compile(r"(?:,?\s+and|\s*&|,)$")
_LONGEST = 400
"""Characters of a byline: two names with two long affiliations."""


class Byline(NamedTuple):
    """The authors that a line names; none if it is not clear where a name ends."""

    authors: Authors
    goes_on: bool = False
    """Whether it ends in "and", so that another name follows on the next line."""


def byline_in(line: str, house: tuple[str, ...] = ()) -> Byline | None:
    """Return what a line says that begins with "By" or "Author:"; None if it is no byline.

    ``house`` has the names that are no person's: that of the publication, which writes some pieces.
    """
    found = _BY.fullmatch(line.strip())
    if found:
        return named_authors(found[1] or found[2], house)
    return None


def named_authors(words: str, house: tuple[str, ...] = ()) -> Byline | None:
    """Return the authors in the words after "By"; None if they do not begin with a name."""
    words = words.strip()
    if len(words) > _LONGEST:
        return None
    if words.casefold().rstrip(".") in {name.casefold() for name in (*house, "Anonymous")}:
        return Byline([words.rstrip(".")])

    cut = _GOES_ON.sub("", words)
    first, _ = _first_part(cut)
    if not is_name(first.rstrip(".")):
        return None
    return Byline(_authors(_without_full_stop(cut)), goes_on=cut != words)


def is_name(words: str) -> bool:
    """Return whether words have the form of a person's name, with title if used."""
    is_other = _POST.search(words) or _NO_FIRST_NAME.match(words)
    return bool(_NAME.fullmatch(words)) and not is_other


def is_titled(words: str) -> bool:
    """Return whether words begin as "Dr Ruth" does."""
    return bool(_TITLED.match(words))


def is_post(words: str) -> bool:
    """Return whether words can be a post or an affiliation, and are no sentence."""
    ends_a_sentence = re.search(r"[.!?:]['’\"”)]*$", words)
    is_short = len(words) <= _LONGEST and not ends_a_sentence
    return is_short and bool(_POST.search(words)) and words[:1].isalpha()


def with_role(authors: Authors, role: str) -> Authors:
    """Return the authors, the last of whom has a role: it is read after all their names."""
    *others, last = authors
    if isinstance(last, dict):
        return [*others, {"name": last["name"], "role": f"{last['role']}, {role}"}]
    return [*others, {"name": last, "role": role}]


def with_post(authors: Authors, line: str) -> Authors:
    """Return the authors with the post, or the other author, that the line below them names."""
    line = _without_full_stop(line.strip().removeprefix("(").removesuffix(")"))
    joined = re.match(r"(?:and|&)\s+", line)
    if joined:
        another = named_authors(line[joined.end() :])
        if another:
            return [*authors, *another.authors]

    role, rest = _role_and_rest(line)
    with_one = with_role(authors, role)
    return [*with_one, *_authors(rest)]


def _authors(words: str) -> Authors:
    """Return the authors in words that begin with a name; none if they are in doubt."""
    name, boundary = _first_part(words)
    if boundary is None and not is_name(name):
        return []
    if boundary is None:
        return [name]

    rest = words[boundary.end() :].strip()
    if boundary["comma"]:
        return _after_comma(name, rest)
    if boundary["and"]:
        return _with_others([name], rest)
    if boundary["bracket"]:
        return _after_bracket(name, rest)
    return _with_role_of(name, rest)


def _with_others(authors: Authors, words: str) -> Authors:
    """Return the authors, and those whom words name; none if these are in doubt."""
    others = _authors(words)
    if not others:
        return []
    return [*authors, *others]


def _first_part(words: str) -> tuple[str, re.Match[str] | None]:
    """Return what comes before the first comma, bracket, dash, "and" or "of"."""
    boundary = _BOUNDARY.search(words)
    if boundary is None:
        return words.strip(), None
    return words[: boundary.start()].strip(), boundary


def _after_comma(name: str, rest: str) -> Authors:
    next_part, boundary = _first_part(rest)
    if _ONLY_LETTERS.fullmatch(next_part):
        after = rest[len(next_part) :]
        return _authors_called(f"{name}, {next_part}", after)
    if not is_name(next_part):
        return _with_role_of(name, rest)

    is_list = boundary is not None and _ends_in_and(rest)
    if is_list or is_titled(next_part):
        return _with_others([name], rest)
    return []


def _authors_called(name: str, after: str) -> Authors:
    """Return the author whose name has letters after it, and those who follow."""
    boundary = _BOUNDARY.match(after)
    if boundary is None:
        return [name]

    rest = after[boundary.end() :]
    if boundary["and"]:
        return _with_others([name], rest)
    return _with_role_of(name, rest.removesuffix(")"))


def _ends_in_and(words: str) -> bool:
    """Return whether words are names between commas, the last after "and"."""
    *firsts, last = re.split(r"\s*,\s*(?!and\s|&\s)", words)
    pair = re.split(r"\s*,?\s+(?:and|&)\s+", last)
    if len(pair) != 2:
        return False
    very_last, _ = _first_part(pair[1])
    return all(map(is_name, [*firsts, pair[0], very_last]))


def _after_bracket(name: str, rest: str) -> Authors:
    role, _, after = rest.partition(")")
    authors: Authors = [{"name": name, "role": role.strip()}]
    others = _BEFORE_NEXT.sub("", after).strip()
    if not others:
        return authors
    return _with_others(authors, others)


def _with_role_of(name: str, rest: str) -> Authors:
    role, others = _role_and_rest(rest)
    authors: Authors = [{"name": name, "role": role}]
    if not others:
        return authors
    return _with_others(authors, others)


def _role_and_rest(words: str) -> tuple[str, str]:
    """Return a post, and what follows it from the next name with a title on."""
    another = _NEXT_AUTHOR.search(words)
    if another is None:
        return words.strip(), ""
    return words[: another.start()].strip(), words[another.end() :].strip()


def _without_full_stop(words: str) -> str:
    """Return words without the full stop at their end, if it is not that of an initial."""
    is_initial = re.search(rf"(?:\b\w|{_LETTERS}|\b(?:Inc|Ltd|Dept))\.$", words)
    if is_initial:
        return words
    return words.removesuffix(".")
