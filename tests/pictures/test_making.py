"""Whatever a file holds, readers get an upright picture in sRGB, cut to its place and light."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from newsletter.model.focus import Point
from newsletter.pictures import films, making
from newsletter.pictures.encoding import MOST_BYTES, Encoded
from newsletter.pictures.making import Made, make
from newsletter.pictures.shapes import ACROSS, COVER, LEAD, LOGO, THUMBNAIL, Size
from newsletter.pictures.unusable import Unusable
from tests.drawing import KINDS, drawing, drawn, film, noise, photograph, saved

SIZE = (1600, 1200)


def pixels(made: Made) -> Image.Image:
    image = Image.open(BytesIO(made.content))
    assert image.format in ("JPEG", "PNG", "GIF")
    image.load()
    return image


def corner_colours(made: Made) -> list[tuple[int, ...]]:
    """Return the colours near the four corners, from the upper left on."""
    image = pixels(made).convert("RGB")
    right, bottom = image.width - 9, image.height - 9
    places = [(8, 8), (right, 8), (8, bottom), (right, bottom)]
    found = [image.getpixel(place) for place in places]
    return [colour for colour in found if isinstance(colour, tuple)]


def quarters(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return a picture of four colours: red and lime above, blue and white below."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    image.paste("red", (0, 0, *half))
    image.paste("lime", (half[0], 0, size[0], half[1]))
    image.paste("blue", (0, half[1], half[0], size[1]))
    return image.convert(mode)


QUARTERS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]


Colours = Sequence[tuple[int, ...]]


def are_near(some: Colours, others: Colours, within: int = 12) -> bool:
    pairs = zip(some, others, strict=True)
    return all(
        abs(a - b) <= within for one, other in pairs for a, b in zip(one, other, strict=True)
    )


# Formats


@pytest.mark.parametrize("ending", KINDS)
def test_a_photograph_in_any_format_becomes_a_jpeg(ending: str) -> None:
    made = make(saved(photograph(SIZE), f"lab{ending}"), LEAD)
    assert (made.media_type, pixels(made).mode) == ("image/jpeg", "RGB")
    assert (made.shown, pixels(made).size) == ((640, 320), (1280, 640))
    assert (made.stored, made.part) == (SIZE, (1600, 800))


def test_a_heic_photograph_becomes_a_jpeg(heic: bytes) -> None:
    made = make(heic, THUMBNAIL)
    assert (made.media_type, made.shown) == ("image/jpeg", (168, 126))
    assert are_near(corner_colours(make(heic, ACROSS)), QUARTERS)


@pytest.fixture
def heic() -> bytes:
    """A HEIC picture of 400 by 300 pixels with the four colours, made by libheif's own encoder."""
    from tests.pictures.heic import FOUR_COLOURS

    return FOUR_COLOURS


@pytest.mark.parametrize("ending", [".png", ".gif", ".tif", ".bmp"])
def test_a_drawing_becomes_a_png_and_is_not_cut(ending: str) -> None:
    made = make(drawn(f"chart{ending}", SIZE, "black on white"), LEAD)
    assert (made.media_type, made.part) == ("image/png", SIZE)
    assert made.shown == (640, 480)
    assert len(made.content) < 40_000


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "I", "CMYK", "YCbCr", "LAB", "F"])
def test_pictures_of_every_mode_are_seen_as_they_are(mode: str) -> None:
    light = Image.new("L", (300, 200), 230)
    light.paste(40, (0, 0, 150, 200))
    image = {
        "I;16": lambda: light.convert("I").point(lambda value: value * 257).convert("I;16"),
        "I": lambda: light.convert("I").point(lambda value: value * 257),
        "F": lambda: light.convert("F").point(lambda value: value * (1 / 255) + 0),
        "LAB": lambda: lab(light),
        "P": lambda: light.quantize(2),
    }.get(mode, lambda: light.convert("RGB").convert(mode))()
    left, right, *_ = corner_colours(make(saved(image, "lab.tif"), ACROSS))
    expected = [(0, 0, 0), (255, 255, 255)] if mode == "1" else [(40, 40, 40), (230, 230, 230)]
    assert are_near([left, right], expected)


