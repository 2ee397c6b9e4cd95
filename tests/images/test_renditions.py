"""No reader waits for a picture to be made: its sizes are there before the page is."""

import io
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, TestCase
from PIL import Image
from wagtail.images.models import Filter

from blog.models import ArticlePage
from home.models import StandardPage
from images.models import PhotoConsent, SiteImage
from images.models.site_image import Shows
from images.renditions import generate_pending, rendition_specs
from tests.reviewing import publish_approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def photo() -> SiteImage:
    call_command("generate_renditions", "--all", verbosity=0)
    content = io.BytesIO()
    # Even areas: the encoders need a tenth of the time that noise takes them.
    Image.linear_gradient("L").resize((480, 360)).convert("RGB").save(content, "JPEG")
    return SiteImage.objects.create(title="A room", description="A bright room", file=ContentFile(content.getvalue(), "room.jpg"))


@pytest.fixture
def article() -> ArticlePage:
    return ArticlePage.objects.get(slug="how-acne-scars-form")


def test_the_worker_makes_them_after_the_upload(photo: SiteImage) -> None:
    assert not photo.renditions.exists()
    call_command("generate_renditions", "--all", verbosity=0)
    assert set(photo.renditions.values_list("filter_spec", flat=True)) == set(rendition_specs())
    assert {rendition.file.name.rsplit(".", 1)[1] for rendition in photo.renditions.all()} == {"avif", "webp", "jpg"}
    assert generate_pending() == 0
    photo.title = "Another name"
    photo.save()
    assert generate_pending() == 1


def test_publishing_does_not_wait_for_the_worker(client: Client, photo: SiteImage, article: ArticlePage) -> None:
    article.image, article.image_alt = photo, "A bright room with a chair"
    article.share_image = photo
    publish_approved(article)
    made = photo.renditions.count()
    assert made == len(rendition_specs())
    for path in (article.url, "/blog/", "/", "/blog/topic/understanding-scars/"):
        assert client.get(path).status_code == 200
    assert photo.renditions.count() == made, "no page asked for another size"
    page = BeautifulSoup(client.get(article.url).content, "html.parser")
    picture = page.select_one("picture")
    assert picture is not None
    assert [str(source["type"]) for source in picture.select("source")] == ["image/avif", "image/webp"]
    shown = picture.select_one("img")
    assert shown is not None and shown["width"] and shown["height"] and shown["alt"] == "A bright room with a chair"
    assert page.select_one('meta[property="og:image"]')["content"].endswith(".jpg")  # type: ignore[index, union-attr]


def test_a_figure_in_the_text(client: Client, photo: SiteImage) -> None:
    page = StandardPage.objects.get(slug="privacy")
    figure = {"image": {"image": photo.pk, "alt_text": "", "decorative": True}, "caption": "Here"}
    page.body = page.body.stream_block.to_python([{"type": "image", "value": figure}])
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    made = photo.renditions.count()
    html = client.get("/privacy/").content.decode()
    assert 'alt=""' in html and photo.renditions.count() == made == len(rendition_specs())


def test_a_patients_photo_waits_until_it_is_published(photo: SiteImage) -> None:
    photo.shows = Shows.PATIENT
    photo.consent = PhotoConsent.objects.create(code="P-9", scope="website", given_on="2026-01-01")
    photo.save()
    assert generate_pending() == 0


def test_a_file_that_cannot_be_read_stops_nothing(photo: SiteImage) -> None:
    with photo.file.storage.open(photo.file.name, "wb") as file:
        file.write(b"no picture")
    assert generate_pending() == 1
    assert generate_pending() == 0


def test_other_focal_points_are_other_sizes(photo: SiteImage) -> None:
    generate_pending()
    before = set(photo.renditions.values_list("pk", flat=True))
    photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = 200, 200, 100, 100
    photo.save()
    generate_pending()
    assert set(photo.renditions.values_list("pk", flat=True)) - before


def test_templates_ask_for_no_other_size() -> None:
    asked: dict[bool, set[str]] = {False: set(), True: set()}
    for path in Path("templates").rglob("*.html"):
        for tag in re.findall(r"{% (?:picture|image) \S+ ([^%]*)%}", path.read_text()):
            parts = [part for part in tag.split() if re.match(r"(format|fill|width|max|min)-|preserve-svg", part)]
            for spec in Filter.expand_spec(parts):
                asked["preserve-svg" in parts].add("|".join(sorted(spec.split("|"))))
    for is_drawing in (False, True):
        known = {"|".join(sorted(spec.split("|"))) for spec in rendition_specs(is_drawing)}
        assert asked[is_drawing] <= known and len(asked[is_drawing]) >= 5
