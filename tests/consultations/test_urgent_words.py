"""What patients write is read for signs that must not wait. A miss is worse than a false stop."""

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, TestCase

from accounts.roles import Role
from consultations.choices import UrgentSign
from consultations.danger_signs.judgment import ALIKE
from consultations.danger_signs.learning import as_text, examples, learn
from consultations.danger_signs.resemblance import HARMLESS, WEIGHTS, resemblance
from consultations.form_page.models import ConsultationPage, ConsultationQuestion
from consultations.models import ConsultationRequest, OutgoingMail, SealedNote, UrgentAdvice, UrgentWords
from consultations.urgent_help import signs_in

pytestmark = pytest.mark.django_db
FULL = pytest.mark.skipif(not os.environ.get("FULL"), reason="learns from all examples: set FULL=1")
#: The signs of each example, by its text.
FOUND: dict[str, set[UrgentSign]] = {}
NOW, DANGER = "not_urgent", "I have pus and fever after my peel"


def test_there_are_enough_sentences_of_each_kind() -> None:
    assert len(examples()["none"]) >= 200 and sum(len(examples()[sign]) for sign in UrgentSign.values) >= 200
    assert all(len(examples()[sign]) >= 20 for sign in UrgentSign.values)


@pytest.mark.xdist_group("examples")
class TestExamples:
    """What becomes of our own examples, each read once."""

    @pytest.fixture
    def found(self) -> dict[str, set[UrgentSign]]:
        if not FOUND:
            FOUND.update({text: signs_in([text]) for texts in examples().values() for text in texts})
        return FOUND

    def test_at_most_one_in_fifty_is_missed_of_each_sign(self, found: dict[str, set[UrgentSign]]) -> None:
        for sign in UrgentSign.values:
            missed = [text for text in examples()[sign] if not found[text]]
            assert len(missed) <= len(examples()[sign]) / 50 + 0.5, (sign, missed)

    def test_most_get_the_help_of_their_own_sign(self, found: dict[str, set[UrgentSign]]) -> None:
        for sign in UrgentSign.values:
            elsewhere = [text for text in examples()[sign] if found[text] and sign not in found[text]]
            assert len(elsewhere) <= len(examples()[sign]) / 20, (sign, elsewhere)

    def test_at_most_one_in_twenty_harmless_sentences_is_stopped(self, found: dict[str, set[UrgentSign]]) -> None:
        stopped = [text for text in examples()["none"] if found[text]]
        assert len(stopped) <= len(examples()["none"]) / 20, stopped


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        (DANGER, {UrgentSign.INFECTION}),
        ("my vision is blurry and the skin went white after filler", {UrgentSign.FILLER}),
        ("no pus, no fever, healing well after my peel", set()),
        ("Can a peel cause pus or fever?", set()),
        ("my sister had pus and fever after her peel", set()),
        ("I had pus after a peel in 2018, it healed", set()),
        ("I had pus after a peel in 2018 and now it is back", {UrgentSign.INFECTION}),
        ("dying to get rid of these scars", set()),
        ("there is no point in living with this face", {UrgentSign.SELF_HARM}),
        ("i have pus filled pimples on my chin", set()),
        ("", set()),
        ("🙂" * 4000, set()),
    ],
)
def test_now_and_of_the_writer_counts(text: str, signs: set[UrgentSign]) -> None:
    assert signs_in([text]) == signs


@FULL
def test_weights_are_those_that_the_examples_teach() -> None:
    assert WEIGHTS.read_text(encoding="utf-8") == as_text(learn(examples())), "run manage.py learn_danger_signs"


@FULL
def test_what_was_learned_holds_for_texts_that_were_not_among_the_examples() -> None:
    weights = learn({name: [text for at, text in enumerate(texts) if at % 4] for name, texts in examples().items()})
    unseen = [(name != HARMLESS, text) for name, texts in examples().items() for text in texts[::4]]
    answers = [(names, resemblance(text, weights).log_odds > ALIKE) for names, text in unseen]
    missed, stopped = answers.count((True, False)), answers.count((False, True))
    # By what was learned alone, without the words; the examples are mostly pairs in which a small difference decides.
    assert missed <= sum(names for names, _text in unseen) / 7
    assert stopped <= sum(not names for names, _text in unseen) / 10


def test_what_only_resembles_examples_is_stopped_unless_staff_turn_it_off(send: Callable[..., Any]) -> None:
    text = "My lids have puffed so much that I look through a crack, and my neck is following"
    UrgentWords.objects.all().delete()
    assert signs_in([text])
    with TestCase.captureOnCommitCallbacks(execute=True):
        advice = UrgentAdvice.current()
        advice.reads_examples = False
        advice.save()
    assert not signs_in([text])


