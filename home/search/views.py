"""The search page, and what it offers while one types."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from blog.models import ArticlePage
from core.models import Clinician
from core.models.pages import BasePage
from home.models import StandardPage
from home.search.misses import count_miss
from home.search.names import Target, all_names
from home.search.ranking import autocomplete, search_pages
from page_tree.linked_pages import pages_by_id, read_scope
from page_tree.routing import site_of
from treatments.models import ScarTypePage, TreatmentPage

RESULTS_PER_PAGE = 10
MAX_SUGGESTIONS = 6

KINDS = {
    "treatments": (_("Treatments"), TreatmentPage),
    "scars": (_("Scar types"), ScarTypePage),
    "articles": (_("Articles"), ArticlePage),
    "people": (_("People"), Clinician),
    "information": (_("About the clinic"), StandardPage),
}


class SearchForm(forms.Form):
    """What a reader types into the search field."""

    q = forms.CharField(max_length=100, required=False, strip=True)
    kind = forms.ChoiceField(choices=[("", "")] + [(key, label) for key, (label, _model) in KINDS.items()], required=False)


@dataclass(frozen=True)
class Result:
    """One line of the results."""

    title: str
    text: str
    url: str
    kind: str


def summaries_of(pages: Iterable[Page]) -> dict[int, str]:
    """The summaries of pages of several types, in one query."""
    ids: dict[Any, list[int]] = defaultdict(list)
    for page in pages:
        ids[page.specific_class].append(page.pk)
    read = [
        model.objects.filter(pk__in=some).order_by().values_list("pk", "summary")
        for model, some in ids.items()
        if issubclass(model, BasePage)
    ]
    return dict(read[0].union(*read[1:])) if read else {}


def read_results(found: list[Target], request: HttpRequest) -> list[Result]:
    """The lines for one page of matches, in their order."""
    people = {person.target: person.clinician for person in all_names().people}
    pages = pages_by_id(pk for model, pk in found if model is Page)
    summaries = summaries_of(pages.values())
    results = []
    for model, pk in found:
        if model is Clinician:
            person = people[model, pk]
            results.append(Result(person.display_name, person.role, person.get_absolute_url(), str(_("Person"))))
        elif pk in summaries:
            page = pages[pk]
            results.append(Result(page.title, summaries[pk], page.get_url(request), str(page.specific_class.kind_label)))
    return results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page. An unreadable question gets the form again, with a word of explanation."""
    form = SearchForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "base_url": settings.BASE_URL,
        "kinds": [(key, label) for key, (label, _model) in KINDS.items()],
    }
    if not form.is_valid():
        return render(request, "pages/search.html", {**context, "query": "", "problem": True}, status=400)
    text, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    context.update(query=text, kind=kind)
    with read_scope():
        site_of(request)
        if text:
            understood, found = search_pages(text, [KINDS[kind][1]] if kind else [Clinician, Page])
            try:
                page = Paginator(found, RESULTS_PER_PAGE).page(request.GET.get("page", 1))
            except (EmptyPage, PageNotAnInteger) as problem:
                raise Http404 from problem
            context.update(matches=page, results=read_results(list(page.object_list), request), understood=understood)
            if not found and not kind:
                count_miss(text)
        response = render(request, "pages/search.html", context)
    if text:
        # A search is private: no answer to it is stored, here or on the way.
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> JsonResponse:
    """A few titles for what has been typed so far, each with its address. Nothing of it is kept."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    with read_scope():
        site_of(request)
        results = read_results(autocomplete(text, MAX_SUGGESTIONS), request) if len(text) > 1 else []
    return JsonResponse({"results": [{"title": found.title, "kind": found.kind, "url": found.url} for found in results]})
