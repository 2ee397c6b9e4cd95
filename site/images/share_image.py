"""The image of a page that other sites show when somebody shares it: its title over the layers of skin."""

import hashlib
import io
from functools import cache
from math import cos, pi
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 80
FONTS = Path(settings.PROJECT_STATIC) / "fonts"
PAPER, INK, QUIET, ACCENT = "#fbf7f0", "#18211c", "#47524b", "#6d2349"
#: The Monk Skin Tone scale.
TONES = ("#f6ede4", "#f3e7db", "#f7ead0", "#eadaba", "#d7bd96", "#a07e56", "#825c43", "#604134", "#3a312a", "#292420")
#: From the surface down: colour, and how far below the surface the layer begins, in pixels.
LAYERS = (("#d7bd96", 0), ("#a07e56", 16), ("#e7aaa5", 24), ("#efd28f", 96))
SURFACE = 480
MAX_SIZE, MIN_SIZE, MAX_LINES = 84, 44, 4


@cache
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A weight of one of the site's own fonts."""
    found = ImageFont.truetype(str(FONTS / f"{name}.woff2"), size)
    found.set_variation_by_axes([weight])
    return found


def wrapped(title: str, size: int) -> list[str]:
    """The title in lines that fit between the margins."""
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font("brygada-1918", size, 500).getlength(longer) <= SIZE[0] - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def surface(x: float) -> float:
    """The height of the skin at a place: flat, with one shallow dip."""
    distance = abs(x - 900) / 170
    return SURFACE + (34 * (1 + cos(pi * distance)) / 2 if distance < 1 else 0)


def draw_share_image(title: str, kind: str, clinic: str) -> bytes:
    """A PNG of 1200 by 630 pixels."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    for place, tone in enumerate(TONES):
        pen.rectangle((place * 120, 0, place * 120 + 120, 14), fill=tone)
    for colour, depth in LAYERS:
        edge = [(x, surface(x) + depth) for x in range(0, SIZE[0] + 1, 4)]
        pen.polygon([*edge, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=colour)
    pen.text((MARGIN, 60), kind, font=font("atkinson-hyperlegible-next", 30, 600), fill=ACCENT)
    size = next((size for size in range(MAX_SIZE, MIN_SIZE, -4) if len(wrapped(title, size)) <= 3), MIN_SIZE)
    for line, text in enumerate(wrapped(title, size)[:MAX_LINES]):
        pen.text((MARGIN, 112 + line * size * 1.16), text, font=font("brygada-1918", size, 500), fill=INK)
    pen.text((MARGIN, SURFACE - 48), clinic, font=font("atkinson-hyperlegible-next", 28, 500), fill=QUIET)
    file = io.BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def digest(*texts: Any) -> str:
    """Names a picture by what it shows, so that it can be kept for good."""
    return hashlib.sha256("\n".join(map(str, texts)).encode()).hexdigest()[:12]