def test_words_of_staff_count_even_in_a_text_that_resembles_harmless_ones(send: Callable[..., Any]) -> None:
    text = "How much is a session of laser for old acne scars on my cheeks?"
    assert not signs_in([text])
    with TestCase.captureOnCommitCallbacks(execute=True):
        UrgentWords.objects.create(family=UrgentSign.BURN, title="Ours", words="how much is a session")
    with TestCase.captureOnCommitCallbacks(execute=True):
        UrgentWords.objects.filter(title="Ours").update(words="old acne scars")
        UrgentWords.objects.get(title="Ours").save()
    assert signs_in([text]) == {UrgentSign.BURN}


def test_words_stop_a_request_and_nothing_is_stored(send: Callable[..., Any]) -> None:
    response = send(message=DANGER, q_how_long_have_you_had_these_scars="ten years")
    page = BeautifulSoup(response.content, "html.parser")
    help_now = page.find(id="act-now")
    assert help_now and "Phone the clinic today" in help_now.text
    assert help_now.select_one("button[name=not_urgent]")["form"] == page.select_one("form.form")["id"]
    assert page.select_one("textarea[name=message]").text.strip() == DANGER
    assert not ConsultationRequest.objects.exists() and not OutgoingMail.objects.exists()
    assert not page.select(".error-summary")


def test_numbers_in_the_help_are_links_and_the_kindest_words_come_first(send: Callable[..., Any]) -> None:
    page = BeautifulSoup(send(message=f"{DANGER}. I want to die.").content, "html.parser")
    numbers = [link["href"] for link in page.select("#act-now a[href^='tel:']")]
    assert numbers[0] == "tel:988" and "tel:911" in numbers
    assert page.find(id="act-now").select_one(".callout-title").text.strip() == "You matter to us. Please talk to someone now."


def test_an_answer_to_a_question_of_staff_is_read_too(send: Callable[..., Any]) -> None:
    page = ConsultationPage.objects.get()
    page.form_fields.add(ConsultationQuestion(label="Anything else", field_type="singleline", required=False))
    page.save_revision().publish()
    assert b"act-now" in send(q_anything_else="since yesterday: after the filler I see double").content
    assert not ConsultationRequest.objects.exists()


def test_not_happening_now_sends_and_is_read_first(send: Callable[..., Any], desk: Client) -> None:
    send(name="Ada First")
    assert send(name="Ada Urgent", message=DANGER, **{NOW: "yes"}).status_code == 302
    send(name="Ada Last")
    first = ConsultationRequest.objects.first()
    assert first is not None and first.may_be_urgent and first.waits_first
    assert ConsultationRequest.objects.filter(may_be_urgent=True).count() == 1
    inbox = BeautifulSoup(desk.get("/admin/consultations/").content, "html.parser")
    assert "Ada Urgent" in inbox.select_one("tbody tr").text and "read first" in inbox.select_one("tbody tr").text
    assert "not happening now" in desk.get(f"/admin/consultations/{first.pk}/").content.decode()


def test_not_happening_now_without_a_sign_marks_nothing(send: Callable[..., Any]) -> None:
    send(**{NOW: "yes"})
    assert not ConsultationRequest.objects.get().may_be_urgent


def test_it_sorts_first_only_until_it_is_answered(send: Callable[..., Any]) -> None:
    send(message=DANGER, **{NOW: "yes"})
    consultation = ConsultationRequest.objects.get()
    ConsultationRequest.objects.update(status="contacted")
    consultation.refresh_from_db()
    assert consultation.may_be_urgent and not consultation.waits_first


def test_a_ticked_sign_can_be_sent_as_not_happening_now(send: Callable[..., Any]) -> None:
    assert send(urgent=["mole"]).status_code == 200
    assert send(urgent=["mole"], **{NOW: "yes"}).status_code == 302
    assert ConsultationRequest.objects.get().may_be_urgent


def test_each_sign_that_can_be_ticked_says_at_once_what_to_do(client: Client) -> None:
    page = BeautifulSoup(client.get("/consultation/").content, "html.parser")
    answers = page.select(".urgent-sign input:not([value=x]) ~ .urgent-answer")
    assert len(answers) == len(UrgentSign) - 1 and all(answer.select("p") for answer in answers)
    assert "988" in page.select_one("fieldset#urgent").text


def test_a_message_is_read_too(send: Callable[..., Any], client: Client) -> None:
    send()
    code = BeautifulSoup(client.get("/consultation/sent/").content, "html.parser").select_one(".receipt-code strong").text
    client.post("/consultation/receipt/", {"code": code})
    response = client.post("/consultation/receipt/message/", {"text": DANGER})
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find(id="act-now") and page.select_one("textarea[name=text]").text.strip() == DANGER
    assert not SealedNote.objects.exists()
    assert client.post("/consultation/receipt/message/", {"text": DANGER, NOW: "yes"}).status_code == 302
    consultation = ConsultationRequest.objects.get()
    assert consultation.may_be_urgent and consultation.waits_first and SealedNote.objects.count() == 1


