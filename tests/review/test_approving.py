"""Who may approve, on what terms, and what becomes of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from blog.models import ArticlePage
from core.models import Clinician
from publishing.errors import EditorialRuleError
from review.models import Approval, ReviewPolicy
from review.models.approvals import ApprovalKind
from review.models.approving import approve_revision
from review.models.tasks import medical_workflow
from review.publish_reviewed import publish_reviewed
from tests.reviewing import change_approval, publish_approved

pytestmark = pytest.mark.django_db


def submitted(article: ArticlePage, user: Any, **changes: Any) -> ArticlePage:
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision(user=user)
    workflow = medical_workflow()
    assert workflow is not None
    article = ArticlePage.objects.get(pk=article.pk)
    workflow.start(article, user)
    return ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def waiting(article: ArticlePage, make_user: Callable[..., Any]) -> ArticlePage:
    return submitted(article, make_user(Role.EDITOR, "author"), title="A careful title", change_note="Only the title.")


@pytest.fixture
def as_clinician(clinician: Any) -> Client:
    client = Client()
    client.force_login(clinician)
    return client


def address(page: ArticlePage) -> str:
    return reverse("review:page", args=[page.pk])


def test_a_clinician_reads_the_difference_and_approves(as_clinician: Client, waiting: ArticlePage) -> None:
    assert "A careful title" in as_clinician.get(reverse("review:waiting")).content.decode()
    page = as_clinician.get(address(waiting))
    text = page.content.decode()
    assert "Only the title." in text
    assert "A careful title" in text
    assert '<span class="deletion">' in text, "what is gone since the version readers see"
    answer = as_clinician.post(
        address(waiting),
        {"review_on": "2031-05-01", "comment": "Good.", "seen_hash": page.context["terms"].initial["seen_hash"]},
        follow=True,
    )
    assert "readers see it" in answer.content.decode()
    live = ArticlePage.objects.select_related("approval").get(pk=waiting.pk)
    assert live.title == "A careful title"
    assert live.approval is not None
    assert live.approval.kind == ApprovalKind.REVIEW
    assert live.approval.review_on == dt.date(2031, 5, 1)
    assert live.approval.reviewed_on == timezone.localdate()
    public = Client().get(live.url).content.decode()
    assert live.approval.reviewer_name in public
    assert "May 1, 2031" in public
    assert "Found a mistake?" in public
    assert "doi.org" in public


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SITE_MANAGER, Role.FRONT_DESK, None])
def test_nobody_else_approves(as_role: Callable[..., Client], waiting: ArticlePage, role: Role | None) -> None:
    client = as_role(role)
    client.post(address(waiting), {"review_on": "2031-05-01"})
    state = waiting.current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk]), {})
    data = {"action-workflow-action": "true", "workflow-action-name": "approve", "body-count": "0", "references-count": "0"}
    client.post(reverse("wagtailadmin_pages:edit", args=[waiting.pk]), data)
    assert ArticlePage.objects.get(pk=waiting.pk).title != "A careful title"


def test_an_administrator_who_is_a_clinician_approves(as_role: Callable[..., Client], waiting: ArticlePage) -> None:
    client = as_role(None)
    from django.contrib.auth import get_user_model

    Clinician.objects.filter(pk=Clinician.objects.filter(user=None).values("pk")[:1]).update(
        user=get_user_model().objects.get(username="admin")
    )
    client.post(address(waiting), {})
    assert ArticlePage.objects.get(pk=waiting.pk).title == "A careful title"


def test_only_an_administrator_links_accounts_to_clinicians(as_role: Callable[..., Client]) -> None:
    person = Clinician.objects.first()
    assert person is not None
    link = reverse("wagtailsnippets_core_clinician:edit", args=[person.pk])
    for role in (Role.EDITOR, Role.CLINICIAN, Role.SITE_MANAGER):
        assert b'name="user"' not in as_role(role).get(link).content
    assert b'name="user"' in as_role(None).get(link).content


def test_wagtails_own_approve_action_works_too(as_clinician: Client, waiting: ArticlePage) -> None:
    state = waiting.current_workflow_task_state
    as_clinician.post(reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk]), {})
    live = ArticlePage.objects.get(pk=waiting.pk)
    assert live.title == "A careful title"
    assert live.approval is not None
    assert live.approval.review_on == ReviewPolicy.load().next_review()


def test_sending_back_needs_a_word_and_tells_the_author(as_clinician: Client, waiting: ArticlePage, mailoutbox: list[Any]) -> None:
    answer = as_clinician.post(address(waiting), {"send-back": "yes", "back-comment": ""})
    assert "Say what should change" in answer.content.decode()
    as_clinician.post(address(waiting), {"send-back": "yes", "back-comment": "Name the study."})
    page = ArticlePage.objects.get(pk=waiting.pk)
    assert page.title != "A careful title"
    assert page.current_workflow_state.status == "needs_changes"
    assert any("author@alluraderm.example" in mail.to for mail in mailoutbox)


def test_a_text_that_changed_while_it_was_read(as_clinician: Client, waiting: ArticlePage) -> None:
    seen = as_clinician.get(address(waiting)).context["terms"].initial["seen_hash"]
    revision = waiting.get_latest_revision()
    revision.content["lead"] = "Another lead"
    revision.save()
    answer = as_clinician.post(address(waiting), {"seen_hash": seen})
    assert "changed while you were reading" in answer.content.decode()
    assert not Approval.objects.filter(revision=revision).exists()


def with_a_newer_draft(page: ArticlePage) -> Any:
    state = page.current_workflow_task_state
    draft = page.get_latest_revision_as_object()
    draft.title = "A newer draft"
    draft.save_revision()
    return state


def test_what_a_clinician_mended_is_what_is_reviewed(as_clinician: Client, waiting: ArticlePage) -> None:
    seen = as_clinician.get(address(waiting)).context["terms"].initial["seen_hash"]
    with_a_newer_draft(waiting)
    answer = as_clinician.post(address(waiting), {"seen_hash": seen})
    assert "changed while you were reading" in answer.content.decode()
    assert "A newer draft" in answer.content.decode()
    as_clinician.post(address(waiting), {"seen_hash": answer.context["terms"].data["seen_hash"]})
    assert ArticlePage.objects.get(pk=waiting.pk).title == "A newer draft"


def test_the_end_of_the_review_publishes_what_was_read(clinician: Any, waiting: ArticlePage) -> None:
    state = with_a_newer_draft(waiting)
    approve_revision(state.revision, clinician)
    publish_reviewed(state.workflow_state, user=clinician)
    live = ArticlePage.objects.get(pk=waiting.pk)
    assert live.title == "A careful title"
    assert live.has_unpublished_changes


def test_serious_words_block_until_a_reason_is_given(as_clinician: Client, article: ArticlePage, make_user: Callable[..., Any]) -> None:
    page = submitted(article, make_user(Role.EDITOR, "author"), lead="Our painless laser erases your scars.")
    shown = as_clinician.get(address(page)).content.decode()
    assert "blocks approval" in shown
    answer = as_clinician.post(address(page), {"comment": "Hm"})
    assert "Some words must be changed first" in answer.content.decode()
    assert "Hm" in answer.content.decode(), "what was typed is kept"
    as_clinician.post(address(page), {"override_reason": "Quoted from an advertisement we warn of."})
    approval = Approval.objects.get(page=page, kind=ApprovalKind.REVIEW)
    assert approval.override_reason == "Quoted from an advertisement we warn of."
    assert {finding["rule"] for finding in approval.overridden} == {"painless", "erase"}


def test_a_small_edit_does_not_move_the_dates(article: ArticlePage, clinician: Any) -> None:
    page = publish_approved(article, review_on=timezone.localdate() + dt.timedelta(days=40))
    change_approval(page.approval_id, reviewed_on=dt.date(2026, 1, 1))
    page.title = "One letter less"
    page = publish_approved(page, is_small_edit=True)
    assert page.approval is not None
    assert page.approval.kind == ApprovalKind.SMALL_EDIT
    assert page.approval.reviewed_on == dt.date(2026, 1, 1)
    assert page.approval.review_on == timezone.localdate() + dt.timedelta(days=40)


def test_what_was_never_reviewed_has_no_small_edits(article: ArticlePage, clinician: Any) -> None:
    with pytest.raises(EditorialRuleError, match="never fully reviewed"):
        approve_revision(article.save_revision(), clinician, is_small_edit=True)


def test_a_page_that_is_due_for_review_has_no_small_edits(article: ArticlePage, clinician: Any) -> None:
    page = publish_approved(article)
    change_approval(page.approval_id, review_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(EditorialRuleError, match="due for it"):
        approve_revision(page.save_revision(), clinician, is_small_edit=True, review_on=timezone.localdate() + dt.timedelta(days=9))


def test_a_day_in_the_past_is_refused(article: ArticlePage, clinician: Any) -> None:
    with pytest.raises(EditorialRuleError, match="is past"):
        approve_revision(article.save_revision(), clinician, review_on=dt.date(2020, 1, 1))


def test_an_overdue_page_says_so_and_goes_offline_only_if_the_clinic_wants_it(client: Client, article: ArticlePage) -> None:
    page = publish_approved(article)
    change_approval(page.approval_id, review_on=timezone.localdate() - dt.timedelta(days=30))
    assert "was due for a new review" in client.get(page.url).content.decode()
    call_command("unpublish_expired")
    assert client.get(page.url).status_code == 200
    policy = ReviewPolicy.load()
    policy.withdraw_overdue, policy.grace_days = True, 31
    policy.save()
    call_command("unpublish_expired")
    assert client.get(page.url).status_code == 200
    policy.grace_days = 29
    policy.save()
    call_command("unpublish_expired")
    assert client.get(page.url).status_code == 404


def test_a_change_behind_the_sites_back_is_found(article: ArticlePage) -> None:
    call_command("verify_approvals")
    ArticlePage.objects.filter(pk=article.pk).update(lead="Changed in the database")
    with pytest.raises(CommandError, match="without an approval"):
        call_command("verify_approvals")
    ArticlePage.objects.filter(pk=article.pk).update(lead=article.lead)


def test_a_note_to_the_clinician_is_gone_once_its_change_is_approved(as_role: Callable[..., Client], article: ArticlePage) -> None:
    article.change_note = "For this once"
    publish_approved(article)
    page = as_role(Role.EDITOR).get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "For this once" not in page
