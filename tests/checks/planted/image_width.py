"""What image-width must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

ADDRESS = "https://www.bionews.org.uk/pictures/palaces.jpg"
WITHOUT_WIDTH = ("parts/image.html.j2", ' width="{{ shown.width }}" height', " height")
LOGO = '<img src="https://www.bionews.org.uk/pictures/logo.png" alt="The four letters" style="width:90px">'


def with_picture(room: Newsroom) -> Newsroom:
    before = "        teaser: Our review of 'Palaces',"
    picture = f"        picture: {{src: '{ADDRESS}', alt: A model of a palace, width: 1152, height: 768}}\n"
    return room.change("issues/652/issue.yaml", before, picture + before)


MISTAKES: dict[str, Plant] = {
    "a theme that forgets the width of pictures": lambda room: with_picture(room).theme(
        *WITHOUT_WIDTH
    ),
    "a picture from elsewhere without its height": lambda room: with_picture(room).change(
        "issues/652/issue.yaml", "width: 1152, height: 768", "width: 1152"
    ),
    "a theme whose pictures are too wide for phones": lambda room: room.html(
        f'<img src="{ADDRESS}" alt="A model of a palace" width="576" height="384">'
    ),
    "a logo without a width": lambda room: room.theme(
        "parts/masthead.html.j2", '<p class="dateline">', f'{LOGO}<p class="dateline">'
    ),
}
