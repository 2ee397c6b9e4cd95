"""From a reader's words to the pages and people they most likely mean, best first.

Three steps: words with a mistake in them become words the site knows; names that fit come first; then the database's own
search over whole texts, in which a title that fits weighs more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail.search.query import And, Or, PlainText, SearchQuery

from core.models import Clinician
from home.search.names import Name, Names, Target, all_names
from home.search.spelling import nearest, significant_stems, significant_words, stem, words
from home.search.texts import full_text_matches
from page_tree.visibility import published

#: More matches than anybody pages through. Of more the newest are shown, and those whose title fits before them.
MAX_RESULTS = 60
#: A name or title that says less than this of what is looked for is left to the search over texts.
MIN_FIT = 0.34
#: Staff's own word is final.
CHOSEN = 2.0
#: A treatment, scar or person is meant rather than an article that names it.
NAMED = 0.15


@dataclass(frozen=True)
class Search:
    """A reader's words and what the site makes of them."""

    text: str
    #: The significant words after correction.
    terms: tuple[str, ...]
    #: All words after correction.
    said: tuple[str, ...] = ()
    #: What the site searched for instead, where it corrected something.
    corrected: str = ""

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.terms))


def understand(text: str, names: Names, stands_in_a_text: Any) -> Search:
    """Join and split what people write apart and together, and correct what no page holds.

    `stands_in_a_text` says of a word whether any published text has it: such a word is left as it is.
    """
    typed = words(text)
    found: list[str] = []
    position, corrections = 0, 0
    while position < len(typed):
        two = typed[position : position + 2]
        word, pair = two[0], "".join(two)
        if len(two) == 2 and pair in names.vocabulary and not all(part in names.vocabulary for part in two):
            # “micro dermabrasion”, “skin care”
            found.append(pair)
            position += 2
            continue
        position += 1
        if word in names.vocabulary or stem(word) in names.counts or not significant_words([word]):
            found.append(word)
        elif word in names.joined:
            found.extend(names.joined[word])
        elif (near := nearest(word, [*names.vocabulary, *names.joined])) and not stands_in_a_text(word):
            found.extend(names.joined.get(near, (near,)) if near not in names.vocabulary else (near,))
            corrections += 1
        else:
            found.append(word)
    return Search(text, tuple(significant_words(found)), tuple(found), " ".join(found) if corrections else "")


def fit(wanted: frozenset[str], name: frozenset[str], names: Names) -> float:
    """From 0 to 1: how much of what is looked for the name says, and how little else it says."""
    common = names.weight_of(wanted & name)
    if not common:
        return 0.0
    return (common / names.weight_of(wanted)) * 0.7 + (common / names.weight_of(name)) * 0.3


def match_names(search: Search, names: Names, models: list[Any]) -> Iterator[tuple[Target, float]]:
    """Everything of these models whose names fit, with how well."""
    for name in names.names:
        if not issubclass(name.model, tuple(models)):
            continue
        whole = name.stems <= search.stems
        if name.is_chosen and not (whole and name.is_said_in(search.said)):
            continue
        score = fit(search.stems, name.stems, names) + NAMED
        if name.is_chosen and name.stems == search.stems:
            # The longer of two phrases is the closer one.
            score += CHOSEN + len(name.phrase) / 100
        if score >= MIN_FIT + NAMED and (whole or search.stems <= name.stems or score >= 0.6):
            yield name.target, score


def query_for(terms: tuple[str, ...], every: bool) -> SearchQuery:
    """All words, or any, each with and without its plural: SQLite knows no word endings."""
    each = [
        Or([PlainText(form) for form in forms]) if len(forms := sorted({term, stem(term), f"{stem(term)}s"})) > 1 else PlainText(term)
        for term in terms
    ]
    if len(each) == 1:
        return each[0]
    return And(each) if every else Or(each)


def best_matches(pages: Any, query: SearchQuery) -> dict[int, str]:
    """Titles by id of the pages that match, best first.

    Among more than we show, one whose very title was meant may be older than the newest, so titles are searched by themselves.
    """
    found = full_text_matches(pages, query, MAX_RESULTS)
    if len(found) == MAX_RESULTS:
        return full_text_matches(pages, query, MAX_RESULTS, only_titles=True) | found
    return full_text_matches(pages, query, MAX_RESULTS, best_first=True) if len(found) > 1 else found


def matches_in(search: Search, names: Names, model: Any, every: bool) -> list[tuple[Target, frozenset[str]]]:
    """What holds all the words, or any of them, best first, each with the stems of its title or name."""
    if model is Clinician:
        return [(person.target, person.stems) for person in names.people if person.says(search.stems, every)]
    # An alias only repeats another page.
    pages = published(model.objects.filter(depth__gt=1, alias_of=None))
    return [((Page, pk), significant_stems(title)) for pk, title in best_matches(pages, query_for(search.terms, every)).items()]


def match_texts(search: Search, names: Names, models: list[Any]) -> Iterator[tuple[Target, float]]:
    """What holds all the words, or else any of them: the better the title fits and the more the text says of them, the higher."""
    for model in models:
        found = matches_in(search, names, model, every=True) or matches_in(search, names, model, every=False)
        for place, (target, stems) in enumerate(found):
            yield target, fit(search.stems, stems, names) * 0.9 + 0.2 / (1 + place)


def search_pages(text: str, models: list[Any]) -> tuple[Search, list[Target]]:
    """What was understood, and what was found among these models, best first."""
    names = all_names()

    def stands_in_a_text(word: str) -> bool:
        return bool(full_text_matches(published(Page.objects.all()), PlainText(word), 1))

    search = understand(text, names, stands_in_a_text)
    if not search.terms:
        return search, []
    meanings = [other for stems, others in names.meanings.items() if stems <= search.stems for other in others]
    scores: dict[Target, float] = {}
    for asked in (search, *(Search(other, tuple(significant_words(words(other))), tuple(words(other))) for other in meanings)):
        for target, score in [*match_names(asked, names, models), *match_texts(asked, names, models)]:
            scores[target] = max(score, scores.get(target, 0.0))
    return search, sorted(scores, key=lambda target: -scores[target])[:MAX_RESULTS]


def autocomplete(text: str, limit: int) -> list[Target]:
    """What somebody who has typed so much may be after: the last word may be unfinished."""
    names = all_names()
    typed = words(text)
    if not typed:
        return []
    *finished, begun = typed
    done = frozenset(map(stem, finished))

    def begins(name: Name) -> bool:
        return done <= name.stems and any(a_stem.startswith((begun, stem(begun))) for a_stem in name.stems - done)

    fitting = [name for name in names.names if begins(name)]
    fitting.sort(key=lambda name: (len(name.phrase), not name.is_chosen))
    found = list(dict.fromkeys(name.target for name in fitting))[:limit]
    if len(found) < limit:
        pages = published(Page.objects.filter(depth__gt=2)).order_by().autocomplete(text, order_by_relevance=False)[: limit * 2]
        found = list(dict.fromkeys([*found, *((Page, page.pk) for page in pages if page.alias_of_id is None)]))[:limit]
    return found or search_pages(text, [Clinician, Page])[1][:limit]
