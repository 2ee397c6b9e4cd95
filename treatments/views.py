"""Views of the finder and the comparison, below the overview of treatments."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from common.types import Context
from page_cache.memo import cached_per_version
from page_tree.linked_pages import read_scope
from page_tree.routing import fixed_page
from page_tree.visibility import published
from treatments.comparison import comparison_rows
from treatments.facts import published_facts, published_scar_types
from treatments.finder import Ruling, match_treatments
from treatments.finder_results import answers_in_words
from treatments.forms import CompareForm, FinderForm
from treatments.models import FinderPage, TreatmentIndexPage


def overview(request: HttpRequest) -> TreatmentIndexPage:
    """The parent page of both views, for their breadcrumbs. Raises `Http404` while it is not published."""
    return fixed_page(request, f"{TreatmentIndexPage.fixed_slug}/", TreatmentIndexPage)


@cached_per_version
def finder_page() -> FinderPage | None:
    """The page with the rules and words of the finder. None while none is published."""
    return published(FinderPage.objects.select_related("author", "approval__clinician")).first()


def ruling(page: FinderPage | None) -> Ruling:
    """The rules that a clinician approved, or the site's own where no page with rules is published."""
    return Ruling(page.rule_list(), page.pigment_from) if page else Ruling()


def consultation_form_url(treatments: list[str], scars: Sequence[str] = ()) -> str:
    """The URL of the consultation form with treatments and scar types preselected, each given by its slug."""
    query = urlencode([*(("treatment", slug) for slug in treatments), *(("concern", slug) for slug in scars)])
    url = reverse("consultation:form")
    return f"{url}?{query}" if query else url


# The view changes and stores nothing, so it needs no CSRF token and sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def finder(request: HttpRequest) -> HttpResponse:
    """The finder's form and its result. Answers are sent in the request body, so that they never appear in a URL or a log."""
    with read_scope():
        page = finder_page()
        form = FinderForm(request.POST if request.method == "POST" else None, scar_types=published_scar_types())
        context: Context = {"overview": overview(request), "page": page, "form": form}
        if form.is_bound and form.is_valid():
            answers = form.answers()
            result = match_treatments(published_facts(), answers, ruling(page))
            slugs = [suggestion.facts.treatment.slug for suggestion in result.worth_asking]
            context.update(
                result=result,
                answers=answers_in_words(answers),
                consultation_url=consultation_form_url(slugs[:4], [scar.slug for scar in answers.scars]),
            )
        response = render(request, "pages/finder.html", context)
        if form.is_bound:
            patch_cache_control(response, no_store=True, private=True)
        return response


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Compares two to four treatments. They are in the query string, so that the URL can be shared."""
    with read_scope():
        page = overview(request)
        facts = published_facts()
        choices = [(one.treatment.slug, one.treatment.title) for one in facts]
        form = CompareForm(request.GET if {"t", "go"} & set(request.GET) else None, choices=choices)
        context: Context = {"overview": page, "form": form}
        if form.is_bound and form.is_valid():
            chosen = [f for f in facts if f.treatment.slug in form.cleaned_data["t"]]
            context.update(
                chosen=chosen,
                rows=comparison_rows(chosen, published_scar_types()),
                consultation_url=consultation_form_url([f.treatment.slug for f in chosen]),
            )
        return render(request, "pages/compare.html", context)
