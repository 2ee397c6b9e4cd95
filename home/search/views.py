"""The search page, and suggestions while the reader types."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from blog.models import ArticlePage
from common.types import Context
from core.models import Clinician
from core.models.pages import BasePage
from home.models import StandardPage
from home.search.misses import count_miss
from home.search.names import SearchedModel, Target, all_names
from home.search.ranking import autocomplete, search_pages
from page_tree.linked_pages import pages_by_id, read_scope
from page_tree.routing import site_of
from treatments.models import ScarTypePage, TreatmentPage

RESULTS_PER_PAGE = 10
MAX_SUGGESTIONS = 6

#: Kinds of results that a reader can choose from: label and model.
KINDS: dict[str, tuple[Promise, SearchedModel]] = {
    "treatments": (_("Treatments"), TreatmentPage),
    "scars": (_("Scar types"), ScarTypePage),
    "articles": (_("Articles"), ArticlePage),
    "people": (_("People"), Clinician),
    "information": (_("About the clinic"), StandardPage),
}


class SearchForm(forms.Form):
    """The search field and the kind of results."""

    q = forms.CharField(max_length=100, required=False, strip=True)
    kind = forms.ChoiceField(choices=[("", "")] + [(key, label) for key, (label, _model) in KINDS.items()], required=False)


@dataclass(frozen=True)
class Result:
    """One entry of the result list."""

    title: str
    text: str
    url: str
    kind: str


def summaries_of(pages: Iterable[Page]) -> dict[int, str]:
    """Summaries by page id, for pages of several types, in one query."""
    ids_by_model: dict[type[Page], list[int]] = defaultdict(list)
    for page in pages:
        ids_by_model[page.specific_class].append(page.pk)
    querysets = [
        model.objects.filter(pk__in=ids).order_by().values_list("pk", "summary")
        for model, ids in ids_by_model.items()
        if issubclass(model, BasePage)
    ]
    return dict(querysets[0].union(*querysets[1:])) if querysets else {}


def read_results(targets: list[Target], request: HttpRequest) -> list[Result]:
    """The result entries for these targets, in the same order. A page without a summary is left out."""
    people = {person.target: person.clinician for person in all_names().people}
    pages = pages_by_id(pk for model, pk in targets if model is Page)
    summaries = summaries_of(pages.values())
    results = []
    for model, pk in targets:
        if model is Clinician:
            clinician = people[model, pk]
            results.append(Result(clinician.display_name, clinician.role, clinician.get_absolute_url(), str(_("Person"))))
        elif pk in summaries:
            page = pages[pk]
            results.append(Result(page.title, summaries[pk], page.get_url(request), str(page.specific_class.kind_label)))
    return results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page. An invalid query shows the form again with an error message and status 400."""
    form = SearchForm(request.GET)
    context: Context = {
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
            parsed_query, targets = search_pages(text, [KINDS[kind][1]] if kind else [Clinician, Page])
            try:
                page = Paginator(targets, RESULTS_PER_PAGE).page(request.GET.get("page", 1))
            except (EmptyPage, PageNotAnInteger) as error:
                raise Http404 from error
            context.update(matches=page, results=read_results(list(page.object_list), request), parsed_query=parsed_query)
            if not targets and not kind:
                count_miss(text)
        response = render(request, "pages/search.html", context)
    if text:
        # Searches are private, so no cache may store a response, here or on the way to the reader.
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and addresses that match the text typed so far, as JSON. The text is not stored."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    with read_scope():
        site_of(request)
        results = read_results(autocomplete(text, MAX_SUGGESTIONS), request) if len(text) > 1 else []
    return JsonResponse({"results": [{"title": result.title, "kind": result.kind, "url": result.url} for result in results]})
