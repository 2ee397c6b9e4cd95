"""From a reader's words to the pages and people they most likely mean, best first.

Three steps: misspelled words are corrected to words that the site knows; matching names come first; then comes the database's
full-text search, in which a matching title weighs more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.search.query import And, Or, PlainText, SearchQuery

from common.folding import words_of
from core.models import Clinician
from home.search.names import Name, Names, SearchedModel, Target, all_names
from home.search.spelling import nearest, significant_stems, significant_words, stem
from home.search.texts import full_text_matches
from page_tree.visibility import published

#: More results than anybody pages through. Where more pages match, those with a matching title come first, then the newest.
MAX_RESULTS = 60
#: A name that is less similar to the query than this is left to the full-text search.
MIN_SIMILARITY = 0.34
#: A search word of staff always comes first.
CHOSEN_BONUS = 2.0
#: Prefer a treatment, scar type or person to an article that mentions it.
NAME_BONUS = 0.15


@dataclass(frozen=True)
class ParsedQuery:
    """A reader's words, and how the site understood them."""

    text: str
    #: The significant words after correction.
    terms: tuple[str, ...]
    #: All words after correction.
    words: tuple[str, ...] = ()
    #: The text that was searched for instead; empty where nothing was corrected.
    corrected: str = ""

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.terms))


def parse_query(text: str, names: Names, is_in_any_text: Callable[[str], bool]) -> ParsedQuery:
    """Join and split compound words as the site spells them, and correct words that no page has.

    A word for which `is_in_any_text` is true occurs in a published text and is not corrected.
    """
    typed = words_of(text)
    parsed: list[str] = []
    position, corrections = 0, 0
    while position < len(typed):
        two = typed[position : position + 2]
        word, pair = two[0], "".join(two)
        if len(two) == 2 and pair in names.vocabulary and not all(part in names.vocabulary for part in two):
            # “micro dermabrasion”, “skin care”
            parsed.append(pair)
            position += 2
            continue
        position += 1
        if word in names.vocabulary or stem(word) in names.counts or not significant_words([word]):
            parsed.append(word)
        elif word in names.joined:
            parsed.extend(names.joined[word])
        elif (near := nearest(word, [*names.vocabulary, *names.joined])) and not is_in_any_text(word):
            parsed.extend(names.joined.get(near, (near,)) if near not in names.vocabulary else (near,))
            corrections += 1
        else:
            parsed.append(word)
    return ParsedQuery(text, tuple(significant_words(parsed)), tuple(parsed), " ".join(parsed) if corrections else "")


def similarity(query_stems: frozenset[str], name_stems: frozenset[str], names: Names) -> float:
    """From 0 to 1: how much of the query the name covers, and how little it contains besides."""
    common = names.total_weight(query_stems & name_stems)
    if not common:
        return 0.0
    return (common / names.total_weight(query_stems)) * 0.7 + (common / names.total_weight(name_stems)) * 0.3


def match_names(query: ParsedQuery, names: Names, models: Sequence[SearchedModel]) -> Iterator[tuple[Target, float]]:
    """Pages and people of these models with a matching name, each with its score."""
    for name in names.names:
        if not issubclass(name.model, tuple(models)):
            continue
        is_whole_name = name.stems <= query.stems
        if name.is_chosen and not (is_whole_name and name.occurs_in(query.words)):
            continue
        score = similarity(query.stems, name.stems, names) + NAME_BONUS
        if name.is_chosen and name.stems == query.stems:
            # Of two search words, the longer phrase is the closer match.
            score += CHOSEN_BONUS + len(name.phrase) / 100
        if score >= MIN_SIMILARITY + NAME_BONUS and (is_whole_name or query.stems <= name.stems or score >= 0.6):
            yield name.target, score


def full_text_query(terms: tuple[str, ...], every: bool) -> SearchQuery:
    """All words, or any of them, each with and without its plural, because SQLite does not stem words."""
    term_queries = [
        Or([PlainText(form) for form in forms]) if len(forms := sorted({term, stem(term), f"{stem(term)}s"})) > 1 else PlainText(term)
        for term in terms
    ]
    if len(term_queries) == 1:
        return term_queries[0]
    return And(term_queries) if every else Or(term_queries)


