"""What staff fill in has a name, and plain words where they are needed."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

OUR_APPS = ("core", "home", "treatments", "blog", "consultations")
OUR_MODELS = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
PAGES = [model for model in OUR_MODELS if issubclass(model, Page)]


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_a_page_type_has_rules_about_its_place(model: type[Page]) -> None:
    assert isinstance(vars(model)["parent_page_types"], list), "declared, or staff may put it anywhere"
    assert isinstance(vars(model)["subpage_types"], list), "declared, or staff may put anything below it"
    assert "verbose_name" in model._meta.original_attrs, "named in words that staff use"
    assert len(model.search_fields) > len(Page.search_fields)


@pytest.mark.django_db
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_a_page_type_can_be_previewed(model: type[Page]) -> None:
    page = model.objects.live().first()
    for mode, _label in page.preview_modes:
        response = page.make_preview_request(preview_mode=mode)
        assert response.status_code == 200 and "<h1" in response.content.decode(), mode


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_text_field_has_a_limit(model: type[models.Model]) -> None:
    for field in model._meta.local_fields:
        if type(field) is models.TextField and not isinstance(field, StreamField) and model.__name__ != "ConsultationQuestion":
            assert field.max_length, f"{model.__name__}.{field.name}"