def lab(image: Image.Image) -> Image.Image:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    converted = ImageCms.profileToProfile(image.convert("RGB"), *profiles, outputMode="LAB")
    assert converted
    return converted


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["lab.jpg", "lab.png", "lab.webp", "lab.avif", "lab.tif"])
def test_a_picture_is_upright_however_it_was_held(name: str, orientation: int) -> None:
    from PIL.Image import Transpose

    undone = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_90, 7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_270,
    }  # fmt: skip
    image = quarters((400, 300))
    if orientation in undone:
        image = image.transpose(undone[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = make(saved(image, name, exif=exif), ACROSS)
    assert (made.shown, made.stored) == ((400, 300), (400, 300))
    assert are_near(corner_colours(made), QUARTERS, within=60)


def test_nothing_of_the_camera_is_left() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    content = saved(photograph(SIZE), "lab.jpg", exif=exif, comment=b"by somebody")
    made = pixels(make(content, LEAD))
    assert not made.getexif()
    assert {"exif", "icc_profile", "comment", "xmp"}.isdisjoint(made.info)


def test_wide_colours_become_those_of_every_screen() -> None:
    """The red of Display P3 is outside sRGB; its grey is the same. The profile is written by hand (ICC.1, 9.2)."""
    profile = display_p3()
    image = Image.new("RGB", (300, 200), (200, 100, 100))
    (colour, *_) = corner_colours(make(saved(image, "lab.png", icc_profile=profile), ACROSS))
    assert colour[0] > 210
    assert colour[1] < 100
    grey = Image.new("RGB", (300, 200), (128, 128, 128))
    (colour, *_) = corner_colours(make(saved(grey, "lab.png", icc_profile=profile), ACROSS))
    assert are_near([colour], [(128, 128, 128)], within=2)


@pytest.mark.parametrize("profile", [b"", b"no profile", b"\0" * 200])
def test_a_profile_that_is_damaged_counts_for_nothing(profile: bytes) -> None:
    content = saved(quarters((400, 300)), "lab.png", icc_profile=profile)
    assert are_near(corner_colours(make(content, ACROSS)), QUARTERS)


def display_p3() -> bytes:
    """Return a profile with the primaries of Display P3 and a gamma of 2.2."""

    def fixed(*values: float) -> bytes:
        return b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in values)

    tags = {
        b"desc": b"desc\0\0\0\0" + (3).to_bytes(4, "big") + b"P3\0" + bytes(78 + 1),
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249),
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(0.5151, 0.2412, -0.0011),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(0.2920, 0.6922, 0.0419),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(0.1571, 0.0666, 0.7841),
    }
    curve = b"curv\0\0\0\0" + (1).to_bytes(4, "big") + (0x0233).to_bytes(2, "big") + b"\0\0"
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}

    start = 128 + 4 + 12 * len(tags)
    table, content = len(tags).to_bytes(4, "big"), b""
    for name, value in tags.items():
        table += name + (start + len(content)).to_bytes(4, "big") + len(value).to_bytes(4, "big")
        content += value + bytes(-len(value) % 4)
    size = start + len(content)
    head = size.to_bytes(4, "big") + b"lcms\x02\x40\0\0mntrRGB XYZ " + bytes(12) + b"acsp"
    head += bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + content


# Size


@pytest.mark.parametrize(
    ("size", "shown", "file"),
    [
        ((4000, 2000), (640, 320), (1280, 640)),
        ((1000, 500), (640, 320), (1000, 500)),
        ((300, 300), (300, 150), (300, 150)),
        ((3, 2), (3, 2), (3, 2)),
        ((1, 1), (1, 1), (1, 1)),
        ((5000, 10), (20, 10), (20, 10)),
    ],
)
def test_a_picture_is_at_most_twice_as_wide_as_shown_and_never_scaled_up(
    size: tuple[int, int], shown: Size, file: tuple[int, int]
) -> None:
    made = make(saved(noise(size), "lab.jpg"), LEAD)
    assert (made.shown, pixels(made).size) == (shown, file)
    assert made.room == ((640, 320) if min(size) > 3 else made.room)


