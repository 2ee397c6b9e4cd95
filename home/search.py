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
from home.models import StandardPage, TeamPage
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


def page_result(page: Any, request: HttpRequest) -> Result:
    """A page as a line of the results."""
    return Result(page.title, page.summary, page.get_url(request), str(page.kind_label))


def find(text: str, kind: str, request: HttpRequest) -> list[Result]:
    """Everything public that matches, people by name first where their name matches.

    All words must match; where nothing has them all, any of them is enough.
    """
    _filters, query = parse_query_string(text, operator="and")
    found = matches(query, kind, request)
    if not found:
        _filters, query = parse_query_string(text, operator="or")
        found = matches(query, kind, request)
    return found


def matches(query: Any, kind: str, request: HttpRequest) -> list[Result]:
    """Pages and people that match one query."""
    results: list[Result] = []
    if kind in ("", "people"):
        team = TeamPage.objects.live().first()
        people = list(Clinician.objects.shown().search(query)[:20]) if team else []
        results += [
            Result(person.display_name, person.role, f"{team.get_url(request)}{person.slug}/", str(_("Person"))) for person in people
        ]
    if kind != "people":
        model: Any = KINDS[kind][1] if kind else Page
        pages = model.objects.live().public().search(query)[:MOST_RESULTS]
        found = list(pages)
        specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
        results += [page_result(specific[page.pk], request) for page in found if hasattr(specific.get(page.pk), "summary")]
    return results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page. An empty or unreadable question gets the form again, with a word of explanation."""
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form, "kinds": [(key, label) for key, (label, _model) in KINDS.items()]}
    if not form.is_valid():
        return render(request, "pages/search.html", {**context, "query": "", "problem": True}, status=400)
    text, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    context.update(query=text, kind=kind)
    if text:
        try:
            context["results"] = Paginator(find(text, kind, request), RESULTS_PER_PAGE).page(request.GET.get("page", 1))
        except (EmptyPage, PageNotAnInteger) as problem:
            raise Http404 from problem
    return render(request, "pages/search.html", context)
