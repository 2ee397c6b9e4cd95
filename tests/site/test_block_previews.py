"""Staff see a page as readers will, before anybody else does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from blog.models import ArticleIndexPage, ArticlePage
from images.models import SiteImage
from tests.addresses import PUBLIC
from treatments.models import ScarTypePage, TreatmentIndexPage, TreatmentPage

pytestmark = pytest.mark.django_db


def page_at(path: str) -> Page:
    return Page.objects.get(url_path=f"/home{path}").specific


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_type_previews_in_every_mode_without_being_saved(path: str) -> None:
    page = page_at(path)
    page.title = "A title that is not saved"
    for mode, _label in page.preview_modes:
        response = page.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
    assert Page.objects.get(pk=page.pk).title != page.title


@pytest.mark.parametrize("path", PUBLIC)
def test_a_draft_shows_its_own_words_to_staff_and_not_to_readers(as_role: Callable[..., Client], client: Client, path: str) -> None:
    page = page_at(path)
    page.summary, page.search_description = "Words of the draft only.", ""
    page.save_revision()
    staff = as_role(None)
    assert "Words of the draft only." in staff.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Words of the draft only." not in client.get(path).content.decode()


def draft(page: Any, parent: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision()
    return page


def test_a_treatment_that_was_never_published_previews_with_blocks_and_relations(as_role: Callable[..., Client]) -> None:
    peel = TreatmentPage.objects.get(slug="chemical-peels")
    body = [
        {"type": "heading", "value": "How it goes"},
        {"type": "image", "value": {"image": {"image": SiteImage.objects.first().pk, "alt_text": "Needles", "decorative": False}}},
        {"type": "treatment", "value": peel.pk},
    ]
    page = TreatmentPage(title="New", slug="new", summary="New.", what_it_is="<p>New.</p>", live=False)
    page.body = TreatmentPage.body.field.stream_block.to_python(body)
    page.related_treatments = [peel]
    page.scar_fits.create(scar_type=ScarTypePage.objects.get(slug="rolling"), fit="helps", note="A note of the draft.")
    draft(page, TreatmentIndexPage.objects.get())
    html = as_role(None).get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert 'alt="Needles"' in html and "A note of the draft." in html and html.count("Chemical peels") >= 2


def test_an_article_that_was_never_published_previews_with_its_relations(as_role: Callable[..., Client]) -> None:
    page = ArticlePage(title="New", slug="new", summary="New.", lead="New.", live=False)
    page.related_scar_types = [ScarTypePage.objects.get(slug="keloid")]
    draft(page, ArticleIndexPage.objects.get())
    html = as_role(None).get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Read on" in html and "Keloids" in html


def test_a_preview_may_be_shown_in_the_editors_frame_and_a_page_in_no_frame(as_role: Callable[..., Client], client: Client) -> None:
    preview = as_role(None).get(f"/admin/pages/{page_at('/blog/').pk}/view_draft/")
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    page = client.get("/blog/")
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_drawing_chosen_for_sharing_breaks_no_page(client: Client) -> None:
    page = page_at("/privacy/")
    page.share_image = SiteImage.objects.filter(file__endswith=".svg").first()
    page.save_revision().publish()
    response = client.get("/privacy/")
    assert response.status_code == 200
    assert b"/share/" in response.content, "a drawn one takes its place"