def test_a_cover_is_shown_whole() -> None:
    made = make(saved(photograph((900, 1800)), "cover.jpg"), COVER)
    assert (made.shown, made.part) == ((120, 240), (900, 1800))


def test_a_jpeg_as_high_as_a_line_is_no_damaged_one() -> None:
    made = make(saved(noise((8000, 1)), "line.jpg"), ACROSS)
    assert made.shown == (576, 1)


@pytest.mark.parametrize(
    ("focus", "colours"),
    [
        (None, [(255, 0, 0), (0, 0, 255)]),
        (Point(0.5, 0), [(255, 0, 0), (255, 0, 0)]),
        (Point(0.5, 1), [(0, 0, 255), (0, 0, 255)]),
        (Point(0.5, 0.25), [(255, 0, 0), (255, 0, 0)]),
    ],
)
def test_the_focus_says_what_stays(focus: Point | None, colours: Colours) -> None:
    image = Image.blend(quarters((600, 1800)), noise((600, 1800)), 0.05)
    made = make(saved(image, "lab.jpg"), LEAD, focus)
    upper, _, lower, _ = corner_colours(made)
    assert are_near([upper, lower], colours, within=40)


@pytest.mark.parametrize("x", [0.0, 0.5, 1.0])
def test_a_wide_picture_is_cut_at_its_sides(x: float) -> None:
    image = Image.blend(quarters((2000, 200)), noise((2000, 200)), 0.05)
    left, right, *_ = corner_colours(make(saved(image, "lab.jpg"), LEAD, Point(x, 0.5)))
    red, lime = (255, 0, 0), (0, 255, 0)
    expected = {0.0: [red, red], 0.5: [red, lime], 1.0: [lime, lime]}[x]
    assert are_near([left, right], expected, within=40)


@pytest.mark.parametrize(
    ("size", "part", "shown"),
    [
        ((1600, 900), (1200, 900), (168, 126)),
        ((1000, 1000), (1000, 1000), (168, 168)),
        ((900, 1600), (900, 1200), (168, 224)),
    ],
)
def test_a_portrait_beside_a_text_stays_upright(size: Size, part: Size, shown: Size) -> None:
    made = make(saved(photograph(size), "lab.jpg"), THUMBNAIL)
    assert (made.part, made.shown) == (part, shown)


def test_a_drawing_is_cut_if_its_editor_says_where() -> None:
    made = make(drawn("chart.png", (1200, 1200), "black on white"), LEAD, Point(0.5, 0))
    assert made.part == (1200, 600)


@pytest.mark.parametrize("name", ["lab.jpg", "lab.png", "lab.webp", "lab.tif"])
def test_a_picture_that_nothing_makes_small_is_below_200_kilobytes(name: str) -> None:
    made = make(saved(noise((1400, 1400)), name), ACROSS)
    assert len(made.content) <= MOST_BYTES
    assert made.shown == (576, 576)


def test_a_heavy_picture_with_transparency_is_put_on_white() -> None:
    image = noise((1400, 1400)).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 700, 1400))
    made = make(saved(image, "lab.png"), ACROSS)
    assert len(made.content) <= MOST_BYTES
    assert corner_colours(made)[0] == (255, 255, 255)


# Transparency


@pytest.mark.parametrize("name", ["logo.png", "logo.gif", "logo.webp", "logo.tif"])
def test_a_dark_drawing_gets_a_light_ground(name: str) -> None:
    made = make(drawn(name, (400, 300), "black on transparent"), ACROSS)
    assert "transparency" not in pixels(made).info
    assert corner_colours(made)[0] == (255, 255, 255)


@pytest.mark.parametrize(("letters", "least"), [("#112233", 255), ("white", 0)])
def test_dark_letters_of_a_coloured_logo_get_a_light_ground(letters: str, least: int) -> None:
    image = Image.new("RGBA", (300, 60))
    image.paste("#00aa55", (0, 0, 60, 60))
    image.paste(letters, (80, 20, 280, 40))
    opacity = pixels(make(saved(image, "logo.png"), LOGO)).convert("RGBA").getchannel("A")
    assert opacity.getextrema()[0] == least


