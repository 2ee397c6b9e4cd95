"""The share image of a page, which other sites show with a link to it: the title above a drawing of skin layers."""

import hashlib
import io
from functools import cache
from math import cos, pi
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 80
FONTS = Path(settings.PROJECT_STATIC) / "fonts"
PAPER, INK, QUIET, ACCENT = "#fbf7f0", "#18211c", "#47524b", "#6d2349"
#: The Monk Skin Tone scale.
TONES = ("#f6ede4", "#f3e7db", "#f7ead0", "#eadaba", "#d7bd96", "#a07e56", "#825c43", "#604134", "#3a312a", "#292420")
#: Skin layers from the surface down: color, and depth of the upper edge below the surface, in pixels.
LAYERS = (("#d7bd96", 0), ("#a07e56", 16), ("#e7aaa5", 24), ("#efd28f", 96))
SURFACE = 480
MAX_SIZE, MIN_SIZE, MAX_LINES = 84, 44, 4


@cache
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """One of the site's own variable fonts, at a size in pixels and a weight from 100 to 900."""
    typeface = ImageFont.truetype(str(FONTS / f"{name}.woff2"), size)
    typeface.set_variation_by_axes([weight])
    return typeface


def wrap_title(title: str, size: int) -> list[str]:
    """The title in lines that fit between the margins at this font size."""
    lines: list[str] = []
    for word in title.split():
        longer_line = f"{lines[-1]} {word}" if lines else word
        if lines and font("brygada-1918", size, 500).getlength(longer_line) <= SIZE[0] - 2 * MARGIN:
            lines[-1] = longer_line
        else:
            lines.append(word)
    return lines


def surface_height(x: float) -> float:
    """The y coordinate of the skin's surface at `x`, in pixels: flat, with one shallow dip."""
    distance = abs(x - 900) / 170
    return SURFACE + (34 * (1 + cos(pi * distance)) / 2 if distance < 1 else 0)


def draw_share_image(title: str, kind: str, clinic: str) -> bytes:
    """A PNG of 1200 by 630 pixels."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    for index, tone in enumerate(TONES):
        draw.rectangle((index * 120, 0, index * 120 + 120, 14), fill=tone)
    for color, depth in LAYERS:
        edge = [(x, surface_height(x) + depth) for x in range(0, SIZE[0] + 1, 4)]
        draw.polygon([*edge, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=color)
    draw.text((MARGIN, 60), kind, font=font("atkinson-hyperlegible-next", 30, 600), fill=ACCENT)
    size = next((size for size in range(MAX_SIZE, MIN_SIZE, -4) if len(wrap_title(title, size)) <= 3), MIN_SIZE)
    for line, text in enumerate(wrap_title(title, size)[:MAX_LINES]):
        draw.text((MARGIN, 112 + line * size * 1.16), text, font=font("brygada-1918", size, 500), fill=INK)
    draw.text((MARGIN, SURFACE - 48), clinic, font=font("atkinson-hyperlegible-next", 28, 500), fill=QUIET)
    output = io.BytesIO()
    image.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def share_image_digest(*texts: object) -> str:
    """Twelve hexadecimal digits that identify what a share image shows, so that its URL can be cached forever."""
    return hashlib.sha256("\n".join(map(str, texts)).encode()).hexdigest()[:12]
