"""Pictures from outside: judged by their content, never by their name, and made plain, so that only pixels are left of them."""

import io
import re
import struct
import threading
import warnings

import pillow_heif
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

#: What phones and cameras make.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
#: What a clinic may have besides.
MORE_FORMATS = (*FORMATS, "GIF", "TIFF", "BMP")
#: 48 megapixels are what a phone makes. More takes more memory than one process may.
MAX_PIXELS = 50 * 1000 * 1000
#: How the files of these formats begin. Such a file that cannot be read is incomplete, any other is no picture.
BEGINNINGS = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "PNG": re.compile(rb"\x89PNG"),
    "WEBP": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "HEIF": re.compile(rb"....ftyp(?:hei|hev|mif|msf)", re.DOTALL),
    "AVIF": re.compile(rb"....ftypavi", re.DOTALL),
    "GIF": re.compile(rb"GIF8"),
    "TIFF": re.compile(rb"II\*\0|MM\0\*"),
    "BMP": re.compile(rb"BM"),
}
PNG_SIGNATURE, PNG_TEXTS = b"\x89PNG\r\n\x1a\n", (b"tEXt", b"zTXt", b"iTXt")
ORIENTATION_TAG = 0x0112
XMP_ORIENTATION = re.compile(rb"tiff:Orientation(?:=\"|>)\s*([1-8])")
#: How to turn a picture upright, by the value of its orientation tag.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: Rows of the reduced picture that are taken over at once.
STRIP_ROWS = 200
SRGB = ImageCms.createProfile("sRGB")
#: Limits the memory of a process: threads decode one picture at a time.
DECODE_LOCK = threading.Lock()

pillow_heif.register_heif_opener(thumbnails=False)


def plain_picture(content: bytes, max_side: int, formats: tuple[str, ...] = FORMATS) -> Image.Image:
    """The first frame, upright, in sRGB, at most `max_side` pixels long, in mode RGB, or RGBA where a part is transparent.

    Raises `ValidationError` with the reason: no picture, incomplete, or too many pixels.
    """
    if not content:
        raise ValidationError(_("this file is empty."))
    try:
        with DECODE_LOCK, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(_without_texts(content)), formats=formats) as image:
                return _plain(image, content, max_side)
    except (ValidationError, MemoryError):
        raise
    except Image.DecompressionBombError as problem:
        raise ValidationError(_("this picture has more than 50 megapixels. Choose a smaller one.")) from problem
    except Exception as problem:
        if any(BEGINNINGS[name].match(content) for name in formats):
            raise ValidationError(_("this file is incomplete or damaged. Send it again, or choose another.")) from problem
        raise ValidationError(_("this is not a picture that we can read. Use JPEG, PNG, WebP or HEIC.")) from problem


def _without_texts(content: bytes) -> bytes:
    """A PNG without its comments, since a decoder refuses a good picture for one that unpacks to megabytes. Anything else as it is."""
    if not content.startswith(PNG_SIGNATURE):
        return content
    kept, at = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if kind not in PNG_TEXTS:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def is_picture(content: bytes) -> bool:
    """Whether this is a picture of any kind that we read, by its content."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=MORE_FORMATS) as image:
                return bool(image.format)
    except Exception:  # noqa: BLE001 whatever a decoder makes of foreign bytes, they are no picture
        return False


def _plain(image: Image.Image, content: bytes, max_side: int) -> Image.Image:
    if image.width * image.height > MAX_PIXELS:
        raise ValidationError(_("this picture has more than 50 megapixels. Choose a smaller one."))
    profile, turn = image.info.get("icc_profile"), _turn(image, content)
    if image.format == "HEIF" and image.mode == "RGB" and max(image.size) >= 2 * max_side:
        image = _reduced_heif(content, max_side)
    image.draft("RGB" if image.mode == "YCbCr" else image.mode, (max_side, max_side))
    image.load()
    if image.mode.startswith(("I", "F")):
        image = _scaled_to_8_bits(image)
    if image.mode in ("P", "PA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
    # Made smaller before it is turned, because turning copies it.
    image.thumbnail((max_side, max_side))
    upright = image.transpose(turn) if turn else image
    alpha = upright.getchannel("A") if upright.mode == "RGBA" else None
    colors = _in_srgb(upright.convert("RGB") if alpha else upright, profile)
    # A new picture gets the pixels only, without anything else of the file.
    clean = Image.new("RGB", colors.size)
    clean.paste(colors)
    if alpha and alpha.getextrema() != (255, 255):
        clean.putalpha(alpha)
    return clean


def _reduced_heif(content: bytes, max_side: int) -> Image.Image:
    """A large HEIC at a fraction of its size, taken over in strips, since a whole one stands in memory twice."""
    heif = pillow_heif.open_heif(io.BytesIO(content))
    (width, height), factor = heif.size, max(heif.size) // max_side
    pixels, rows = memoryview(heif.data), STRIP_ROWS * factor
    reduced = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        count = min(rows, height - top)
        strip = pixels[top * heif.stride : (top + count) * heif.stride]
        part = Image.frombuffer("RGB", (width, count), strip, "raw", "RGB", heif.stride, 1)  # type: ignore[arg-type]
        reduced.paste(part.reduce(factor), (0, top // factor))
    return reduced


def _turn(image: Image.Image, content: bytes) -> Image.Transpose | None:
    """How to turn a picture upright. Its other tags may be broken, so none but this one is read."""
    if image.format in ("HEIF", "AVIF"):
        # Their decoders have turned it already.
        return None
    try:
        orientation = image.getexif().get(ORIENTATION_TAG)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
        orientation = None
    if orientation not in TURNS and (found := XMP_ORIENTATION.search(content)):
        orientation = int(found[1])
    return TURNS.get(orientation) if isinstance(orientation, int) else None


def _scaled_to_8_bits(image: Image.Image) -> Image.Image:
    """A gray picture of 16 or 32 bits as one of 8: scaled, since clipping would make it white."""
    wide = image.convert("F")
    low, high = (float(value) for value in wide.getextrema())  # type: ignore[arg-type]
    top = max(high, 65535.0 if high > 255 else 255.0)
    return wide.point(lambda value: value * (255.0 / top) + max(0.0, -low)).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colors as a screen shows them. A profile that cannot be read is left aside."""
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


def on_white(image: Image.Image) -> Image.Image:
    """The picture on a white ground, where a part of it is transparent."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
