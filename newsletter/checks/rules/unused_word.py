"""A theme's file of words has a word that nothing uses.

What it does: looks for each word of the theme's `words.toml`, and of its files for the
publication's language, in the default theme's `words.toml` and in the theme's own templates. A word
that is in neither is misspelt or left over. A file whose own name is misspelt, such as
`words_de.toml`, is reported, too. `newsletter theme check` looks at the words of all languages.

Why it matters: a word goes over the default theme's of the same name. If its name is misspelt, the
file looks right, and readers go on seeing the default theme's word.

Wrong:

```toml words
read_mroe = "Read all of it"
```

Right:

```toml words
read_more = "Read all of it"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.theme.folder import default_folder

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each word that nothing uses, at its line."""
    folder = galley.theme.folder
    is_default = folder.folders == (default_folder(),)
    if is_default and not galley.theme.missing:  # mostly; what follows takes a while to import
        return

    from newsletter.theme.unused import unread_files, unused_words
    from newsletter.theme.words import files_for

    general, own = files_for(folder, galley.issue.publication.language)
    for problem in (*unused_words(folder, [*general, *own]), *unread_files(folder)):
        place = Place(problem.path, problem.line)
        yield place.warning(problem.message, problem.hint)