@pytest.mark.parametrize("special", ["white on transparent", "outlined on transparent"])
def test_a_drawing_that_is_seen_on_any_ground_stays_transparent(special: str) -> None:
    made = make(drawn("logo.png", (400, 300), special), ACROSS)
    assert (made.media_type, pixels(made).mode) == ("image/png", "RGBA")


def test_a_photograph_with_rounded_corners_is_no_dark_drawing() -> None:
    image = Image.new("RGBA", (400, 300), "#101418")
    image.paste((0, 0, 0, 0), (0, 0, 20, 20))
    assert pixels(make(saved(image, "lab.png"), ACROSS)).mode == "RGBA"


def test_transparency_that_hides_nothing_is_left_out() -> None:
    made = make(saved(photograph(SIZE).convert("RGBA"), "lab.png"), LEAD)
    assert (made.media_type, made.part) == ("image/jpeg", (1600, 800))


def test_a_transparent_grey_picture_and_a_palette_keep_their_holes() -> None:
    grey = drawing((400, 300), "#cccccc").convert("LA")
    assert pixels(make(saved(grey, "logo.png"), ACROSS)).mode == "RGBA"
    palette = drawing((400, 300), "#cc4444").quantize(8)
    assert pixels(make(saved(palette, "logo.png"), ACROSS)).mode == "RGBA"


# Animations


@pytest.mark.parametrize(
    ("kind", "options"), [("GIF", {}), ("WEBP", {}), ("PNG", {}), ("AVIF", {})]
)
def test_an_animation_becomes_an_animated_gif(kind: str, options: dict[str, Any]) -> None:
    made = make(film((300, 200), 3, kind, **options), THUMBNAIL)
    image = pixels(made)
    assert (made.media_type, getattr(image, "n_frames", 1)) == ("image/gif", 3)
    assert (image.info["duration"], image.info["loop"]) == (80, 0)
    assert made.shown == (168, 112)


def test_a_still_gif_becomes_a_still_picture() -> None:
    assert make(saved(photograph(SIZE), "lab.gif"), LEAD).media_type == "image/jpeg"


def test_an_animation_that_is_shown_once_is_shown_once() -> None:
    image = pixels(make(film((30, 20), 2, loop=None), THUMBNAIL))
    assert "loop" not in image.info


def frame_times(made: Made) -> list[int]:
    """Return the milliseconds for which each frame is shown."""
    image = pixels(made)
    times = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        times.append(image.info["duration"])
    return times


def moving(count: int, background: Image.Image, colour: str) -> bytes:
    """Return an animation in which two small squares move across a background, far apart."""
    frames = []
    for number in range(count):
        frame = background.copy()
        for top in (10, background.height - 16):
            frame.paste(colour, (10 + 6 * number, top, 16 + 6 * number, top + 6))
        frames.append(frame)
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    return file.getvalue()


def test_a_heavy_animation_is_made_smaller_but_not_below_what_is_shown() -> None:
    made = make(film((300, 200), 40), THUMBNAIL)
    assert len(made.content) > MOST_BYTES
    assert pixels(made).width == made.shown.width == 168


def test_what_stays_the_same_in_an_animation_is_stored_once() -> None:
    background = noise((168, 126))
    frames = 20
    made = make(moving(frames, background, "red"), THUMBNAIL)
    assert len(frame_times(made)) == frames
    still = make(moving(2, background, "red"), THUMBNAIL)
    assert len(made.content) < 1.5 * len(still.content)


def test_a_heavy_animation_is_tried_at_few_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = []
    gif = films._gif

    def counted(frames: Sequence[films.Frame], loop: int | None, colours: int) -> Encoded:
        attempts.append(frames[0].image.width)
        return gif(frames, loop, colours)

    monkeypatch.setattr(films, "_gif", counted)
    made = make(film((336, 224), 7), THUMBNAIL)
    assert len(attempts) <= 3
    assert 0.7 * MOST_BYTES < len(made.content) <= MOST_BYTES


