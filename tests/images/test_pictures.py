"""Pictures from outside, by both roads: a patient's form and a staff upload. What is kept is pixels, upright and in sRGB."""

import io
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.roles import Role
from common.pictures import FORMATS, MORE_FORMATS, plain_picture
from consultations.photos import clean_photo
from core.models import SiteImage
from images.forms import plain_upload
from images.renditions import generate_pending

FILES = Path(__file__).with_name("files")
RED = (230, 60, 60)
#: What a file may carry besides its pixels.
SECRETS = (b"Exif", b"GPS", b"http://ns.adobe.com/xap", b"Apple", b"iPhone", b"exif:", b"Comment", b"tEXt", b"iTXt")


def content_of(name: str) -> bytes:
    return (FILES / name).read_bytes()


def near(color: Any, wanted: tuple[int, int, int], by: int = 4) -> bool:
    return all(abs(one - other) <= by for one, other in zip(color, wanted, strict=True))


def center(image: Image.Image) -> Any:
    return image.getpixel((image.width // 2, image.height // 2))


@pytest.mark.parametrize("name", ["01-gps.jpg", "01-gps.png", "01-gps.heic", "01-gps.avif"])
def test_nothing_but_pixels_is_kept_on_either_road(name: str) -> None:
    by_patient = clean_photo(SimpleUploadedFile(name, content_of(name))).content
    by_staff = plain_upload(SimpleUploadedFile(name, content_of(name))).read()
    for kept in (by_patient, by_staff):
        assert not [secret for secret in SECRETS if secret in kept]
        opened = Image.open(io.BytesIO(kept))
        assert near(center(opened), RED) and not opened.getexif()


@pytest.mark.parametrize("name", ["10-p3.jpg", "10-p3.heic"])
def test_colors_are_what_a_screen_shows(name: str) -> None:
    assert near(center(plain_picture(content_of(name), 2400)), (250, 31, 49))


def test_print_colors_are_converted() -> None:
    assert near(center(plain_picture(content_of("10-cmyk.jpg"), 2400)), RED)


@pytest.mark.parametrize("name", ["11-good6.jpg", "11-width-ascii.jpg", "11-xmp-orientation.jpg", "11-xres-ascii.jpg"])
def test_a_photo_is_upright_whatever_its_other_tags_are(name: str) -> None:
    picture = plain_picture(content_of(name), 2400)
    assert picture.size == (240, 320) and near(center(picture), RED)


def test_many_bits_are_scaled_and_not_clipped() -> None:
    assert near(center(plain_picture(content_of("43-i16-20000.png"), 2400)), (78, 78, 78))
    assert near(center(plain_picture(content_of("43-10bit.heic"), 2400)), (194, 78, 78))


@pytest.mark.parametrize("name", ["44-rgb-trns.png", "44-p-trns.png"])
def test_what_is_transparent_is_white_in_a_photo(name: str) -> None:
    photo = Image.open(io.BytesIO(clean_photo(SimpleUploadedFile(name, content_of(name))).content))
    assert near(photo.getpixel((5, 5)), (255, 255, 255), by=10)


def test_only_the_first_of_many_frames_is_taken() -> None:
    assert plain_picture(content_of("61-49-images.heic"), 2400).size == (640, 480)
    assert plain_picture(content_of("MPO-two-frames.jpg"), 2400).size == (640, 480)


@pytest.mark.parametrize("name", ["32-cut10.jpg", "32-cut20.heic"])
def test_a_file_that_is_cut_off_is_called_incomplete(name: str) -> None:
    with pytest.raises(ValidationError, match="incomplete"):
        plain_picture(content_of(name), 2400)


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"<svg/>", b"PK\x03\x04", content_of("display-p3.icc"), b"just words"])
def test_what_is_no_picture_is_called_so(content: bytes) -> None:
    with pytest.raises(ValidationError, match="not a picture"):
        plain_picture(content, 2400, MORE_FORMATS)


def test_two_hundred_megapixels_are_refused_for_their_size() -> None:
    target = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(target, "PNG")
    with pytest.raises(ValidationError, match="50 megapixels"):
        plain_picture(target.getvalue(), 2400)


