"""What a suspicious reader found: ways in which a promise could have been broken by ordinary clicks."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupApprovalTask, ReferenceIndex, Workflow, WorkflowTask

from accounts.roles import Role
from blog.models import ArticlePage, Topic
from core.models import Clinician, Reference
from home.models import StandardPage
from images.models import PhotoConsent, SiteImage
from images.models.site_image import Shows
from images.photo_consents import withdraw_consent
from publishing.errors import EditorialRuleError
from review.content_hash import content_hash
from review.models import Approval
from review.models.approving import approve_revision
from review.models.tasks import medical_workflow
from tests.review.cases import case, days, photo
from tests.reviewing import publish_approved
from treatments.fact_contradictions import FactChecker
from treatments.models import ScarTypePage, TreatmentCaution, TreatmentPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_clinician(clinician: Any) -> Client:
    client = Client()
    client.force_login(clinician)
    return client


def submit(page: Any, user: Any = None) -> Any:
    page.save_revision(user=user)
    page = type(page).objects.get(pk=page.pk)
    workflow = medical_workflow()
    assert workflow is not None
    workflow.start(page, user)
    return page


def read(client: Client, page: Any) -> str:
    answer = client.get(reverse("review:page", args=[page.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_changed_row_is_shown_to_whoever_approves_it(as_clinician: Client) -> None:
    laser = publish_approved(TreatmentPage.objects.get(slug="fraxel-dual-laser"))
    cautions = list(laser.cautions.all())
    cautions[0].note = "Changed by somebody in a hurry."
    laser.cautions = [*cautions[:-1], TreatmentCaution(condition="blood_thinners", severity="never")]
    text = read(as_clinician, submit(laser))
    assert "in a hurry" in text
    assert "Blood thinners" in text


def test_new_pages_of_each_kind_can_be_read(as_clinician: Client, consent: PhotoConsent) -> None:
    result = case(photo("cheek-one", consent), photo("cheek-two", consent))
    assert "Photo 0" in read(as_clinician, submit(result))
    for page in (TreatmentPage.objects.first(), ScarTypePage.objects.first(), ArticlePage.objects.first()):
        assert page is not None
        copy = page.copy(update_attrs={"slug": f"copy-of-{page.slug}"}, keep_live=False)
        assert page.title in read(as_clinician, submit(copy))


def test_what_was_deleted_while_a_page_waits_does_not_stop_the_review(as_clinician: Client, article: ArticlePage) -> None:
    picture = photo("gone", None, Shows.OTHER)
    figure = {"image": {"image": picture.pk, "alt_text": "A", "decorative": False}, "caption": ""}
    article.body = article.body.stream_block.to_python([{"type": "image", "value": figure}])
    page = submit(article)
    picture.delete()
    read(as_clinician, page)


def new_file() -> ContentFile:
    file = io.BytesIO()
    Image.new("RGB", (90, 70), (1, 2, 3)).save(file, "PNG")
    return ContentFile(file.getvalue(), "new.png")


def test_another_file_under_an_approved_picture_is_another_text(article: ArticlePage, clinician: Any) -> None:
    picture = photo("drawn", None, Shows.DRAWING)
    article.image, article.image_alt = picture, "A drawing"
    revision = article.save_revision()
    approve_revision(revision, clinician, override_reason="a test")
    before = content_hash(revision.as_object())
    picture.file, picture.file_hash = new_file(), ""
    picture.save()
    assert content_hash(revision.as_object()) != before
    with pytest.raises(EditorialRuleError):
        revision.publish()


@pytest.mark.parametrize("change", [{"scope": "clinic"}, {"expires_on": "past"}])
def test_a_consent_that_staff_narrow_takes_its_case_offline(
    client: Client,
    consent: PhotoConsent,
    live_case: Any,
    change: dict[str, Any],
) -> None:
    if "expires_on" in change:
        change = {"expires_on": days(-1)}
    for name, value in change.items():
        setattr(consent, name, value)
    consent.save()
    assert client.get(live_case.url).status_code == 404


def test_a_photo_stays_with_its_consent(as_role: Callable[..., Client], consent: PhotoConsent, live_case: Any) -> None:
    picture = live_case.photos.first().image
    data = {"title": "T", "shows": Shows.DRAWING, "consent": "", "collection": picture.collection_id}
    answer = as_role(Role.EDITOR).post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    assert "stays with the consent" in answer.content.decode()
    assert SiteImage.objects.get(pk=picture.pk).consent == consent


def test_a_withdrawn_consent_is_used_no_more(as_role: Callable[..., Client], consent: PhotoConsent) -> None:
    withdraw_consent(consent, None)
    other = photo("later", None, Shows.OTHER)
    data = {"title": "T", "shows": Shows.PATIENT, "consent": consent.pk, "collection": other.collection_id}
    editor = as_role(Role.EDITOR)
    assert "was withdrawn" in editor.post(reverse("wagtailimages:edit", args=[other.pk]), data).content.decode()
    changed = {"code": consent.code, "scope": "public", "given_on": "2026-01-01", "document-clear": "on"}
    assert "as proof" in editor.post(reverse("consents:edit", args=[consent.pk]), changed).content.decode()
    # However it came there, withdrawing again finds it.
    SiteImage.objects.filter(pk=other.pk).update(consent=consent)
    withdraw_consent(consent, None)
    assert not SiteImage.objects.filter(pk=other.pk).exists()


def test_withdrawing_does_not_rest_on_the_index_of_references(client: Client, consent: PhotoConsent, live_case: Any) -> None:
    ReferenceIndex.objects.all().delete()
    places = withdraw_consent(consent, None)
    assert [place["title"] for place in places] == ["A case"]
    assert client.get(live_case.url).status_code == 404


def test_sizes_of_photos_on_no_live_page_go_too(
    client: Client,
    consent: PhotoConsent,
    live_case: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.get(live_case.url)
    live_case.unpublish()
    PhotoConsent.objects.filter(pk=consent.pk).update(expires_on=days(-1))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("unpublish_expired")
    assert not any(picture.renditions.exists() for picture in consent.photos.all())


@pytest.mark.parametrize("way", ["/original_images/", "./original_images/", "images/../original_images/", "%2e/original_images/"])
def test_no_spelling_of_the_address_leads_to_an_original(client: Client, way: str) -> None:
    picture = photo("secret", None, Shows.OTHER)
    name = picture.file.name.split("/")[-1]
    assert client.get(f"/media/{way}{name}").status_code == 404


@pytest.mark.parametrize(
    "find",
    [
        lambda: Reference.objects.get(title__startswith="Acne scarring: a classification"),
        lambda: Clinician.objects.get(slug="mateo-larkspur"),
        lambda: Topic.objects.filter(articles__live=True).first(),
        lambda: ScarTypePage.objects.get(slug="rolling"),
        lambda: TreatmentPage.objects.get(slug="fraxel-dual-laser"),
    ],
)
def test_what_live_pages_show_is_not_deleted_from_under_them(find: Callable[[], Any]) -> None:
    for _again in range(2):
        with pytest.raises(EditorialRuleError, match="Take it from there first"), transaction.atomic():
            find().delete()


def test_somebody_who_approved_stays(clinician: Any, article: ArticlePage) -> None:
    publish_approved(article)
    approval = Approval.objects.exclude(clinician=None).first()
    assert approval is not None
    with pytest.raises(EditorialRuleError, match="approved pages"):
        approval.clinician.delete()


def test_a_cited_work_is_not_rewritten_under_a_live_page(as_role: Callable[..., Client]) -> None:
    work = Reference.objects.get(title__startswith="Acne scarring: a classification")
    data = {
        "title": "Proof that lasers cure everybody",
        "authors": work.authors,
        "journal": work.journal,
        "year": work.year,
        "pmid": work.pmid,
    }
    answer = as_role(Role.EDITOR).post(reverse("wagtailsnippets_core_reference:edit", args=[work.pk]), data)
    assert "Add the corrected one anew" in answer.content.decode()
    data = {**data, "title": work.title, "doi": work.doi, "url": work.url, "checked_on": "2026-11-01"}
    assert as_role(None).post(reverse("wagtailsnippets_core_reference:edit", args=[work.pk]), data).status_code == 302


def test_the_table_goes_on_where_a_clinician_sent_a_treatment_back(as_role: Callable[..., Client], clinician: Any) -> None:
    from tests.treatments.test_facts import cell, form_of

    laser = submit(TreatmentPage.objects.get(slug="fraxel-dual-laser"))
    laser.current_workflow_task_state.reject(user=clinician, comment="Not yet")
    client = as_role(Role.EDITOR)
    data = {**form_of(client), f"note-{cell(laser, 'rolling')}": "Said better.", "submit": "yes"}
    assert "A clinician reviews it now." in client.post(reverse("facts:index"), data, follow=True).content.decode()
    assert TreatmentPage.objects.get(pk=laser.pk).workflow_in_progress


def test_other_reviews_are_not_the_clinicians(as_clinician: Client, make_user: Callable[..., Any]) -> None:
    page = StandardPage.objects.get(slug="privacy")
    workflow = Workflow.objects.create(name="Legal")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="A lawyer's look"))
    workflow.start(page, make_user(None))
    answer = as_clinician.post(reverse("review:page", args=[page.pk]), {"send-back": "yes", "back-comment": "No"})
    assert answer.status_code == 302
    assert StandardPage.objects.get(pk=page.pk).workflow_in_progress


def test_one_refused_address_keeps_no_mail_from_the_others(
    make_user: Callable[..., Any], mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_user(Role.CLINICIAN, f"person{number}")
    send = EmailMultiAlternatives.send

    def refuse_one(mail: EmailMultiAlternatives) -> int:
        if mail.to == ["person0@alluraderm.example"]:
            raise OSError("refused")
        return int(send(mail))

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse_one)
    call_command("send_due_mail", verbosity=0)
    assert {mail.to[0] for mail in mailoutbox} == {"person1@alluraderm.example", "person2@alluraderm.example"}


def test_a_short_name_is_a_word_and_not_every_sentence() -> None:
    peel = TreatmentPage.objects.get(slug="chemical-peels")
    TreatmentPage.objects.filter(pk=peel.pk).update(title="PRP", also_called="")
    article = ArticlePage.objects.get(slug="how-acne-scars-form")
    article.lead = "Silicone sheets improve keloids."
    assert not list(FactChecker(article).check())
    TreatmentPage.objects.filter(pk=peel.pk).update(title=peel.title, also_called=peel.also_called)


def test_a_comparison_of_one_with_itself(client: Client) -> None:
    assert "Choose one more" in client.get("/treatments/compare/?t=skincare&t=skincare").content.decode()
