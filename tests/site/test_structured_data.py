"""What search engines read is valid in schema.org's vocabulary, complete, and the same as what readers see.

`schema_org.json` holds the properties of each type that the site uses, its parents' included, from release 12.0 of the vocabulary.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.addresses import EVERY
from tests.reviewing import publish_approved
from treatments.models import TreatmentPage

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALLOWED: dict[str, list[str]] = json.loads((Path(__file__).parent / "schema_org.json").read_text())


def nodes_of(client: Client, address: str) -> list[dict[str, Any]]:
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    scripts = soup.select('script[type="application/ld+json"]')
    assert len(scripts) == 1
    data = json.loads(scripts[0].string or "")
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def faults(node: Any) -> list[str]:
    """Types and properties that the vocabulary does not have."""
    if isinstance(node, list):
        return [fault for child in node for fault in faults(child)]
    if not isinstance(node, dict):
        return []
    found = []
    types = node.get("@type", [])
    types = [types] if isinstance(types, str) else types
    if not types and set(node) != {"@id"}:
        found.append(f"no type: {node}")
    allowed = {name for kind in types for name in ALLOWED.get(kind, [])}
    found += [f"unknown type {kind}" for kind in types if kind not in ALLOWED]
    for name, value in node.items():
        # Search boxes annotate their input so: https://schema.org/docs/actions.html
        if not name.startswith("@") and name.removesuffix("-input") not in allowed:
            found.append(f"{types} has no {name}")
        found += faults(value)
    return found


@pytest.mark.parametrize("address", EVERY)
def test_every_page_is_valid_in_the_vocabulary(client: Client, address: str) -> None:
    nodes = nodes_of(client, address)
    assert faults(nodes) == []
    assert {"WebSite", "MedicalClinic"} <= {node["@type"] for node in nodes if isinstance(node["@type"], str)}


def test_a_wrong_property_would_be_found() -> None:
    assert faults({"@type": "MedicalClinic", "colour": "green"}) == ["['MedicalClinic'] has no colour"]


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("/treatments/fraxel-dual-laser/", {"MedicalWebPage", "MedicalProcedure", "FAQPage", "BreadcrumbList"}),
        ("/scars/rolling/", {"MedicalWebPage", "MedicalCondition", "FAQPage", "BreadcrumbList"}),
        ("/blog/how-acne-scars-form/", {"MedicalWebPage", "Article", "BreadcrumbList"}),
        ("/team/imani-vale/", {"Physician", "BreadcrumbList"}),
    ],
)
def test_each_kind_of_page_says_what_it_is(client: Client, address: str, kinds: set[str]) -> None:
    found = set()
    for node in nodes_of(client, address):
        found |= {node["@type"]} if isinstance(node["@type"], str) else set(node["@type"])
    assert kinds <= found


def test_nobody_is_named_as_a_reviewer_who_did_not_review(client: Client) -> None:
    page = next(node for node in nodes_of(client, "/treatments/fraxel-dual-laser/") if node["@type"] == "MedicalWebPage")
    assert "reviewedBy" not in page
    assert "lastReviewed" not in page
    publish_approved(TreatmentPage.objects.get(slug="fraxel-dual-laser"))
    page = next(node for node in nodes_of(client, "/treatments/fraxel-dual-laser/") if node["@type"] == "MedicalWebPage")
    assert page["reviewedBy"]["name"]
    assert page["lastReviewed"]


def test_staff_cannot_break_out_of_the_data(client: Client) -> None:
    page = TreatmentPage.objects.get(slug="fraxel-dual-laser")
    page.summary = "</script><script>alert(1)</script> & more"
    publish_approved(page)
    assert b"<script>alert" not in client.get(page.url).content
    assert any("</script>" in str(node) for node in nodes_of(client, page.url))
