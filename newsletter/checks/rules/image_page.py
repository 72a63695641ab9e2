"""A picture's address leads to a page that shows the picture, not to the picture itself.

What it does: compares the address of each picture elsewhere on the web with those of the pages on
which Google Drive, Dropbox, OneDrive, iCloud, Flickr, Imgur, Wikimedia Commons and other services
show pictures. Addresses of the files themselves, such as those at upload.wikimedia.org, are left
alone.

Why it matters: a mail program asks such an address for a picture and gets a page, so readers see an
empty frame. An <img> needs the address of an image file (HTML Standard, 4.8.3).

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://drive.google.com/file/d/1aBcDeFgHiJ/view?usp=sharing
  alt: A laboratory with empty benches
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/pictures/laboratory.jpg
  alt: A laboratory with empty benches
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import LONGEST_ADDRESS, printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "html"
_PAGES = (
    r"drive\.google\.com/(?:file/|open\b)",
    r"docs\.google\.com/(?!drawings/.*/pub\b)",
    r"photos\.google\.com/",
    r"photos\.app\.goo\.gl/",
    r"google(?:\.[a-z]{2,3}){1,2}/(?:imgres|search|url)\?",
    r"dropbox\.com/(?!.*[?&](?:raw|dl)=1(?:&|$))",
    r"onedrive\.live\.com/(?!download)",
    r"1drv\.ms/",
    r"[\w-]+\.sharepoint\.com/:",
    r"(?:share\.)?icloud\.com/",
    r"we\.tl/|(?:[\w-]+\.)?wetransfer\.com/",
    r"flickr\.com/photos/|flic\.kr/",
    r"imgur\.com/(?:a/|gallery/)?\w+(?:[?#]|$)",
    r"(?:unsplash|pixabay)\.com/photos/|pexels\.com/photo/",
    r"(?:[a-z-]+\.)?(?:m\.)?wiki[mp]edia\.org/wiki/[^/?#]+:[^/?#]+\.\w+$",
    r"facebook\.com/photo|instagram\.com/p/|(?:twitter|x)\.com/[^?#]*/photo/",
)
_PAGE = re.compile(rf"https://(?:www\.)?(?:{'|'.join(_PAGES)})", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each picture whose address is that of a page."""
    for image in galley.document.images:
        if _PAGE.match(image.address):
            address = printable(image.address, LONGEST_ADDRESS)
            message = f"'{address}' is a page that shows a picture, not the picture itself."
            hint = "Download the picture, put it in the issue's folder, and write its file name."
            place = galley.where(image.element, image.address)
            yield place.error(message, hint)
