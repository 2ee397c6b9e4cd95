"""The finder and the comparison, which stand below the overview of treatments."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.page_store import reading
from core.routing import site_of
from core.visibility import published
from treatments.facts import published_facts, published_scar_types
from treatments.finder import Verdict, find, told
from treatments.forms import CompareForm, FinderForm
from treatments.models import TreatmentIndexPage


def overview(request: HttpRequest) -> TreatmentIndexPage:
    """The page that both stand below, with the way to it. A 404 while it is not published."""
    site = site_of(request)
    page = published(TreatmentIndexPage.objects.all()).first() if site else None
    if page is None or site is None:
        raise Http404
    page.pages_above = [site.root_page]
    return page


def form_address(treatments: list[str], scars: Sequence[str] = ()) -> str:
    """The consultation form with a choice carried over, by the addresses of treatments and scar types."""
    query = urlencode([*(("treatment", slug) for slug in treatments), *(("concern", slug) for slug in scars)])
    return f"/consultation/?{query}" if query else "/consultation/"


# It changes nothing and keeps nothing, so it needs no token, and so no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def finder(request: HttpRequest) -> HttpResponse:
    """The questions, or what follows from the answers. Answers travel in the body: they are no part of an address or a log."""
    with reading():
        page = overview(request)
        form = FinderForm(request.POST if request.method == "POST" else None, scar_types=published_scar_types())
        context: dict[str, Any] = {"overview": page, "form": form}
        if form.is_bound and form.is_valid():
            answers = form.answers()
            groups = find(published_facts(), answers)
            worth_asking = [s.facts.treatment.slug for verdict, members in groups if verdict <= Verdict.CARE for s in members]
            request_address = form_address(worth_asking[:4], [scar.slug for scar in answers.scars])
            context.update(
                groups=groups, told=told(answers), request_address=request_address, nothing_suits=bool(answers.scars) and not worth_asking
            )
        response = render(request, "pages/finder.html", context)
        if form.is_bound:
            patch_cache_control(response, no_store=True, private=True)
        return response


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four treatments side by side, at an address that can be shared."""
    with reading():
        page = overview(request)
        facts = published_facts()
        form = CompareForm(request.GET if "t" in request.GET else None, choices=[(f.treatment.slug, f.treatment.title) for f in facts])
        context: dict[str, Any] = {"overview": page, "form": form}
        if form.is_bound and form.is_valid():
            chosen = [f for f in facts if f.treatment.slug in form.cleaned_data["t"]]
            scars = [(scar, [f.fit_for(scar) for f in chosen]) for scar in published_scar_types()]
            context.update(
                chosen=chosen,
                scars=[(scar, fits) for scar, fits in scars if any(fits)],
                request_address=form_address([f.treatment.slug for f in chosen]),
            )
        return render(request, "pages/compare.html", context)
