"""What pages and people are called, by themselves and by others. Read once for each state of the site."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import Any

from django.db.models import Value
from wagtail.models import Page

from common.text import split_commas
from core.models import Clinician
from home.models.search import SearchWord
from home.search.spelling import significant_stems, significant_words, stem, words
from page_cache.memo import cached_per_version
from page_tree.visibility import private_paths, published
from treatments.models import ScarTypePage, TreatmentPage

#: Titles whose words the spelling knows; more would make the first search after a change slow.
MAX_TITLES = 1000
#: Pages with several names.
NAMED: tuple[type[Any], ...] = (TreatmentPage, ScarTypePage)
#: What is found: `Page` or `Clinician`, and a primary key.
Target = tuple[type[Any], int]


@dataclass(frozen=True)
class Name:
    """One name of one thing, as the stems of its significant words."""

    target: Target
    #: The page's own type, to search one kind only.
    model: type[Any]
    stems: frozenset[str]
    #: All its words, in their order.
    phrase: tuple[str, ...]
    #: Staff said that these words lead there.
    is_chosen: bool = False

    def is_said_in(self, said: tuple[str, ...]) -> bool:
        """Whether the words stand together in what is looked for, where small words are what tells it from others (“which scar”)."""
        if len(self.stems) == len(self.phrase):
            return True
        stems = tuple(map(stem, said))
        return any(stems[start : start + len(self.phrase)] == self.phrase for start in range(len(stems)))


@dataclass(frozen=True)
class Person:
    """One of the clinic's people, with all that is told of them: they are few, so the database need not search."""

    clinician: Clinician
    #: Of the significant words of the name.
    stems: frozenset[str]
    #: Of every word of the job, the languages and the text.
    text_stems: frozenset[str]

    @property
    def target(self) -> Target:
        """As what is found."""
        return Clinician, self.clinician.pk

    def says(self, wanted: frozenset[str], every: bool) -> bool:
        """Whether all the stems, or any of them, stand there."""
        return wanted <= self.text_stems if every else bool(wanted & self.text_stems)


@dataclass
class Names:
    """All names, and every word that stands in a title."""

    names: list[Name] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    #: Known words, each with its stem; written together too (“icepick”).
    vocabulary: dict[str, str] = field(default_factory=dict)
    #: Two words that people write as one, and the other way round.
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: What else to look for, by the stems people type.
    meanings: dict[frozenset[str], list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    titles: int = 0

    def learn(self, text: str) -> list[str]:
        """Know the words of a title or name, and return the significant ones."""
        found = words(text)
        for word in found:
            if word not in self.vocabulary:
                self.vocabulary[word] = stem(word)
        for pair in pairwise(found):
            self.joined.setdefault("".join(pair), pair)
        said = significant_words(found)
        self.counts.update({self.vocabulary[word] for word in said})
        self.titles += 1
        return said

    def add(self, model: type[Any], pk: int, text: str, is_chosen: bool = False) -> None:
        """One more name for something."""
        stems = frozenset(map(stem, self.learn(text)))
        self.names.append(Name((Clinician if model is Clinician else Page, pk), model, stems, tuple(map(stem, words(text))), is_chosen))

    def weight(self, a_stem: str) -> float:
        """How much a word says: one that many titles share says little."""
        return log(1 + (self.titles + 1) / (1 + self.counts[a_stem]))

    def weight_of(self, stems: frozenset[str]) -> float:
        """How much several words say together."""
        return sum(map(self.weight, stems))


@cached_per_version
def all_names() -> Names:
    """From the database: treatments and scars by all their names, people, staff's search words, and the titles of all pages."""
    known = Names()
    treatments, scars = (
        published(model.objects.filter(alias_of=None)).order_by().values_list(Value(kind), "pk", "title", "also_called")
        for kind, model in enumerate(NAMED)
    )
    for kind, pk, title, others in treatments.union(scars).order_by("title"):
        for name in (title, *split_commas(others)):
            known.add(NAMED[kind], pk, name)
    for person in Clinician.objects.shown():
        known.add(Clinician, person.pk, person.name)
        text = " ".join((person.name, person.role, person.languages, person.biography))
        known.people.append(Person(person, significant_stems(person.name), frozenset(map(stem, words(text)))))
    hidden = tuple(private_paths())
    for search_word in SearchWord.objects.select_related("page"):
        page = search_word.page
        for phrase in search_word.phrases:
            if page is not None and page.live and not page.path.startswith(hidden):
                known.add(page.specific_class or Page, page.pk, phrase, is_chosen=True)
            if search_word.means:
                known.meanings[frozenset(map(stem, known.learn(phrase)))].append(search_word.means)
                known.learn(search_word.means)
    newest = published(Page.objects.filter(depth__gt=1)).order_by("-pk")
    for title in newest.values_list("title", flat=True)[:MAX_TITLES]:
        known.learn(title)
    return known
