"""Every road to live, for every role: none leads past a clinician's approval of exactly that text."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, Revision

from accounts.roles import Role
from blog.models import ArticleIndexPage, ArticlePage
from publishing.errors import CannotGoLiveError
from review.models.approving import approve_revision
from tests.reviewing import change_approval, publish_approved
from treatments.models import TreatmentPage

pytestmark = pytest.mark.django_db

WRITERS = [Role.EDITOR, Role.SITE_MANAGER, None]
EVERYBODY = [*WRITERS, Role.CLINICIAN]
NEW_TITLE = "Scars vanish over night"


def changed(article: ArticlePage) -> Revision:
    """A draft with another title than what was approved."""
    article.title = NEW_TITLE
    return article.save_revision()


def is_as_before(article: ArticlePage) -> None:
    assert Page.objects.get(pk=article.pk).title != NEW_TITLE


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_publish_button(as_role: Callable[..., Client], role: Role | None, article: ArticlePage, form_of: Any) -> None:
    client = as_role(role)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = form_of(client.get(address).content)
    answer = client.post(address, {**data, "title": NEW_TITLE, "action-publish": "1"})
    assert answer.status_code == 200
    assert "after a clinician has approved exactly this text" in answer.content.decode()
    assert NEW_TITLE in answer.content.decode(), "what was typed is kept"
    is_as_before(article)


def test_the_button_is_not_offered_where_it_would_fail(as_role: Callable[..., Client], article: ArticlePage) -> None:
    client = as_role(Role.EDITOR)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert b'name="action-publish"' in client.get(address).content, "what is approved may be published again"
    changed(article)
    page = client.get(address).content
    assert b'name="action-publish"' not in page
    assert b"Submit to clinician review" in page


@pytest.mark.parametrize("role", WRITERS)
def test_create_and_publish(as_role: Callable[..., Client], role: Role | None, form_of: Any) -> None:
    client = as_role(role)
    index = ArticleIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", index.pk])
    page = client.get(address)
    assert b'name="action-publish"' not in page.content
    data = {**form_of(page.content), "title": NEW_TITLE, "slug": "vanish", "summary": "S", "lead": "L", "action-publish": "1"}
    answer = client.post(address, data)
    assert answer.status_code == 200
    assert "after a clinician has approved exactly this text" in answer.content.decode()
    assert not Page.objects.filter(slug="vanish").exists()


@pytest.mark.parametrize("role", EVERYBODY)
def test_bulk_publishing(as_role: Callable[..., Client], role: Role | None, article: ArticlePage) -> None:
    changed(article)
    client = as_role(role)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{address}?id={article.pk}", {"include_descendants": "on"}, follow=True)
    assert "approval first" in answer.content.decode()
    is_as_before(article)


def test_bulk_publishing_of_a_whole_branch(as_role: Callable[..., Client], article: ArticlePage) -> None:
    article.unpublish()
    article = ArticlePage.objects.get(pk=article.pk)
    changed(article)
    index = article.get_parent()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = as_role(None).post(f"{address}?id={index.pk}", {"include_descendants": "on"}, follow=True)
    assert "approval first" in answer.content.decode()
    assert not Page.objects.get(pk=article.pk).live


@pytest.mark.parametrize("role", EVERYBODY)
def test_scheduling_in_the_editor(as_role: Callable[..., Client], role: Role | None, article: ArticlePage, form_of: Any) -> None:
    client = as_role(role)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    later = (timezone.localtime() + dt.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    data = {**form_of(client.get(address).content), "title": NEW_TITLE, "go_live_at": later, "action-publish": "1"}
    assert client.post(address, data).status_code == 200
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_schedule_that_was_set_by_code(article: ArticlePage, clinician: Any) -> None:
    """The others of the run go live; the refused one is taken off the schedule, and its history says why."""
    other = ArticlePage.objects.exclude(pk=article.pk).first()
    assert other is not None
    due = timezone.now() - dt.timedelta(minutes=5)
    refused = changed(article)
    other.title = "Approved in time"
    allowed = other.save_revision()
    approve_revision(allowed, clinician, override_reason="a test")
    Revision.objects.filter(pk__in=[refused.pk]).update(approved_go_live_at=due)
    Revision.objects.filter(pk__in=[allowed.pk]).update(approved_go_live_at=due + dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    is_as_before(article)
    assert Page.objects.get(pk=other.pk).title == "Approved in time"
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert PageLogEntry.objects.filter(page=article.pk, action="core.publish_refused").exists()


@pytest.mark.parametrize("role", WRITERS)
def test_copying_with_published_copies(as_role: Callable[..., Client], role: Role | None, article: ArticlePage) -> None:
    client = as_role(role)
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": article.get_parent().pk, "publish_copies": "on"}
    answer = client.post(address, data, follow=True)
    assert "starts as a draft" in answer.content.decode()
    assert not Page.objects.filter(slug="a-copy").exists()
    assert client.post(address, {**data, "publish_copies": ""}).status_code == 302
    copy = ArticlePage.objects.get(slug="a-copy")
    assert not copy.live
    assert copy.approval is None


def test_copying_in_code(article: ArticlePage) -> None:
    with pytest.raises(CannotGoLiveError):
        article.copy(update_attrs={"slug": "copied"}, keep_live=True)
    assert not Page.objects.filter(slug="copied").exists()


def test_an_alias_shows_what_is_approved_and_nothing_else(article: ArticlePage, clinician: Any) -> None:
    alias = article.create_alias(update_slug="another-address")
    assert alias.live
    article.title = "A better title"
    publish_approved(article)
    assert Page.objects.get(pk=alias.pk).title == "A better title"
    article.refresh_from_db()
    article.title = NEW_TITLE
    with pytest.raises(CannotGoLiveError):
        article.update_aliases()
    assert Page.objects.get(pk=alias.pk).title == "A better title"


def test_an_alias_made_a_page_of_its_own(as_role: Callable[..., Client], article: ArticlePage) -> None:
    alias = article.create_alias(update_slug="another-address")
    as_role(None).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    page = ArticlePage.objects.get(pk=alias.pk)
    assert page.alias_of_id is None
    page.title = NEW_TITLE
    with pytest.raises(CannotGoLiveError):
        page.save_revision().publish()


def test_a_translation(article: ArticlePage) -> None:
    spanish = Locale.objects.create(language_code="es")
    for parent in article.get_ancestors().filter(depth__gt=1).specific():
        parent.copy_for_translation(spanish)
    translated = article.copy_for_translation(spanish)
    assert not translated.live
    translated.title = "Otro texto"
    with pytest.raises(CannotGoLiveError):
        translated.save_revision().publish()


@pytest.mark.parametrize("whole", [False, True])
def test_an_import_of_fixtures(article: ArticlePage, whole: bool) -> None:
    """A fixture brings the plain page and the article one after the other; neither order leads past the gate."""
    plain, own = Page.objects.get(pk=article.pk), ArticlePage.objects.get(pk=article.pk)
    plain.title, own.lead = NEW_TITLE, "Another lead"
    rows = json.loads(serializers.serialize("json", [plain, own]))
    for order in (rows, rows[::-1]):
        with pytest.raises(CannotGoLiveError):
            for row in serializers.deserialize("json", json.dumps(order if whole else order[:1])):
                row.save()
    stored = ArticlePage.objects.get(pk=article.pk)
    assert (stored.title, stored.lead) == (article.title, article.lead)


def test_an_import_into_an_empty_place(article: ArticlePage) -> None:
    plain = json.loads(serializers.serialize("json", [Page.objects.get(pk=article.pk)]))
    plain[0]["pk"] = 987654
    plain[0]["fields"].update(path=article.path[:-4] + "ZZZZ", slug="imported", translation_key="3b6b6b1e-1f3c-4a57-9f0f-0d4b1f2b3c4d")
    with pytest.raises(CannotGoLiveError):
        for row in serializers.deserialize("json", json.dumps(plain)):
            row.save()


@pytest.mark.parametrize("change", ["plain", "own", "fields"])
def test_a_script(article: ArticlePage, change: str) -> None:
    with pytest.raises(CannotGoLiveError):
        if change == "plain":
            page = Page.objects.get(pk=article.pk)
            page.title = NEW_TITLE
            page.save()
        elif change == "own":
            article.title = NEW_TITLE
            article.save()
        else:
            article.lead = "Another"
            article.save(update_fields=["lead"])


def test_a_script_that_holds_an_old_copy(article: ArticlePage) -> None:
    """What is in memory may say that the page is a draft; what counts is what the database will hold."""
    article.live = False
    article.lead = "Another"
    with pytest.raises(CannotGoLiveError):
        article.save(update_fields=["lead"])


def test_rows_saved_with_named_fields() -> None:
    laser = TreatmentPage.objects.get(slug="fraxel-dual-laser")
    laser.scar_fits = []
    with pytest.raises(CannotGoLiveError):
        laser.save(update_fields=["scar_fits"])


def test_a_script_that_makes_a_draft_live(article: ArticlePage) -> None:
    article.unpublish()
    ArticlePage.objects.filter(pk=article.pk).update(lead="Another")
    page = Page.objects.get(pk=article.pk)
    page.live = True
    for save in (page.save, lambda: page.save(update_fields=["live"])):
        with pytest.raises(CannotGoLiveError):
            save()


def test_a_new_page_from_a_script() -> None:
    with pytest.raises(CannotGoLiveError):
        ArticleIndexPage.objects.get().add_child(instance=ArticlePage(title="X", slug="x", summary="S", lead="L"))


def test_an_approval_borrowed_from_another_page(article: ArticlePage) -> None:
    """The same words on another page are another page's words."""
    copy = article.copy(update_attrs={"slug": "copied"}, keep_live=False)
    copy.approval = article.approval
    with pytest.raises(CannotGoLiveError):
        copy.save_revision().publish()


