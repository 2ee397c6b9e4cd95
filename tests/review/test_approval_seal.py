"""An approval covers what readers get, byte by byte, and a row in the database alone is no approval."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.documents.models import Document

from accounts.roles import Role
from blog.models import ArticlePage
from images.models.site_image import Shows
from publishing.errors import EditorialRuleError
from review.approval_seal import seal_of
from review.content_hash import content_hash
from review.medical_pages import pages_without_approval
from review.models.approvals import Approval
from tests.review.cases import photo
from tests.reviewing import publish_approved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> Path:
    """Files of this test's own, because it swaps them."""
    settings.MEDIA_ROOT = tmp_path
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": local}
    return tmp_path


@pytest.fixture
def leaflet(article: ArticlePage) -> Document:
    """A document that a live, approved article links to."""
    document = Document.objects.create(title="Leaflet", file=ContentFile(b"%PDF aftercare", "leaflet.pdf"))
    article.body = [("text", f'<p>Read <a linktype="document" id="{document.pk}">our leaflet</a> first.</p>')]
    with TestCase.captureOnCommitCallbacks(execute=True):
        publish_approved(article)
    return document


@contextlib.contextmanager
def tampering() -> Iterator[None]:
    """What is done to the database within it is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [{"content_hash": "0" * 64}, {"reviewer_name": "Dr. Nobody"}, {"review_on": "2036-01-01"}, {"kind": "sample"}, {"comment": "Fine."}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_no_approval(article: ArticlePage, change: dict[str, Any]) -> None:
    page = publish_approved(article)
    assert pages_without_approval([ArticlePage]) == []
    with tampering():
        Approval.objects.filter(pk=page.approval_id).update(**change)
        assert pages_without_approval([ArticlePage]) == [page]


@pytest.mark.parametrize("key", ["", "the public side's secret " * 3])
def test_a_row_that_was_added_by_sql_lets_nothing_go_live(article: ArticlePage, settings: Any, key: str) -> None:
    article.title = "A title that no clinician saw"
    forged = Approval(page_id=article.pk, content_hash=content_hash(article), kind="review", reviewer_name="Dr. Imani Vale")
    forged.seal = seal_of(forged, key) if key else ""
    Approval.objects.bulk_create([forged])
    with pytest.raises(EditorialRuleError):
        article.save_revision().publish()


def test_an_earlier_key_still_proves_earlier_approvals(article: ArticlePage, settings: Any) -> None:
    publish_approved(article)
    settings.APPROVAL_KEY_FALLBACKS, settings.APPROVAL_KEY = [settings.APPROVAL_KEY], "another key " * 5
    assert pages_without_approval([ArticlePage]) == []
    settings.APPROVAL_KEY_FALLBACKS = []
    assert pages_without_approval([ArticlePage]) != []


def test_another_document_under_the_same_link_is_other_content(article: ArticlePage, leaflet: Document) -> None:
    before = content_hash(ArticlePage.objects.get(pk=article.pk))
    with tampering():
        Document.objects.filter(pk=leaflet.pk).update(file_hash="f" * 40)
        assert content_hash(ArticlePage.objects.get(pk=article.pk)) != before


def test_an_approved_document_is_neither_replaced_nor_deleted(leaflet: Document, as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.EDITOR)
    address = reverse("wagtaildocs:edit", args=[leaflet.pk])
    other = SimpleUploadedFile("other.pdf", b"%PDF other")
    answer = editor.post(address, {"title": "Leaflet", "collection": leaflet.collection_id, "tags": "", "file": other})
    assert answer.status_code == 200 and "A clinician approved this document on" in answer.content.decode()
    leaflet.refresh_from_db()
    assert leaflet.file.read() == b"%PDF aftercare"
    assert editor.post(address, {"title": "Aftercare", "collection": leaflet.collection_id, "tags": ""}).status_code == 302
    for attempt in (leaflet.delete, Document.objects.filter(pk=leaflet.pk).delete):
        with pytest.raises(EditorialRuleError), transaction.atomic():
            attempt()


def verify() -> str:
    try:
        call_command("verify_approvals", verbosity=0)
    except CommandError as problem:
        return str(problem)
    return ""


def test_a_file_that_was_swapped_in_the_storage_is_found(article: ArticlePage, leaflet: Document, own_media: Path) -> None:
    image = photo("room", None, Shows.OTHER)
    article = ArticlePage.objects.get(pk=article.pk)
    article.image = image
    publish_approved(article)
    original, rendition = own_media / image.file.name, own_media / image.get_rendition("width-100").file.name
    before = verify()
    assert not any(name in before for name in (image.file.name, leaflet.file.name, rendition.name))
    for path in (original, rendition, own_media / leaflet.file.name):
        content = path.read_bytes()
        path.write_bytes(content + b"x")
        assert path.name in verify()
        path.write_bytes(content)
        assert path.name not in verify()
