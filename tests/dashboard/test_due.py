"""What is due: complete, constant in queries, and mailed once a week to those responsible."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.roles import Role
from blog.models import ArticleIndexPage, ArticlePage
from core.models import Navigation, Reference
from dashboard.registry import DueSection, due_sections
from home.models import StandardPage
from images.models import PhotoConsent, SiteImage
from review.models import Approval
from review.models.approvals import ApprovalKind
from review.models.tasks import medical_workflow
from tests.reviewing import change_approval, publish_approved
from treatments.models import TreatmentPage

pytestmark = pytest.mark.django_db


def section(key: str) -> DueSection:
    return next(found for found in due_sections() if found.key == key)


def set_price_date(day: dt.date) -> None:
    laser = TreatmentPage.objects.get(slug="fraxel-dual-laser")
    laser.price_valid_until = day
    publish_approved(laser)


def days(count: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=count)


def test_pages_to_review_again(article: ArticlePage) -> None:
    assert section("reviews").count == 0
    page = publish_approved(article, review_on=days(20))
    found = section("reviews")
    assert [item.title for item in found.items] == [page.title]
    assert found.late == 0
    change_approval(page.approval_id, review_on=days(-1))
    assert section("reviews").late == 1


def test_what_waits_leads_everybody_to_a_page_they_may_open(as_role: Callable[..., Client], article: ArticlePage) -> None:
    workflow = medical_workflow()
    assert workflow is not None
    workflow.start(article, None)
    address = section("waiting").items[0].url
    for role in (Role.EDITOR, Role.CLINICIAN, Role.SITE_MANAGER):
        assert as_role(role).get(address).status_code == 200


def test_sample_pages_are_listed_as_reviewed_by_nobody(article: ArticlePage) -> None:
    before = section("unreviewed").count
    assert before > 15
    publish_approved(article)
    assert section("unreviewed").count == before - 1


def test_references_prices_and_consents() -> None:
    assert [section(key).count for key in ("references", "prices", "consents")] == [0, 0, 0]
    Reference.objects.filter(pk=Reference.objects.values("pk")[:1]).update(recheck_on=days(-3))
    set_price_date(days(5))
    consent = PhotoConsent.objects.create(code="P-1", scope="website", given_on=days(-100), expires_on=days(10))
    assert section("consents").count == 0, "without photos nothing ends"
    SiteImage.objects.filter(pk=SiteImage.objects.values("pk")[:1]).update(consent=consent)
    assert [(section(key).count, section(key).late) for key in ("references", "prices", "consents")] == [(1, 1), (1, 0), (1, 0)]


def test_notices_missing_unlinked_and_out_of_date() -> None:
    assert section("notices").count == 0, "the sample clinic has all of them"
    privacy = StandardPage.objects.get(notice="privacy")
    privacy.unpublish()
    assert "missing" in section("notices").items[0].detail
    StandardPage.objects.filter(pk=privacy.pk).update(live=True, check_again_on=days(-1))
    assert section("notices").late == 1
    menus = Navigation.for_site(Site.objects.get(is_default_site=True))
    menus.footer_columns = []
    menus.save()
    assert sum("not linked" in item.detail for item in section("notices").items) == 5


def many_pages(count: int) -> None:
    """Rows as the database would hold them, without going through the tree one by one."""
    index = ArticleIndexPage.objects.get()
    sample = ArticlePage.objects.first()
    assert sample is not None
    same = {"depth": index.depth + 1, "content_type": sample.content_type, "locale": sample.locale, "live": True}
    pages = [
        Page(
            title=f"Article {number}",
            draft_title=f"Article {number}",
            slug=f"many-{number}",
            url_path=f"{index.url_path}many-{number}/",
            **same,
        )
        for number in range(count)
    ]
    for number, page in enumerate(pages):
        page.path = index.path + Page._int2str(700_000 + number).rjust(Page.steplen, "0")[-Page.steplen :]
    Page.objects.bulk_create(pages, batch_size=500)
    approvals = Approval.objects.bulk_create(
        [Approval(page=page, content_hash="x", kind=ApprovalKind.REVIEW, review_on=days(-1), reviewed_on=days(-400)) for page in pages]
    )
    fields = ArticlePage._meta.local_fields
    values = {field.column: field.get_db_prep_save(field.value_from_object(sample), connection) for field in fields}
    rows = [
        list({**values, "page_ptr_id": page.pk, "approval_id": approval.pk}.values())
        for page, approval in zip(pages, approvals, strict=True)
    ]
    columns = ", ".join(map(connection.ops.quote_name, values))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO blog_articlepage ({columns}) VALUES ({', '.join(['%s'] * len(values))})", rows)


def test_the_report_takes_as_many_queries_for_5000_pages_as_for_20(as_role: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_role(Role.EDITOR)
    client.get(reverse("due:report"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("due:report")).status_code == 200
        return len(captured)

    publish_approved(ArticlePage.objects.first(), review_on=days(1))
    few = queries()
    many_pages(5000)
    assert section("reviews").count > 5000
    assert len(section("reviews").items) == 50
    assert queries() == few
    # Rows made behind the site's back have no approval of their text.
    Page.objects.filter(slug__startswith="many-").update(live=False)


def test_each_responsible_person_gets_one_mail_a_week(make_user: Callable[..., Any], mailoutbox: list[Any], article: ArticlePage) -> None:
    for role in (Role.EDITOR, Role.CLINICIAN, Role.FRONT_DESK):
        make_user(role)
    set_price_date(days(5))
    call_command("send_due_mail", verbosity=0)
    call_command("send_due_mail", verbosity=0)
    by_person = {mail.to[0]: mail.body for mail in mailoutbox}
    assert len(mailoutbox) == len(by_person)
    assert set(by_person) == {"editor@alluraderm.example", "clinician@alluraderm.example", "reviewer@alluraderm.example"}
    assert "Prices to renew" in by_person["editor@alluraderm.example"]
    assert "Prices to renew" not in by_person["clinician@alluraderm.example"]
    assert "without a medical review" in by_person["clinician@alluraderm.example"]
    assert "/admin/due/" in by_person["editor@alluraderm.example"]


def test_a_mail_that_fails_is_sent_at_the_next_run(
    make_user: Callable[..., Any], mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(Role.CLINICIAN)
    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", lambda mail: (_ for _ in ()).throw(OSError("no server")))
        call_command("send_due_mail", verbosity=0)
        assert not mailoutbox
    call_command("send_due_mail", verbosity=0)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.EDITOR, True), (Role.CLINICIAN, True), (Role.SITE_MANAGER, True), (Role.FRONT_DESK, False)]
)
def test_who_sees_the_report(as_role: Callable[..., Client], role: Role, sees: bool) -> None:
    client = as_role(role)
    assert (client.get(reverse("due:report")).status_code == 200) == sees
    assert ("due-panel" in client.get("/admin/").content.decode()) == sees