def test_saving_again_what_is_live_changes_nothing(article: ArticlePage) -> None:
    article.save()
    article.save_revision().publish()
    Page.objects.get(pk=article.pk).save()
    article.refresh_from_db()
    article.slug = "moved"
    article.save_revision().publish()
    assert ArticlePage.objects.get(pk=article.pk).live


def test_saving_over_an_approved_revision(as_role: Callable[..., Client], article: ArticlePage, clinician: Any, form_of: Any) -> None:
    """Saving by itself writes over the editor's last revision under the same id: the approval was for the words, not the id."""
    client = as_role(Role.EDITOR)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = form_of(client.get(address).content)
    client.post(address, {**data, "title": "A careful title"})
    article.refresh_from_db()
    revision = article.get_latest_revision()
    assert revision is not None
    approve_revision(revision, clinician, override_reason="a test")
    data = form_of(client.get(address).content)
    answer = client.post(
        address, {**data, "title": NEW_TITLE, "overwrite_revision_id": revision.pk}, headers={"accept": "application/json"}
    )
    assert answer.json()["success"], answer.content
    revision.refresh_from_db()
    assert revision.content["title"] == NEW_TITLE, "the revision was written over"
    with pytest.raises(CannotGoLiveError):
        revision.publish()
    is_as_before(article)


def test_an_old_text_does_not_come_back_by_its_old_approval(article: ArticlePage, clinician: Any) -> None:
    first = article.save_revision()
    approve_revision(first, clinician, override_reason="a test")
    first.publish()
    article.refresh_from_db()
    article.title = "A correction"
    publish_approved(article)
    with pytest.raises(CannotGoLiveError):
        first.publish()


def test_an_approval_that_ran_out_brings_nothing_back(article: ArticlePage, clinician: Any) -> None:
    article.title = "A careful title"
    page = publish_approved(article)
    change_approval(page.approval_id, review_on=timezone.localdate() - dt.timedelta(days=1))
    page.save()
    page.unpublish()
    page = ArticlePage.objects.get(pk=page.pk)
    with pytest.raises(CannotGoLiveError):
        page.get_latest_revision().publish()


def test_moving_keeps_the_page_live(as_role: Callable[..., Client], article: ArticlePage) -> None:
    parent = article.get_parent()
    article.move(parent, pos="first-child")
    assert ArticlePage.objects.get(pk=article.pk).live
