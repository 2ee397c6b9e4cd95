"""Whatever staff do in whatever order, no medical page is live without an approval of its very content."""

import datetime as dt
import os
from typing import Any

import hypothesis.strategies as st
import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import Page, Revision

from blog.models import ArticleIndexPage, ArticlePage
from publishing.errors import EditorialRuleError
from review.medical_pages import pages_without_approval
from review.models.approving import approve_revision
from review.models.tasks import medical_workflow
from tests.reviewing import a_clinician, change_approval, publish_approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = st.sampled_from(["Scars form deep down", "Erase scars", "A careful text", "Skin heals for months", "Guaranteed in a day"])
NUMBER = st.integers(min_value=0, max_value=20)
#: What the site may answer when somebody tries what is not possible.
REFUSALS = (EditorialRuleError, PermissionDenied, ValidationError)


def leave_two_articles() -> None:
    """What every sequence starts from, and is rolled back to: two short articles that are live and approved."""
    get_user_model().objects.create_superuser("machine")
    Page.objects.filter(pk__in=ArticlePage.objects.values("pk")[2:]).delete()
    for article in ArticlePage.objects.all():
        article.body, article.references = [], []
        publish_approved(article)


class Staff(RuleBasedStateMachine):
    """An editor, a clinician and a superuser at work on a few articles."""

    @initialize()
    def start(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clinician = a_clinician()
        self.editor = get_user_model().objects.get(username="machine")
        self.index = ArticleIndexPage.objects.get()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def article(self, number: int) -> Any:
        articles = list(ArticlePage.objects.order_by("pk"))
        return articles[number % len(articles)]

    def revision(self, number: int, which: int) -> Any:
        revisions = list(Revision.page_revisions.filter(object_id=str(self.article(number).pk)).order_by("pk"))
        return revisions[which % len(revisions)] if revisions else None

    def attempt(self, what: Any) -> None:
        """Try something. It succeeds, or is refused in one of the ways that the admin explains; a half-done thing is undone."""
        try:
            with transaction.atomic():
                what()
        except REFUSALS:
            pass

    def editable(self, number: int) -> Any:
        """An article with revisions of its own: an alias has none."""
        articles = list(ArticlePage.objects.filter(alias_of=None).order_by("pk"))
        return articles[number % len(articles)]

    @rule(number=NUMBER, words=WORDS)
    def edit(self, number: int, words: str) -> None:
        page = self.editable(number).get_latest_revision_as_object()
        page.title = words
        self.attempt(lambda: page.save_revision(user=self.editor))

    @rule(number=NUMBER, words=WORDS)
    def save_by_itself(self, number: int, words: str) -> None:
        article = self.editable(number)
        page = article.get_latest_revision_as_object()
        page.lead = words
        self.attempt(lambda: page.save_revision(user=self.editor, overwrite_revision=article.get_latest_revision()))

    @rule(number=NUMBER)
    def submit(self, number: int) -> None:
        page = self.editable(number)
        workflow = medical_workflow()
        assert workflow is not None
        if not page.workflow_in_progress and page.get_latest_revision():
            self.attempt(lambda: workflow.start(page, self.editor))

    @rule(number=NUMBER, by_clinician=st.booleans(), reason=st.sampled_from(["", "Quoted from a patient"]), small=st.booleans())
    def approve(self, number: int, by_clinician: bool, reason: str, small: bool) -> None:
        if state := self.article(number).current_workflow_task_state:
            user = self.clinician if by_clinician else self.editor
            self.attempt(lambda: state.approve(user=user, override_reason=reason, is_small_edit=small))

    @rule(number=NUMBER)
    def reject(self, number: int) -> None:
        if state := self.article(number).current_workflow_task_state:
            self.attempt(lambda: state.reject(user=self.clinician, comment="Not yet"))

    @rule(number=NUMBER, which=NUMBER)
    def approve_an_old_revision(self, number: int, which: int) -> None:
        if revision := self.revision(number, which):
            self.attempt(lambda: approve_revision(revision, self.clinician, override_reason="Known"))

    @rule(number=NUMBER, days=st.integers(min_value=-2, max_value=400))
    def let_time_pass(self, number: int, days: int) -> None:
        approval = self.article(number).approvals.last()
        if approval is not None and approval.review_on:
            change_approval(approval.pk, review_on=timezone.localdate() + dt.timedelta(days=days))

    @rule(number=NUMBER, which=NUMBER)
    def revert_and_publish(self, number: int, which: int) -> None:
        if revision := self.revision(number, which):
            self.attempt(lambda: revision.publish(user=self.editor))

    @rule(number=NUMBER, which=NUMBER, minutes=st.sampled_from([-5, 60]))
    def schedule(self, number: int, which: int, minutes: int) -> None:
        if revision := self.revision(number, which):
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + dt.timedelta(minutes=minutes))

    @rule()
    def run_the_schedule(self) -> None:
        call_command("publish_scheduled", verbosity=0)

    @rule(number=NUMBER, keep_live=st.booleans())
    def copy(self, number: int, keep_live: bool) -> None:
        count = Page.objects.count()
        if ArticlePage.objects.count() < 6:
            self.attempt(lambda: self.article(number).copy(update_attrs={"slug": f"copy-{count}"}, keep_live=keep_live, user=self.editor))

    @rule(number=NUMBER)
    def alias(self, number: int) -> None:
        count = Page.objects.count()
        page = self.article(number)
        if ArticlePage.objects.count() < 6 and page.alias_of_id is None:
            self.attempt(lambda: page.create_alias(update_slug=f"alias-{count}", user=self.editor))

    @rule(number=NUMBER)
    def move(self, number: int) -> None:
        self.attempt(lambda: self.article(number).move(ArticleIndexPage.objects.get(), pos="first-child"))

    @rule(number=NUMBER)
    def unpublish(self, number: int) -> None:
        self.attempt(lambda: self.article(number).unpublish(user=self.editor))

    @rule(number=NUMBER)
    def delete(self, number: int) -> None:
        if ArticlePage.objects.count() > 3:
            self.attempt(lambda: self.article(number).delete())

    @rule(number=NUMBER)
    def make_live_by_hand(self, number: int) -> None:
        page = Page.objects.get(pk=self.article(number).pk)
        page.live = True
        self.attempt(page.save)

    @invariant()
    def nothing_is_live_unapproved(self) -> None:
        if hasattr(self, "savepoint"):
            assert pages_without_approval([ArticlePage]) == []


def test_two_hundred_sequences_with_full_and_ten_without() -> None:
    examples = 200 if os.environ.get("FULL") else 10
    chosen = settings(
        max_examples=examples, stateful_step_count=12, deadline=None, derandomize=True, database=None,
        # A failing sequence is short enough to read; making it shorter would take minutes.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )  # fmt: skip
    leave_two_articles()
    run_state_machine_as_test(Staff, settings=chosen)
