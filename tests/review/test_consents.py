"""No photograph of a patient is shown without a consent that holds; withdrawing one leaves nothing behind."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from blog.models import ArticlePage
from images.models import PhotoConsent, SiteImage
from images.models.photo_consent import MAX_DOCUMENT_BYTES
from images.models.site_image import Shows
from publishing.errors import CannotGoLiveError, EditorialRuleError
from tests.review.cases import case, days, photo
from tests.reviewing import publish_approved
from treatments.models import ResultPage

pytestmark = pytest.mark.django_db


def test_a_case_with_consent_is_shown_with_all_that_it_has_to_say(client: Client, live_case: ResultPage) -> None:
    page = client.get(live_case.url).content.decode()
    for words in ("Results vary", "Monk 5", "Same room", "1 session", "12 weeks after", "Photo 0", "Photo 1"):
        assert words in page
    assert "drawings, not photos" not in page
    assert "A case" in client.get("/results/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scope": "clinic"}, "does not hold"),
        ({"expires_on": "past"}, "does not hold"),
        ({"withdrawn_at": "now"}, "does not hold"),
    ],
)
def test_a_consent_that_does_not_hold_keeps_a_case_offline(consent: PhotoConsent, change: dict[str, str], words: str) -> None:
    values: dict[str, Any] = {"past": days(-1), "now": timezone.now()}
    PhotoConsent.objects.filter(pk=consent.pk).update(**{name: values.get(value, value) for name, value in change.items()})
    with pytest.raises(CannotGoLiveError, match=words):
        publish_approved(case(photo("cheek-one", consent), photo("cheek-two", consent)))


def test_what_else_keeps_a_case_offline(consent: PhotoConsent) -> None:
    one = case(photo("cheek-one", consent))
    with pytest.raises(CannotGoLiveError, match="two photos"):
        publish_approved(one)
    one.delete()
    unlike = case(photo("left", consent), photo("right", consent))
    unlike.is_comparable = False
    with pytest.raises(CannotGoLiveError, match="can be compared"):
        publish_approved(unlike)
    unlike.delete()
    with pytest.raises(CannotGoLiveError, match="drawing or shows a patient"):
        publish_approved(case(photo("room", None, Shows.OTHER), photo("cheek-two", consent)))


def test_a_patient_stands_on_no_other_page(consent: PhotoConsent, article: ArticlePage) -> None:
    article.image, article.image_alt = photo("cheek", consent), "A cheek"
    with pytest.raises(CannotGoLiveError, match="only on result pages"):
        publish_approved(article)
    article.image = None
    figure = {"image": {"image": SiteImage.objects.get(title="cheek").pk, "alt_text": "A cheek", "decorative": False}, "caption": ""}
    article.body = article.body.stream_block.to_python([{"type": "image", "value": figure}])
    with pytest.raises(CannotGoLiveError, match="only on result pages"):
        publish_approved(article)


def files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FRONT_DESK])
def test_withdrawing_leaves_nothing_behind(
    as_role: Callable[..., Client], client: Client, consent: PhotoConsent, live_case: ResultPage, role: Role,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    gallery, page = "/results/", live_case.url
    shown = [source for source in {*_sources(client, gallery), *_sources(client, page)} if "cheek" in source]
    shown += [f"/media/original_images/{name}.jpg" for name in ("cheek-one", "cheek-two")]
    assert len(shown) > 4
    assert all(client.get(source).status_code == 200 for source in shown if "original" not in source)
    mine = {str(file) for photo in consent.photos.all() for file in (photo.file, *(size.file for size in photo.renditions.all()))}
    assert len(mine) > 4
    assert mine <= files()
    staff = as_role(role)
    address = reverse("consents:withdraw", args=[consent.pk])
    assert "A case" in staff.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(address)
    assert "Pages that showed these photos" in answer.content.decode()
    assert "A case" in answer.content.decode()
    for source in shown:
        assert client.get(source).status_code in (404, 410), source
    assert not mine & files()
    assert client.get(page).status_code == 404
    assert "A case" not in client.get(gallery).content.decode()
    assert not SiteImage.objects.filter(title__startswith="cheek").exists()
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert staff.post(address).status_code == 200, "done again, it is the same"
    page_in_hand = ResultPage.objects.get(pk=live_case.pk)
    with pytest.raises(CannotGoLiveError):
        page_in_hand.get_latest_revision().publish()


def _sources(client: Client, address: str) -> set[str]:
    import re

    return set(re.findall(r'/media/[^"\s,]+', client.get(address).content.decode()))


def test_a_consent_that_ran_out_takes_its_case_offline(
    client: Client, consent: PhotoConsent, live_case: ResultPage, django_capture_on_commit_callbacks: Any
) -> None:
    sources = [source for source in _sources(client, live_case.url) if "cheek" in source]
    PhotoConsent.objects.filter(pk=consent.pk).update(expires_on=days(-1))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("unpublish_expired")
    assert client.get(live_case.url).status_code == 404
    assert all(client.get(source).status_code == 404 for source in sources)
    assert SiteImage.objects.filter(title="cheek-one").exists(), "it may be renewed"
    call_command("unpublish_expired")


def test_originals_are_nobodys_business(client: Client, consent: PhotoConsent) -> None:
    picture = photo("secret", consent)
    assert picture.file.name.startswith("original_images/")
    assert client.get(f"/media/{picture.file.name}").status_code == 404


@pytest.mark.parametrize(("role", "allowed"), [(Role.EDITOR, True), (Role.CLINICIAN, True), (Role.FRONT_DESK, True), (None, True)])
def test_the_signed_form_opens_for_staff_only(
    as_role: Callable[..., Client], client: Client, consent: PhotoConsent, role: Role | None, allowed: bool
) -> None:
    address = reverse("consents:document", args=[consent.pk])
    answer = as_role(role).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 signed"
    assert "attachment" in answer["Content-Disposition"]
    assert client.get(address).status_code == 302
    assert not any("signed" in name for name in files()), "it lies apart from the pictures"
    with storages["private"].inner.open(consent.document.name) as kept:
        assert b"PDF" not in kept.read(), "and it is sealed"


def test_another_form_takes_the_place_of_the_first(as_role: Callable[..., Client], consent: PhotoConsent) -> None:
    editor = as_role(Role.EDITOR)
    address = reverse("consents:edit", args=[consent.pk])
    assert reverse("consents:document", args=[consent.pk]) in editor.get(address).content.decode()
    first = consent.document.name
    values = {"code": consent.code, "scope": consent.scope, "given_on": consent.given_on}
    too_large = SimpleUploadedFile("huge.pdf", b"x" * (MAX_DOCUMENT_BYTES + 1))
    assert "larger than 10 MB" in editor.post(address, {**values, "document": too_large}).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        editor.post(address, {**values, "document": SimpleUploadedFile("second.pdf", b"%PDF-1.4 second")})
    consent.refresh_from_db()
    with consent.document.open() as kept:
        assert kept.read() == b"%PDF-1.4 second"
    assert not storages["private"].exists(first)


def test_an_approved_picture_is_not_changed_behind_the_clinicians_back(as_role: Callable[..., Client], live_case: ResultPage) -> None:
    picture = live_case.photos.first().image
    with pytest.raises(EditorialRuleError, match="Take it from the page first"):
        picture.delete()
    editor = as_role(None)
    answer = editor.post(reverse("wagtailimages:delete", args=[picture.pk]), follow=True)
    assert "Take it from the page first" in answer.content.decode()
    file = io.BytesIO()
    Image.new("RGB", (90, 70)).save(file, "PNG")
    new = ContentFile(file.getvalue(), "new.png")
    data = {"title": "T", "file": new, "shows": Shows.PATIENT, "consent": picture.consent_id, "collection": picture.collection_id}
    answer = editor.post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    assert "A clinician approved this picture" in answer.content.decode()


def test_a_patient_without_consent_is_explained_at_the_picture(as_role: Callable[..., Client], consent: PhotoConsent) -> None:
    picture = photo("x", None, Shows.OTHER)
    data = {"title": "T", "shows": Shows.PATIENT, "consent": "", "collection": picture.collection_id}
    answer = as_role(Role.EDITOR).post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    assert "Choose the consent" in answer.content.decode()
