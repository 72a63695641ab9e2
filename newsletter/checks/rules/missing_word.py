"""Words of the theme are not in the publication's language.

What it does: looks for each word that the theme's templates use ("Read more", "In this issue", "By
…") in the theme's files of words for the publication's language, such as `words.pt.toml`. Where one
is missing, readers see that of `words.toml`, which is English in the default theme. It comes with
words in English, French, German, Hebrew, Japanese and Spanish.

Why it matters: readers notice "Read more" below a text in Portuguese at once, and a screen reader
says it as if it were Portuguese. A part in another language should be marked as such (WCAG 2.2,
criterion 3.1.2), which the theme cannot do for a word that it does not have.

Wrong:

```yaml publication
language: pt
```

Right:

```yaml publication
language: fr
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.email.wording import WORDS_OF_FILTERS
from newsletter.model import Finding, Place, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
_MOST_NAMED = 12


def check(galley: Galley) -> Iterator[Finding]:
    """Yield one finding that names the words that are missing."""
    publication = galley.issue.publication
    missing = _seen_by_readers(galley)
    if not missing:
        return

    from newsletter.theme.words import files_for, words_in

    file = words_in(publication.primary_language)
    templates = galley.folder.project.templates
    path = f"{templates.name}/{publication.theme}/{file}"
    _, own = files_for(galley.theme.folder, publication.language)
    if own:
        place = Place(own[-1].path, None)
        message = f"{place.path.name} lacks {_named(missing)}."
        hint = "Write them there: until then readers see those of words.toml."
        if len(missing) == 1:
            hint = f"Write it there: until then readers see '{next(iter(missing.values()))}'."
    else:
        place = galley.manuscript.place(publication, "language")
        shown = next(iter(missing.values()))
        message = f"The theme has no {file}: readers see '{shown}' and other words of words.toml."
        hint = f"Copy the theme's words.toml to {path}, and translate it."
    yield place.warning(message, hint)


def _seen_by_readers(galley: Galley) -> dict[str, str]:
    """Return the words that are missing and that the theme's templates use."""
    missing = galley.theme.missing
    if not missing:
        return {}

    from newsletter.theme.unused import used_words

    used = used_words(galley.theme.folder) | WORDS_OF_FILTERS
    return {name: word for name, word in missing.items() if name.partition(".")[0] in used}


def _named(missing: dict[str, str]) -> str:
    """Return the names of words in a row."""
    names = list(missing)
    if len(names) == 1:
        return f"the word {names[0]}"
    if len(names) > _MOST_NAMED:
        return f"{len(names)} words: {', '.join(names[:_MOST_NAMED])} …"
    return f"{len(names)} words: {', '.join(names)}"
