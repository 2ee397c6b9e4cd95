from django.apps import AppConfig


class FormPageConfig(AppConfig):
    """The page with the form. It is a separate app, because it imports actions, which import the models of `consultations`.

    Its tables keep the app label `consultations`.
    """

    name = "consultations.form_page"
    label = "consultation_form_page"
    verbose_name = "Consultation form"