def test_forty_eight_megapixels_are_taken_and_made_smaller() -> None:
    target = io.BytesIO()
    Image.new("RGB", (8000, 6000), RED).save(target, "JPEG")
    assert plain_picture(target.getvalue(), 2400).size == (2400, 1800)


def test_a_large_heic_is_reduced_in_strips_without_a_seam() -> None:
    picture = Image.linear_gradient("L").resize((5000, 3750)).convert("RGB")
    picture.paste(RED, (0, 0, 2500, 3750))
    target = io.BytesIO()
    picture.save(target, "HEIF", quality=90)
    plain = plain_picture(target.getvalue(), 2400)
    assert max(plain.size) == 2400 and plain.size[1] in (1800, 1801)
    assert near(plain.getpixel((600, 900)), RED, by=12)
    right = [plain.getpixel((2000, y))[0] for y in range(0, plain.height, 20)]  # type: ignore[index]
    assert right == sorted(right), "a gradient has no step back where two strips meet"


@pytest.mark.django_db
class TestStaffUpload:
    def upload(self, client: Client, name: str, content: bytes) -> Any:
        data = {"title": "A skin model", "file": SimpleUploadedFile(name, content), "shows": "other", "collection": 1}
        return client.post("/admin/images/add/", data)

    @pytest.mark.parametrize("name", ["photo.heif", "photo.jpeg", "photo.tiff", "photo", "photo.png"])
    def test_a_picture_is_judged_by_its_content(self, as_role: Any, name: str) -> None:
        assert self.upload(as_role(Role.EDITOR), name, content_of("01-gps.jpg")).status_code == 302

    def test_the_name_of_a_file_is_never_part_of_an_address(self, as_role: Any) -> None:
        self.upload(as_role(Role.EDITOR), "jane-doe-before.jpg", content_of("01-gps.jpg"))
        image = SiteImage.objects.latest("pk")
        assert "jane" not in image.file.name
        assert "jane" not in image.get_rendition("width-200").url
        assert not [secret for secret in SECRETS if secret in Path(image.file.path).read_bytes()]

    @pytest.mark.parametrize(("name", "words"), [("32-cut10.jpg", "incomplete"), ("display-p3.icc", "not a picture")])
    def test_what_cannot_be_read_is_refused_with_the_reason(self, as_role: Any, name: str, words: str) -> None:
        answer = self.upload(as_role(Role.EDITOR), f"{name}.jpg", content_of(name))
        assert answer.status_code == 200 and words in answer.content.decode()
        assert not SiteImage.objects.filter(title="A skin model").exists()

    def test_a_file_that_turns_bad_later_costs_its_own_place_only(self, as_role: Any) -> None:
        client = as_role(Role.EDITOR)
        self.upload(client, "photo.jpg", content_of("01-gps.jpg"))
        image = SiteImage.objects.latest("pk")
        Path(image.file.path).write_bytes(b"\xff\xd8\xff broken")
        assert client.get("/admin/images/").status_code == 200
        assert client.get("/admin/images/chooser/").status_code == 200
        assert generate_pending(limit=100) > 0 and generate_pending() == 0


def test_mutated_files_are_read_or_refused_and_never_more() -> None:
    chance = random.Random(17)
    sources = [content_of(name) for name in ("01-gps.jpg", "01-gps.png", "01-gps.heic", "01-gps.avif", "44-p-trns.png", "10-cmyk.jpg")]
    for _number in range(300):
        content = bytearray(chance.choice(sources))
        for _change in range(chance.randint(1, 12)):
            match chance.randint(0, 3):
                case 0:
                    content[chance.randrange(len(content))] = chance.randrange(256)
                case 1:
                    content[chance.randrange(min(64, len(content)))] ^= 0xFF
                case 2:
                    del content[chance.randrange(len(content)) :]
                case 3:
                    at = chance.randrange(len(content))
                    content[at:at] = bytes(chance.randrange(256) for _byte in range(4))
            if len(content) < 100:
                break
        for formats in (FORMATS, MORE_FORMATS):
            try:
                assert plain_picture(bytes(content), 600, formats).mode in ("RGB", "RGBA")
            except ValidationError as refused:
                assert refused.messages
