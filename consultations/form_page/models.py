"""The page with the consultation form. Staff edit its texts and add questions."""

from itertools import chain, count

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import FormBuilder
from wagtail.contrib.forms.models import AbstractFormField, FormMixin, FormSubmission
from wagtail.contrib.forms.utils import get_field_clean_name
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from common.types import Extra
from consultations.form_page.forms import ConsultationForm
from consultations.form_page.views import serve_form
from consultations.models.consent import ConsentVersion
from consultations.text_fields import LineField, LongTextField
from core.fields import PlainTextField
from core.models.pages import BasePage, FixedAddressMixin

QUESTION_PREFIX = "q_"
QUESTION_TYPES = [
    ("singleline", _("One line of text")),
    ("multiline", _("Several lines of text")),
    ("radio", _("Choose one")),
    ("dropdown", _("Choose one from a list")),
    ("checkboxes", _("Choose any")),
    ("checkbox", _("Yes or no")),
    ("number", _("Number")),
    ("date", _("Date")),
]
#: Characters of the name of a field, so that a number fits behind it.
MAX_NAME = 200
#: Characters of an answer.
MAX_LINE, MAX_TEXT = 250, 4000
TYPES_WITH_CHOICES = ("radio", "dropdown", "checkboxes")


class ConsultationQuestion(AbstractFormField):
    """A question that staff add. The prefix of its name prevents a clash with the site's fixed fields."""

    page = ParentalKey("consultations.ConsultationPage", on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind of answer"), max_length=16, choices=QUESTION_TYPES)
    field_type.required_on_save = True  # type: ignore[attr-defined]

    panels = [
        FieldPanel("label", heading=_("Question"), help_text=_("As a patient reads it.")),
        FieldPanel("help_text", heading=_("Why you ask"), help_text=_("Shown below the question. At most 255 characters.")),
        FieldPanel("field_type"),
        FieldPanel("choices", heading=_("Answers to choose from"), help_text=_("One a line. Only where one or several are chosen.")),
        FieldPanel("required", heading=_("An answer is needed")),
    ]

    class Meta(AbstractFormField.Meta):
        app_label = "consultations"
        abstract = False
        verbose_name = _("extra question")

    def get_field_clean_name(self) -> str:
        """The name of its field, which stays when it is renamed. Another question may have had this label before."""
        name = f"{QUESTION_PREFIX}{get_field_clean_name(self.label)}"[:MAX_NAME]
        others = ConsultationQuestion.objects.exclude(pk=self.pk).filter(clean_name__startswith=name)
        taken = set(others.values_list("clean_name", flat=True))
        return next(free for free in chain([name], (f"{name}_{number}" for number in count(2))) if free not in taken)

    def clean(self) -> None:
        super().clean()
        if self.field_type in TYPES_WITH_CHOICES and not self.choices.strip():
            raise ValidationError({"choices": _("List the answers to choose from, one a line.")})


class QuestionFormBuilder(FormBuilder):
    """Adds an empty first choice to drop-down lists, so that the first real choice is never sent by accident."""

    def get_formatted_field_choices(self, field: ConsultationQuestion) -> list[tuple[str, str]]:
        """One answer a line. Wagtail would split a single line at its commas."""
        return [(line.strip(), line.strip()) for line in field.choices.splitlines() if line.strip()]

    def create_singleline_field(self, field: ConsultationQuestion, options: dict[str, Extra]) -> forms.CharField:
        return LineField(**{**options, "max_length": MAX_LINE})

    def create_multiline_field(self, field: ConsultationQuestion, options: dict[str, Extra]) -> forms.CharField:
        return LongTextField(**{**options, "max_length": MAX_TEXT})

    def create_dropdown_field(self, field: ConsultationQuestion, options: dict[str, Extra]) -> forms.ChoiceField:
        form_field = super().create_dropdown_field(field, options)
        form_field.choices = [("", _("Choose one")), *form_field.choices]
        return form_field


class ConsultationPage(RoutablePageMixin, FormMixin, FixedAddressMixin, BasePage):
    """The consultation form. `consultations.views` renders the confirmation and self-service views on this page too."""

    fixed_slug = "consultation"
    introduction = PlainTextField(_("introduction"), blank=True)
    photo_guidance = PlainTextField(_("how to take photos"), blank=True, help_text=_("Shown beside the field for photos."))
    consent_text = models.TextField(
        _("consent"),
        max_length=1200,
        help_text=_("What the patient agrees to. Each text you publish is kept, and a request names its own. At most 1,200 characters."),
    )
    what_happens_next = PlainTextField(_("what happens next"), blank=True, help_text=_("Shown beside the form and after it was sent."))
    sent_title = models.CharField(_("title after sending"), max_length=90, default=_("We have your request"))
    sent_text = PlainTextField(_("text after sending"), blank=True)

    form_builder = QuestionFormBuilder
    computed_on_route = ("questions",)
    template = "pages/consultation_page.html"
    landing_page_template = "pages/consultation_sent.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    kind_label = _("Form")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("photo_guidance"), FieldPanel("consent_text")], heading=_("Within the form")),
        InlinePanel("form_fields", heading=_("Your own questions"), label=_("Question"), max_num=10),
        MultiFieldPanel([FieldPanel("sent_title"), FieldPanel("sent_text"), FieldPanel("what_happens_next")], heading=_("After sending")),
    ]

    class Meta:
        app_label = "consultations"
        verbose_name = _("consultation page")

    def variant(self, request: HttpRequest) -> None:
        """None: the page is personal, so it is not cached."""
        return

    def get_submissions(self) -> QuerySet[FormSubmission]:
        """Always empty: requests are stored sealed and have their own inbox."""
        return self.get_submission_class()._default_manager.none()

    @cached_property
    def questions(self) -> list[ConsultationQuestion]:
        """The questions that staff added, in order. One that was only saved as a draft may have no name yet, so it gets one here."""
        questions = list(self.form_fields.all())
        for question in questions:
            question.clean_name = question.clean_name or question.get_field_clean_name()
        return questions

    def question_fields(self) -> dict[str, forms.Field]:
        """A form field for each question that staff added, by its prefixed name."""
        return dict(self.form_builder(self.questions).formfields)

    def build_form(self, *args: Extra, **kwargs: Extra) -> ConsultationForm:
        """The form with the site's fixed fields and the questions that staff added. Takes the arguments of a Django form."""
        return ConsultationForm(*args, questions=self.question_fields(), consent_text=self.consent_text, **kwargs)

    def save(self, *args: Extra, **kwargs: Extra) -> None:
        """Save the page. If it is live, also save its consent text as a version that requests can refer to."""
        super().save(*args, **kwargs)
        if self.live:
            ConsentVersion.for_text(self.consent_text)

    def serve(self, request: HttpRequest, *args: Extra, **kwargs: Extra) -> HttpResponse:
        if settings.SITE_ROLE == "staff":
            raise Http404
        response = super().serve(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    @path("")
    def request_form(self, request: HttpRequest) -> HttpResponse:
        return serve_form(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == "landing":
            example = {"reference": "ABCD-2345", "code": "ABCD-2345-EFGH-6789", "photos": 2, "received_at": timezone.now()}
            return self.render(request, context_overrides=example, template=self.landing_page_template)
        return self.render(request, context_overrides={"form": self.build_form()})
