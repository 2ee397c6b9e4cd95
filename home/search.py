"""Search over pages and people, best first, each with its kind."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.search.utils import parse_query_string

from blog.models import ArticlePage
from core.models import Clinician
from core.page_store import reading
from core.routing import site_of
from home.models import StandardPage
from treatments.models import ScarTypePage, TreatmentPage

RESULTS_PER_PAGE = 10
#: More matches than anybody pages through; a limit keeps a one-letter search cheap.
MOST_RESULTS = 200

KINDS = {
    "treatments": (_("Treatments"), TreatmentPage),
    "scars": (_("Scar types"), ScarTypePage),
    "articles": (_("Articles"), ArticlePage),
    "people": (_("People"), Clinician),
    "information": (_("Information"), StandardPage),
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


def search_public(model: Any, text: str, operator: str) -> list[tuple[Any, int]]:
    """What a model's published objects hold of the text, best first, as model and id."""
    _filters, query = parse_query_string(text, operator=operator)
    objects = model.objects.shown() if model is Clinician else model.objects.live().public()
    return [(model, found.pk) for found in objects.search(query)[:MOST_RESULTS]]


def find(text: str, kind: str) -> list[tuple[Any, int]]:
    """Everything public that matches: people first, since a search that names one means that one.

    All words must match; where nothing has them all, any of them is enough.
    """
    searched = [KINDS[kind][1]] if kind else [Clinician, Page]
    for operator in ("and", "or"):
        found = [match for model in searched for match in search_public(model, text, operator)]
        if found:
            return found
    return []


def read_results(found: list[tuple[Any, int]], request: HttpRequest) -> list[Result]:
    """The lines for one page of matches, in their order."""
    people = Clinician.objects.in_bulk([pk for model, pk in found if model is Clinician])
    page_ids = [pk for model, pk in found if model is not Clinician]
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids).specific()}
    results = []
    for model, pk in found:
        if model is Clinician:
            person = people[pk]
            results.append(Result(person.display_name, person.role, person.get_absolute_url(), str(_("Person"))))
        elif pk in pages and hasattr(pages[pk], "summary"):
            page = pages[pk]
            results.append(Result(page.title, page.summary, page.get_url(request), str(page.kind_label)))
    return results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page. An unreadable question gets the form again, with a word of explanation."""
    site_of(request)
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form, "kinds": [(key, label) for key, (label, _model) in KINDS.items()]}
    if not form.is_valid():
        return render(request, "pages/search.html", {**context, "query": "", "problem": True}, status=400)
    text, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    context.update(query=text, kind=kind)
    if text:
        try:
            page = Paginator(find(text, kind), RESULTS_PER_PAGE).page(request.GET.get("page", 1))
        except (EmptyPage, PageNotAnInteger) as problem:
            raise Http404 from problem
        context.update(matches=page, results=read_results(list(page.object_list), request))
    with reading():
        return render(request, "pages/search.html", context)