def test_an_animation_that_is_still_too_heavy_loses_every_second_frame() -> None:
    made = make(film((168, 112), 14), THUMBNAIL)
    assert len(made.content) <= MOST_BYTES
    assert frame_times(made) == [160] * 7


def test_frames_that_are_there_to_be_read_are_not_dropped() -> None:
    times = [80, 80, 2000, 2000, 80, 80] * 3
    made = make(film((168, 112), len(times), duration=times), THUMBNAIL)
    shown = frame_times(made)
    assert (len(shown), sum(shown)) == (12, sum(times))
    assert len([time for time in shown if time >= 2000]) == 6


@pytest.mark.parametrize(("stored", "shown"), [(0, 100), (10, 100), (20, 20)])
def test_a_frame_is_shown_for_as_long_as_browsers_show_it(stored: int, shown: int) -> None:
    made = make(film((30, 20), 3, duration=stored), THUMBNAIL)
    assert frame_times(made) == [shown] * 3


def test_a_rare_colour_of_an_animation_is_kept() -> None:
    background = photograph((168, 126))
    image = pixels(make(moving(20, background, "magenta"), THUMBNAIL)).convert("RGB")
    colour = image.getpixel((12, 12))
    assert isinstance(colour, tuple)
    assert are_near([colour], [(255, 0, 255)])


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_stays_transparent(kind: str) -> None:
    red, blue = (drawing((120, 80), colour) for colour in ("#cc4444", "#4444cc"))
    file = BytesIO()
    red.save(file, kind, save_all=True, append_images=[blue], duration=80, disposal=2)
    before, after = Image.open(file), pixels(make(file.getvalue(), THUMBNAIL))
    for number in (0, 1):
        before.seek(number)
        after.seek(number)
        alphas = [image.convert("RGBA").getchannel("A") for image in (before, after)]
        seen = [alpha.point(lambda value: 255 * (value >= 128)).tobytes() for alpha in alphas]
        assert 0 in seen[0]
        assert seen[0] == seen[1]


def test_pages_of_a_tiff_are_no_animation() -> None:
    file = BytesIO()
    first, *others = [photograph((400, 300), seed) for seed in range(3)]
    first.save(file, "TIFF", save_all=True, append_images=others)
    assert make(file.getvalue(), LEAD).media_type == "image/jpeg"


# The same bytes


def test_the_same_content_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from newsletter.pictures.making import make;"
        "from newsletter.pictures.shapes import LEAD, ACROSS;"
        "from tests.drawing import drawn, film, photograph, saved;"
        "contents = [drawn('a.jpg', (900, 700)), drawn('a.png', (900, 700), 'black on transparent'), film((90, 70), 3)];"
        "print([hashlib.sha256(make(content, ACROSS).content).hexdigest() for content in contents])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert runs[0].count(b"'") == 6


# What cannot be shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty."),
        (b"Not a picture", "is not a picture that can be read, whatever its name says."),
        (b"%PDF-1.7\n%\xe2\xe3", "is not a picture that can be read, whatever its name says."),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is not a picture that can be read"),
        (b"\x89PNG\r\n\x1a\n", "is not a picture that can be read"),
        (b"GIF89a\x01", "is not a picture"),
        (drawn("lab.jpg", (300, 200), "cut off"), "is damaged or incomplete."),
        (drawn("lab.png", (300, 200), "cut off"), "is damaged or incomplete."),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Unusable) as refusal:
        make(content, LEAD)
    assert refusal.value.message.startswith(said)
    assert refusal.value.hint


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 9_000), (64_000_001, 1)])
def test_too_many_pixels_are_not_decoded(size: tuple[int, int]) -> None:
    content = saved(Image.new("1", (8, 8)), "bomb.png")
    bomb = content[:16] + size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + content[24:]
    bomb = bomb[:29] + zlib.crc32(bomb[12:29]).to_bytes(4, "big") + bomb[33:]
    with pytest.raises(Unusable, match="has more than 64 million pixels"):
        make(bomb, LEAD)


def test_an_animation_with_far_too_many_frames_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_MOST_IN_FILM", 4_999)
    with pytest.raises(Unusable, match="5 pictures one after the other"):
        make(film((50, 20), 5), LEAD)
