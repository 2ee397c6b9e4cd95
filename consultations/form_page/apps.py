from django.apps import AppConfig


class FormPageConfig(AppConfig):
    """The page with the form, above everything that takes a request in. Its tables belong to the label `consultations`."""

    name = "consultations.form_page"
    label = "consultation_form_page"
    verbose_name = "Consultation form"
