"""Pictures as phones, scanners and chat programs make them: each is kept as its owner sees it, or refused with words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from common.drawings import check_drawing
from common.pictures import FORMATS, MORE_FORMATS, on_white, plain_picture
from consultations.photos import clean_photo
from core.models import SiteImage
from images.forms import UNTITLED, plain_upload

FILES = Path(__file__).with_name("files") / "phones"
RED, BLUE, SKIN, GREEN, WHITE = (200, 40, 50), (31, 60, 200), (214, 168, 142), (20, 160, 60), (255, 255, 255)
#: Words that stand somewhere in the files besides their pixels.
SECRETS = (b"SECOND-FRAME", b"VIDEO-OF-THE-ROOM", b"Jane Doe", b"Exif", b"GPS", b"http://ns.adobe.com/xap", b"ftypmp4", b"<script")


def content_of(name: str) -> bytes:
    return (FILES / name).read_bytes()


def near(color: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= 4 for one, other in zip(color[:3], wanted, strict=True))


def colors(name: str, formats: tuple[str, ...] = FORMATS) -> tuple[Any, Any, Any]:
    """Top left, top right and center on a white ground."""
    picture = on_white(plain_picture(content_of(name), 2400, formats))
    places = ((0.1, 0.1), (0.9, 0.1), (0.5, 0.5))
    return tuple(picture.getpixel((int(picture.width * x), int(picture.height * y))) for x, y in places)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "name",
    [
        "portrait-mode-mpo.jpg", "rgb-with-grey-profile.jpg", "broken-profile.jpg", "cmyk-adobe.jpg", "orientation-0.jpg",
        "orientation-is-text.jpg", "xmp-not-utf8.jpg", "big-text-chunk.png", "animated.webp", "png-exif-turned.png", "motion-photo.jpg",
        "heic-named.jpg", "heic-turned.heic", "gps-caption.webp", "jpeg-named.heic", "exif-header-only.jpg",
    ],
)  # fmt: skip
def test_it_is_upright_with_its_own_colors(name: str) -> None:
    left, right, center = colors(name)
    assert near(left, RED) and near(right, BLUE) and near(center, SKIN), (left, right, center)


@pytest.mark.parametrize(("name", "size"), [("png-exif-turned.png", (600, 400)), ("heic-turned.heic", (600, 400))])
def test_it_is_turned_once(name: str, size: tuple[int, int]) -> None:
    assert plain_picture(content_of(name), 2400).size == size


@pytest.mark.parametrize(
    ("name", "center"),
    [("palette-transparent.png", WHITE), ("burst-primary-second.heic", GREEN), ("grey-with-grey-profile.jpg", (179, 179, 179))],
)
def test_what_the_middle_shows(name: str, center: tuple[int, int, int]) -> None:
    assert near(colors(name)[2], center)


@pytest.mark.parametrize("name", ["animated.gif", "gif-frame-far-off.gif"])
def test_staff_get_the_first_picture_of_a_moving_one_and_patients_are_asked_for_a_photo(name: str) -> None:
    assert near(colors(name, MORE_FORMATS)[2], SKIN)
    with pytest.raises(ValidationError, match="Use JPEG"):
        plain_picture(content_of(name), 2400)


@pytest.mark.parametrize("name", [path.name for path in sorted(FILES.iterdir()) if path.suffix != ".gif" and "svg" not in path.name])
def test_no_other_frame_video_place_or_name_is_kept(name: str) -> None:
    file = SimpleUploadedFile(f"Jane Doe {name}", content_of(name), content_type="image/jpeg")
    kept = clean_photo(file).content, plain_upload(SimpleUploadedFile(name, content_of(name))).read()  # type: ignore[attr-defined]
    assert not [secret for secret in SECRETS for content in kept if secret in content]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_an_upload_by_staff_is_taken_or_refused_in_words_and_breaks_no_list(as_role: Callable[..., Any], name: str) -> None:
    editor = as_role(Role.EDITOR)
    data = {"title": "A skin model", "file": SimpleUploadedFile(name, content_of(name)), "shows": "other", "collection": 1}
    answer = editor.post("/admin/images/add/", data)
    assert answer.status_code == 302 or "error" in answer.content.decode()
    for address in ("/admin/images/", "/admin/images/chooser/"):
        assert editor.get(address).status_code == 200
    if answer.status_code == 302:
        image = SiteImage.objects.latest("pk")
        assert image.file.name.rpartition(".")[2] in ("jpg", "png")
        assert editor.post(f"/admin/images/{image.pk}/delete/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["17.svg", "x.svg", "x.png"])
def test_a_drawing_with_a_script_is_refused(as_role: Callable[..., Any], name: str) -> None:
    data = {"title": "A drawing", "file": SimpleUploadedFile(name, content_of("svg-named.png")), "shows": "other", "collection": 1}
    answer = as_role(Role.EDITOR).post("/admin/images/add/", data)
    kept = SiteImage.objects.filter(title="A drawing").first()
    assert answer.status_code == 200 or (kept and b"<script" not in kept.file.read())


@pytest.mark.django_db
def test_the_name_of_a_file_is_no_title_and_staff_are_asked_for_one(as_role: Callable[..., Any]) -> None:
    editor = as_role(Role.EDITOR)
    for title in ("jane-doe-before", "jane-doe-before.jpg"):
        file = SimpleUploadedFile("jane-doe-before.jpg", content_of("orientation-0.jpg"))
        editor.post("/admin/images/add/", {"title": title, "file": file, "shows": "other", "collection": 1})
        image = SiteImage.objects.latest("pk")
        assert image.title == UNTITLED
    address = f"/admin/images/{image.pk}/"
    refused = editor.post(address, {"title": UNTITLED, "shows": "other", "collection": 1})
    assert refused.status_code == 200 and "Say what this picture shows" in refused.content.decode()
    assert editor.post(address, {"title": "A cheek, from the side", "shows": "other", "collection": 1}).status_code == 302


@pytest.mark.django_db
def test_names_of_files_may_be_of_any_length_and_alphabet(as_role: Callable[..., Any]) -> None:
    for name in (f"2020-04-20T00.19._Muttermal-Rücken-İĞŞ-{'abcdefghij' * 14}.Kopie.(1).jpg", "¡¡¡¡.jpg", "test<h1>test.jpg"):
        data = {"title": "A cheek", "file": SimpleUploadedFile(name, content_of("orientation-0.jpg")), "shows": "other", "collection": 1}
        assert clean_photo(SimpleUploadedFile(name, content_of("orientation-0.jpg"))).content  # type: ignore[attr-defined]
        plain = plain_upload(data["file"])  # type: ignore[arg-type]
        assert plain.name and len(plain.name) < 30 and plain.name.isascii()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">%s</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        "<foreignObject/>",
        '<a href="javascript:alert(1)"/>',
        '<image xlink:href="https://evil.example/x.png"/>',
        '<style>@import "https://evil.example/x.css"</style>',
        "<style>rect { fill: url('https://evil.example/x') }</style>",
        '<rect style="fill: url(https://evil.example/x)"/>',
        "<unclosed>",
    ],
)
def test_a_drawing_holds_shapes_only(inside: str) -> None:
    with pytest.raises(ValidationError):
        check_drawing((SVG % inside).encode())


def test_a_plain_drawing_is_taken() -> None:
    check_drawing((SVG % '<defs><rect id="a"/></defs><use href="#a"/><style>rect { fill: red }</style>').encode())