def test_staff_edit_the_words_and_what_is_said(send: Callable[..., Any]) -> None:
    advice = UrgentAdvice.current()
    advice.burn = "Ring (202) 555-0123 at once."
    # What readers see is computed anew after the commit of a change.
    with TestCase.captureOnCommitCallbacks(execute=True):
        words = UrgentWords.objects.create(family=UrgentSign.BURN, title="Ours", words="zebra skin")
        advice.save()
    page = BeautifulSoup(send(message="I got zebra skin").content, "html.parser")
    assert page.select_one("#act-now a[href='tel:+12025550123']")
    words.is_active = False
    with TestCase.captureOnCommitCallbacks(execute=True):
        words.save()
    assert send(message="I got zebra skin").status_code == 302


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.SITE_MANAGER])
def test_who_may_edit_them(role: Role, as_role: Callable[..., Client]) -> None:
    client = as_role(role)
    words = UrgentWords.objects.first()
    assert words is not None
    assert client.get(f"/admin/snippets/consultations/urgentwords/edit/{words.pk}/").status_code == 200
    answer = client.post(
        f"/admin/snippets/consultations/urgentwords/edit/{words.pk}/", {"family": words.family, "title": words.title, "words": "***"}
    )
    assert "only asterisks or dots" in answer.content.decode()


def test_a_request_is_read_in_little_time(send: Callable[..., Any]) -> None:
    text = "The laser was fine, no pus, and my sister says the red patch looks good. " * 55
    signs_in([text])
    started = time.process_time()
    signs_in([text])
    assert time.process_time() - started < 2


def test_the_way_on_covers_only_the_signs_that_were_shown(send: Callable[..., Any]) -> None:
    page = BeautifulSoup(send(message=DANGER).content, "html.parser")
    shown = page.select_one("#act-now button")["value"]
    again = send(message="My throat is closing up and I am wheezing", **{NOW: shown})
    assert again.status_code == 200 and "act-now" in again.content.decode() and not ConsultationRequest.objects.exists()
    assert send(message=DANGER, **{NOW: shown}).status_code == 302


def test_the_way_on_is_remembered_while_mistakes_are_mended(send: Callable[..., Any]) -> None:
    shown = BeautifulSoup(send(message=DANGER).content, "html.parser").select_one("#act-now button")["value"]
    page = BeautifulSoup(send(message=DANGER, email="x", **{NOW: shown}).content, "html.parser")
    assert page.select_one("input[name=not_urgent]")["value"].split() == shown.split() and not page.find(id="act-now")


def test_who_wants_to_die_is_not_made_to_deny_it_and_reads_988_after_sending(send: Callable[..., Any], client: Client) -> None:
    text = "I want to die because of my face"
    button = BeautifulSoup(send(message=text).content, "html.parser").select_one("#act-now button")
    assert "Send it now" in button.text and "not happening" not in button.text
    assert send(message=text, **{NOW: button["value"]}).status_code == 302
    assert BeautifulSoup(client.get("/consultation/sent/").content, "html.parser").select_one("main a[href='tel:988']")


@pytest.mark.parametrize("text", ["b" * 2_000_000, "pus " * 500_000, "a" * 39 + " ", "peel, " * 300_000])
def test_a_text_without_end_costs_little(send: Callable[..., Any], text: str) -> None:
    signs_in(["warm up"])
    started = time.process_time()
    signs_in([text])
    assert time.process_time() - started < 2
    assert send(message=text[:3000]).status_code in (200, 302)


def test_the_title_says_what_the_form_was_answered_with(send: Callable[..., Any], client: Client) -> None:
    def title(html: bytes) -> str:
        return " ".join(BeautifulSoup(html, "html.parser").title.text.split())

    plain = title(client.get("/consultation/").content)
    assert title(send(message=DANGER).content) == f"Urgent: {plain}"
    assert title(send(email="x").content) == f"Please check: {plain}"
    assert title(client.get("/consultation/").content) == plain


def test_staff_find_a_group_by_its_sign_and_by_a_word_in_it(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.CLINICIAN)
    address = "/admin/snippets/consultations/urgentwords/"
    listed = client.get(address).content.decode()
    assert "Hives all over" in listed and "trouble breathing, or hives all over" in listed
    assert "Hives all over" in client.get(address, {"q": "urticaria"}).content.decode()
    burns = client.get(address, {"family": "burn"}).content.decode()
    assert "A burn, said plainly" in burns and "Trouble breathing" not in burns
