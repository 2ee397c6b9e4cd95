"""The names of pages and people: titles, everyday names and search words of staff. Read once per version of the site."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import TypeAlias

from django.db.models import Value
from wagtail.models import Page

from common.folding import words_of
from common.text import split_commas
from core.models import Clinician
from home.models.search import SearchWord
from home.search.spelling import significant_stems, significant_words, stem
from page_cache.memo import cached_per_version
from page_tree.visibility import private_paths, published
from treatments.models import ScarTypePage, TreatmentPage

#: Titles whose words enter the vocabulary. More would make the first search after a change slow.
MAX_TITLES = 1000
#: Page types with everyday names in `also_called`.
NAMED_PAGE_TYPES: tuple[type[TreatmentPage] | type[ScarTypePage], ...] = (TreatmentPage, ScarTypePage)
#: A model that the search covers: a page type, or `Clinician`.
SearchedModel: TypeAlias = type[Page] | type[Clinician]
#: A result: `Page` or `Clinician`, and a primary key.
Target: TypeAlias = tuple[SearchedModel, int]


@dataclass(frozen=True)
class Name:
    """One name of a page or person, as the stems of its significant words."""

    target: Target
    #: The page's own type, to limit a search to one kind.
    model: SearchedModel
    stems: frozenset[str]
    #: The stems of all its words, stop words included, in their order.
    phrase: tuple[str, ...]
    #: Whether it comes from a search word that staff set for this page.
    is_chosen: bool = False

    def occurs_in(self, query_words: tuple[str, ...]) -> bool:
        """Whether its words stand together in a query. Required only where stop words give it its meaning (“which scar”)."""
        if len(self.stems) == len(self.phrase):
            return True
        stems = tuple(map(stem, query_words))
        return any(stems[start : start + len(self.phrase)] == self.phrase for start in range(len(stems)))


@dataclass(frozen=True)
class Person:
    """A clinician with all stems of their text. There are few, so they are searched in memory and not in the database."""

    clinician: Clinician
    #: Stems of the significant words of the name.
    stems: frozenset[str]
    #: Stems of every word of the name, role, languages and biography.
    text_stems: frozenset[str]

    @property
    def target(self) -> Target:
        """The result that leads to this person."""
        return Clinician, self.clinician.pk

    def matches(self, stems: frozenset[str], every: bool) -> bool:
        """Whether the text has all of the stems, or any of them."""
        return stems <= self.text_stems if every else bool(stems & self.text_stems)


@dataclass
class Names:
    """All names, and every word of a title."""

    names: list[Name] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    #: Known words, each with its stem.
    vocabulary: dict[str, str] = field(default_factory=dict)
    #: Two neighboring words written as one (“icepick”), with the two words.
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Synonyms to search for too, by the stems that people type.
    synonyms: dict[frozenset[str], list[str]] = field(default_factory=lambda: defaultdict(list))
    #: Number of titles and names that contain a stem.
    counts: Counter[str] = field(default_factory=Counter)
    titles: int = 0

    def add_words(self, text: str) -> list[str]:
        """Add the words of a title or name to the vocabulary, and return the significant ones."""
        text_words = words_of(text)
        for word in text_words:
            if word not in self.vocabulary:
                self.vocabulary[word] = stem(word)
        for pair in pairwise(text_words):
            self.joined.setdefault("".join(pair), pair)
        significant = significant_words(text_words)
        self.counts.update({self.vocabulary[word] for word in significant})
        self.titles += 1
        return significant

    def add_name(self, model: SearchedModel, pk: int, text: str, is_chosen: bool = False) -> None:
        """Add one name of a page or person."""
        stems = frozenset(map(stem, self.add_words(text)))
        self.names.append(Name((Clinician if model is Clinician else Page, pk), model, stems, tuple(map(stem, words_of(text))), is_chosen))

    def weight(self, word_stem: str) -> float:
        """How significant a word is (inverse document frequency): a word in many titles weighs little."""
        return log(1 + (self.titles + 1) / (1 + self.counts[word_stem]))

    def total_weight(self, stems: frozenset[str]) -> float:
        """The sum of the weights of several words."""
        return sum(map(self.weight, stems))


@cached_per_version
def all_names() -> Names:
    """Read all names: treatments, scar types and people, search words of staff, and the titles of the newest pages."""
    names = Names()
    treatments, scars = (
        published(model.objects.filter(alias_of=None)).order_by().values_list(Value(number), "pk", "title", "also_called")
        for number, model in enumerate(NAMED_PAGE_TYPES)
    )
    for number, pk, title, also_called in treatments.union(scars).order_by("title"):
        for name in (title, *split_commas(also_called)):
            names.add_name(NAMED_PAGE_TYPES[number], pk, name)
    for clinician in Clinician.objects.shown():
        names.add_name(Clinician, clinician.pk, clinician.name)
        text = " ".join((clinician.name, clinician.role, clinician.languages, clinician.biography))
        names.people.append(Person(clinician, significant_stems(clinician.name), frozenset(map(stem, words_of(text)))))
    private = tuple(private_paths())
    for search_word in SearchWord.objects.select_related("page"):
        page = search_word.page
        for phrase in search_word.phrases:
            if page is not None and page.live and not page.path.startswith(private):
                names.add_name(page.specific_class or Page, page.pk, phrase, is_chosen=True)
            if search_word.means:
                names.synonyms[frozenset(map(stem, names.add_words(phrase)))].append(search_word.means)
                names.add_words(search_word.means)
    newest = published(Page.objects.filter(depth__gt=1)).order_by("-pk")
    for title in newest.values_list("title", flat=True)[:MAX_TITLES]:
        names.add_words(title)
    return names
