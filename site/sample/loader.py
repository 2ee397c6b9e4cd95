"""Loads the files of the sample clinic into the database. Each item is loaded only once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.files.images import ImageFile
from django.db import models, transaction
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from common.types import JSONObject, JSONValue
from review.models.approving import approve_sample
from sample.lookups import Lookups
from sample.models import LoadedItem
from sample.values import block_value, plain, rich_text

DATA = Path(__file__).parent / "data"
#: Keys of a file that are not fields of its model.
FILE_KEYS = {"model", "path", "order", "key", "items"}


class SampleFileError(Exception):
    """A sample file that cannot be loaded; the message names it."""


class SampleLoader:
    """One run of the loader, in one transaction. `report` is called with a line about each loaded item."""

    def __init__(self, folder: Path = DATA, report: Callable[[str], object] | None = None) -> None:
        self.folder = folder
        self.report = report or (lambda line: None)
        self.lookups = Lookups()
        self.loaded = 0
        self.loaded_keys = set(LoadedItem.objects.values_list("key", flat=True))

    @transaction.atomic
    def load(self) -> int:
        """Load the items that were never loaded before. Returns their number."""
        self.load_images()
        self.load_snippets()
        self.load_pages()
        self.load_settings()
        return self.loaded

    # Files

    def documents(self, subfolder: str) -> Iterator[tuple[str, JSONObject]]:
        """The name and the content of every file in a folder. Raises `SampleFileError` for invalid YAML."""
        for file in sorted((self.folder / subfolder).rglob("*.yaml")):
            name = str(file.relative_to(self.folder))
            try:
                yield name, yaml.safe_load(file.read_text(encoding="utf-8"))
            except yaml.YAMLError as problem:
                raise SampleFileError(f"{name} is not valid YAML: {problem}") from problem

    def is_new(self, key: str) -> bool:
        return key not in self.loaded_keys

    def mark_as_loaded(self, key: str) -> None:
        LoadedItem.objects.create(key=key)
        self.loaded_keys.add(key)
        self.loaded += 1

    # Kinds of items

    def load_images(self) -> None:
        """Drawings, with their titles and descriptions from `images.yaml`."""
        model = get_image_model()
        descriptions = yaml.safe_load((self.folder / "images.yaml").read_text(encoding="utf-8"))
        for file_name, description in descriptions.items():
            key = f"image:{file_name}"
            stem = file_name.rsplit(".", 1)[0]
            if self.is_new(key):
                with (self.folder / "images" / file_name).open("rb") as file:
                    self.lookups.images[stem] = model.objects.create(
                        title=description["title"],
                        description=description["description"],
                        shows="drawing",
                        file=ImageFile(file, name=file_name),
                    )
                self.mark_as_loaded(key)
            else:
                self.lookups.images[stem] = model.objects.filter(title=description["title"]).first()

    def load_snippets(self) -> None:
        """Snippets, such as references, clinicians and topics."""
        for name, document in self.documents("snippets"):
            model = apps.get_model(document["model"])
            for item in document["items"]:
                self.load_object(name, model, item, identity=next((name,) for name in ("slug", "term", "title") if hasattr(model, name)))

    def load_object(self, name: str, model: type[models.Model], item: JSONObject, identity: tuple[str, ...]) -> None:
        """Load one object that is not a page. `identity` names the fields that identify an existing object.

        Files that are loaded later refer to the object by its key.
        """
        key = f"{model._meta.label_lower}:{item['key']}"
        instance = model._default_manager.filter(**{field: item[field] for field in identity}).first()
        if instance is None and self.is_new(key):
            instance = model()
            self.set_fields(instance, item, name)
            instance.full_clean()
            instance.save()
            self.report(str(instance))
        if self.is_new(key):
            self.mark_as_loaded(key)
        self.lookups.snippets[model, item["key"]] = instance

    def load_pages(self) -> None:
        """All pages, parents first. The fields of a page that refers to a later one are set again once all pages exist."""
        documents = sorted(self.documents("pages"), key=lambda pair: (pair[1].get("order", 50), pair[1]["path"]))
        unfinished = []
        for name, document in documents:
            if not self.is_new(f"page:{document['path']}"):
                continue
            self.lookups.has_missing_page = False
            page = self.create_page(name, document)
            self.mark_as_loaded(f"page:{document['path']}")
            self.report(document["path"])
            if self.lookups.has_missing_page:
                unfinished.append((name, document, page))
        for name, document, page in unfinished:
            self.set_fields(page, document, name)
            page.save()
        for _name, document in documents:
            page = self.lookups.pages.get(document["path"])
            if page is not None and page.latest_revision_id is None:
                revision = page.specific.save_revision()
                approve_sample(revision)
                revision.publish()

    def create_page(self, name: str, document: JSONObject) -> Page:
        """Create a page at its address, as a draft. Raises `SampleFileError` where its parent does not exist."""
        model = apps.get_model(document["model"])
        page = model(slug=document["path"].rstrip("/").rsplit("/", 1)[-1] or "home", live=False)
        self.set_fields(page, document, name)
        if document["path"] == "/":
            self.delete_welcome_page()
            Page.get_first_root_node().add_child(instance=page)
            Site.objects.update_or_create(
                is_default_site=True,
                defaults={"root_page": page},
                create_defaults={"hostname": "localhost", "port": 80, "site_name": "AlluraDerm MD", "root_page": page},
            )
        else:
            parent_path = document["path"].rstrip("/").rsplit("/", 1)[0] + "/"
            parent = self.lookups.page(parent_path)
            if parent is None:
                raise SampleFileError(f"{name}: there is no page at {parent_path} to put it below")
            parent.refresh_from_db()
            parent.add_child(instance=page)
        self.lookups.pages[document["path"]] = page
        return page

    def delete_welcome_page(self) -> None:
        """Delete the welcome page of Wagtail's first migration, which has the slug of the home page."""
        for page in Page.objects.filter(depth=2, slug="home"):
            if page.specific_class is Page:
                page.delete()

    def load_settings(self) -> None:
        """Site settings, redirects and other items that depend on pages."""
        for name, document in self.documents("settings"):
            model = apps.get_model(document["model"])
            if "items" in document:
                for item in document["items"]:
                    self.load_object(name, model, item, identity=("old_path",) if hasattr(model, "old_path") else ("title",))
                continue
            key = f"setting:{document['model'].lower()}"
            if self.is_new(key):
                setting, _created = model.objects.get_or_create(site=Site.objects.get(is_default_site=True))
                self.set_fields(setting, document, name)
                setting.full_clean()
                setting.save()
                self.mark_as_loaded(key)

    # Fields

    def set_fields(self, instance: models.Model, document: JSONObject, name: str) -> None:
        """Set every field that the document has. `name` is for error messages. Raises `SampleFileError`."""
        for field_name, value in document.items():
            if field_name in FILE_KEYS:
                continue
            try:
                self.set_field(instance, field_name, value)
            except SampleFileError:
                raise
            except Exception as problem:
                raise SampleFileError(f"{name}: {field_name}: {problem!r}") from problem

    def set_field(self, instance: models.Model, field_name: str, value: JSONValue) -> None:
        """Convert a value to the type of its field, and set it."""
        field: Any = instance._meta.get_field(field_name)
        if isinstance(field, StreamField):
            seed = f"{instance._meta.label_lower}/{getattr(instance, 'slug', '')}/{field_name}"
            block = field.stream_block
            setattr(instance, field_name, block.to_python(block_value(block, value, self.lookups, seed)))
        elif isinstance(field, RichTextField):
            setattr(instance, field_name, rich_text(value, self.lookups))
        elif isinstance(field, ParentalManyToManyField):
            setattr(instance, field_name, [page.specific for page in map(self.lookups.page, value or []) if page])
        elif isinstance(field, models.ManyToOneRel):
            children = []
            for position, child in enumerate(value or []):
                child_object = field.related_model(sort_order=position)
                self.set_fields(child_object, child, field_name)
                children.append(child_object)
            setattr(instance, field_name, children)
        elif isinstance(field, models.ForeignKey):
            setattr(instance, field_name, self.related(field.related_model, value))
        else:
            setattr(instance, field_name, field.to_python(plain(value)) if value is not None else None)

    def related(self, model: type[models.Model], value: JSONValue) -> models.Model | None:
        """The target of a foreign key. None for an empty value."""
        if not value:
            return None
        if model is get_image_model():
            return self.lookups.image(value)
        if issubclass(model, Page):
            page = self.lookups.page(value)
            return page.specific if page and model is not Page else page
        return self.lookups.snippet(model, value)