def best_matches(pages: QuerySet[Page], query: SearchQuery) -> dict[int, str]:
    """Titles by id of the pages that match, best first.

    Where more match than are shown, a page with a matching title may not be among the newest, so titles are searched separately.
    """
    newest = full_text_matches(pages, query, MAX_RESULTS)
    if len(newest) == MAX_RESULTS:
        return full_text_matches(pages, query, MAX_RESULTS, only_titles=True) | newest
    return full_text_matches(pages, query, MAX_RESULTS, best_first=True) if len(newest) > 1 else newest


def text_matches(query: ParsedQuery, names: Names, model: SearchedModel, every: bool) -> list[tuple[Target, frozenset[str]]]:
    """Pages or people with all of the words, or any of them, best first, each with the stems of its title or name."""
    if issubclass(model, Clinician):
        return [(person.target, person.stems) for person in names.people if person.matches(query.stems, every)]
    page_model: type[Page] = model
    # An alias only repeats another page.
    pages = published(page_model.objects.filter(depth__gt=1, alias_of=None))
    return [((Page, pk), significant_stems(title)) for pk, title in best_matches(pages, full_text_query(query.terms, every)).items()]


def match_texts(query: ParsedQuery, names: Names, models: Sequence[SearchedModel]) -> Iterator[tuple[Target, float]]:
    """Pages and people with all of the words, or else with any of them. The score rises with the title's match and the text's rank."""
    for model in models:
        matches = text_matches(query, names, model, every=True) or text_matches(query, names, model, every=False)
        for place, (target, stems) in enumerate(matches):
            yield target, similarity(query.stems, stems, names) * 0.9 + 0.2 / (1 + place)


def search_pages(text: str, models: Sequence[SearchedModel]) -> tuple[ParsedQuery, list[Target]]:
    """The query as the site understood it, and the matches among these models, best first."""
    names = all_names()

    def is_in_any_text(word: str) -> bool:
        return bool(full_text_matches(published(Page.objects.all()), PlainText(word), 1))

    query = parse_query(text, names, is_in_any_text)
    if not query.terms:
        return query, []
    synonyms = [synonym for stems, group in names.synonyms.items() if stems <= query.stems for synonym in group]
    synonym_queries = (ParsedQuery(synonym, tuple(significant_words(words_of(synonym))), tuple(words_of(synonym))) for synonym in synonyms)
    scores: dict[Target, float] = {}
    for variant in (query, *synonym_queries):
        for target, score in [*match_names(variant, names, models), *match_texts(variant, names, models)]:
            scores[target] = max(score, scores.get(target, 0.0))
    return query, sorted(scores, key=lambda target: -scores[target])[:MAX_RESULTS]


def autocomplete(text: str, limit: int) -> list[Target]:
    """Suggestions for a text that is still being typed, so its last word may be incomplete."""
    names = all_names()
    typed = words_of(text)
    if not typed:
        return []
    *complete, incomplete = typed
    complete_stems = frozenset(map(stem, complete))

    def is_match(name: Name) -> bool:
        return complete_stems <= name.stems and any(
            word_stem.startswith((incomplete, stem(incomplete))) for word_stem in name.stems - complete_stems
        )

    matches = [name for name in names.names if is_match(name)]
    matches.sort(key=lambda name: (len(name.phrase), not name.is_chosen))
    targets: list[Target] = list(dict.fromkeys(name.target for name in matches))[:limit]
    if len(targets) < limit:
        pages = published(Page.objects.filter(depth__gt=2)).order_by().autocomplete(text, order_by_relevance=False)[: limit * 2]
        targets = list(dict.fromkeys([*targets, *((Page, page.pk) for page in pages if page.alias_of_id is None)]))[:limit]
    return targets or search_pages(text, [Clinician, Page])[1][:limit]
